package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"hooktop/model"
)

// PutHook inserts (Revision 0) or updates h together with its history entry and
// returns it as it is stored: Revision is one more, CreatedAt stays what it was,
// UpdatedAt is c.At. The history of an inserted one begins with ChangeCreated,
// before c if that is another. Faults: CodeConflict when the stored revision is another,
// CodeNotFound when it is gone or deleted, CodeNameTaken.
func (d *DB) PutHook(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error) {
	if c.At.IsZero() {
		c.At = d.opt.Now()
	}
	var out model.Hook
	err := d.write(ctx, "put webhook", func(tx *txn) error {
		prev, err := d.seal.loadHook(ctx, tx, h.ID)
		known := err == nil
		if err != nil && !isNotFound(err) {
			return err
		}
		if err := expect(prev, known, h); err != nil {
			return refuse(err)
		}
		if err := nameFree(ctx, tx, h); err != nil {
			return err
		}
		out = settle(prev, known, h, c.At)
		if err := tx.writeHook(ctx, out, known); err != nil {
			return err
		}
		if err := tx.forgive(prev, out); err != nil {
			return err
		}
		if !known && c.Kind != model.ChangeCreated {
			if err := addChange(ctx, tx, out, model.Change{At: c.At, Kind: model.ChangeCreated}); err != nil {
				return err
			}
		}
		return addChange(ctx, tx, out, maskFields(prev, out, c))
	})
	if err != nil {
		return model.Hook{}, err
	}
	return out, nil
}

// forgive ends the streak and the breaker of a webhook that is enabled again.
func (t *txn) forgive(prev, h model.Hook) error {
	if prev.State != model.HookDisabled || h.State != model.HookActive {
		return nil
	}
	num, err := t.word(h.ID)
	if err != nil {
		return err
	}
	s, err := t.status(num)
	if err != nil || (s.streak == model.Streak{} && s.breaker == nil) {
		return err
	}
	s.streak, s.breaker, s.changed = model.Streak{}, nil, true
	return nil
}

// expect checks that h was made from what is stored.
func expect(prev model.Hook, known bool, h model.Hook) error {
	switch {
	case known && !prev.DeletedAt.IsZero(), !known && h.Revision != 0:
		return notFound(h.Name)
	case known && prev.Revision != h.Revision:
		return &model.Fault{Code: model.CodeConflict, Field: model.FieldName, Value: h.Name}
	}
	return nil
}

// settle is h as it will come back from the store.
func settle(prev model.Hook, known bool, h model.Hook, at time.Time) model.Hook {
	h = h.Clone()
	switch {
	case known:
		h.CreatedAt = prev.CreatedAt
	case h.CreatedAt.IsZero():
		h.CreatedAt = at
	}
	h.Revision = prev.Revision + 1
	h.CreatedAt = fromMicros(micros(h.CreatedAt))
	h.UpdatedAt = fromMicros(micros(at))
	h.OldSecretUntil = fromMicros(micros(h.OldSecretUntil))
	h.DeletedAt = time.Time{}
	return h
}

// nameFree checks that no other webhook that is not deleted has h's name. Names
// compare byte for byte.
func nameFree(ctx context.Context, tx querier, h model.Hook) error {
	var taken bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM hooks WHERE name = ? AND deleted_at = 0 AND id <> ?)",
		h.Name, h.ID).Scan(&taken)
	if err == nil && taken {
		err = &model.Fault{Code: model.CodeNameTaken, Field: model.FieldName, Value: h.Name}
	}
	return err
}

func (t *txn) writeHook(ctx context.Context, h model.Hook, known bool) error {
	values, err := t.w.d.seal.hookValues(h)
	if err != nil {
		return err
	}
	num, err := t.word(h.ID)
	if err != nil {
		return err
	}
	query := "INSERT INTO hooks (" + hookColumns + ", num) VALUES (" + placeholders(hookColumns) + ", ?)"
	values = append(values, num)
	if known {
		query = "UPDATE hooks SET (" + hookColumns + ", num) = (" + placeholders(hookColumns) + ", ?) WHERE id = ?"
		values = append(values, h.ID)
	}
	t.now.hooks++
	_, err = t.ExecContext(ctx, query, values...)
	return err
}

// DeleteHook marks a webhook as deleted at that time and cancels what is not done of
// its deliveries. CodeNotFound when there is none, or it is deleted already.
func (d *DB) DeleteHook(ctx context.Context, id string, at time.Time) error {
	return d.write(ctx, "delete webhook", func(tx *txn) error {
		h, err := d.seal.loadHook(ctx, tx, id)
		if err != nil {
			return err
		}
		if !h.DeletedAt.IsZero() {
			return notFound(id)
		}
		if err := tx.mark(ctx, h, at, micros(at), model.ChangeDeleted); err != nil {
			return err
		}
		return tx.cancelHook(ctx, id, at)
	})
}

// RestoreHook undoes DeleteHook within model.UndoWindow; a webhook that is not
// deleted stays as it is. Faults: CodeNotFound when it is purged or past the
// window, CodeNameTaken when another has taken its name.
func (d *DB) RestoreHook(ctx context.Context, id string, at time.Time) (model.Hook, error) {
	var h model.Hook
	err := d.write(ctx, "restore webhook", func(tx *txn) (err error) {
		if h, err = d.seal.loadHook(ctx, tx, id); err != nil || h.DeletedAt.IsZero() {
			return err
		}
		if at.Sub(h.DeletedAt) > model.UndoWindow {
			return notFound(id)
		}
		if err := nameFree(ctx, tx, h); err != nil {
			return err
		}
		h.DeletedAt = time.Time{}
		return tx.mark(ctx, h, at, 0, model.ChangeRestored)
	})
	if err != nil {
		return model.Hook{}, err
	}
	return h, nil
}

// mark sets or clears the deletion. The configuration, and so the revision, stays.
func (t *txn) mark(ctx context.Context, h model.Hook, at time.Time, deleted int64, kind model.ChangeKind) error {
	t.now.hooks++
	if _, err := t.ExecContext(ctx, "UPDATE hooks SET deleted_at = ? WHERE id = ?", deleted, h.ID); err != nil {
		return err
	}
	return addChange(ctx, t, h, model.Change{At: at, Kind: kind})
}

// Hook finds a webhook that is not deleted by id or, byte for byte, by name, with
// its newest verification and attempt; CodeNotFound.
func (d *DB) Hook(ctx context.Context, nameOrID string) (model.HookView, error) {
	var v model.HookView
	err := d.read(ctx, "find webhook", func(tx querier) (err error) {
		// An id wins over a name that looks like one.
		row := tx.QueryRowContext(ctx, "SELECT "+hookColumns+` FROM hooks
			WHERE deleted_at = 0 AND (id = ?1 OR name = ?1) ORDER BY id = ?1 DESC LIMIT 1`, nameOrID)
		if v.Hook, err = d.seal.scanHook(row.Scan); errors.Is(err, sql.ErrNoRows) {
			return notFound(nameOrID)
		} else if err != nil {
			return err
		}
		checks, err := d.seal.verifications(ctx, tx, v.ID, 1)
		if err != nil {
			return err
		}
		if len(checks) > 0 {
			v.Verification = &checks[0]
		}
		streaks, err := failing(ctx, tx)
		if err != nil {
			return err
		}
		v.Failing = streaks[v.ID]
		v.LastAttempt, err = d.seal.lastAttempt(ctx, tx, v.ID)
		return err
	})
	if err != nil {
		return model.HookView{}, err
	}
	return v, nil
}
