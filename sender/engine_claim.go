package sender

import (
	"math"
	"slices"
	"strings"
	"time"

	"hooktop/model"
)

const (
	claimBatch = 256         // deliveries claimed at once
	claimLow   = 32          // claim when fewer are ready
	claimPause = time.Second // after an error of the store, and between looks at the backlogs
)

// claimIfLow starts a claim when the outbox has due work for the lane and the lane
// can take it. The lock is held.
func (e *Engine) claimIfLow(l *lane, now time.Time) {
	at := l.next()
	if at.IsZero() || l.away || e.holds(l, now) || l.waiting() >= claimLow {
		return
	}
	if !e.sending() {
		e.choked = true
		return
	}
	limit := min(claimBatch, e.ready-l.waiting())
	if !l.closed() {
		limit = 1 - l.waiting() // one probe at a time
	}
	if at.After(now) {
		e.wakeAt(at, now)
		return
	}
	if e.held >= e.bytes {
		limit = min(limit, l.concurrency()-l.waiting())
	}
	if limit <= 0 {
		return
	}
	known, unsure := l.taken(now)
	l.away = true
	e.wg.Go(func() { e.claim(l, now, limit, known, unsure) })
}

// claim takes due deliveries out of the outbox.
func (e *Engine) claim(l *lane, now time.Time, limit, known int, unsure bool) {
	works, err := e.guardedClaim(l.id, now, limit)
	e.mu.Lock()
	defer e.mu.Unlock()
	now = e.Now()
	l.away = false
	for _, w := range works {
		e.weigh(l, len(w.Event.Body))
		l.push(w)
	}
	if err == nil && e.stalled == 0 {
		e.lastErr = nil
	}
	switch {
	case err != nil:
		e.sender.log.Error("claim deliveries", "hook", l.id, "err", err)
		e.lastErr = err
		l.expect(now.Add(claimPause))
	case len(works) >= limit:
		l.expect(now)
	case unsure || len(works) < known:
		e.askBacklogs(now)
	}
	e.rejoin(l, works, err == nil && len(works) < limit)
	e.settle(l, now)
}

// rejoin makes the deliveries ready that came while older ones were in the outbox:
// when those are all claimed, or the newest claimed is younger than they are. A
// claim brings first attempts before retries, oldest first.
func (e *Engine) rejoin(l *lane, works []model.Work, all bool) {
	if l.after.len() == 0 {
		return
	}
	for _, w := range works {
		all = all || w.N > 1 || w.CreatedAt.After(l.after.peek().CreatedAt)
	}
	for all && l.after.len() > 0 {
		w, _ := l.after.pop()
		l.first.push(w)
	}
}

func (e *Engine) guardedClaim(hookID string, now time.Time, limit int) (works []model.Work, err error) {
	defer recovered(&err)
	return e.outbox.Claim(e.disk, hookID, now, limit, math.MaxInt)
}

// recall gives back to the outbox what is ready and cannot be sent now: the webhook
// is paused, disabled or deleted, its breaker opened, or the engine stops. The lock
// is held.
func (e *Engine) recall(l *lane) {
	if l.away {
		return // whoever is away looks again when back
	}
	var ids []string
	for _, q := range []*fifo{&l.first, &l.again, &l.after} {
		for w, ok := q.pop(); ok; w, ok = q.pop() {
			ids = append(ids, w.DeliveryID)
			e.weigh(l, -len(w.Event.Body))
		}
	}
	if len(ids) == 0 {
		l.cleared()
		return
	}
	l.away = true
	e.wg.Go(func() { e.release(l, ids) })
}

func (e *Engine) release(l *lane, ids []string) {
	pause := firstPause
	for {
		err := e.guardedRelease(ids)
		if err == nil {
			break
		}
		e.sender.log.Error("release deliveries", "hook", l.id, "err", err)
		if !sleep(e.disk, pause) {
			return // found in flight at the next start
		}
		pause = min(2*pause, lastPause)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	l.away = false
	l.expect(now)
	e.settle(l, now)
}

func (e *Engine) guardedRelease(ids []string) (err error) {
	defer recovered(&err)
	return e.outbox.Release(e.disk, ids)
}

// askBacklogs asks the keeper to look at what waits, at most once in claimPause.
func (e *Engine) askBacklogs(now time.Time) {
	e.asking = true
	e.wakeAt(later(e.askAfter, now), now)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// learn takes over what waits in the outbox. What is known already is not unsure.
func (e *Engine) learn(backlogs []model.Backlog, now time.Time) {
	for _, b := range backlogs {
		l := e.lanes[b.HookID]
		if l == nil || b.Count <= len(l.due) {
			continue
		}
		l.expect(later(b.NextAt, now))
		e.claimIfLow(l, now)
	}
}

// ordered lists the lanes in a fixed order, so that none is favoured by chance.
func (e *Engine) ordered() []*lane {
	out := make([]*lane, 0, len(e.lanes))
	for _, l := range e.lanes {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b *lane) int { return strings.Compare(a.id, b.id) })
	return out
}
