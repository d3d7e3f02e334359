package store

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"hooktop/model"
)

// Replay makes a new delivery, queued, for each of those chosen that are done; with
// dry it only counts. Tests, deliveries of deleted webhooks, and all but the newest of
// one event to one webhook are left out. When the selection names events, each of
// them that is stored and no test goes to its webhook, whatever was decided when it
// came; CodeNotFound without the webhook. With a rate they are due one after the other,
// oldest first, so many a second; otherwise at once. What is made is a batch, which
// HoldReplay and ResumeReplay take. A stop in the midst leaves out the newest.
func (d *DB) Replay(ctx context.Context, s model.Selection, rate float64, now time.Time, dry bool) (model.Replayed, error) {
	r := replay{source: ofDelivery, rate: rate, now: now}
	n, err := 0, error(nil)
	if len(s.Events) > 0 {
		n, err = d.replayEvents(ctx, s, &r)
	} else {
		n, err = d.replayDone(ctx, s, &r, dry)
	}
	if err != nil || dry || n == 0 {
		return model.Replayed{Count: n}, err
	}
	entropy := ulid.Monotonic(rand.Reader, 0)
	id, err := ulid.New(ulid.Timestamp(now), entropy)
	if err != nil {
		return model.Replayed{}, err
	}
	r.id = "rpl_" + id.String()
	slices.Reverse(r.from)
	made := 0
	for part := range slices.Chunk(r.from, writeSlice) {
		done := 0
		err := d.write(ctx, "replay", func(t *txn) (err error) {
			done, err = t.replay(ctx, &r, part, made, entropy)
			return err
		})
		if err != nil {
			return r.made(made), err
		}
		made += done
	}
	return r.made(made), nil
}

// replay is a batch on its way. Of what it replays it has the numbers alone, newest
// first until all of them are known.
type replay struct {
	id     string
	source string
	from   []int64 // deliveries, or events
	hook   int64   // of events
	rate   float64
	now    time.Time
}

// What a new delivery is made of: the number ?1, for the webhook ?2.
const (
	ofDelivery = "SELECT event, hook, type, id AS replay_of FROM deliveries WHERE seq = ?1"
	ofEvent    = "SELECT seq AS event, ?2 AS hook, type, '' AS replay_of FROM events WHERE seq = ?1"
)

func (r *replay) made(n int) model.Replayed {
	if n == 0 {
		return model.Replayed{}
	}
	return model.Replayed{ID: r.id, Count: n}
}

// due is when the delivery at a place of the batch is.
func (r *replay) due(n int) time.Time {
	if r.rate <= 0 {
		return r.now
	}
	return r.now.Add(time.Duration(float64(n) / r.rate * float64(time.Second)))
}

// replayDone finds the deliveries of a selection that can be replayed, and says how
// many; with dry it keeps none of them. A delivery that came with its event is the
// only such one to its webhook, so that only replays must be remembered.
func (d *DB) replayDone(ctx context.Context, s model.Selection, r *replay, dry bool) (int, error) {
	type way struct{ hook, event int64 }
	newer := map[way]struct{}{}
	n := 0
	done := []model.DeliveryState{model.DeliveryDelivered, model.DeliveryDead, model.DeliveryCancelled}
	err := d.choose(ctx, s, done, replayable, func(rows []chosen) error {
		for _, c := range rows {
			w := way{c.hook, c.event}
			if _, ok := newer[w]; ok {
				continue
			}
			if c.batch != 0 {
				newer[w] = struct{}{}
			}
			n++
			if !dry {
				r.from = append(r.from, c.seq)
			}
		}
		return nil
	})
	return n, err
}

// replayEvents finds the events a selection names.
func (d *DB) replayEvents(ctx context.Context, s model.Selection, r *replay) (int, error) {
	r.source = ofEvent
	err := d.read(ctx, "choose events", func(tx querier) error {
		err := tx.QueryRowContext(ctx, "SELECT num FROM hooks WHERE id = ? AND deleted_at = 0", s.Hook).Scan(&r.hook)
		if err != nil {
			return noRows(err, s.Hook)
		}
		for part := range slices.Chunk(s.Events, verbSlice) {
			rows, err := tx.QueryContext(ctx, "SELECT seq FROM events WHERE test = 0 AND id IN ("+marks(part)+")", values(part)...)
			if err != nil {
				return err
			}
			seqs, err := collect(rows, scanSeq)
			if err != nil {
				return err
			}
			r.from = append(r.from, seqs...)
		}
		return nil
	})
	slices.SortFunc(r.from, func(a, b int64) int { return int(b - a) })
	r.from = slices.Compact(r.from)
	return len(r.from), err
}

// replay adds a delivery for each of those that are still there: the next ones after
// so many. Those of a batch that is held are held, also while it is being resumed: that
// comes to them too.
func (t *txn) replay(ctx context.Context, r *replay, from []int64, after int, entropy *ulid.MonotonicEntropy) (int, error) {
	var b batch
	err := t.QueryRowContext(ctx, "INSERT INTO batches (id, held_at) VALUES (?, 0) ON CONFLICT (id) DO UPDATE SET id = id RETURNING num, held_at, late", r.id).
		Scan(&b.num, &b.held, &b.late)
	if err != nil {
		return 0, err
	}
	insert, err := prepareOn(t.w.raw, `INSERT INTO deliveries (seq, id, event, hook, type, state, attempts, free,
			http_status, error, duration, next_at, created_at, done_at, test, replay_of, batch)
		SELECT ?3, ?4, o.event, o.hook, o.type, ?8, 0, 0, 0, 0, 0, ?5, ?6, 0, 0, o.replay_of, ?7
		FROM (`+r.source+`) o RETURNING seq`) // a join here would have SQLite prepare it anew for each row
	if err != nil {
		return 0, err
	}
	defer func() { _ = insert.s.Close() }()
	n, state := 0, int64(stateQueued)
	if b.held != 0 {
		state = stateKept
	}
	for _, origin := range from {
		id, err := ulid.New(ulid.Timestamp(r.now), entropy)
		if err != nil {
			return 0, err
		}
		seq := t.next()
		var row [1]driver.Value
		made, err := insert.one(row[:], origin, r.hook, seq, "dlv_"+id.String(), micros(r.due(after+n))+b.late, micros(r.now), b.num, state)
		if err != nil {
			return 0, err
		}
		if made {
			t.place(seq, seq, micros(r.now))
			n++
		}
	}
	return n, nil
}
