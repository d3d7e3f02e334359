package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"hooktop/model"
)

// deliveryColumns of deliveryTables are what a list shows of a delivery; d, and e for
// its event, are for the caller to join.
const deliveryColumns = `d.id, hw.text, coalesce(h.name, ''), tw.text, d.state, d.attempts, d.http_status, coalesce(ew.text, ''),
	d.duration, d.next_at, d.created_at, d.done_at, d.test, d.replay_of, coalesce(b.id, '')`

const deliveryTables = `JOIN words hw ON hw.num = d.hook
	JOIN words tw ON tw.num = d.type
	LEFT JOIN words ew ON ew.num = d.error
	LEFT JOIN batches b ON b.num = d.batch
	LEFT JOIN hooks h ON h.num = d.hook`

// deliveryRow takes one row of deliveryColumns.
type deliveryRow struct {
	v                             model.Delivery
	state                         int64
	duration, next, created, done int64
}

func (r *deliveryRow) to() []any {
	v := &r.v
	return []any{&v.ID, &v.HookID, &v.Hook, &v.Type, &r.state, &v.Attempts, &v.HTTPStatus, &v.Error,
		&r.duration, &r.next, &r.created, &r.done, &v.Test, &v.ReplayOf, &v.Replay}
}

// delivery is the row; blocked holds the webhooks, by id, whose queue is held.
func (r *deliveryRow) delivery(eventID string, blocked map[string]bool) model.Delivery {
	v := r.v
	v.EventID, v.State, v.Duration = eventID, nameOf(stateNames[:], r.state), time.Duration(r.duration)
	v.CreatedAt, v.DoneAt = fromMicros(r.created), fromMicros(r.done)
	if r.state < stateClaimed {
		v.NextAt = fromMicros(r.next)
		if blocked[v.HookID] {
			v.State = model.DeliveryHeld
		}
	}
	return v
}

// blocked are the webhooks whose waiting deliveries are held: those that are not
// active and those whose breaker is open.
type blocked struct {
	nums map[int64]bool
	ids  map[string]bool
}

func findBlocked(ctx context.Context, tx querier) (blocked, error) {
	out := blocked{map[int64]bool{}, map[string]bool{}}
	open, err := breakers(ctx, tx)
	if err != nil {
		return out, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT num, id, state FROM hooks WHERE deleted_at = 0")
	if err != nil {
		return out, err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var num int64
		var id string
		var state model.HookState
		err = scan(&num, &id, &state)
		if state != model.HookActive || open[num].State == model.BreakerOpen {
			out.nums[num], out.ids[id] = true, true
		}
		return none, err
	})
	return out, err
}

// Delivery is a delivery with its event and all its attempts; CodeNotFound.
func (d *DB) Delivery(ctx context.Context, id string) (model.DeliveryView, error) {
	var v model.DeliveryView
	err := d.read(ctx, "read delivery", func(tx querier) error {
		b, err := findBlocked(ctx, tx)
		if err != nil {
			return err
		}
		var r deliveryRow
		var seq, created int64
		ev := &v.Event
		err = tx.QueryRowContext(ctx, "SELECT d.seq, e.id, e.subject, e.test, e.created_at, e.body, "+deliveryColumns+
			" FROM deliveries d JOIN events e ON e.seq = d.event "+deliveryTables+" WHERE d.id = ?", id).
			Scan(append([]any{&seq, &ev.ID, &ev.Subject, &ev.Test, &created, &ev.Body}, r.to()...)...)
		if errors.Is(err, sql.ErrNoRows) {
			return unknownID(id)
		}
		if err != nil {
			return err
		}
		ev.Type, ev.CreatedAt = r.v.Type, fromMicros(created)
		v.Delivery = r.delivery(ev.ID, b.ids)
		v.Attempts, err = d.seal.attempts(ctx, tx, seq, id)
		return err
	})
	if err != nil {
		return model.DeliveryView{}, err
	}
	return v, nil
}
