package model

import "time"

// EngineSnapshot is what the engine is doing at one moment.
type EngineSnapshot struct {
	Running   bool
	Beginning bool          // it has not started yet; Err is why it could not, which is tried again
	Stalled   bool          // results cannot be written: nothing is sent until they can
	Err       string        // why; untrusted
	Code      Code          // of the fault behind Err; empty: it is none
	Skew      time.Duration // how far the system's clock is ahead of the engine's: it was set while we ran
	InFlight  int
	Ready     int     // claimed, waiting for a slot
	Saving    int     // sent, their results on the way to the disk
	Sent      int64   // attempts since the start
	Recovered int     // deliveries that an unclean stop had left in flight
	Rate      float64 // attempts per second, over the last ten seconds
	Hooks     []HookSnapshot
}

// HookSnapshot is what the engine is doing for one webhook.
type HookSnapshot struct {
	HookID   string
	State    HookState
	Breaker  Breaker
	Failing  Streak
	InFlight int
	Ready    int
	Sent     int64
	NextAt   time.Time // when it is looked at again; zero: when something happens
}
