package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
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
	// with CodeReadOnly. It needs no key: without the right one, methods that read
	// what is sealed answer with a CodeKey...
	ReadOnly bool
	// Busy is how long to wait for another process's lock; 0: 5 s.
	Busy time.Duration
	// Now is the clock; nil: time.Now.
	Now func() time.Time

	checkAtOnce int64 // in tests; 0: as the constant
}

// DB is an open store.
type DB struct {
	path   string
	opt    Options
	w      *writer // nil: read-only
	r      *sql.DB
	params []string       // of the readers
	seal   *sealer        // nil: read-only, without a key and nothing sealed
	files  [3]os.FileInfo // open for writing, by suffix
	wal    *os.File       // the second of them, to read

	unclean bool   // the last writer did not close
	died    string // it
	check   inspection
	changes changes
	closed  atomic.Bool
	holding sync.Mutex                  // of the verbs on a batch
	rooms   sync.Pool                   // for sealed attempts, *[]byte
	broken  atomic.Pointer[model.Fault] // set by a failing disk
	capped  atomic.Bool                 // the file is as large as it may be (Prune)
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
	if err := ensureFile(ctx, d.path, d.opt.Busy); err != nil {
		return err
	}
	if err := prepare(ctx, d.path, d.opt.Busy); err != nil {
		return err
	}
	pool := connectWriter(d.path, d.opt.Busy)
	if err := d.startWriter(ctx, pool); err != nil {
		return errors.Join(err, pool.Close())
	}
	d.r = connectReaders(d.path, readers, d.opt.Busy)
	if err := d.checkUnclean(ctx); err != nil {
		return err
	}
	err := d.write(ctx, "read key", func(tx *txn) (err error) {
		d.seal, err = unlock(ctx, tx, d.opt.KeyFile, false)
		return err
	})
	if err != nil {
		return err
	}
	_, err = d.Purge(ctx, d.opt.Now())
	return err
}

// startWriter brings the file to the current schema and hands the connection over.
func (d *DB) startWriter(ctx context.Context, pool *sql.DB) error {
	if err := assertDurable(ctx, d.path, pool); err != nil {
		return err
	}
	if err := migrate(ctx, d.path, pool); err != nil {
		return err
	}
	restrict(d.path)
	if err := d.remember(); err != nil {
		return err
	}
	var err error
	d.w, err = newWriter(ctx, d, pool)
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
		return errors.Join(err, storeFault(model.CodeStoreOlder, d.path,
			fmt.Errorf("schema version %d must be brought to %d first", version, last)))
	}
	d.r = connectReaders(d.path, readers, d.opt.Busy)
	if err := d.r.PingContext(ctx); isSQLite(err, sqlite3.ErrCantOpen) || isSQLite(err, sqlite3.ErrReadonly) {
		// Nothing can be made beside the file, so nobody here writes to it either.
		_ = d.r.Close()
		d.params = readParams(d.path, d.opt.Busy)
		d.r = connectReaders(d.path, readers, d.opt.Busy, d.params...)
	}
	return d.read(ctx, "read key", func(tx querier) (err error) {
		d.seal, err = unlock(ctx, tx, d.opt.KeyFile, true)
		if f := (*model.Fault)(nil); errors.As(err, &f) && f.Field == model.FieldKey {
			d.seal, err = &sealer{locked: f}, nil // only the owner needs the key
		}
		return err
	})
}

// Close waits for what is being written, moves what is in the -wal file into the
// database, as far as other processes that read let it without waiting, and closes
// it. Methods called afterwards return ErrClosed; a second Close does nothing.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	return fault(d.path, "close store", d.shut())
}

func (d *DB) shut() error {
	d.changes.close()
	d.check.end()
	var errs []error
	if d.r != nil {
		errs = append(errs, d.r.Close())
	}
	if d.w != nil { // last: its close ends the -wal file
		errs = append(errs, d.w.close())
	}
	if d.wal != nil {
		errs = append(errs, d.wal.Close())
	}
	return errors.Join(errs...)
}
