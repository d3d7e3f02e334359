package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"hooktop/model"
)

// migrations are numbered from 1 without gaps; user_version is the last one done.
// A file that has been released is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as ours ("hktp").
const applicationID = 0x686b7470

// schemaVersion is the version this program writes.
func schemaVersion() (int, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	return len(names), err
}

// migrate brings the file to this program's version, one transaction a step. The
// version is read inside the transaction: another process may be at it too.
func migrate(ctx context.Context, path string, w *sql.DB) error {
	last, err := schemaVersion()
	if err != nil {
		return err
	}
	if err := addHistograms(ctx, w); err != nil {
		return err
	}
	for {
		done, err := migrateOne(ctx, path, w, last)
		if done || err != nil {
			return err
		}
	}
}

func migrateOne(ctx context.Context, path string, w *sql.DB, last int) (done bool, err error) {
	tx, err := w.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var v int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
		return false, err
	}
	if v > last {
		return false, newer(path, v, last)
	}
	if v == last {
		return true, nil
	}
	step, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", v+1))
	if err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, string(step)); err != nil {
		return false, fmt.Errorf("migrate to version %d: %w", v+1, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", v+1)); err != nil {
		return false, err
	}
	return false, tx.Commit()
}

func newer(path string, have, known int) error {
	return storeFault(model.CodeStoreNewer, path, fmt.Errorf("schema version is %d, this program knows up to %d", have, known))
}
