package sender

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hooktop/model"
)

// legacy is what an earlier run has left in the outbox.
type legacy struct {
	at        time.Time
	recovered int
	breakers  map[string]model.Breaker
	backlogs  []model.Backlog
}

// inherit recovers what an unclean stop left behind and reads what waits. Nothing of
// this engine may be under way.
func (e *Engine) inherit(ctx context.Context) (legacy, error) {
	l := legacy{at: e.Now()}
	var err error
	if l.recovered, err = e.recovery.Recover(ctx, l.at); err != nil {
		return l, fmt.Errorf("recover deliveries: %w", err)
	}
	if err := e.reload(ctx); err != nil {
		return l, err
	}
	if l.breakers, err = e.recovery.Breakers(ctx); err != nil {
		return l, fmt.Errorf("read breakers: %w", err)
	}
	if l.backlogs, err = e.recovery.Backlogs(ctx); err != nil {
		return l, fmt.Errorf("read backlogs: %w", err)
	}
	return l, nil
}

// begin sends from there. The lock is held.
func (e *Engine) begin(from legacy) {
	e.recovered = from.recovered
	for id, b := range from.breakers {
		if l := e.lanes[id]; l != nil {
			l.restore(b, e.rules, from.at)
		}
	}
	e.learn(from.backlogs, from.at)
	for _, l := range e.lanes {
		e.pump(l, from.at)
	}
}

// Suspend stops sending until Resume, for a reason that Snapshot tells: another
// process owns the outbox. What is ready goes back to it, what is in flight goes on.
// Events can still be emitted; they wait there.
func (e *Engine) Suspend(why error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.suspended = why
	for _, l := range e.lanes {
		e.recall(l)
	}
}

// errUnderWay is what Resume answers while attempts or results from before are.
var errUnderWay = errors.New("something from before is still under way")

// Resume sends again after Suspend, as after a start: what the other process left in
// sending is recovered. While anything of this engine's own is under way it fails,
// and changes nothing.
func (e *Engine) Resume(ctx context.Context) error {
	if e.underWay() {
		return fmt.Errorf("resume engine: %w", errUnderWay)
	}
	l, err := e.inherit(ctx)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.suspended = nil
	for _, lane := range e.lanes {
		lane.doubt(l.at) // events came in meanwhile, and the other process has sent
	}
	if e.phase == engineRunning {
		e.begin(l)
	}
	return nil
}

func (e *Engine) underWay() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.flying+e.saving+e.stalled+e.rooms > 0 {
		return true
	}
	for _, l := range e.lanes {
		if l.away || l.waiting()+l.after.len() > 0 {
			return true
		}
	}
	return false
}
