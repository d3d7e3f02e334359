package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/ui/cli"
)

const (
	lockPatience = 500 * time.Millisecond // another program may be looking at the lock
	takeEvery    = 500 * time.Millisecond // how often an attached program tries to become the owner
	drain        = 5 * time.Second        // for what is in flight when we stop
	arrival      = 5 * time.Second        // for an owner that starts to open its socket
)

// owner is a workspace that sends: the only one on its database, by a lock that ends
// with the process. Other programs use its verbs over a socket.
type owner struct {
	*workspace
	lock    *link.Lock
	path    string   // of the database, canonical
	servers []closer // what others reach us by
	keeping context.CancelFunc
	kept    chan struct{} // closed when the keeper has ended
}

// closer stops accepting and ends what is under way until ctx does.
type closer interface {
	Close(ctx context.Context) error
}

// own makes this process the owner and begins to send.
func own(ctx context.Context, o cli.Options, p cli.Paths, engine sender.EngineConfig) (*owner, error) {
	w, err := claim(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := w.start(ctx, o, p, engine); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// claim takes the lock of the database. That another process has it is a Fault
// CodeStoreLocked of FieldOwner.
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
	return &owner{lock: lock, path: db}, nil
}

// start opens the database, sends what waits and listens to other programs.
func (w *owner) start(ctx context.Context, o cli.Options, p cli.Paths, engine sender.EngineConfig) (err error) {
	if w.workspace, err = openWorkspace(o, p, engine); err != nil {
		return err
	}
	if err := w.engine.Start(ctx); err != nil {
		return err
	}
	w.keep()
	server, err := link.Serve(socket(w.path), w.verbs().link(), link.Owner{PID: os.Getpid(), Version: version}, w.log)
	if err != nil {
		return err
	}
	w.servers = append(w.servers, server)
	return nil
}

func socket(db string) string { return link.Socket(db, xdg.RuntimeDir) }

// Close stops accepting and sending at once: what is under way gets the drain time.
// The lock is given back last, when nothing of ours writes any more.
func (w *owner) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	errs := make([]error, len(w.servers)+3)
	var wg sync.WaitGroup
	for i, s := range w.servers {
		wg.Go(func() { errs[i] = s.Close(ctx) })
	}
	if w.workspace != nil {
		wg.Go(func() { errs[len(w.servers)] = w.engine.Stop(ctx) })
	}
	wg.Wait()
	if w.keeping != nil {
		w.keeping()
		<-w.kept
	}
	if w.workspace != nil {
		errs[len(w.servers)+1] = w.workspace.Close()
	}
	if w.lock != nil {
		errs[len(w.servers)+2] = w.lock.Release()
	}
	return errors.Join(errs...)
}

// What history is kept (PRODUCT.md, "Numbers to keep").
const (
	keepDelivered = 30 * 24 * time.Hour
	keepDead      = 90 * 24 * time.Hour
	keepBytes     = 4 << 30
	pruneEvery    = 10 * time.Minute
)

// keep prunes the history now and then, until Close.
func (w *owner) keep() {
	var ctx context.Context
	ctx, w.keeping = context.WithCancel(context.Background())
	w.kept = make(chan struct{})
	go func() {
		defer close(w.kept)
		defer func() {
			if cause := recover(); cause != nil {
				w.log.Error("panic in prune", "cause", fmt.Sprint(cause))
			}
		}()
		tick := time.NewTicker(pruneEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			n, err := w.db.Prune(ctx, w.engine.Now(), keepDelivered, keepDead, keepBytes)
			if err != nil && ctx.Err() == nil {
				w.log.Error("prune", "err", err)
			} else if n > 0 {
				w.log.Info("pruned", "deliveries", n)
			}
		}
	}()
}

// attach finds the owner of a database; nil when there is none. One that has the lock
// and no socket yet is waited for.
func attach(ctx context.Context, db string) (*link.Client, error) {
	for deadline := time.Now().Add(arrival); ; {
		owned, err := link.Owned(db)
		if err != nil || !owned {
			return nil, err
		}
		c := link.Dial(socket(db))
		_, err = c.Owner(ctx)
		if err == nil {
			return c, nil
		}
		_ = c.Close()
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != model.CodeLocal || time.Now().After(deadline) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// attached is the desk of a command while another program owns the database; nil
// when none does. It reads deliveries from the file, without the key of the secrets.
func attached(ctx context.Context, o cli.Options, p cli.Paths) (*cli.Desk, error) {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return nil, err
	}
	c, err := attach(ctx, db)
	if c == nil || err != nil {
		return nil, err
	}
	o.ReadOnly = true
	w, err := openWorkspace(o, p, sender.EngineConfig{})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	v := attachment{c, w.sender}
	return &cli.Desk{
		Book: v, Record: v, Wire: v, Keys: v, Outbox: v, Archive: w.db,
		Sending: func() bool { return true },
		Close:   func() error { return errors.Join(c.Close(), w.Close()) },
	}, nil
}

// tell lets an owner know that the file was changed without it: one may have come
// while a command worked on the file itself.
func tell(ctx context.Context, p cli.Paths) {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return
	}
	if owned, err := link.Owned(db); err != nil || !owned {
		return
	}
	c := link.Dial(socket(db))
	_ = c.Changed(ctx) // one that starts just now reads the file anyway
	_ = c.Close()
}

// successor waits in an attached program for the owner to go and takes its place.
type successor struct {
	stop context.CancelFunc
	done chan error
}

// succeed begins to wait. What keeps a new owner from starting ends the waiting and
// is told by Close.
func succeed(o cli.Options, p cli.Paths) *successor {
	ctx, stop := context.WithCancel(context.Background())
	s := &successor{stop: stop, done: make(chan error, 1)}
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				s.done <- fmt.Errorf("take over: panic: %v", cause)
			}
		}()
		s.done <- takeOver(ctx, o, p)
	}()
	return s
}

func takeOver(ctx context.Context, o cli.Options, p cli.Paths) error {
	tick := time.NewTicker(takeEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		w, err := own(ctx, o, p, sender.EngineConfig{})
		var f *model.Fault
		switch {
		case err == nil:
			<-ctx.Done()
			return w.Close()
		case errors.As(err, &f) && f.Code == model.CodeStoreLocked, ctx.Err() != nil:
		default:
			return err
		}
	}
}

func (s *successor) Close() error {
	s.stop()
	return <-s.done
}
