package sender

import "time"

// Now is the engine's clock: the system's as it was when the engine was made, and
// what has passed since, as far as noticed. Setting the system's clock does not
// change it.
func (e *Engine) Now() time.Time {
	return e.base.Add(time.Since(e.began) + time.Duration(e.asleep.Load()))
}

const (
	// coarse is the longest a timer is set for: the clock of timers stands still while
	// the machine sleeps, and what came due meanwhile must be found soon after.
	coarse = 30 * time.Second
	// nap is the shortest sleep that is noticed: two clocks are not read at once.
	nap = time.Second
)

// notice takes over into the clock what the machine has slept.
func (e *Engine) notice() {
	if total := e.slept() - e.sleptBefore; total-time.Duration(e.asleep.Load()) >= nap {
		e.asleep.Store(int64(total))
	}
}
