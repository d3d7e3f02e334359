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
	err := d.write(ctx, "purge", func(tx *sql.Tx) (err error) {
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
		_, _ = d.w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return int(hooks), err
}

// dropOrphans deletes verifications and tests that are older than before
// (microseconds) and whose webhook is not stored: of one webhook, or of all when
// hookID is empty.
func dropOrphans(ctx context.Context, tx *sql.Tx, hookID string, before int64) (int64, error) {
	const orphan = "hook_id NOT IN (SELECT id FROM hooks) AND (?1 = '' OR hook_id = ?1)"
	checks, err := affected(tx.ExecContext(ctx,
		"DELETE FROM verifications WHERE at < ?2 AND "+orphan, hookID, before))
	if err != nil {
		return 0, err
	}
	tests, err := affected(tx.ExecContext(ctx, `DELETE FROM events WHERE id IN
		(SELECT event_id FROM deliveries WHERE test = 1 AND created_at < ?2 AND `+orphan+")", hookID, before))
	return checks + tests, err
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
