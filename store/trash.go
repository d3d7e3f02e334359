package store

import (
	"context"

	"hooktop/model"
)

// DeletedHooks lists the webhooks that RestoreHook can bring back, the newest deletion
// first.
func (d *DB) DeletedHooks(ctx context.Context) ([]model.Hook, error) {
	var out []model.Hook
	err := d.read(ctx, "list deleted webhooks", func(tx querier) error {
		rows, err := tx.QueryContext(ctx, "SELECT "+hookColumns+` FROM hooks
			WHERE deleted_at >= ? AND deleted_at <> 0 ORDER BY deleted_at DESC, id DESC`, micros(d.opt.Now().Add(-model.UndoWindow)))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			h, err := d.seal.scanHook(rows.Scan)
			if err != nil {
				return err
			}
			out = append(out, h)
		}
		return rows.Err()
	})
	return out, err
}
