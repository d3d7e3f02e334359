package store

import (
	"context"

	"hooktop/model"
)

// maskFields writes the masks of secrets into the history by itself, whatever it
// was given: clear text cannot get in.
func maskFields(prev, h model.Hook, c model.Change) model.Change {
	fields := make([]model.FieldDelta, 0, len(c.Fields))
	for _, f := range c.Fields {
		switch f.Field {
		case model.FieldAuth:
			f.Before, f.After = prev.Authorization.Masked(), h.Authorization.Masked()
		case model.FieldSecret:
			f.Before, f.After = prev.Secret.Masked(), h.Secret.Masked()
		}
		fields = append(fields, f)
	}
	c.Fields = fields
	return c
}

// addChange appends to the history of h, in the transaction that changes it.
func addChange(ctx context.Context, tx querier, h model.Hook, c model.Change) error {
	var fields encoder
	encodeList(&fields, c.Fields, func(f model.FieldDelta) {
		fields.text(string(f.Field))
		fields.text(f.Before)
		fields.text(f.After)
	})
	_, err := tx.ExecContext(ctx, "INSERT INTO hook_history (hook_id, at, kind, revision, reason, fields) VALUES (?, ?, ?, ?, ?, ?)",
		h.ID, micros(c.At), c.Kind, h.Revision, c.Reason, fields.b)
	return err
}

// History lists the changes of a webhook, newest first; none of one that was never
// stored.
func (d *DB) History(ctx context.Context, hookID string) ([]model.Change, error) {
	var out []model.Change
	err := d.read(ctx, "read history", func(tx querier) error {
		rows, err := tx.QueryContext(ctx, `SELECT at, kind, revision, reason, fields
			FROM hook_history WHERE hook_id = ? ORDER BY id DESC`, hookID)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			c := model.Change{HookID: hookID}
			var at int64
			var fields []byte
			if err := rows.Scan(&at, &c.Kind, &c.Revision, &c.Reason, &fields); err != nil {
				return err
			}
			c.At = fromMicros(at)
			dec := decoder{b: fields}
			c.Fields = decodeList(&dec, func() model.FieldDelta {
				return model.FieldDelta{Field: model.Field(dec.text()), Before: dec.text(), After: dec.text()}
			})
			if dec.err != nil {
				return damaged("history of", hookID, dec.err)
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, err
}
