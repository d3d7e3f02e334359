package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"
)

const (
	maxGroup = 512                   // ops in one commit
	loaded   = 4                     // a group of so many means more are coming
	patience = 10 * time.Microsecond // what waiting may cost, for each op of the last group: a fixed share of writing it
	window   = 1 * time.Millisecond  // but no longer
	gap      = 2 * time.Millisecond  // left free of locks now and then when saturated
	gapEvery = 8                     // groups
)

// writer is the goroutine all writes go through. It gathers what is queued into one
// transaction and answers when its commit has returned.
type writer struct {
	d       *DB
	pool    *sql.DB // has the one connection
	conn    *sql.Conn
	raw     *sqlite3.SQLiteConn // the same connection, below database/sql
	hot     *statements
	queue   *queue
	done    chan struct{}
	words   map[string]int64 // of the table words, as far as they were asked for
	sent    sent
	lost    []int64   // in sending, and held by nobody
	answers sync.Pool // chan error
	name    string    // of this process, in state.writer

	commits atomic.Int64
	probe   func(at string) // a test looks on; nil: none
}

// newWriter takes the pool's connection for itself. The goroutine ends with close.
func newWriter(ctx context.Context, d *DB, pool *sql.DB) (*writer, error) {
	w := &writer{d: d, pool: pool, queue: newQueue(), done: make(chan struct{}), words: map[string]int64{}, name: process()}
	var err error
	if w.conn, err = pool.Conn(ctx); err != nil {
		return nil, err
	}
	err = w.conn.Raw(func(c any) (err error) {
		w.raw = c.(*sqlite3.SQLiteConn) // ours as long as conn is
		w.hot, err = prepareAll(w.raw)
		return err
	})
	if err != nil {
		return nil, errors.Join(err, w.conn.Close())
	}
	go w.loop()
	return w, nil
}

// do queues a verb and returns what became of it. A verb may be run again when
// another one has spoilt its group: it must set its results, not add to them.
func (w *writer) do(ctx context.Context, run func(*txn) error) error {
	return w.submit(ctx, &op{run: run})
}

// alone runs f between two groups, outside any transaction.
func (w *writer) alone(ctx context.Context, f func(querier) error) error {
	return w.submit(ctx, &op{alone: true, run: func(t *txn) error { return f(t) }})
}

func (w *writer) submit(ctx context.Context, o *op) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if o.done, _ = w.answers.Get().(chan error); o.done == nil {
		o.done = make(chan error, 1)
	}
	if !w.queue.push(o) {
		return ErrClosed
	}
	answered, err := o.wait(ctx)
	if answered {
		w.answers.Put(o.done) // empty, and the writer has let go of it
	}
	return err
}

func (w *writer) loop() {
	defer close(w.done)
	ops := make([]*op, 0, maxGroup)
	var left, full int
	var closed bool
	for {
		switch {
		case left >= maxGroup:
			if full++; full%gapEvery == 0 {
				time.Sleep(gap)
			}
		case len(ops) >= loaded: // those who just got their answer come again, others with them
			w.queue.await(min(2*(left+len(ops)), maxGroup), min(time.Duration(len(ops))*patience, window))
		}
		w.queue.await(1, 0)
		if ops, left, closed = w.queue.take(ops, maxGroup); closed && len(ops) == 0 {
			return
		}
		w.serve(ops)
		clear(ops)
	}
}

// serve writes a group and answers each of its ops.
func (w *writer) serve(ops []*op) {
	group := ops[:0:len(ops)]
	for _, o := range ops {
		switch {
		case !o.begun.CompareAndSwap(false, true): // its caller has gone
		case o.alone:
			o.done <- w.guard(func() error { return o.run(&txn{querier: steady{conn: w.conn}}) })
		default:
			group = append(group, o)
		}
	}
	if len(group) == 0 {
		return
	}
	err := w.try(group)
	if len(group) > 1 && errors.As(err, new(*spoilt)) {
		for i := range group { // one sinks alone
			err := w.try(group[i : i+1])
			w.answer(group[i], err)
		}
		return
	}
	for _, o := range group {
		w.answer(o, err)
	}
}

func (w *writer) answer(o *op, err error) {
	if err == nil {
		o.done <- o.err
		return
	}
	var s *spoilt
	if errors.As(err, &s) {
		err = s.err
	}
	o.done <- err
}

// spoilt is an error of one op, or of the commit, that rolled its group back.
type spoilt struct{ err error }

func (s *spoilt) Error() string { return s.err.Error() }
func (s *spoilt) Unwrap() error { return s.err }

// refusal is the answer of a verb that has written nothing: its group goes on.
type refusal struct{ err error }

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

func refuse(err error) error { return &refusal{err} }

// try writes the ops; nothing is left behind when that panics.
func (w *writer) try(group []*op) error {
	done := false
	err := w.guard(func() error {
		err := w.write(group)
		done = true
		return err
	})
	if !done {
		clear(w.words)
		w.rollback(nil)
	}
	return err
}

// write runs the ops in one transaction.
func (w *writer) write(group []*op) error {
	if b := w.d.broken.Load(); b != nil {
		return b
	}
	t, err := w.begin()
	if err == nil {
		err = t.giveBack(context.Background())
	}
	if err == nil {
		err = w.fill(t, group)
	}
	if err == nil {
		if err = w.guard(t.flush); err == nil {
			w.pass(pointFilled)
			err = w.hot.commit.exec()
		}
		if err != nil {
			err = &spoilt{err}
		}
	}
	if err != nil {
		w.rollback(t)
		_ = w.d.explain("write", err) // an I/O error stops everything
		return err
	}
	w.pass(pointCommitted)
	w.commits.Add(1)
	t.settle() // also when the answer is an error: the file may come back
	w.lost = w.lost[:0]
	if err := w.d.present(); err != nil {
		w.lost = append(append(w.lost, t.sent.added...), t.sent.claimed...)
		return err
	}
	return nil
}

// Points of a group that tests stop at.
const (
	pointFilled    = "filled"    // all is written, nothing is committed
	pointCommitted = "committed" // all is on disk, nobody knows
)

func (w *writer) pass(point string) {
	if w.probe != nil {
		w.probe(point)
	}
}

func (w *writer) fill(t *txn, group []*op) error {
	for _, o := range group {
		o.err = nil
		err := w.guard(func() error { return o.run(t) })
		if err == nil {
			continue
		}
		var r *refusal
		if !errors.As(err, &r) {
			return &spoilt{err}
		}
		o.err = r.err
	}
	return nil
}

// guard turns a panic into an error: the writer goes on.
func (w *writer) guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in the store: %v", p)
		}
	}()
	return f()
}

// rollback forgets what t was about to write. SQLite may have rolled back already.
func (w *writer) rollback(t *txn) {
	if t != nil {
		for _, text := range t.newWords {
			delete(w.words, text)
		}
	}
	if !w.raw.AutoCommit() {
		_ = w.hot.rollback.exec()
	}
}

// close waits for what is queued, moves the -wal file's content into the database as
// far as others let it, and gives the connection back.
func (w *writer) close() error {
	w.queue.close()
	<-w.done
	var err error
	if w.d.broken.Load() == nil {
		last := ""
		if w.d.check.cut {
			last = w.d.died
		}
		if _, err = w.conn.ExecContext(context.Background(), "UPDATE state SET writer = ? WHERE writer <> '' AND writer IN (?, ?)",
			last, w.name, w.d.died); err == nil {
			_, err = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
		}
	}
	return errors.Join(err, w.hot.close(), w.conn.Close(), w.pool.Close())
}
