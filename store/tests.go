package store

import (
	"context"
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
	head, body, err := d.seal.sealAttempt(nil, t.Delivery.ID, &t.Attempt)
	if err != nil {
		return err
	}
	return d.write(ctx, "put test", func(tx *txn) error {
		typ, err := tx.word(t.Event.Type)
		if err != nil {
			return err
		}
		t.Event.Test = true
		seq := tx.next()
		if err := tx.addEvent(seq, &t.Event, typ, subjectID(t.Event.Subject), 1, nil); err != nil {
			return clash(t.Event.ID, err)
		}
		return tx.putTest(ctx, seq, typ, t, head, body)
	})
}

// putTest adds the delivery and the attempt of a test.
func (t *txn) putTest(ctx context.Context, seq, typ int64, r model.TestResult, head, body []byte) error {
	v := r.Delivery
	hook, err := t.word(v.HookID)
	if err != nil {
		return err
	}
	errWord, err := t.word(string(v.Error))
	if err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO deliveries (seq, id, event, hook, type, state, attempts, free,
		http_status, error, duration, next_at, created_at, done_at, test, replay_of)
		VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, 0, ?10, ?11, 1, ?12)`,
		seq, v.ID, hook, typ, stateCode(v.State), v.Attempts, v.HTTPStatus, errWord, int64(v.Duration),
		micros(v.CreatedAt), micros(v.DoneAt), v.ReplayOf); err != nil {
		return clash(v.ID, err)
	}
	t.place(seq, seq, micros(v.CreatedAt))
	a := r.Attempt
	if err := t.hot.addAttempt.exec(attemptSeq(seq, a.N), micros(a.StartedAt), codeOfName(outcomes[:], a.Outcome), head, blob(body)); err != nil {
		return err
	}
	s, err := t.status(hook)
	if err == nil {
		s.last, s.changed = seq, true
	}
	return err
}

func clash(id string, err error) error {
	if isSQLite(err, sqlite3.ErrConstraint) {
		return &model.Fault{Code: model.CodeConflict, Field: model.FieldID, Value: id, Err: err}
	}
	return err
}

// Tests lists the newest tests of a webhook, newest first, with their bodies.
// Delivery.Hook is the name as it is stored now; empty for one never stored.
func (d *DB) Tests(ctx context.Context, hookID string, limit int) ([]model.TestResult, error) {
	var out []model.TestResult
	err := d.read(ctx, "read tests", func(tx querier) (err error) {
		out, err = d.seal.results(ctx, tx, true, ` WHERE d.hook = (SELECT num FROM words WHERE text = ?) AND d.test = 1
			ORDER BY d.seq DESC LIMIT ?`, hookID, max(limit, 0))
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
	return d.write(ctx, "forget webhook", func(tx *txn) error {
		_, err := dropOrphans(ctx, tx, hookID, math.MaxInt64)
		return err
	})
}
