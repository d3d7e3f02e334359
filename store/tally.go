package store

import (
	"context"

	"hooktop/model"
)

// Tally counts the deliveries of a stretch of the file that a filter matches, and
// says where the next stretch begins; the cursor is empty at the end.
func (d *DB) Tally(ctx context.Context, f model.Filter, after model.Cursor) (model.Tally, model.Cursor, error) {
	rows, next, err := d.Page(ctx, f, after, 1000)
	if err != nil {
		return model.Tally{}, "", err
	}
	var t model.Tally
	for _, r := range rows {
		t = t.Add(model.Tally{Count: 1, Groups: []model.Group{{HookID: r.HookID, Hook: r.Hook, State: r.State,
			HTTPStatus: r.HTTPStatus, Error: r.Error, Count: 1, Newest: r.ID, NewestAt: r.CreatedAt}}})
	}
	if next != "" && len(rows) > 0 {
		t.Back = rows[len(rows)-1].CreatedAt
	}
	return t, next, nil
}
