package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// Options say how to open a store.
type Options struct {
	// KeyFile holds the key of the sealed columns. It is made, with its folder, when
	// there is none and the database has nothing sealed.
	KeyFile string
	// ReadOnly opens an existing file and never writes; methods that would answer
	// with CodeReadOnly.
	ReadOnly bool
	// Busy is how long to wait for another process's lock; 0: 5 s.
	Busy time.Duration
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// DB is an open store.
type DB struct {
	path   string
	opt    Options
	w      *sql.DB // one connection; nil: read-only
	r      *sql.DB
	seal   *sealer // nil: read-only without a key
	file   os.FileInfo
	closed atomic.Bool
	broken atomic.Pointer[model.Fault] // set by a failing disk
}

// Open opens the store at path, or makes it, brings it to the current schema and
// purges what is past its time. A file that is not hooktop's, newer, damaged,
// locked or read-only is left as it is. Errors are *model.Fault with a CodeStore...
// or CodeKey... and the path in Value; CodeNotFound when ReadOnly finds no file.
func Open(path string, o Options) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &DB{path: abs, opt: o}
	open := d.openWriter
	if o.ReadOnly {
		open = d.openReader
	}
	if err := open(context.Background()); err != nil {
		return nil, errors.Join(fault(abs, "open store", err), d.shut())
	}
	return d, nil
}

func (d *DB) openWriter(ctx context.Context) error {
	if err := ensureFile(d.path); err != nil {
		return err
	}
	if err := prepare(ctx, d.path, d.opt.Busy); err != nil {
		return err
	}
	d.w = connectWriter(d.path, d.opt.Busy)
	if err := assertDurable(ctx, d.path, d.w); err != nil {
		return err
	}
	if err := migrate(ctx, d.path, d.w); err != nil {
		return err
	}
	restrict(d.path)
	var err error
	if d.file, err = os.Stat(d.path); err != nil {
		return fileFault(d.path, err)
	}
	err = d.write(ctx, "read key", func(tx *sql.Tx) (err error) {
		d.seal, err = unlock(ctx, tx, d.opt.KeyFile, false)
		return err
	})
	if err != nil {
		return err
	}
	d.r = connectReaders(d.path, d.opt.Busy)
	_, err = d.Purge(ctx, d.opt.Now())
	return err
}

func (d *DB) openReader(ctx context.Context) error {
	if _, err := os.Stat(d.path); errors.Is(err, os.ErrNotExist) {
		return &model.Fault{Code: model.CodeNotFound, Field: model.FieldDB, Value: d.path, Err: err}
	}
	version, err := probe(ctx, d.path, d.opt.Busy)
	if err != nil {
		return err
	}
	if last, err := schemaVersion(); err != nil || version < last {
		return errors.Join(err, storeFault(model.CodeStoreReadOnly, d.path,
			fmt.Errorf("schema version %d must be brought to %d first", version, last)))
	}
	d.r = connectReaders(d.path, d.opt.Busy)
	if err := d.r.PingContext(ctx); isSQLite(err, sqlite3.ErrCantOpen) || isSQLite(err, sqlite3.ErrReadonly) {
		// Nothing can be made beside the file, so nobody here writes to it either.
		_ = d.r.Close()
		d.r = connectReaders(d.path, d.opt.Busy, readParams(d.path, d.opt.Busy)...)
	}
	return d.read(ctx, "read key", func(tx *sql.Tx) (err error) {
		d.seal, err = unlock(ctx, tx, d.opt.KeyFile, true)
		return err
	})
}

// Close moves what is in the -wal file into the database, as far as other processes
// that read let it without waiting, and closes it. Methods called afterwards return
// ErrClosed; a second Close does nothing.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	var err error
	if d.w != nil {
		_, err = d.w.Exec("PRAGMA wal_checkpoint(PASSIVE)")
	}
	return fault(d.path, "close store", errors.Join(err, d.shut()))
}

func (d *DB) shut() error {
	var errs []error
	for _, db := range []*sql.DB{d.r, d.w} { // the writer last: its close ends the -wal file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
