package main

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/store"
	"hooktop/ui/cli"
)

const (
	lockPatience = 500 * time.Millisecond // another program may be looking at the lock
	drain        = 5 * time.Second        // for what is in flight when we stop
)

// owner is a workspace that sends: the only one on its database, by a lock that ends
// with the process. Other programs use its verbs over a socket.
type owner struct {
	*workspace
	lock    *link.Lock
	path    string       // of the database, canonical
	socket  *link.Server // what other programs of ours reach us by; nil: not yet
	servers []closer     // and the rest of the world
	limit   int64        // of the database's size, in bytes
	turns   sync.Mutex   // of those who look at the lock
	chores
}

// closer stops accepting and ends what is under way until ctx does.
type closer interface {
	Close(ctx context.Context) error
}

// own makes this process the owner and begins to send.
func own(ctx context.Context, o cli.Options, p cli.Paths, engine sender.EngineConfig) (*owner, error) {
	return ownBy(ctx, p, func(w *owner) error { return w.start(ctx, o, p, engine) })
}

// ownBy makes this process the owner and starts it.
func ownBy(ctx context.Context, p cli.Paths, start func(*owner) error) (*owner, error) {
	w, err := claim(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := start(w); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// claim takes the lock of the database. That another process has it, or sends although
// its lock's file was removed, is a Fault CodeStoreLocked of FieldOwner.
func claim(ctx context.Context, p cli.Paths) (*owner, error) {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return nil, err
	}
	soon, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	lock, err := link.Acquire(soon, db)
	if err != nil {
		return nil, err
	}
	sent, err := store.Owned(db)
	if err == nil && sent {
		err = &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldOwner}
	}
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	return &owner{lock: lock, path: db, limit: keepBytes}, nil
}

// owned reports whether some program owns the database (canonical path): it has the
// lock, or it sends although its lock's file was removed.
func owned(db string) (bool, error) {
	locked, err := link.Owned(db)
	if locked || err != nil {
		return locked, err
	}
	return store.Owned(db)
}

// start opens the database, sends what waits and listens to other programs.
func (w *owner) start(ctx context.Context, o cli.Options, p cli.Paths, engine sender.EngineConfig) (err error) {
	if w.workspace, err = openWorkspace(o, p, engine); err != nil {
		return err
	}
	if err := w.engine.Start(ctx); err != nil {
		return err
	}
	return w.attend()
}

// attend listens to other programs and does the chores.
func (w *owner) attend() error {
	if err := w.reachable(); err != nil {
		return err
	}
	w.every(w.log, "prune", pruneSoon, w.prune)
	w.every(w.log, "watch", watchEvery, w.watch)
	return nil
}

// reachable listens on the socket of the owner.
func (w *owner) reachable() error {
	s, err := link.Serve(socket(w.path), w.verbs().link(w.db), link.Owner{PID: os.Getpid(), Version: version}, w.log)
	if err == nil {
		w.socket = s
	}
	return err
}

func socket(db string) string { return link.Socket(db, xdg.RuntimeDir) }

// Close stops accepting and sending at once: what is under way gets the drain time.
// The lock is given back last, when nothing of ours writes any more.
func (w *owner) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	w.chores.end()
	closers := w.servers
	if w.socket != nil {
		closers = append(closers, w.socket)
	}
	if w.workspace != nil {
		closers = append(closers, stop(w.engine.Stop))
	}
	errs := make([]error, len(closers))
	var wg sync.WaitGroup
	for i, c := range closers {
		wg.Go(func() { errs[i] = c.Close(ctx) })
	}
	wg.Wait()
	if w.workspace != nil {
		errs = append(errs, w.workspace.Close())
	}
	if w.lock != nil {
		errs = append(errs, w.lock.Release())
	}
	return errors.Join(errs...)
}

// stop is a closer.
type stop func(ctx context.Context) error

func (s stop) Close(ctx context.Context) error { return s(ctx) }
