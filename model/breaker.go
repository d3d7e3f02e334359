package model

import "time"

// BreakerState is what the circuit breaker of a webhook lets through.
type BreakerState string

const (
	BreakerClosed   BreakerState = "closed"    // everything
	BreakerOpen     BreakerState = "open"      // nothing until the cooldown is over
	BreakerHalfOpen BreakerState = "half_open" // one probe at a time
)

// BreakerRules are the numbers of a breaker.
type BreakerRules struct {
	Opens    int           // consecutive failures that open it
	Closes   int           // successful probes that close it
	Cooldown time.Duration // of the first opening; doubles with each that follows
	Max      time.Duration // the longest cooldown
}

// DefaultBreaker and DemoBreaker are the product's numbers.
func DefaultBreaker() BreakerRules {
	return BreakerRules{Opens: 5, Closes: 3, Cooldown: 30 * time.Second, Max: 15 * time.Minute}
}

func DemoBreaker() BreakerRules {
	return BreakerRules{Opens: 5, Closes: 3, Cooldown: 2 * time.Second, Max: 15 * time.Minute}
}

// Breaker is the state of one webhook's circuit breaker, a value: every method
// returns the next one. The zero value is closed. It goes closed -> open ->
// half-open -> closed or open, and never from open to closed.
type Breaker struct {
	State     BreakerState
	Failures  int           // consecutive, while closed
	Successes int           // probes that succeeded, while half-open
	Cooldown  time.Duration // of the last opening; 0 once closed
	Until     time.Time     // end of the cooldown, while open
	Probing   bool          // a probe is out; not kept over a restart
}

// Pass is what Allow answers; Record wants it back with the result.
type Pass int

const (
	PassNone   Pass = iota // hold the delivery
	PassNormal             // send it
	PassProbe              // send it: it decides about closing
)

// Allow asks for one attempt.
func (b Breaker) Allow(now time.Time) (Breaker, Pass) {
	switch b.State {
	case BreakerOpen:
		if now.Before(b.Until) {
			return b, PassNone
		}
		b.State, b.Successes, b.Probing = BreakerHalfOpen, 0, true
		return b, PassProbe
	case BreakerHalfOpen:
		if b.Probing {
			return b, PassNone
		}
		b.Probing = true
		return b, PassProbe
	}
	b.State = BreakerClosed
	return b, PassNormal
}

// Record takes the result of an attempt that Allow let through: nil for a
// success. A failure that does not feed the breaker only ends its probe, and so
// does one without a result (interrupted). Late results of attempts from before an
// opening change nothing.
func (b Breaker) Record(r BreakerRules, p Pass, f *Failure, now time.Time) Breaker {
	neutral := f != nil && !f.FeedsBreaker()
	switch {
	case p == PassProbe && b.State == BreakerHalfOpen:
		b.Probing = false
		switch {
		case neutral:
		case f != nil:
			return b.open(r, now)
		case b.Successes+1 >= r.Closes:
			return Breaker{State: BreakerClosed}
		default:
			b.Successes++
		}
	case p == PassNormal && b.State != BreakerOpen && b.State != BreakerHalfOpen:
		switch {
		case neutral:
		case f == nil:
			b.Failures = 0
		case b.Failures+1 >= r.Opens:
			return b.open(r, now)
		default:
			b.Failures++
		}
	}
	return b
}

// Hurry ends the cooldown at a person's word. A probe that fails then opens it for as
// long as it was open, not for twice as long: impatience is no failure.
func (b Breaker) Hurry(now time.Time) Breaker {
	if b.State == BreakerOpen && b.Until.After(now) {
		b.Until, b.Cooldown = now, b.Cooldown/2
	}
	return b
}

func (b Breaker) open(r BreakerRules, now time.Time) Breaker {
	cooldown := r.Cooldown
	if b.Cooldown > 0 {
		cooldown = min(2*b.Cooldown, r.Max)
	}
	return Breaker{State: BreakerOpen, Cooldown: cooldown, Until: now.Add(cooldown)}
}
