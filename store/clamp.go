package store

import (
	"context"
	"math"
	"time"

	"hooktop/model"
)

// waiting is a delivery that is due later.
type waiting struct {
	seq            int64
	id             string
	state          int64
	attempts, free int
	next, created  int64
}

// due is a place in the order in which a webhook's deliveries are due.
type due struct{ at, seq int64 }

// clamp brings nearer what waits longer than its step allows, because the clock was
// set back since: to the latest that the step allows, so that a receiver's
// Retry-After is never undercut. A first attempt may wait as long as it was to wait
// when it was made (replays at a rate). It works in slices, as the verbs do.
func (d *DB) clamp(ctx context.Context, now time.Time) error {
	backlogs, err := d.Backlogs(ctx)
	if err != nil {
		return err
	}
	for _, b := range backlogs {
		for _, state := range []int64{stateQueued, stateRetrying} {
			from := due{micros(now), math.MaxInt64}
			for more := true; more; {
				next := from
				err := d.write(ctx, "bound waits", func(t *txn) (err error) {
					next, more, err = t.clamp(ctx, b.HookID, state, from, now)
					return err
				})
				if err != nil {
					return err
				}
				from = next
			}
		}
	}
	return nil
}

// clamp does so for the next slice; it says where that ends and whether more follows.
func (t *txn) clamp(ctx context.Context, hookID string, state int64, from due, now time.Time) (last due, more bool, err error) {
	hook, err := t.word(hookID)
	if err != nil {
		return from, false, err
	}
	rows, err := t.QueryContext(ctx, `SELECT seq, id, state, attempts, free, next_at, created_at FROM deliveries INDEXED BY deliveries_due
		WHERE hook = ? AND state = ? AND state < 3 AND (next_at, seq) > (?, ?) ORDER BY next_at, seq LIMIT ?`,
		hook, state, from.at, from.seq, verbSlice)
	if err != nil {
		return from, false, err
	}
	list, err := collect(rows, func(scan func(...any) error) (v waiting, err error) {
		return v, scan(&v.seq, &v.id, &v.state, &v.attempts, &v.free, &v.next, &v.created)
	})
	if err != nil || len(list) == 0 {
		return from, false, err
	}
	h, err := t.w.d.seal.loadHook(ctx, t, hookID)
	if err != nil && !isNotFound(err) {
		return from, false, err
	}
	for _, v := range list {
		latest, err := t.latest(ctx, v, h.Retry, now)
		if err != nil {
			return from, false, err
		}
		if v.next <= micros(latest) {
			continue
		}
		t.touch()
		if _, err := t.ExecContext(ctx, "UPDATE deliveries SET next_at = ? WHERE seq = ?", micros(latest), v.seq); err != nil {
			return from, false, err
		}
	}
	end := list[len(list)-1]
	return due{end.next, end.seq}, len(list) == verbSlice, nil
}

// latest is when v must be due, counted from now.
func (t *txn) latest(ctx context.Context, v waiting, s model.Schedule, now time.Time) (time.Time, error) {
	switch {
	case v.state == stateQueued && v.attempts == 0:
		return now.Add(time.Duration(v.next-v.created) * time.Microsecond), nil
	case v.state == stateQueued:
		return now, nil
	}
	step := longest(s, v.attempts-v.free, 0)
	if v.next <= micros(now.Add(step)) {
		return now.Add(step), nil
	}
	attempts, err := t.w.d.seal.attempts(ctx, t, v.seq, v.id)
	if err != nil || len(attempts) == 0 {
		return now.Add(step), err
	}
	last := attempts[len(attempts)-1]
	if last.Failure == nil {
		return now.Add(step), nil
	}
	return now.Add(longest(s, v.attempts-v.free, model.ParseRetryAfter(last.Failure.RetryAfter, last.StartedAt))), nil
}

// longest is the longest wait after n attempts. A schedule that was shortened since
// has no step left, but what the receiver asked still holds.
func longest(s model.Schedule, n int, asked time.Duration) time.Duration {
	wait, ok := s.Next(n, asked, 1)
	if !ok {
		wait, _ = model.Schedule{Waits: []time.Duration{0}}.Next(0, asked, 1)
	}
	return wait
}
