package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"os"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// querier is a reader's or the writer's connection inside a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs f in a transaction of the writer, which it may share with others, and
// returns nil only when its commit is on disk in the file that the path leads to.
// When ctx ends before the writer has begun with f, nothing of it is written;
// afterwards the answer is waited for. f may run twice.
func (d *DB) write(ctx context.Context, doing string, f func(*txn) error) error {
	if err := d.writable(doing); err != nil {
		return err
	}
	return d.explain(doing, d.w.do(ctx, f))
}

func (d *DB) writable(doing string) error {
	switch b := d.broken.Load(); {
	case d.closed.Load():
		return fault(d.path, doing, ErrClosed)
	case d.w == nil:
		return &model.Fault{Code: model.CodeReadOnly, Field: model.FieldDB, Value: d.path}
	case b != nil:
		return b
	}
	return nil
}

// read runs f on one state of the database, so that several queries fit together.
func (d *DB) read(ctx context.Context, doing string, f func(querier) error) error {
	if d.closed.Load() {
		return fault(d.path, doing, ErrClosed)
	}
	return d.explain(doing, within(ctx, d.r, f))
}

// steady is a connection on which contexts end nothing. The writer's: a statement that
// is interrupted rolls back the whole transaction, which is not its caller's alone. And a
// reader's, which ends its queries itself.
type steady struct {
	conn  *sql.Conn
	wrote *bool
}

func (s steady) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	r, err := s.conn.ExecContext(context.WithoutCancel(ctx), query, args...)
	if err == nil && s.wrote != nil {
		n, _ := r.RowsAffected()
		*s.wrote = *s.wrote || n > 0
	}
	return r, err
}

func (s steady) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.conn.QueryContext(context.WithoutCancel(ctx), query, args...)
}

func (s steady) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.conn.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}

// txn is the transaction of a group. What it keeps in memory until the end is written
// by flush and forgotten with a rollback.
type txn struct {
	querier
	w        *writer
	hot      *statements
	was, now state
	wrote    bool     // something else than the state
	newWords []string // added to the writer's
	sent     sentChange
	times    map[int64]span // by stretch
	rollups  map[rollupKey]*rollup
	statuses map[int64]*status
}

// state is the row that every group begins and ends with.
type state struct {
	rev, low, hooks int64
	writer          string
	folded          int64
}

func (w *writer) begin() (*txn, error) {
	if err := w.hot.begin.exec(); err != nil {
		return nil, err
	}
	t := &txn{w: w, hot: w.hot}
	t.querier = steady{conn: w.conn, wrote: &t.wrote}
	var row [5]driver.Value
	found, err := w.hot.state.one(row[:])
	if err == nil && !found {
		err = sqlite3.Error{Code: sqlite3.ErrCorrupt}
	}
	if err != nil {
		return t, err
	}
	t.was = state{rev: row[0].(int64), low: row[1].(int64), hooks: row[2].(int64), writer: row[3].(string), folded: row[4].(int64)}
	t.now = t.was
	return t, nil
}

// next is a new number for a row.
func (t *txn) next() int64 {
	t.now.rev++
	return t.now.rev
}

// forEach runs a statement for each of some deliveries and says how many it changed.
// Its values are those given and the delivery's number; it returns a row where it changes
// one.
func (t *txn) forEach(seqs []int64, query string, values ...driver.Value) (int, error) {
	p, err := prepareOn(t.w.raw, query)
	if err != nil {
		return 0, err
	}
	defer func() { _ = p.s.Close() }()
	args := append(values, nil)
	n := 0
	for _, seq := range seqs {
		args[len(args)-1] = seq
		t.touch()
		var row [1]driver.Value
		changed, err := p.one(row[:], args...)
		if err != nil {
			return 0, err
		}
		if changed {
			n++
		}
	}
	return n, nil
}

// touch counts a change of a row: it has a number too, which is kept nowhere.
func (t *txn) touch() { t.now.rev++ }

// flush writes what the ops have gathered.
func (t *txn) flush() error {
	if err := errors.Join(t.flushTimes(), t.flushRollups(), t.flushStatuses()); err != nil {
		return err
	}
	if t.now == t.was && !t.wrote {
		return nil
	}
	t.now.low, t.now.writer = t.w.sent.low(t.was), t.w.name
	if t.now == t.was {
		return nil
	}
	return t.hot.setState.exec(t.now.rev, t.now.low, t.now.hooks, t.now.writer, t.now.folded)
}

// settle tells the process what is on disk now.
func (t *txn) settle() {
	t.w.sent.apply(t.sent)
	if t.now != t.was || t.wrote {
		t.w.d.changes.tell()
	}
}

// word is the number of a text; 0 for the empty one.
func (t *txn) word(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	if n, ok := t.w.words[text]; ok {
		return n, nil
	}
	var row [1]driver.Value
	found, err := t.hot.word.one(row[:], text)
	if err == nil && !found {
		t.wrote = true
		_, err = t.hot.addWord.one(row[:], text)
	}
	if err != nil {
		return 0, err
	}
	n := row[0].(int64)
	t.w.words[text] = n
	t.newWords = append(t.newWords, text)
	return n, nil
}

// explain turns err into a fault. After a failing write or fsync nobody knows what
// the disk holds, and a second fsync would lie: the store stops writing until it is
// opened again.
func (d *DB) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	if d.closed.Load() {
		err = ErrClosed
	}
	broken := isSQLite(err, sqlite3.ErrIoErr)
	err = fault(d.path, doing, err)
	var f *model.Fault
	if !errors.As(err, &f) {
		return err
	}
	if broken && f.Code != model.CodeStoreFull {
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

// present compares the files that are open with those at the path: SQLite goes on
// writing to files that were deleted or replaced, and all of that is lost. What is
// in the -wal file is in the database only after a checkpoint; a checkpoint leaves
// the file where it is, the last close alone removes it.
func (d *DB) present() error {
	for i, suffix := range suffixes() {
		info, err := os.Stat(d.path + suffix)
		if err != nil || !os.SameFile(info, d.files[i]) {
			return storeFault(model.CodeStoreGone, d.path, errors.Join(errMoved, err))
		}
	}
	return d.readable()
}

// readable fails once the file system was shut down, by a failing device or by hand: a
// sync that this overtook may have been called done (seen on ext4, Linux 6.18). What
// was synced before a read that succeeds is on disk. Only reads ask the file system
// about that; there are no locks on the -wal file to lose.
func (d *DB) readable() error {
	_, err := d.wal.ReadAt(make([]byte, 1), 0)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	f := storeFault(model.CodeStoreIO, d.path, err)
	d.broken.Store(f)
	return f
}

// remember takes the files as they are now, which the writer's connection has open.
func (d *DB) remember() error {
	for i, suffix := range suffixes() {
		var err error
		if d.files[i], err = os.Stat(d.path + suffix); err != nil {
			return fileFault(d.path, err)
		}
	}
	var err error
	if d.wal, err = os.Open(d.path + "-wal"); err != nil {
		return fileFault(d.path, err)
	}
	return nil
}
