package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"hooktop/sender"
	"hooktop/sender/link"
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
