package sender

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hooktop/model"
)

// maxIdle is how many workers stay when there is nothing to do.
const maxIdle = 128

// work makes attempts until there are none left and enough others wait.
func (e *Engine) work(f flight) {
	defer func() {
		if p := recover(); p != nil {
			e.sender.log.Error("panic in engine", "panic", p)
		}
	}()
	next := make(chan flight, 1)
	for {
		e.fly(&f)
		f = flight{} // a worker at rest holds no body
		e.mu.Lock()
		if e.phase != engineRunning || len(e.idle) >= maxIdle {
			e.mu.Unlock()
			return
		}
		e.idle = append(e.idle, next)
		e.mu.Unlock()
		var ok bool
		if f, ok = <-next; !ok {
			return
		}
	}
}

// fly makes one attempt and writes what came of it.
func (e *Engine) fly(f *flight) {
	done := &model.Finish{HookID: f.lane.id}
	e.attempt(f, &done.Attempt)
	done.Verdict = e.land(f, &done.Attempt)
	e.save(f.lane, done)
}

// attempt never panics: a fault of ours is a failed attempt.
func (e *Engine) attempt(f *flight, a *model.Attempt) {
	began := time.Now()
	defer func() {
		if p := recover(); p != nil {
			e.sender.log.Error("panic in attempt", "delivery", f.work.DeliveryID, "panic", p)
			*a = model.Attempt{
				DeliveryID: f.work.DeliveryID, N: f.work.N, StartedAt: began, URL: f.recipe.hook.URL, Revision: f.recipe.hook.Revision,
				Outcome: model.OutcomeUnknown, Failure: &model.Failure{Code: model.CodeLocal, Reason: model.LocalInternal, Detail: fmt.Sprint(p)},
			}
		}
	}()
	e.send(e.life, f.recipe, f.work, a)
}

// land frees the slot, reaches the verdict and starts what waited for the slot.
func (e *Engine) land(f *flight, a *model.Attempt) model.Verdict {
	if a.Outcome != model.OutcomeDelivered {
		e.notice() // before a time is planned
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	l, now := f.lane, e.Now()
	var v model.Verdict
	v, l.breaker, l.streak = model.Decide(model.Ruling{
		Outcome: a.Outcome, Failure: a.Failure, Step: f.work.N - f.work.Free, Schedule: f.recipe.hook.Retry,
		Rules: e.rules, Breaker: l.breaker, Pass: f.pass, Streak: l.streak, Chance: e.chance(), Now: now,
	})
	l.proven = a.Outcome == model.OutcomeDelivered
	if l.slow(now) {
		e.swept = time.Time{} // what it held is to be counted anew
	}
	l.landed(f.at)
	e.flying--
	if l.flying > 0 {
		e.shared--
	}
	e.saving++
	if v.Disable != "" && l.sends() {
		l.disable(v.Disable)
		l.disabling++
	}
	if l.flying > 0 {
		e.advance(now, 8)
	}
	e.settle(l, now)
	e.landIfLast()
	return v
}

// landIfLast tells Stop that nothing is in flight or on its way to us any more.
func (e *Engine) landIfLast() {
	if e.phase == engineStopping && e.flying == 0 && e.rooms == 0 {
		select {
		case <-e.landed:
		default:
			close(e.landed)
		}
	}
}

// Pauses between tries to write a result.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// save writes a result. While the store cannot, nothing is sent and the result
// stays in memory; if Stop comes first, the delivery is found in flight at the next
// start and sent again.
func (e *Engine) save(l *lane, f *model.Finish) {
	if f.Verdict.Breaker != nil { // one after the other, each with the newest: it is what stays
		l.turn <- struct{}{}
		defer func() { <-l.turn }()
		f.Verdict.Breaker = e.breakerOf(l)
	}
	pause, stalled := firstPause, false
	for {
		err := e.guardedFinish(f)
		if err == nil {
			break
		}
		if isFinal(err) {
			e.sender.log.Error("result refused", "delivery", f.Attempt.DeliveryID, "attempt", f.Attempt.N, "err", err)
			break
		}
		e.stall(err, !stalled)
		stalled = true
		if !sleep(e.disk, pause) {
			e.sender.log.Error("result not written; the delivery will be sent again",
				"delivery", f.Attempt.DeliveryID, "attempt", f.Attempt.N, "outcome", f.Attempt.Outcome, "err", err)
			return
		}
		pause = min(2*pause, lastPause)
	}
	e.saved(l, &f.Verdict, stalled)
}

func (e *Engine) breakerOf(l *lane) *model.Breaker {
	e.mu.Lock()
	defer e.mu.Unlock()
	b := l.breaker
	return &b
}

func (e *Engine) guardedFinish(f *model.Finish) (err error) {
	defer recovered(&err)
	return e.outbox.Finish(e.disk, f)
}

// isFinal recognises a result that will never be taken, however often it is tried:
// the delivery was purged meanwhile, or the store knows of another course.
func isFinal(err error) bool {
	var f *model.Fault
	return errors.As(err, &f) && (f.Code == model.CodeNotFound || f.Code == model.CodeConflict)
}

// stall pauses sending: the store does not take results.
func (e *Engine) stall(err error, first bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lastErr = err
	if first {
		e.stalled++
		e.sender.log.Error("write result", "err", err)
	}
}

// saved goes on after a result is on disk.
func (e *Engine) saved(l *lane, v *model.Verdict, stalled bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	e.saving--
	if stalled {
		e.stalled--
	}
	if e.stalled == 0 {
		e.lastErr = nil
	}
	if at := v.NextAt; !at.IsZero() {
		l.plan(at)
		e.claimIfLow(l, now)
	}
	if v.Disable != "" {
		l.disabling = max(l.disabling-1, 0)
		e.HooksChanged()
	}
	if e.choked && e.sending() {
		e.choked = false
		e.advance(now, len(e.line))
		for _, l := range e.lanes {
			e.claimIfLow(l, now)
		}
	}
}

// sleep waits; false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
