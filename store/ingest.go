package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// Ingest stores an event with its decisions and deliveries. Those in state sending
// count as claimed by the caller, the others (queued) are due at NextAt, or at once.
// model.ErrStale when the set of webhooks is not in.Hooks any more. The same id or
// key with the same type and bytes is answered as before, with others it is
// CodeDuplicate. CodeConflict for the id of a delivery that exists; CodeStoreFull at
// the cap set by Prune.
func (d *DB) Ingest(ctx context.Context, in model.Ingest) (model.Accepted, error) {
	for i := range in.Deliveries {
		if s := in.Deliveries[i].State; s != model.DeliverySending && s != model.DeliveryQueued {
			return model.Accepted{}, fmt.Errorf("ingest: delivery %q is %q", in.Deliveries[i].ID, s)
		}
	}
	digest := subjectID(in.Event.Subject)
	var a model.Accepted
	err := d.write(ctx, "ingest", func(t *txn) (err error) {
		a, err = t.ingest(&in, digest)
		return err
	})
	if err != nil {
		return model.Accepted{}, err
	}
	return a, nil
}

// subjectID is 32 bits of a subject's digest, never 0; 0 for no subject.
func subjectID(subject string) int64 {
	if subject == "" {
		return 0
	}
	sum := sha256.Sum256([]byte(subject))
	return int64(binary.BigEndian.Uint32(sum[:])) | 1
}

func (t *txn) ingest(in *model.Ingest, digest int64) (model.Accepted, error) {
	none := model.Accepted{}
	if in.Hooks != t.now.hooks {
		return none, refuse(model.ErrStale)
	}
	if in.Key != "" {
		a, known, err := t.byKey(in)
		if err != nil || known {
			return a, err
		}
	}
	if t.w.d.capped.Load() {
		return none, refuse(storeFault(model.CodeStoreFull, t.w.d.path, errCap))
	}
	typ, err := t.word(in.Event.Type)
	if err != nil {
		return none, err
	}
	trace, err := t.encodeDecisions(in)
	if err != nil {
		return none, err
	}
	seq := t.now.rev + 1
	err = t.addEvent(seq, &in.Event, typ, digest, len(in.Deliveries), trace)
	if isSQLite(err, sqlite3.ErrConstraint) {
		return t.byID(in)
	}
	if err != nil {
		return none, err
	}
	if in.Key != "" {
		if err := t.hot.addKey.exec(in.Key, seq, micros(in.Event.CreatedAt)); err != nil {
			return none, err
		}
	}
	t.now.rev += int64(max(len(in.Deliveries), 1))
	t.place(seq, t.now.rev, micros(in.Event.CreatedAt))
	for i := range in.Deliveries {
		if err := t.addDelivery(seq+int64(i), seq, typ, &in.Deliveries[i], &in.Event); err != nil {
			return none, clash(in.Deliveries[i].ID, err)
		}
	}
	return model.Accepted{EventID: in.Event.ID, Deliveries: len(in.Deliveries)}, nil
}

func (t *txn) addEvent(seq int64, ev *model.Event, typ, digest int64, fanout int, trace []byte) error {
	var blob driver.Value
	if trace != nil {
		blob = trace
	}
	body := ev.Body
	if body == nil {
		body = []byte{} // nil would be NULL
	}
	return t.hot.addEvent.exec(seq, ev.ID, typ, int64(fanout), ev.Test, micros(ev.CreatedAt), ev.Subject, digest, blob, body)
}

func (t *txn) addDelivery(seq, event, typ int64, v *model.Delivery, ev *model.Event) error {
	hook, err := t.word(v.HookID)
	if err != nil {
		return err
	}
	created := micros(v.CreatedAt)
	if created == 0 {
		created = micros(ev.CreatedAt)
	}
	state, next := int64(stateSent), int64(0)
	if v.State == model.DeliveryQueued {
		if state, next = stateQueued, micros(v.NextAt); next == 0 {
			next = created
		}
	}
	if err := t.hot.addDelivery.exec(seq, v.ID, event, hook, typ, state, next, created, v.ReplayOf); err != nil {
		return err
	}
	if state == stateSent {
		t.sent.added = append(t.sent.added, seq)
	}
	t.place(seq, seq, created)
	return nil
}

// byKey answers for an event that came with the same key within the window.
func (t *txn) byKey(in *model.Ingest) (a model.Accepted, known bool, err error) {
	var row [4]driver.Value
	found, err := t.hot.key.one(row[:2], in.Key)
	if err != nil || !found {
		return a, false, err
	}
	seq, at := row[0].(int64), fromMicros(row[1].(int64))
	if in.Event.CreatedAt.Sub(at) < model.IdempotencyWindow {
		found, err = t.hot.eventBySeq.one(row[:], seq)
		if err != nil {
			return a, false, err
		}
		if found {
			a, err = again(in, in.Key, &row)
			return a, true, err
		}
	}
	return a, false, t.hot.dropKey.exec(in.Key)
}

// byID answers for an event whose id came before.
func (t *txn) byID(in *model.Ingest) (model.Accepted, error) {
	var row [4]driver.Value
	found, err := t.hot.eventByID.one(row[:], in.Event.ID)
	if err != nil || !found {
		return model.Accepted{}, clash(in.Event.ID, sqliteConstraint(err))
	}
	return again(in, in.Event.ID, &row)
}

// again answers with what came first, unless it was another event: row is its id,
// fanout, body and type, value the id or key it came with.
func again(in *model.Ingest, value string, row *[4]driver.Value) (model.Accepted, error) {
	id, fanout := row[0].(string), row[1].(int64)
	body, _ := row[2].([]byte)
	typ, _ := row[3].(string)
	if typ != in.Event.Type || !bytes.Equal(body, in.Event.Body) {
		return model.Accepted{}, refuse(&model.Fault{Code: model.CodeDuplicate, Field: model.FieldID, Value: value})
	}
	return model.Accepted{EventID: id, Deliveries: int(fanout), Duplicate: true}, nil
}

// sqliteConstraint is err, or the error of a row that is in the way and not found.
func sqliteConstraint(err error) error {
	if err != nil {
		return err
	}
	return sqlite3.Error{Code: sqlite3.ErrConstraint}
}
