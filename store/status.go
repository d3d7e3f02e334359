package store

import (
	"context"
	"database/sql/driver"

	"hooktop/model"
)

// status is what a webhook is like now, beside its configuration.
type status struct {
	last    int64 // the delivery that was attempted last
	streak  model.Streak
	breaker []byte // nil: closed
	changed bool
}

// status loads a webhook's once for the group.
func (t *txn) status(hook int64) (*status, error) {
	if s := t.statuses[hook]; s != nil {
		return s, nil
	}
	s := &status{}
	var row [4]driver.Value
	found, err := t.hot.status.one(row[:], hook)
	if err != nil {
		return nil, err
	}
	if found {
		s.last = row[0].(int64)
		s.streak = model.Streak{Since: fromMicros(row[1].(int64)), Attempts: int(row[2].(int64))}
		s.breaker, _ = row[3].([]byte)
	}
	if t.statuses == nil {
		t.statuses = map[int64]*status{}
	}
	t.statuses[hook] = s
	return s, nil
}

func (t *txn) flushStatuses() error {
	for hook, s := range t.statuses {
		if !s.changed {
			continue
		}
		var breaker driver.Value
		if s.breaker != nil {
			breaker = s.breaker
		}
		if err := t.hot.setStatus.exec(hook, s.last, micros(s.streak.Since), int64(s.streak.Attempts), breaker); err != nil {
			return err
		}
		t.wrote = true
	}
	return nil
}

// keepBreaker notes a webhook's breaker; a closed one is not kept.
func (s *status) keepBreaker(b model.Breaker) {
	s.changed = true
	if b.State != model.BreakerOpen && b.State != model.BreakerHalfOpen {
		s.breaker = nil
		return
	}
	var e encoder
	e.text(string(b.State))
	e.int(int64(b.Failures))
	e.int(int64(b.Successes))
	e.duration(b.Cooldown)
	e.time(b.Until)
	s.breaker = e.b
}

func decodeBreaker(blob []byte) (model.Breaker, error) {
	d := decoder{b: blob}
	b := model.Breaker{
		State:     model.BreakerState(d.text()),
		Failures:  int(d.int()),
		Successes: int(d.int()),
		Cooldown:  d.duration(),
		Until:     d.time(),
	}
	return b, d.err
}

// breakers are those that are not closed, by the webhook's number.
func breakers(ctx context.Context, tx querier) (map[int64]model.Breaker, error) {
	rows, err := tx.QueryContext(ctx, "SELECT hook, breaker FROM hook_status WHERE breaker IS NOT NULL")
	if err != nil {
		return nil, err
	}
	out := map[int64]model.Breaker{}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var hook int64
		var blob []byte
		if err = scan(&hook, &blob); err == nil {
			out[hook], err = decodeBreaker(blob)
		}
		return none, err
	})
	return out, err
}

// failing reads the streaks of webhooks that fail, by id.
func failing(ctx context.Context, tx querier) (map[string]model.Streak, error) {
	rows, err := tx.QueryContext(ctx, `SELECT w.text, s.failing_since, s.failing_attempts
		FROM hook_status s JOIN words w ON w.num = s.hook WHERE s.failing_attempts > 0`)
	if err != nil {
		return nil, err
	}
	out := map[string]model.Streak{}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var since int64
		var s model.Streak
		err = scan(&id, &since, &s.Attempts)
		s.Since = fromMicros(since)
		out[id] = s
		return none, err
	})
	return out, err
}
