package store

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"hooktop/model"
)

// Replay makes a new delivery, queued, for each of those chosen that are done, and
// says how many; with dry it only counts. Tests, deliveries of deleted webhooks, and
// all but the newest of one event to one webhook are left out. With a rate they are
// due one after the other, oldest first, so many a second; otherwise at once. A stop
// in the midst leaves out the newest.
func (d *DB) Replay(ctx context.Context, s model.Selection, rate float64, now time.Time, dry bool) (model.Replayed, error) {
	var list []chosen
	type way struct{ hook, event int64 }
	seen := map[way]bool{}
	finished := []model.DeliveryState{model.DeliveryDelivered, model.DeliveryDead, model.DeliveryCancelled}
	err := d.choose(ctx, s, finished, "test = 0 AND hook IN (SELECT num FROM hooks WHERE deleted_at = 0)", func(rows []chosen) error {
		for _, r := range rows {
			if w := (way{r.hook, r.event}); !seen[w] {
				seen[w] = true
				list = append(list, r)
			}
		}
		return nil
	})
	if err != nil || dry {
		return model.Replayed{Count: len(list)}, err
	}
	slices.Reverse(list)
	n := 0
	for part := range slices.Chunk(list, verbSlice) {
		done := 0
		err := d.write(ctx, "replay", func(t *txn) (err error) {
			done, err = t.replay(ctx, part, now, func(i int) time.Time {
				if rate <= 0 {
					return now
				}
				return now.Add(time.Duration(float64(n+i) / rate * float64(time.Second)))
			})
			return err
		})
		if err != nil {
			return model.Replayed{Count: n}, err
		}
		n += done
	}
	return model.Replayed{Count: n}, nil
}

// HoldReplay keeps back what of a replay has not been sent.
func (d *DB) HoldReplay(_ context.Context, id string, _ time.Time) (int, error) {
	return 0, &model.Fault{Code: model.CodeNotFound, Field: model.FieldID, Value: id}
}

// ResumeReplay sends it on at the same rate.
func (d *DB) ResumeReplay(_ context.Context, id string, _ time.Time) (int, error) {
	return 0, &model.Fault{Code: model.CodeNotFound, Field: model.FieldID, Value: id}
}

// replay adds a delivery for each row that is still there.
func (t *txn) replay(ctx context.Context, rows []chosen, now time.Time, due func(int) time.Time) (int, error) {
	entropy := ulid.Monotonic(rand.Reader, 0)
	n := 0
	for _, r := range rows {
		id, err := ulid.New(ulid.Timestamp(now), entropy)
		if err != nil {
			return 0, err
		}
		seq := t.next()
		made, err := affected(t.ExecContext(ctx, `INSERT INTO deliveries (seq, id, rev, event, hook, type, state, attempts, free,
			http_status, error, duration, next_at, created_at, done_at, test, replay_of)
			SELECT ?1, ?2, ?1, event, hook, type, 1, 0, 0, 0, 0, 0, ?3, ?4, 0, 0, id FROM deliveries WHERE seq = ?5`,
			seq, "dlv_"+id.String(), micros(due(n)), micros(now), r.seq))
		if err != nil {
			return 0, err
		}
		if made > 0 {
			t.place(seq, seq, micros(now))
			n++
		}
	}
	return n, nil
}
