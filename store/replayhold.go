package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// HoldReplay keeps back what of a replay waits, and says how many deliveries; what is
// being sent goes on. CodeNotFound without the replay.
func (d *DB) HoldReplay(ctx context.Context, id string, now time.Time) (int, error) {
	return d.inBatch(ctx, "hold replay", id, func(t *txn, num, held, from int64) ([]int64, error) {
		if held == 0 {
			if _, err := t.ExecContext(ctx, "UPDATE batches SET held_at = ? WHERE num = ?", micros(now), num); err != nil {
				return nil, err
			}
		}
		seqs, err := t.ofBatch(ctx, num, "state IN (1, 2)", from)
		for _, seq := range seqs {
			if err == nil {
				_, err = t.ExecContext(ctx, "UPDATE deliveries SET rev = ?, state = 0 WHERE seq = ?", t.next(), seq)
			}
		}
		return seqs, err
	})
}

// ResumeReplay lets what is held of a replay wait again, and says how many deliveries.
// All are due later by the time they were held, so that a rate stays as it was.
// CodeNotFound without the replay.
func (d *DB) ResumeReplay(ctx context.Context, id string, now time.Time) (int, error) {
	return d.inBatch(ctx, "resume replay", id, func(t *txn, num, held, from int64) ([]int64, error) {
		seqs, err := t.ofBatch(ctx, num, "state = 0", from)
		late := max(micros(now)-held, 0) // the clock may have been set back
		for _, seq := range seqs {
			if err == nil {
				_, err = t.ExecContext(ctx, `UPDATE deliveries SET rev = ?, state = CASE WHEN attempts = free THEN 1 ELSE 2 END,
					next_at = next_at + ? WHERE seq = ?`, t.next(), late, seq)
			}
		}
		if err == nil && len(seqs) < verbSlice {
			_, err = t.ExecContext(ctx, "UPDATE batches SET held_at = 0 WHERE num = ?", num)
		}
		return seqs, err
	})
}

// inBatch calls f with a batch, since when it is held, and the number after which the
// next slice begins, until a slice is not full.
func (d *DB) inBatch(ctx context.Context, doing, id string, f func(t *txn, num, held, from int64) ([]int64, error)) (int, error) {
	n := 0
	for from := int64(0); ; {
		var seqs []int64
		err := d.write(ctx, doing, func(t *txn) error {
			var num, held int64
			err := t.QueryRowContext(ctx, "SELECT num, held_at FROM batches WHERE id = ?", id).Scan(&num, &held)
			if err != nil {
				return noRows(err, id)
			}
			seqs, err = f(t, num, held, from)
			return err
		})
		if err != nil {
			return n, err
		}
		if n += len(seqs); len(seqs) < verbSlice {
			return n, nil
		}
		from = seqs[len(seqs)-1]
	}
}

// ofBatch lists the next slice of a batch's deliveries that fulfil a condition.
func (t *txn) ofBatch(ctx context.Context, num int64, condition string, from int64) ([]int64, error) {
	rows, err := t.QueryContext(ctx, `SELECT seq FROM deliveries INDEXED BY deliveries_batch
		WHERE batch = ? AND batch <> 0 AND seq > ? AND `+condition+" ORDER BY seq LIMIT ?", num, from, verbSlice)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (seq int64, err error) { return seq, scan(&seq) })
}

// noRows says that what has that id is not there.
func noRows(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return unknownID(id)
	}
	return err
}
