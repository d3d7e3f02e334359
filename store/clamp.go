package store

import (
	"context"
	"time"

	"hooktop/model"
)

// waiting is a delivery that is due later.
type waiting struct {
	seq            int64
	id, hook       string
	state          int64
	attempts, free int
	next, created  int64
}

// clamp brings to now what waits longer than its step allows: the clock was set back
// since. A first attempt may wait as long as it was to wait when it was made
// (replays at a rate), a retry the longest of its step, or what the receiver asked.
func (t *txn) clamp(ctx context.Context, now time.Time) error {
	rows, err := t.QueryContext(ctx, `SELECT d.seq, d.id, w.text, d.state, d.attempts, d.free, d.next_at, d.created_at
		FROM deliveries d INDEXED BY deliveries_due JOIN words w ON w.num = d.hook WHERE d.state < 3 AND d.next_at > ?`, micros(now))
	if err != nil {
		return err
	}
	list, err := collect(rows, func(scan func(...any) error) (v waiting, err error) {
		return v, scan(&v.seq, &v.id, &v.hook, &v.state, &v.attempts, &v.free, &v.next, &v.created)
	})
	if err != nil {
		return err
	}
	schedules := map[string]model.Schedule{}
	for _, v := range list {
		if _, ok := schedules[v.hook]; !ok {
			h, err := t.w.d.seal.loadHook(ctx, t, v.hook)
			if err != nil && !isNotFound(err) {
				return err
			}
			schedules[v.hook] = h.Retry
		}
		latest, err := t.latest(ctx, v, schedules[v.hook], now)
		if err != nil {
			return err
		}
		if v.next <= micros(latest) {
			continue
		}
		if _, err := t.ExecContext(ctx, "UPDATE deliveries SET rev = ?, next_at = ? WHERE seq = ?", t.next(), micros(now), v.seq); err != nil {
			return err
		}
	}
	return nil
}

// latest is when v must be due, counted from now.
func (t *txn) latest(ctx context.Context, v waiting, s model.Schedule, now time.Time) (time.Time, error) {
	switch {
	case v.state == stateQueued && v.attempts == 0:
		return now.Add(time.Duration(v.next-v.created) * time.Microsecond), nil
	case v.state == stateQueued:
		return now, nil
	}
	wait, _ := s.Next(v.attempts-v.free, 0, 1)
	if v.next <= micros(now.Add(wait)) {
		return now.Add(wait), nil
	}
	attempts, err := t.w.d.seal.attempts(ctx, t, v.seq, v.id)
	if err != nil || len(attempts) == 0 {
		return now.Add(wait), err
	}
	if f := attempts[len(attempts)-1].Failure; f != nil {
		asked := model.ParseRetryAfter(f.RetryAfter, attempts[len(attempts)-1].StartedAt)
		longest, _ := s.Next(v.attempts-v.free, asked, 1)
		wait = max(wait, longest)
	}
	return now.Add(wait), nil
}
