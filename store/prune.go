package store

import (
	"context"
	"math"
	"time"

	"hooktop/model"
)

// Retention works in batches between which others write.
const (
	pruneRows  = 100    // deliveries deleted
	pruneLook  = 50_000 // numbers looked at
	vacuumStep = 64     // pages

	minutesKept = 8 * 24 * time.Hour
	hoursKept   = 400 * 24 * time.Hour
)

// Prune deletes deliveries that were delivered or cancelled more than delivered ago,
// or are dead for more than dead, with what belongs to them; then, while the content
// of the file is larger than maxBytes (0: no matter), the oldest that are done. Unfinished
// ones stay: when they alone are too large, Ingest answers CodeStoreFull until a
// later Prune finds room. It returns how many deliveries went.
func (d *DB) Prune(ctx context.Context, now time.Time, delivered, dead time.Duration, maxBytes int64) (int, error) {
	old := cut{delivered: micros(now.Add(-delivered)), dead: micros(now.Add(-dead))}
	n, err := d.sweep(ctx, old, func() (bool, error) { return true, nil })
	if err != nil {
		return n, err
	}
	if err := d.write(ctx, "prune", func(t *txn) error { return t.pruneCounts(ctx, now) }); err != nil {
		return n, err
	}
	large := func() (bool, error) {
		size, err := d.contentBytes(ctx)
		return maxBytes > 0 && size > maxBytes, err
	}
	more, err := d.sweep(ctx, cut{delivered: micros(now), dead: micros(now)}, large)
	if err != nil {
		return n + more, err
	}
	over, err := large()
	d.capped.Store(over)
	if err != nil || n+more == 0 {
		return n + more, err
	}
	return n + more, d.vacuum(ctx)
}

// Full reports whether the last Prune found no room: no events are accepted.
func (d *DB) Full() bool { return d.capped.Load() }

// cut are the finish times before which deliveries go.
type cut struct{ delivered, dead int64 }

// sweep goes through the file from its oldest row as long as on says so.
func (d *DB) sweep(ctx context.Context, c cut, on func() (bool, error)) (int, error) {
	n := 0
	for from := int64(0); from >= 0; {
		if more, err := on(); err != nil || !more {
			return n, err
		}
		gone := 0
		next := int64(-1)
		err := d.write(ctx, "prune", func(t *txn) (err error) {
			gone, next, err = t.prune(ctx, c, from)
			return err
		})
		if err != nil {
			return n, err
		}
		n, from = n+gone, next
	}
	return n, nil
}

// prune deletes a batch from a number on and says where the next begins; -1: nowhere.
func (t *txn) prune(ctx context.Context, c cut, from int64) (gone int, next int64, err error) {
	var end int64 // what is beyond was made too late to be past its time
	err = t.QueryRowContext(ctx, "SELECT coalesce((max(stretch) + 1) << ?, 0) - 1 FROM times WHERE oldest < ?", stretchBits, max(c.delivered, c.dead)).Scan(&end)
	if err != nil || end < from {
		return 0, -1, err
	}
	to := min(end, from+pruneLook)
	rows, err := t.QueryContext(ctx, `SELECT seq FROM deliveries NOT INDEXED WHERE seq BETWEEN ? AND ?
		AND ((state IN (5, 6) AND done_at < ?) OR (state = 4 AND done_at < ?)) ORDER BY seq LIMIT ?`,
		from, to, c.delivered, c.dead, pruneRows)
	if err != nil {
		return 0, -1, err
	}
	seqs, err := collect(rows, scanSeq)
	if err != nil {
		return 0, -1, err
	}
	next = to + 1
	if len(seqs) == pruneRows {
		next = seqs[len(seqs)-1] + 1
	}
	for _, seq := range seqs {
		if err := drop(ctx, t, seq); err != nil {
			return 0, -1, err
		}
	}
	_, err = t.ExecContext(ctx, `DELETE FROM events WHERE seq BETWEEN ? AND ? AND fanout = 0 AND created_at < ?
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event = events.seq AND d.batch <> 0)`, from, next-1, c.delivered)
	return len(seqs), next, err
}

// pruneCounts deletes counts and keys past their time, and what is about deliveries
// that are gone.
func (t *txn) pruneCounts(ctx context.Context, now time.Time) error {
	for _, q := range []struct {
		sql string
		arg int64
	}{
		{"DELETE FROM rollup WHERE minute < min(?, ((SELECT folded FROM state) + 1) * 60)", micros(now.Add(-minutesKept)) / minute},
		{"DELETE FROM hours WHERE hour < ?", micros(now.Add(-hoursKept)) / minute / hour},
		{`DELETE FROM times WHERE stretch < min(coalesce((SELECT min(seq) FROM deliveries), ?1), coalesce((SELECT min(seq) FROM events), ?1)) >> 12`, t.now.rev + 1},
		{"DELETE FROM keys WHERE at < ?", micros(now.Add(-model.IdempotencyWindow))},
	} {
		if _, err := t.ExecContext(ctx, q.sql, q.arg); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(ctx, "DELETE FROM batches WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.batch = batches.num AND d.batch <> 0)")
	return err
}

// contentBytes is the size of the file without its free pages.
func (d *DB) contentBytes(ctx context.Context) (int64, error) {
	var pages, free int64
	err := d.read(ctx, "read size", func(tx querier) error {
		if err := tx.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free)
	})
	return (pages - free) * pageSize, err
}

// vacuum gives free pages back to the file system.
func (d *DB) vacuum(ctx context.Context) error {
	for was, free := int64(math.MaxInt64), int64(math.MaxInt64-1); free > 0 && free < was; {
		was = free
		err := d.w.alone(ctx, func(q querier) error {
			rows, err := q.QueryContext(ctx, "PRAGMA incremental_vacuum("+numbers([]int64{vacuumStep})+")")
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() { // a page a row
			}
			if err := rows.Err(); err != nil {
				return err
			}
			_ = rows.Close() // before the next statement
			return q.QueryRowContext(ctx, "PRAGMA freelist_count").Scan(&free)
		})
		if err != nil {
			return d.explain("vacuum", err)
		}
	}
	return nil
}
