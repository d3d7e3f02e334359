package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// pollEvery is how often the file is asked whether another process has changed it.
const pollEvery = 50 * time.Millisecond

// changes tells those who listen that something was committed.
type changes struct {
	mu        sync.Mutex
	listeners map[chan struct{}]struct{}
	stop      context.CancelFunc // of the poll; nil: it does not run
	done      chan struct{}
	closed    bool
}

// tell leaves a sign with everybody who has none yet.
func (c *changes) tell() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for l := range c.listeners {
		select {
		case l <- struct{}{}:
		default:
		}
	}
}

// told reports that everybody has a sign yet to take: there is nothing to look for.
func (c *changes) told() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for l := range c.listeners {
		if len(l) == 0 {
			return false
		}
	}
	return true
}

// Changes says that something has changed in the store, not what: one sign for any
// number of commits, of this process at once and of others within 50 ms. There may
// be signs for nothing. They end with ctx or with the store; the channel is never
// closed.
func (d *DB) Changes(ctx context.Context) <-chan struct{} {
	c, l := &d.changes, make(chan struct{}, 1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return l
	}
	if c.listeners == nil {
		c.listeners = map[chan struct{}]struct{}{}
	}
	c.listeners[l] = struct{}{}
	context.AfterFunc(ctx, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.listeners, l)
	})
	if c.stop == nil {
		var life context.Context
		life, c.stop = context.WithCancel(context.Background())
		c.done = make(chan struct{})
		go d.poll(life, c.done)
	}
	return l
}

// poll watches data_version, which counts the commits of other connections, on a
// connection of its own.
func (d *DB) poll(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	defer func() { _ = recover() }() // without it changes of others are seen later
	db := connectReaders(d.path, 1, d.opt.Busy, d.params...)
	defer db.Close()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for last := int64(-1); ; {
		if !d.changes.told() {
			last = d.look(db, last)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look tells of a commit since the last look, at first too: who knows what was missed.
func (d *DB) look(db *sql.DB, last int64) int64 {
	var now int64
	if err := db.QueryRow("PRAGMA data_version").Scan(&now); err != nil {
		return last
	}
	if now != last {
		d.changes.tell()
	}
	return now
}

func (c *changes) close() {
	c.mu.Lock()
	c.closed, c.listeners = true, nil
	stop, done := c.stop, c.done
	c.mu.Unlock()
	if stop != nil {
		stop()
		<-done
	}
}
