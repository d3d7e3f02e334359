package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// Backup copies the database as it is now to a new file, which has its name only when it
// is whole, checked and on disk, and returns its size in bytes. It is for its owner alone;
// what is sealed stays sealed, so that it is of no use without the key file. Others read
// and write meanwhile; the -wal file grows as long as it takes.
//
// Faults are of FieldBackup with the path in Value: CodeFileExists when there is
// something already, CodeNotFound without the folder, CodeStore... for the disk.
// CodeStoreCorrupt of FieldDB is about the database itself.
func (d *DB) Backup(ctx context.Context, path string) (int64, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return 0, fmt.Errorf("back up: %w", err)
	}
	if d.closed.Load() {
		return 0, fault(d.path, "back up", ErrClosed)
	}
	size, err := d.backup(ctx, path)
	if ctx.Err() != nil {
		err = ctx.Err() // SQLite calls it an interruption
	}
	if err != nil {
		return 0, d.backupFault(path, err)
	}
	return size, nil
}

func (d *DB) backup(ctx context.Context, path string) (size int64, err error) {
	if _, err := os.Lstat(path); err == nil {
		return 0, fs.ErrExist
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".partial-*") // 0600, but for the umask
	if err != nil {
		return 0, err
	}
	partial := f.Name()
	defer func() {
		if err != nil {
			_ = os.Remove(partial)
		}
	}()
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil {
		return 0, err
	}
	if err := d.vacuumInto(ctx, partial); err != nil {
		return 0, err
	}
	if err := checkCopy(ctx, partial); err != nil {
		return 0, err
	}
	if err := syncFile(partial); err != nil { // SQLite is done with it
		return 0, err
	}
	info, err := os.Stat(partial)
	if err != nil {
		return 0, err
	}
	return info.Size(), giveName(partial, path)
}

// vacuumInto fills an empty file, in one transaction of a reader. A pool of readers may
// write nothing at all, not even another file.
func (d *DB) vacuumInto(ctx context.Context, to string) error {
	params := d.params
	if params == nil {
		params = []string{"mode=ro", busyTimeout(d.opt.Busy)}
	}
	db := connect(d.path, 1, params...)
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// checkCopy reads all of a copy, once that says that nobody has it open: whoever did
// would seem to have died when it is used.
func checkCopy(ctx context.Context, path string) error {
	db := connect(path, 1, "mode=rw", "_journal_mode=OFF", "_synchronous=OFF")
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, "UPDATE state SET writer = ''"); err != nil {
		return err
	}
	var found string
	switch err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); {
	case errors.Is(err, sql.ErrNoRows):
		return sqlite3.Error{Code: sqlite3.ErrCorrupt}
	case err != nil:
		return err
	case found != "ok":
		return fmt.Errorf("integrity_check: %s: %w", found, sqlite3.Error{Code: sqlite3.ErrCorrupt})
	}
	return nil
}

// giveName renames a file that is on disk, unless something has the name. Not every file
// system has links: an empty file keeps the place until then.
func giveName(file, name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Rename(file, name)); err != nil {
		_ = os.Remove(name)
		return err
	}
	return syncFile(filepath.Dir(name))
}

// backupFault says whether the copy or the database is at fault. The store itself goes on.
func (d *DB) backupFault(path string, err error) error {
	about := func(code model.Code) error {
		return &model.Fault{Code: code, Field: model.FieldBackup, Value: path, Err: err}
	}
	var lite sqlite3.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("back up: %w", err)
	case errors.Is(err, fs.ErrExist):
		return about(model.CodeFileExists)
	case errors.Is(err, fs.ErrNotExist):
		return about(model.CodeNotFound)
	case isSQLite(err, sqlite3.ErrCorrupt):
		return fault(d.path, "back up", err)
	case errors.As(err, &lite):
		return about(codeOf(lite))
	}
	return about(fileCode(err))
}
