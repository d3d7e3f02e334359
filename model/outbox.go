package model

import (
	"errors"
	"time"
)

// ErrStale refuses decisions that were made against another set of webhooks than
// the stored one.
var ErrStale = errors.New("the set of webhooks has changed")

// DecisionResult is what was decided about one event and one webhook.
type DecisionResult string

const (
	DecisionMatched  DecisionResult = "matched"
	DecisionFiltered DecisionResult = "filtered"
	DecisionDisabled DecisionResult = "disabled"
	DecisionDraft    DecisionResult = "draft"
)

// Clause names the part of a webhook's filter that decided.
type Clause string

const (
	ClauseEvents         Clause = "events"          // the event type is not chosen
	ClauseCondition      Clause = "condition"       // the jq condition was false, null or empty
	ClauseConditionError Clause = "condition_error" // the jq condition failed or took too long
)

// Decision is one line of an event's decision trace: why it was, or was not,
// delivered to one webhook.
type Decision struct {
	HookID     string
	Hook       string // the webhook's name then
	Result     DecisionResult
	Clause     Clause // of a filtered event
	Value      string // what the clause saw: the type, or the condition's result or error; untrusted
	DeliveryID string // of a matched event
}

// Ingest is one event with all that was decided about it. The store takes it
// whole or not at all.
type Ingest struct {
	Event      Event
	Key        string     // idempotency key, unique for 24 h; empty: none
	Hooks      int64      // revision of the set of webhooks the decisions were made against
	Decisions  []Decision //
	Deliveries []Delivery // one for each match, in state sending (claimed) or queued
}

// Accepted is the answer to an ingest: what is on disk.
type Accepted struct {
	EventID    string
	Deliveries int
	Duplicate  bool // the same id or key with the same bytes came before; nothing was added
}

// IdempotencyWindow is how long an idempotency key answers for its event.
const IdempotencyWindow = 24 * time.Hour

// Work is one attempt to make: a delivery that was claimed for sending.
type Work struct {
	DeliveryID string
	HookID     string
	Event      Event
	N          int       // number of the attempt to make, 1...
	Free       int       // how many of the attempts before were interrupted: they cost nothing of the schedule
	CreatedAt  time.Time // of the delivery
}

// Verdict is what follows from an attempt.
type Verdict struct {
	State   DeliveryState // delivered, retrying, dead, or queued after an interruption
	NextAt  time.Time     // of a retrying or queued delivery
	Disable DisableReason // the webhook is disabled with this reason; empty: it is not
	Breaker *Breaker      // the breaker's new state, when it changed
}

// Finish is an attempt with its verdict, written in one transaction. Writing the
// same attempt (delivery, n) again changes nothing.
type Finish struct {
	HookID  string
	Attempt Attempt
	Verdict Verdict
}

// Backlog is what waits for one webhook.
type Backlog struct {
	HookID string
	NextAt time.Time // of the delivery that is due first
	Count  int
}

// DeliveryView is a delivery with all that is known about it.
type DeliveryView struct {
	Delivery
	Event    Event
	Attempts []Attempt // in order
}

// Cursor is a place in a list that is read in pages: opaque, safe in a shell, empty
// at the beginning.
type Cursor string

// Selection says which deliveries a verb is for: the ids, or else what the filter
// matches. For a replay it may name events and a webhook instead: they are delivered
// to it whatever was decided when they came.
type Selection struct {
	IDs    []string
	Filter Filter
	Events []string // ids
	Hook   string   // id; with Events
}

// Stats are counts and latencies over a stretch of time, tests left out.
type Stats struct {
	Since, Until time.Time
	Delivered    int64
	Failed       int64 // attempts that failed
	Dead         int64
	Retrying     int64 // now
	Pending      int64 // now: queued, sending, held
	// Of all attempts: at most a quarter too long, never longer than the slowest.
	P50, P95, P99 time.Duration
}
