package store

import (
	"context"
	"time"

	"hooktop/model"
)

// claimed is a delivery that a process left in sending.
type claimed struct {
	seq      int64
	id       string
	attempts int
	created  int64
}

// Recover is for the process that begins to send, before it does; while another one
// that did has the store open, it is a Fault CodeStoreLocked of FieldOwner. What an
// unclean stop left in sending becomes an attempt that was interrupted, and is queued again;
// it says how many there were. Deliveries that wait longer than their step allows,
// because the clock was set back, are brought to the latest that it allows.
func (d *DB) Recover(ctx context.Context, now time.Time) (int, error) {
	if err := d.own(ctx); err != nil {
		return 0, err
	}
	n := 0
	err := d.write(ctx, "recover", func(t *txn) error {
		list, err := t.left(ctx)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := t.interrupt(ctx, c, now); err != nil {
				return err
			}
		}
		n, t.sent.owner = len(list), true
		return nil
	})
	if err == nil {
		err = d.clamp(ctx, now)
	}
	if err != nil {
		return 0, err
	}
	return n, nil
}

// left lists what is in sending. After an unclean stop the whole table is read: the mark
// may be that of a program that forgot something.
func (t *txn) left(ctx context.Context) ([]claimed, error) {
	low := t.was.low
	if t.w.d.unclean {
		low = 0
	}
	rows, err := t.QueryContext(ctx, `SELECT seq, id, attempts, created_at FROM deliveries INDEXED BY deliveries_open WHERE state < 6 AND state = 3
		UNION ALL SELECT seq, id, attempts, created_at FROM deliveries WHERE seq >= ? AND state = 7`, low)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (c claimed, err error) {
		return c, scan(&c.seq, &c.id, &c.attempts, &c.created)
	})
}

// interrupt records the attempt nobody knows the end of. The delivery goes before
// everything that came later.
func (t *txn) interrupt(ctx context.Context, c claimed, now time.Time) error {
	a := model.Attempt{DeliveryID: c.id, N: c.attempts + 1, StartedAt: now, Outcome: model.OutcomeInterrupted,
		Failure: &model.Failure{Code: model.CodeCancelled}}
	errWord, err := t.word(string(model.CodeCancelled))
	if err != nil {
		return err
	}
	t.touch()
	if _, err := t.ExecContext(ctx, `UPDATE deliveries SET state = NOT `+ofHeld+`, attempts = ?, free = free + 1, http_status = 0,
		error = ?, duration = 0, next_at = ? WHERE seq = ?`,
		a.N, errWord, min(c.created, micros(now)), c.seq); err != nil {
		return err
	}
	head, body, err := t.w.d.seal.sealAttempt(nil, c.id, &a)
	if err != nil {
		return err
	}
	t.sent.gone = append(t.sent.gone, c.seq)
	return t.hot.addAttempt.exec(attemptSeq(c.seq, a.N), micros(now), codeOfName(outcomes[:], a.Outcome), head, blob(body))
}

// Backlogs lists what waits, by webhook.
func (d *DB) Backlogs(ctx context.Context) ([]model.Backlog, error) {
	var out []model.Backlog
	err := d.read(ctx, "read backlogs", func(tx querier) error {
		rows, err := tx.QueryContext(ctx, `SELECT w.text, b.next_at, b.n FROM
			(SELECT hook, min(next_at) AS next_at, count(*) AS n FROM deliveries INDEXED BY deliveries_due WHERE state < 3 AND state > 0 GROUP BY hook) b
			JOIN words w ON w.num = b.hook ORDER BY b.hook`)
		if err != nil {
			return err
		}
		out, err = collect(rows, func(scan func(...any) error) (b model.Backlog, err error) {
			var next int64
			err = scan(&b.HookID, &next, &b.Count)
			b.NextAt = fromMicros(next)
			return b, err
		})
		return err
	})
	return out, err
}

// Breakers are the circuit breakers that are not closed, by the webhook's id.
func (d *DB) Breakers(ctx context.Context) (map[string]model.Breaker, error) {
	out := map[string]model.Breaker{}
	err := d.read(ctx, "read breakers", func(tx querier) error {
		list, err := breakers(ctx, tx)
		for hook, b := range list {
			var id string
			if err == nil {
				err = tx.QueryRowContext(ctx, "SELECT text FROM words WHERE num = ?", hook).Scan(&id)
			}
			out[id] = b
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Fleet returns all webhooks that are not deleted, oldest first, with the revision of
// their set: it grows with every change of one.
func (d *DB) Fleet(ctx context.Context) ([]model.Hook, int64, error) {
	var hooks []model.Hook
	var revision int64
	err := d.read(ctx, "read fleet", func(tx querier) error {
		if err := tx.QueryRowContext(ctx, "SELECT hooks FROM state").Scan(&revision); err != nil {
			return err
		}
		views, err := d.seal.hookViews(ctx, tx)
		if err != nil {
			return err
		}
		streaks, err := failing(ctx, tx)
		for _, v := range views {
			v.Failing = streaks[v.ID]
			hooks = append(hooks, v.Hook)
		}
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return hooks, revision, nil
}
