// Package model holds the nouns of hooktop and the rules about them: webhooks,
// triggers, events, deliveries, attempts, verifications, schedules, the circuit
// breaker and the codes of everything that can go wrong.
//
// It is pure: standard library only, no I/O, no clock, no globals. Time, chance
// and identifiers are always handed in.
package model
