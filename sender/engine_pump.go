package sender

import (
	"time"

	"hooktop/model"
)

// flight is one attempt that has its slot.
type flight struct {
	lane   *lane
	recipe *recipe
	work   *model.Work
	pass   model.Pass
	at     time.Time // when it got it
}

// sending reports whether attempts may start: the engine runs, and results reach
// the disk.
func (e *Engine) sending() bool {
	return e.phase == engineRunning && e.stalled == 0 && e.saving < maxSaving
}

// pump starts what may start for a lane and claims more when it runs low. The lock
// is held.
func (e *Engine) pump(l *lane, now time.Time) {
	for l.waiting() > 0 && e.launch(l, now) {
	}
	e.claimIfLow(l, now)
}

// launch starts the lane's next attempt if it may; false when it may not. What
// holds it back decides who looks again: the timer, the line, or the next landing.
func (e *Engine) launch(l *lane, now time.Time) bool {
	if e.holds(l, now) {
		return false
	}
	breaker, pass := l.breaker.Allow(now)
	if pass == model.PassNone || l.flying >= l.concurrency() {
		return false
	}
	if !e.sending() {
		e.choked = true
	}
	if e.choked || !e.slot(l, now) {
		if !l.lined {
			l.lined = true
			e.line = append(e.line, l)
		}
		return false
	}
	if l.limiter != nil && !l.limiter.AllowN(now, 1) {
		r := l.limiter.ReserveN(now, 1)
		l.resume = now.Add(r.DelayFrom(now))
		r.CancelAt(now)
		e.wakeAt(l.resume, now)
		return false
	}
	l.breaker = breaker
	w := l.pop()
	e.unload(l, w)
	l.flying++
	l.launched = append(l.launched, now)
	l.sent++
	e.flying++
	if l.flying > 1 {
		e.shared++
	}
	e.meter.count(now)
	f := flight{lane: l, recipe: l.recipe, work: &w.Work, pass: pass, at: now}
	if n := len(e.idle); n > 0 {
		worker := e.idle[n-1]
		e.idle = e.idle[:n-1]
		worker <- f
		return true
	}
	e.hire(f)
	return true
}

// hire starts one more worker.
func (e *Engine) hire(f flight) { e.wg.Go(func() { e.work(f) }) }

// slot reports whether the lane may take one more: its own, or a shared one. Half
// of the shared ones are kept for quick webhooks: those whose newest attempt
// succeeded and that have none in flight for long. What a webhook took before it
// turned slow does not count against that half, so that any number of hung ones
// cannot slow a healthy one; for the time of their attempts half as many slots again
// may be in use.
func (e *Engine) slot(l *lane, now time.Time) bool {
	half := max(e.cap/2, 1)
	switch {
	case l.flying == 0 || e.shared < half:
		return true
	case !l.proven || l.slow(now):
		return false
	case e.shared < e.cap:
		return true
	}
	return e.shared < e.cap+half && e.shared-e.slowSlots(now) < half
}

// slowSlots counts the shared slots that slow webhooks hold, at most every sweepEvery:
// meanwhile there are rather more of them, unless one lands.
func (e *Engine) slowSlots(now time.Time) int {
	if now.Sub(e.swept) < sweepEvery {
		return e.stuck
	}
	e.swept, e.stuck = now, 0
	for _, l := range e.lanes {
		if l.flying > 1 && l.slow(now) {
			e.stuck += l.flying - 1
		}
	}
	return e.stuck
}

const sweepEvery = 50 * time.Millisecond

// load counts the bytes of a delivery that becomes ready. A body that several share is
// held once.
func (e *Engine) load(l *lane, r *ready) {
	n := len(r.Event.Body)
	l.size += n
	e.held += readyBytes
	if r.sharers != nil {
		if *r.sharers++; *r.sharers > 1 {
			return
		}
	}
	e.held += n
}

// unload is the end of load.
func (e *Engine) unload(l *lane, r *ready) {
	n := len(r.Event.Body)
	l.size -= n
	e.held -= readyBytes
	if r.sharers != nil {
		if *r.sharers--; *r.sharers > 0 {
			return
		}
	}
	e.held -= n
}

// allowed is how many bytes may be held while a lane takes more: a quarter of the room is
// kept for webhooks that are quick, so that what waits for hung ones does not send the
// deliveries of a healthy one through the outbox.
func (e *Engine) allowed(l *lane, now time.Time) int {
	if l.proven && !l.slow(now) {
		return e.bytes
	}
	return e.bytes * 3 / 4
}

// advance offers freed slots to the first n lanes in line, one attempt for each;
// who is not served goes to the end of it.
func (e *Engine) advance(now time.Time, n int) {
	for range min(n, len(e.line)) {
		l := e.line[0]
		e.line = e.line[1:]
		l.lined = false
		if l.waiting() > 0 && e.launch(l, now) && l.waiting() > 0 && !l.lined {
			l.lined = true
			e.line = append(e.line, l)
		}
		e.claimIfLow(l, now)
	}
}

// reserve promises room to the deliveries of an ingest: those that get it are
// ingested as sending, and admitted without the outbox being asked. The others
// wait in the outbox.
func (e *Engine) reserve(lanes []*lane, deliveries []model.Delivery) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.phase != engineRunning || e.stalled > 0 {
		return
	}
	now := e.Now()
	for i, l := range lanes {
		if e.holds(l, now) || !l.closed() || l.waiting()+l.after.len()+l.room >= e.ready ||
			(e.held >= e.allowed(l, now) && l.waiting()+l.room >= l.concurrency()) {
			continue
		}
		deliveries[i].State = model.DeliverySending
		l.room++
		e.rooms++
	}
}

// admit takes over the deliveries of an ingest that is on disk (or, if it failed,
// gives back the room).
func (e *Engine) admit(lanes []*lane, in model.Ingest, stored bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	var sharers *int
	if len(lanes) > 1 {
		sharers = new(int)
	}
	for i, l := range lanes {
		d := &in.Deliveries[i]
		claimed := d.State == model.DeliverySending
		if claimed {
			l.room--
			e.rooms--
		}
		switch {
		case !stored || e.phase == engineStopped: // found in flight at the next start
			continue
		case !claimed:
			l.expect(now)
			e.claimIfLow(l, now)
			continue
		}
		w := &ready{model.Work{DeliveryID: d.ID, HookID: d.HookID, Event: in.Event, N: 1, CreatedAt: d.CreatedAt}, sharers}
		e.load(l, w)
		switch {
		case e.holds(l, now): // things changed while the disk was busy
			l.first.push(w)
			e.recall(l)
		case l.behind(now):
			l.after.push(w)
			e.claimIfLow(l, now)
		default:
			l.first.push(w)
			e.pump(l, now)
		}
	}
	e.landIfLast()
}
