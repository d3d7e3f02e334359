package store

import (
	"context"
	"database/sql"
	"errors"

	"hooktop/model"
)

// Event is an event with its decision trace; CodeNotFound. A delivery that is past
// its time is missing in the trace.
func (d *DB) Event(ctx context.Context, id string) (model.Event, []model.Decision, error) {
	var ev model.Event
	var trace []model.Decision
	err := d.read(ctx, "read event", func(tx querier) error {
		var seq, created int64
		var blob []byte
		err := tx.QueryRowContext(ctx, `SELECT e.seq, e.id, w.text, e.subject, e.test, e.created_at, e.decisions, e.body
			FROM events e JOIN words w ON w.num = e.type WHERE e.id = ?`, id).
			Scan(&seq, &ev.ID, &ev.Type, &ev.Subject, &ev.Test, &created, &blob, &ev.Body)
		if errors.Is(err, sql.ErrNoRows) {
			return unknownID(id)
		}
		if err != nil {
			return err
		}
		ev.CreatedAt = fromMicros(created)
		trace, err = decisions(ctx, tx, seq, blob)
		return err
	})
	if err != nil {
		return model.Event{}, nil, err
	}
	return ev, trace, nil
}

// Events lists events newest first, without their bodies. The cursor of the next
// page is empty at the end.
func (d *DB) Events(ctx context.Context, after model.Cursor, limit int) ([]model.Event, model.Cursor, error) {
	before, err := cursorSeq(after)
	if err != nil {
		return nil, "", err
	}
	limit = pageLimit(limit)
	var out []model.Event
	var seqs []int64
	err = d.read(ctx, "list events", func(tx querier) error {
		rows, err := tx.QueryContext(ctx, `SELECT e.seq, e.id, w.text, e.subject, e.test, e.created_at
			FROM events e JOIN words w ON w.num = e.type WHERE e.seq < ? ORDER BY e.seq DESC LIMIT ?`, before, limit+1)
		if err != nil {
			return err
		}
		out, err = collect(rows, func(scan func(...any) error) (model.Event, error) {
			var ev model.Event
			var seq, created int64
			err := scan(&seq, &ev.ID, &ev.Type, &ev.Subject, &ev.Test, &created)
			ev.CreatedAt = fromMicros(created)
			seqs = append(seqs, seq)
			return ev, err
		})
		return err
	})
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	return out[:limit], cursorAt(seqs[limit-1]), nil
}
