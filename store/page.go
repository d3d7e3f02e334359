package store

import (
	"context"

	"hooktop/model"
)

// Page lists deliveries newest first; the cursor of the next page is empty at the
// end. A call looks at a bounded part of the file: when little matches, a page may be
// short, or empty, with a cursor to go on from. So a search can be given up between
// two calls.
func (d *DB) Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error) {
	before, err := cursorSeq(after)
	if err != nil {
		return nil, "", err
	}
	limit = pageLimit(limit)
	var out []model.Delivery
	var next int64
	err = d.read(ctx, "list deliveries", func(tx querier) error {
		b, err := findBlocked(ctx, tx)
		if err != nil {
			return err
		}
		s, err := newSelection(ctx, tx, f, b, false)
		if err != nil {
			return err
		}
		var seqs []int64
		if seqs, next, err = s.page(ctx, before, limit); err != nil {
			return err
		}
		out, err = deliveries(ctx, tx, seqs, b)
		return err
	})
	if err != nil || next == 0 {
		return out, "", err
	}
	return out, cursorAt(next), nil
}

// deliveries reads the rows with those numbers, in their order.
func deliveries(ctx context.Context, tx querier, seqs []int64, b blocked) ([]model.Delivery, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	rows, err := tx.QueryContext(ctx, "SELECT e.id, "+deliveryColumns+" FROM deliveries d JOIN events e ON e.seq = d.event "+
		deliveryTables+" WHERE d.seq IN ("+marks(seqs)+") ORDER BY d.seq DESC", values(seqs)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (model.Delivery, error) {
		var r deliveryRow
		var event string
		err := scan(append([]any{&event}, r.to()...)...)
		return r.delivery(event, b.ids), err
	})
}
