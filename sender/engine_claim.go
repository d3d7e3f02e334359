package sender

import (
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
	room := (e.allowed(l, now) - e.held) / 2       // others may claim meanwhile
	if least := max(e.bytes/64, 1); room < least { // what the next slots need
		room, limit = least-l.size, min(limit, l.concurrency()-l.waiting())
		if l.waiting() == 0 {
			room = max(room, 1) // which brings one
		}
	}
	if limit <= 0 || room <= 0 {
		return
	}
	q := claim{now: now, limit: limit, bytes: room}
	q.known, q.unsure = l.taken(now)
	l.away = true
	e.held += room
	e.wg.Go(func() { e.claim(l, q) })
}

// claim is what is asked of the outbox.
type claim struct {
	now    time.Time
	limit  int
	bytes  int  // held for it until it is back
	known  int  // deliveries that it should bring at least
	unsure bool // there may be others
}

// cut reports whether a claim may have left due work in the outbox.
func (q claim) cut(works []model.Work) bool {
	size := 0
	for _, w := range works {
		size += len(w.Event.Body)
	}
	return len(works) >= q.limit || len(works) > 0 && size+model.MaxBody > q.bytes
}

// claim takes due deliveries out of the outbox.
func (e *Engine) claim(l *lane, q claim) {
	works, err := e.guardedClaim(l.id, q)
	e.mu.Lock()
	defer e.mu.Unlock()
	now, cut := e.Now(), q.cut(works)
	l.away = false
	e.held -= q.bytes
	for i := range works {
		w := &ready{Work: works[i]}
		e.load(l, w)
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
	case cut:
		l.expect(now)
	case q.unsure || len(works) < q.known:
		e.askBacklogs(now)
	}
	e.rejoin(l, works, err == nil && !cut)
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
		l.first.push(l.after.pop())
	}
}

func (e *Engine) guardedClaim(hookID string, q claim) (works []model.Work, err error) {
	defer recovered(&err)
	return e.outbox.Claim(e.disk, hookID, q.now, q.limit, q.bytes)
}

// recall gives back to the outbox what is ready and cannot be sent now: the webhook
// is paused, disabled or deleted, its breaker opened, or the engine stops. The lock
// is held.
func (e *Engine) recall(l *lane) {
	if l.away {
		return // whoever is away looks again when back
	}
	var works []model.Work // without their bodies
	for _, q := range []*fifo{&l.first, &l.again, &l.after} {
		for w := q.pop(); w != nil; w = q.pop() {
			works = append(works, model.Work{DeliveryID: w.DeliveryID, N: w.N})
			e.unload(l, w)
		}
	}
	if len(works) == 0 {
		l.cleared()
		return
	}
	l.away = true
	e.wg.Go(func() { e.release(l, works) })
}

func (e *Engine) release(l *lane, works []model.Work) {
	pause := firstPause
	for {
		err := e.guardedRelease(works)
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

func (e *Engine) guardedRelease(works []model.Work) (err error) {
	defer recovered(&err)
	return e.outbox.Release(e.disk, works)
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

// learn takes over what waits in the outbox. What is known already is not unsure: as
// many times or more, the first of them no later. Some may be of deliveries that were
// cancelled.
func (e *Engine) learn(backlogs []model.Backlog, now time.Time) {
	for _, b := range backlogs {
		l := e.lanes[b.HookID]
		if l == nil || len(l.due) >= max(b.Count, 1) && l.due[0] < b.NextAt.Add(time.Millisecond).UnixNano() { // stored times are cut
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
