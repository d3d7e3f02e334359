package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ofHeld is true of a delivery whose replay is held: it does not wait for its turn.
const ofHeld = "EXISTS (SELECT 1 FROM batches b WHERE b.num = batch AND b.held_at > 0)"

// HoldReplay keeps back what of a replay waits, and says how many deliveries; what is
// being sent goes on, and is kept back if it must be sent again. CodeNotFound without
// the replay. Of one whose resumption was stopped in its midst all is due later first,
// or the rest would be due by the time of the first hold.
func (d *DB) HoldReplay(ctx context.Context, id string, now time.Time) (int, error) {
	d.holding.Lock()
	defer d.holding.Unlock()
	half, err := d.halfResumed(ctx, id)
	if err == nil && half {
		_, err = d.resume(ctx, id, now)
	}
	if err != nil {
		return 0, err
	}
	return d.inBatch(ctx, "hold replay", id, func(t *txn, b batch, from int64) ([]int64, error) {
		if b.held == 0 {
			if _, err := t.ExecContext(ctx, "UPDATE batches SET held_at = ? WHERE num = ?", micros(now), b.num); err != nil {
				return nil, err
			}
		}
		seqs, err := t.ofBatch(ctx, b.num, "state IN (1, 2)", from)
		if err == nil {
			_, err = t.forEach(seqs, "UPDATE deliveries SET state = 0 WHERE seq = ? RETURNING seq")
		}
		return seqs, err
	})
}

// ResumeReplay lets what is held of a replay wait again, and says how many deliveries.
// All are due later by the time they were held, so that a rate stays as it was, also
// what is made afterwards. CodeNotFound without the replay. From its first slice on
// nothing that waits is held; after a stop in the midst it goes on where it was.
func (d *DB) ResumeReplay(ctx context.Context, id string, now time.Time) (int, error) {
	d.holding.Lock()
	defer d.holding.Unlock()
	return d.resume(ctx, id, now)
}

func (d *DB) resume(ctx context.Context, id string, now time.Time) (int, error) {
	return d.inBatch(ctx, "resume replay", id, func(t *txn, b batch, from int64) ([]int64, error) {
		seqs, err := t.ofBatch(ctx, b.num, "state = 0", from)
		if err != nil {
			return nil, err
		}
		since, late := max(b.held, -b.held), int64(0)
		if since != 0 {
			late = max(micros(now)-since, 0) // the clock may have been set back
		}
		if _, err := t.forEach(seqs, `UPDATE deliveries SET state = CASE WHEN attempts = free THEN 1 ELSE 2 END,
			next_at = next_at + ? WHERE seq = ? RETURNING seq`, late); err != nil {
			return nil, err
		}
		b.held = -since
		if len(seqs) < writeSlice {
			b.held, b.late = 0, b.late+late
		}
		_, err = t.ExecContext(ctx, "UPDATE batches SET held_at = ?, late = ? WHERE num = ?", b.held, b.late, b.num)
		return seqs, err
	})
}

// halfResumed reports whether a resumption was stopped in its midst.
func (d *DB) halfResumed(ctx context.Context, id string) (half bool, err error) {
	err = d.read(ctx, "look at replay", func(tx querier) error {
		err := tx.QueryRowContext(ctx, "SELECT held_at < 0 FROM batches WHERE id = ?", id).Scan(&half)
		return noRows(err, id)
	})
	return half, err
}

// batch is the row of a replay.
type batch struct {
	num  int64
	held int64 // since when; negative: and a resumption was begun; 0: it is not
	late int64 // by how much what is made now is due later
}

// inBatch calls f with a batch and the number after which the next slice begins, until a
// slice is not full. Two such verbs do not mix: the caller has d.holding.
func (d *DB) inBatch(ctx context.Context, doing, id string, f func(t *txn, b batch, from int64) ([]int64, error)) (int, error) {
	n := 0
	for from := int64(0); ; {
		var seqs []int64
		err := d.write(ctx, doing, func(t *txn) error {
			var b batch
			err := t.QueryRowContext(ctx, "SELECT num, held_at, late FROM batches WHERE id = ?", id).Scan(&b.num, &b.held, &b.late)
			if err != nil {
				return noRows(err, id)
			}
			seqs, err = f(t, b, from)
			return err
		})
		if err != nil {
			return n, err
		}
		if n += len(seqs); len(seqs) < writeSlice {
			return n, nil
		}
		from = seqs[len(seqs)-1]
	}
}

// ofBatch lists the next slice of a batch's deliveries that fulfil a condition.
func (t *txn) ofBatch(ctx context.Context, num int64, condition string, from int64) ([]int64, error) {
	rows, err := t.QueryContext(ctx, `SELECT seq FROM deliveries INDEXED BY deliveries_batch
		WHERE batch = ? AND batch <> 0 AND seq > ? AND `+condition+" ORDER BY seq LIMIT ?", num, from, writeSlice)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanSeq)
}

// noRows says that what has that id is not there.
func noRows(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return unknownID(id)
	}
	return err
}
