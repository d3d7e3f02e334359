package store

import (
	"context"
	"database/sql"

	"hooktop/model"
)

// PutVerification stores a finished verification and drops those of its webhook
// beyond model.KeepVerifications. The webhook need not be stored.
func (d *DB) PutVerification(ctx context.Context, v model.Verification) error {
	return d.write(ctx, "put verification", func(tx *txn) error {
		data, err := d.seal.seal(v.HookID, "verification", encodeVerification(v))
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO verifications (hook_id, at, data) VALUES (?, ?, ?)",
			v.HookID, micros(v.At), data); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM verifications WHERE hook_id = ?1 AND id <=
			(SELECT id FROM verifications WHERE hook_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`,
			v.HookID, model.KeepVerifications)
		return err
	})
}

// Verifications lists those of a webhook, newest first.
func (d *DB) Verifications(ctx context.Context, hookID string) ([]model.Verification, error) {
	var out []model.Verification
	err := d.read(ctx, "read verifications", func(tx querier) (err error) {
		out, err = d.seal.verifications(ctx, tx, hookID, -1) // all: PutVerification keeps them few
		return err
	})
	return out, err
}

func (s *sealer) verifications(ctx context.Context, tx querier, hookID string, limit int) ([]model.Verification, error) {
	rows, err := tx.QueryContext(ctx, `SELECT hook_id, at, data FROM verifications
		WHERE hook_id = ? ORDER BY id DESC LIMIT ?`, hookID, limit)
	if err != nil {
		return nil, err
	}
	return collect(rows, s.scanVerification)
}

func (s *sealer) scanVerification(scan func(...any) error) (model.Verification, error) {
	var id string
	var at int64
	var data []byte
	if err := scan(&id, &at, &data); err != nil {
		return model.Verification{}, err
	}
	plain, err := s.open(id, "verification", data)
	if err != nil {
		return model.Verification{}, damaged("verification of", id, err)
	}
	v, err := decodeVerification(plain)
	v.HookID, v.At = id, fromMicros(at)
	return v, damaged("verification of", id, err)
}

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, scanOne func(func(...any) error) (T, error)) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scanOne(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
