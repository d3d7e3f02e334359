package model

import (
	"cmp"
	"slices"
	"time"
)

// Group is how many deliveries of one webhook stand alike.
type Group struct {
	HookID     string
	Hook       string // the webhook's name as it is now
	State      DeliveryState
	HTTPStatus int  // of the last attempt; 0: no answer
	Error      Code // of the last attempt; empty on success
	Count      int
	Newest     string    // id of the newest of them
	NewestAt   time.Time // when that was made
}

// Tally counts what a filter matches, by webhook, state and reason.
type Tally struct {
	Count  int
	Groups []Group   // the largest first
	Back   time.Time // how far back it has looked; zero: all of it
}

// alike is what the deliveries of a group have in common.
type alike struct {
	hook   string
	state  DeliveryState
	status int
	code   Code
}

func (g Group) alike() alike { return alike{g.HookID, g.State, g.HTTPStatus, g.Error} }

// Add takes in the tally of an older stretch.
func (t Tally) Add(older Tally) Tally {
	groups := slices.Clone(t.Groups)
	at := make(map[alike]int, len(groups))
	for i, g := range groups {
		at[g.alike()] = i
	}
	for _, g := range older.Groups {
		i, ok := at[g.alike()]
		if !ok {
			at[g.alike()] = len(groups)
			groups = append(groups, g)
			continue
		}
		groups[i].Count += g.Count
		if g.NewestAt.After(groups[i].NewestAt) {
			groups[i].Newest, groups[i].NewestAt = g.Newest, g.NewestAt
		}
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.Count, a.Count) })
	return Tally{Count: t.Count + older.Count, Groups: groups, Back: older.Back}
}

// In counts those in one of the states.
func (t Tally) In(states ...DeliveryState) int {
	n := 0
	for _, g := range t.Groups {
		if slices.Contains(states, g.State) {
			n += g.Count
		}
	}
	return n
}

// Replayed is what a replay made: a batch of new deliveries, which the filter
// replay:ID matches. ID is empty when it was a dry run or nothing was made.
type Replayed struct {
	ID    string // "rpl_" + ULID
	Count int
}

// Retried is what became due at once: how many deliveries, and the ids of their webhooks.
type Retried struct {
	Count int
	Hooks []string
}
