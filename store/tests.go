package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// PutTest stores a finished test: one event, one delivery, one attempt, all marked
// as a test and out of reach of whatever sends. The webhook need not be stored.
// CodeConflict when an event or delivery of that id is stored already.
func (d *DB) PutTest(ctx context.Context, t model.TestResult) error {
	if !t.Delivery.State.Done() {
		return fmt.Errorf("put test: delivery %q is %q, which is no end", t.Delivery.ID, t.Delivery.State)
	}
	return d.write(ctx, "put test", func(tx *sql.Tx) error {
		err := putEvent(ctx, tx, t.Event)
		if err != nil {
			return clash(t.Event.ID, err)
		}
		seq, err := putDelivery(ctx, tx, t)
		if err != nil {
			return clash(t.Delivery.ID, err)
		}
		return d.seal.putAttempt(ctx, tx, seq, t.Delivery.ID, t.Attempt)
	})
}

func clash(id string, err error) error {
	if isSQLite(err, sqlite3.ErrConstraint) {
		return &model.Fault{Code: model.CodeConflict, Value: id, Err: err}
	}
	return err
}

func putEvent(ctx context.Context, tx *sql.Tx, ev model.Event) error {
	body := ev.Body
	if body == nil {
		body = []byte{} // nil would be NULL
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO events (id, type, subject, test, created_at, body) VALUES (?, ?, ?, 1, ?, ?)",
		ev.ID, ev.Type, ev.Subject, micros(ev.CreatedAt), body)
	return err
}

func putDelivery(ctx context.Context, tx *sql.Tx, t model.TestResult) (seq int64, err error) {
	var rev int64
	if err := tx.QueryRowContext(ctx, "UPDATE meta SET value = value + 1 WHERE key = 'rev' RETURNING value").Scan(&rev); err != nil {
		return 0, err
	}
	v := t.Delivery
	r, err := tx.ExecContext(ctx, `INSERT INTO deliveries (id, rev, event_id, hook_id, type, state, attempts,
		http_status, error, duration, next_at, created_at, done_at, test, replay_of)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1, ?)`,
		v.ID, rev, t.Event.ID, v.HookID, v.Type, v.State, v.Attempts,
		v.HTTPStatus, v.Error, int64(v.Duration), micros(v.CreatedAt), micros(v.DoneAt), v.ReplayOf)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (s *sealer) putAttempt(ctx context.Context, tx *sql.Tx, seq int64, deliveryID string, a model.Attempt) error {
	id := attemptID(deliveryID, a.N)
	head, err := s.seal(id, "head", encodeAttempt(a))
	if err != nil {
		return err
	}
	var body []byte
	if a.Response != nil && len(a.Response.Body) > 0 {
		if body, err = s.seal(id, "body", a.Response.Body); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO attempts (delivery, n, started_at, outcome, head, body) VALUES (?, ?, ?, ?, ?, ?)",
		seq, a.N, micros(a.StartedAt), a.Outcome, head, body)
	return err
}

// attemptID is what an attempt's sealed columns are bound to.
func attemptID(deliveryID string, n int) string { return fmt.Sprintf("%s/%d", deliveryID, n) }

// Tests lists the newest tests of a webhook, newest first, with their bodies.
// Delivery.Hook is the name as it is stored now; empty for one never stored.
func (d *DB) Tests(ctx context.Context, hookID string, limit int) ([]model.TestResult, error) {
	var out []model.TestResult
	err := d.read(ctx, "read tests", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, selectResult(true)+`
			WHERE d.hook_id = ? AND d.test = 1 ORDER BY d.seq DESC LIMIT ?`, hookID, max(limit, 0))
		if err != nil {
			return err
		}
		out, err = collect(rows, d.seal.scanResult)
		return err
	})
	return out, err
}

// Forget drops verifications and tests of a webhook that was never stored; of a
// stored one, deleted or not, it does nothing.
func (d *DB) Forget(ctx context.Context, hookID string) error {
	if hookID == "" {
		return nil
	}
	return d.write(ctx, "forget webhook", func(tx *sql.Tx) error {
		_, err := dropOrphans(ctx, tx, hookID, math.MaxInt64)
		return err
	})
}
