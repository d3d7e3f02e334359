package store

import (
	"context"
	"database/sql"
	"time"

	"hooktop/model"
)

// orphansKept is how long verifications and tests of a webhook that was never
// stored, or has been purged, are kept: a form may be open for hours.
const orphansKept = 24 * time.Hour

// Purge drops the webhooks that were deleted more than model.UndoWindow before now,
// and verifications and tests without a webhook that are older than a day. It
// returns how many webhooks went. Their ciphertext is overwritten, in the -wal file
// too unless a reader holds on to it.
func (d *DB) Purge(ctx context.Context, now time.Time) (int, error) {
	var hooks, rest int64
	err := d.write(ctx, "purge", func(tx *txn) (err error) {
		// FAST leaves whole pages that become free as they are.
		if _, err := tx.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
			return err
		}
		defer func() { _, _ = tx.ExecContext(context.WithoutCancel(ctx), "PRAGMA secure_delete = FAST") }()
		if hooks, err = affected(tx.ExecContext(ctx, "DELETE FROM hooks WHERE deleted_at > 0 AND deleted_at < ?",
			micros(now.Add(-model.UndoWindow)))); err != nil {
			return err
		}
		rest, err = dropOrphans(ctx, tx, "", micros(now.Add(-orphansKept)))
		return err
	})
	if err == nil && hooks+rest > 0 {
		_ = d.w.alone(ctx, func(q querier) error {
			_, err := q.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
			return err
		})
	}
	return int(hooks), err
}

// dropOrphans deletes verifications and tests that are older than before
// (microseconds) and whose webhook is not stored: of one webhook, or of all when
// hookID is empty.
func dropOrphans(ctx context.Context, tx querier, hookID string, before int64) (int64, error) {
	const orphan = "hook_id NOT IN (SELECT id FROM hooks) AND (?1 = '' OR hook_id = ?1)"
	checks, err := affected(tx.ExecContext(ctx,
		"DELETE FROM verifications WHERE at < ?2 AND "+orphan, hookID, before))
	if err != nil {
		return 0, err
	}
	tests, err := dropTests(ctx, tx, hookID, before)
	return checks + tests, err
}

// dropTests deletes tests made before that moment whose webhook is not stored, with
// their events and attempts.
func dropTests(ctx context.Context, tx querier, hookID string, before int64) (int64, error) {
	const tests = `SELECT d.seq FROM deliveries d JOIN words w ON w.num = d.hook WHERE d.test = 1 AND d.created_at < ?2
		AND w.text NOT IN (SELECT id FROM hooks) AND (?1 = '' OR w.text = ?1)`
	rows, err := tx.QueryContext(ctx, tests, hookID, before)
	if err != nil {
		return 0, err
	}
	seqs, err := collect(rows, scanSeq)
	if err != nil {
		return 0, err
	}
	for _, seq := range seqs {
		if err := drop(ctx, tx, seq); err != nil {
			return 0, err
		}
	}
	return int64(len(seqs)), nil
}

// drop deletes a delivery with its attempts, and its event when it was the last.
func drop(ctx context.Context, tx querier, seq int64) error {
	var event int64
	err := tx.QueryRowContext(ctx, "SELECT event FROM deliveries WHERE seq = ?", seq).Scan(&event)
	if err != nil {
		return err
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{"DELETE FROM attempts WHERE id BETWEEN ? AND ?", []any{attemptSeq(seq, 0), attemptSeq(seq, maxAttempts)}},
		{"DELETE FROM deliveries WHERE seq = ?", []any{seq}},
		{`DELETE FROM events WHERE seq = ?1
			AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq BETWEEN ?1 AND ?1 + fanout - 1 AND d.event = ?1)
			AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event = ?1 AND d.batch <> 0)`, []any{event}},
	} {
		if _, err := tx.ExecContext(ctx, q.sql, q.args...); err != nil {
			return err
		}
	}
	return nil
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
