package model

import "time"

// When a webhook is disabled for failing (PRODUCT.md, "Numbers to keep").
const (
	FailingFor      = 5 * 24 * time.Hour
	FailingAttempts = 10
)

// Streak is what a webhook remembers of failing: the time of the first failure
// since its last success, and how many attempts have failed since then. The zero
// value means that the last attempt succeeded. Tests have no part in it.
type Streak struct {
	Since    time.Time
	Attempts int
}

// Record adds the result of one attempt: nil for a success. Failures of our own
// machine, of a proxy or of the guard, and interruptions, say nothing about the
// receiver.
func (s Streak) Record(f *Failure, now time.Time) Streak {
	switch {
	case f == nil:
		return Streak{}
	case f.Ours():
		return s
	case s.Attempts == 0:
		s.Since = now
	}
	s.Attempts++
	return s
}

// Failing reports whether the webhook is to be disabled: no success since the first
// failure, for FailingFor and FailingAttempts.
func (s Streak) Failing(now time.Time) bool {
	return s.Attempts >= FailingAttempts && now.Sub(s.Since) >= FailingFor
}

// Ours reports whether the failure says nothing about the receiver: a fault of our
// own machine, of a proxy, the guard's refusal, or an interruption.
func (f *Failure) Ours() bool {
	if f == nil {
		return false
	}
	switch f.Code {
	case CodeLocal, CodeProxy, CodeBlockedAddress, CodeCancelled:
		return true
	}
	return false
}

// Ruling is what a verdict is reached from: an attempt's result and the state of
// its webhook before it.
type Ruling struct {
	Outcome  Outcome
	Failure  *Failure // nil when delivered
	Step     int      // attempts made, this one included, that count for the schedule: 1...
	Schedule Schedule
	Rules    BreakerRules
	Breaker  Breaker
	Pass     Pass    // what Allow answered for this attempt
	Streak   Streak  // before this attempt
	Chance   float64 // [0,1), places the jitter
	Now      time.Time
}

// Decide reaches the verdict on an attempt and returns the webhook's breaker and
// streak after it. An interrupted attempt is queued again at once and costs
// nothing of the schedule. Verdict.Breaker is set when the breaker is, or was, not
// closed: while it is closed there is nothing worth keeping.
func Decide(r Ruling) (Verdict, Breaker, Streak) {
	fed := r.Failure
	if r.Outcome == OutcomeInterrupted && fed == nil {
		fed = &Failure{Code: CodeCancelled}
	}
	breaker := r.Breaker.Record(r.Rules, r.Pass, fed, r.Now)
	streak := r.Streak.Record(fed, r.Now)
	v := Verdict{State: DeliveryRetrying}
	if breaker != r.Breaker && (breaker.kept() || r.Breaker.kept()) {
		kept := breaker // most have none: they cost no memory
		v.Breaker = &kept
	}
	switch {
	case r.Outcome == OutcomeDelivered:
		v.State = DeliveryDelivered
		return v, breaker, streak
	case r.Outcome == OutcomeInterrupted:
		v.State, v.NextAt = DeliveryQueued, r.Now
		return v, breaker, streak
	case r.Failure.Gone():
		v.State, v.Disable = DeliveryDead, DisabledGone
		return v, breaker, streak
	}
	asked := time.Duration(0)
	if r.Failure != nil {
		asked = ParseRetryAfter(r.Failure.RetryAfter, r.Now)
	}
	if wait, ok := r.Schedule.Next(max(r.Step, 1), asked, r.Chance); ok {
		v.NextAt = ceil(r.Now.Add(wait))
	} else {
		v.State = DeliveryDead
	}
	if streak.Failing(r.Now) {
		v.Disable = DisabledFailing
	}
	return v, breaker, streak
}

// ceil rounds up to the millisecond, the finest that is kept and shown: rounded
// down, a time would come earlier than asked.
func ceil(t time.Time) time.Time {
	if whole := t.Truncate(time.Millisecond); whole.Before(t) {
		return whole.Add(time.Millisecond)
	}
	return t
}

// kept reports whether the breaker is worth keeping over a restart.
func (b Breaker) kept() bool { return b.State == BreakerOpen || b.State == BreakerHalfOpen }
