package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"hooktop/model"
)

// result is an attempt with its verdict as it is stored.
type result struct {
	*model.Finish
	state, free, next, done int64
	head, body              []byte
}

// Finish stores an attempt and what follows from it: the delivery's state, the
// webhook's streak, breaker and, when the verdict says so, its end. An attempt
// (delivery, n) that is stored already changes nothing. A delivery that was
// cancelled meanwhile stays so, unless it arrived; one whose replay is held meanwhile
// is held when it must be sent again. CodeNotFound without the
// delivery, CodeConflict when an attempt before n is missing.
func (d *DB) Finish(ctx context.Context, f *model.Finish) error {
	room, _ := d.rooms.Get().(*[]byte)
	if room == nil {
		room = new([]byte)
	}
	defer d.rooms.Put(room) // write has returned: the writer is done with it
	r, err := d.prepareResult(f, *room)
	if err != nil {
		return err
	}
	*room = r.head
	return d.write(ctx, "finish", func(t *txn) error { return t.finish(&r) })
}

// prepareResult does what needs no transaction, in the caller's goroutine.
func (d *DB) prepareResult(f *model.Finish, room []byte) (result, error) {
	r := result{Finish: f}
	switch f.Verdict.State {
	case model.DeliveryDelivered, model.DeliveryDead:
		r.done = micros(f.Attempt.StartedAt.Add(f.Attempt.Timings.Total))
	case model.DeliveryRetrying, model.DeliveryQueued:
		r.next = micros(f.Verdict.NextAt)
	default:
		return r, fmt.Errorf("finish: the verdict on %q is %q", f.Attempt.DeliveryID, f.Verdict.State)
	}
	if f.Attempt.N < 1 || f.Attempt.N > maxAttempts {
		return r, fmt.Errorf("finish: attempt %d of %q", f.Attempt.N, f.Attempt.DeliveryID)
	}
	r.state = stateCode(f.Verdict.State)
	if f.Attempt.Outcome == model.OutcomeInterrupted {
		r.free = 1
	}
	var err error
	r.head, r.body, err = d.seal.sealAttempt(room, f.Attempt.DeliveryID, &f.Attempt)
	return r, err
}

func (t *txn) finish(r *result) error {
	a := &r.Attempt
	var errWord int64
	var err error
	if a.Failure != nil {
		if errWord, err = t.word(string(a.Failure.Code)); err != nil {
			return err
		}
	}
	status := int64(0)
	if a.Response != nil {
		status = int64(a.Response.Status)
	}
	var row [5]driver.Value
	found, err := t.hot.deliveryOf.one(row[:], a.DeliveryID)
	if err != nil {
		return err
	}
	if !found {
		return refuse(unknownID(a.DeliveryID))
	}
	seq, hook, was, attempts := row[0].(int64), row[1].(int64), row[2].(int64), row[3].(int64)
	state, next, done := r.state, r.next, r.done
	switch {
	case attempts >= int64(a.N):
		t.sent.gone = append(t.sent.gone, seq)
		return nil // told before
	case attempts < int64(a.N)-1:
		return refuse(&model.Fault{Code: model.CodeConflict, Field: model.FieldID, Value: a.DeliveryID,
			Err: fmt.Errorf("attempt %d comes after %d", a.N, attempts)})
	case was == stateCancelled && state != stateDelivered:
		state, next, done = was, 0, micros(a.StartedAt.Add(a.Timings.Total))
	}
	if batch := row[4].(int64); batch > 0 && (state == stateQueued || state == stateRetrying) {
		held, err := t.hot.held.one(row[:1], batch)
		if err != nil {
			return err
		}
		if held {
			state = stateKept
		}
	}
	t.touch()
	if err := t.hot.finish.exec(state, int64(a.N), r.free, status, errWord, int64(a.Timings.Total), next, done, seq); err != nil {
		return err
	}
	return t.record(r, seq, hook)
}

// record adds the attempt and what it means for its webhook.
func (t *txn) record(r *result, seq, hook int64) error {
	a := &r.Attempt
	err := t.hot.addAttempt.exec(attemptSeq(seq, a.N), micros(a.StartedAt), codeOfName(outcomes[:], a.Outcome), r.head, blob(r.body))
	if err != nil {
		return err
	}
	t.sent.gone = append(t.sent.gone, seq)
	if err := t.count(seq, hook, r.Finish); err != nil {
		return err
	}
	s, err := t.status(hook)
	if err != nil {
		return err
	}
	ended := a.StartedAt.Add(a.Timings.Total)
	failure := a.Failure
	if failure == nil && a.Outcome == model.OutcomeInterrupted {
		failure = &model.Failure{Code: model.CodeCancelled}
	}
	s.streak, s.last, s.changed = s.streak.Record(failure, ended), seq, true
	if r.Verdict.Breaker != nil {
		s.keepBreaker(*r.Verdict.Breaker)
	}
	if r.Verdict.Disable != "" {
		return t.disable(r.HookID, r.Verdict.Disable, ended)
	}
	return nil
}

// disable ends a webhook for now, with its line of history. One that is disabled or
// deleted stays as it is.
func (t *txn) disable(id string, reason model.DisableReason, at time.Time) error {
	ctx := context.Background()
	h, err := t.w.d.seal.loadHook(ctx, t, id)
	if isNotFound(err) || (err == nil && (h.State == model.HookDisabled || !h.DeletedAt.IsZero())) {
		return nil
	}
	if err != nil {
		return err
	}
	h.Revision++
	t.now.hooks++
	_, err = t.ExecContext(ctx, "UPDATE hooks SET state = ?, reason = ?, revision = ?, updated_at = ? WHERE id = ?",
		model.HookDisabled, reason, h.Revision, micros(at), id)
	return errors.Join(err, addChange(ctx, t, h, model.Change{At: at, Kind: model.ChangeDisabled, Reason: string(reason)}))
}

func unknownID(id string) error {
	return &model.Fault{Code: model.CodeNotFound, Field: model.FieldID, Value: id}
}
