package store

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// write runs f in a transaction of the writer and returns nil only when its commit
// is on disk in the file that the path leads to.
func (d *DB) write(ctx context.Context, doing string, f func(*sql.Tx) error) error {
	switch b := d.broken.Load(); {
	case d.closed.Load():
		return fault(d.path, doing, ErrClosed)
	case d.w == nil:
		return &model.Fault{Code: model.CodeReadOnly, Field: model.FieldDB, Value: d.path}
	case b != nil:
		return b
	}
	err := d.explain(doing, within(ctx, d.w, f))
	if err != nil {
		return err
	}
	return d.present()
}

// read runs f on one state of the database, so that several queries fit together.
func (d *DB) read(ctx context.Context, doing string, f func(*sql.Tx) error) error {
	if d.closed.Load() {
		return fault(d.path, doing, ErrClosed)
	}
	return d.explain(doing, within(ctx, d.r, f))
}

func within(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return errors.Join(err, ctx.Err()) // SQLite only says "interrupted"
	}
	return tx.Commit()
}

// explain turns err into a fault. After a failing write or fsync nobody knows what
// the disk holds, and a second fsync would lie: the store stops writing until it is
// opened again.
func (d *DB) explain(doing string, err error) error {
	if err != nil && d.closed.Load() {
		err = ErrClosed
	}
	broken := isSQLite(err, sqlite3.ErrIoErr)
	err = fault(d.path, doing, err)
	var f *model.Fault
	if !errors.As(err, &f) {
		return err
	}
	if broken && f.Code == model.CodeStoreIO {
		d.broken.Store(f)
	}
	switch { // the row that was being read did not know its file
	case f.Value == "" && f.Field == model.FieldDB:
		f.Value = d.path
	case f.Value == "" && f.Field == model.FieldKey:
		f.Value = d.opt.KeyFile
	}
	return err
}

// present compares the file that is open with the one at the path: SQLite goes on
// writing to a file that was deleted or replaced, and all of that is lost.
func (d *DB) present() error {
	info, err := os.Stat(d.path)
	if err == nil && os.SameFile(info, d.file) {
		return nil
	}
	return storeFault(model.CodeStoreGone, d.path, errors.Join(errMoved, err))
}
