package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"hooktop/model"
)

// Claim marks up to limit deliveries of a webhook that are due as sending and
// returns them with their events: first attempts before retries, oldest first. It
// ends before the bodies hold more than so many bytes together, but not before the
// first.
func (d *DB) Claim(ctx context.Context, hookID string, now time.Time, limit, bytes int) ([]model.Work, error) {
	var out []model.Work
	err := d.write(ctx, "claim", func(t *txn) (err error) {
		out, err = t.claim(hookID, micros(now), limit, bytes)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// errEnough ends a claim that has reached its bytes.
var errEnough = errors.New("enough bytes")

func (t *txn) claim(hookID string, now int64, limit, bytes int) ([]model.Work, error) {
	hook, err := t.word(hookID)
	if err != nil {
		return nil, err
	}
	var out []model.Work
	var seqs []int64
	for _, state := range []int64{stateQueued, stateRetrying} {
		if len(out) >= limit {
			break
		}
		var row [11]driver.Value
		err := t.hot.due.each(row[:], func() error {
			body, _ := row[10].([]byte)
			if bytes -= len(body); bytes < 0 && len(out) > 0 {
				return errEnough
			}
			seqs = append(seqs, row[0].(int64))
			out = append(out, workOf(hookID, &row))
			return nil
		}, hook, state, now, int64(limit-len(out)))
		if errors.Is(err, errEnough) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	for _, seq := range seqs {
		t.touch()
		if err := t.hot.claim.exec(seq); err != nil {
			return nil, err
		}
	}
	t.sent.claimed = append(t.sent.claimed, seqs...)
	return out, nil
}

func workOf(hookID string, row *[11]driver.Value) model.Work {
	number := func(i int) int64 { n, _ := row[i].(int64); return n }
	word := func(i int) string { s, _ := row[i].(string); return s }
	body, _ := row[10].([]byte)
	return model.Work{
		DeliveryID: word(1), HookID: hookID, N: int(number(2)) + 1, Free: int(number(3)), CreatedAt: fromMicros(number(4)),
		Event: model.Event{ID: word(5), Type: word(6), Subject: word(7), Test: number(8) != 0, CreatedAt: fromMicros(number(9)), Body: body},
	}
}

// waits is the state of a delivery that is given back.
const waits = "CASE WHEN " + ofHeld + " THEN 0 WHEN attempts = free THEN 1 ELSE 2 END"

// giveBack releases what nobody holds, because the answer that told of it was an
// error although its commit is on disk.
func (t *txn) giveBack(ctx context.Context) error {
	for _, seq := range t.w.lost {
		t.touch()
		_, err := t.ExecContext(ctx, `UPDATE deliveries SET state = `+waits+`,
			next_at = CASE next_at WHEN 0 THEN created_at ELSE next_at END WHERE seq = ? AND state IN (3, 7)`, seq)
		if err != nil {
			return err
		}
	}
	t.sent.gone = append(t.sent.gone, t.w.lost...)
	return nil
}

// Release gives back claimed deliveries that were never sent: they wait again as they
// did before. Those that are not claimed are left alone, and those that another process
// has recovered since: it may have claimed them for their next attempt.
func (d *DB) Release(ctx context.Context, works []model.Work) error {
	if len(works) == 0 {
		return nil
	}
	return d.write(ctx, "release", func(t *txn) error {
		for _, v := range works {
			var row [1]driver.Value
			t.touch()
			found, err := t.hot.release.one(row[:], v.DeliveryID, int64(v.N)-1)
			if err != nil {
				return err
			}
			if found {
				t.sent.gone = append(t.sent.gone, row[0].(int64))
			}
		}
		return nil
	})
}
