package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/ui/cli"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

const (
	takeEvery   = 500 * time.Millisecond // how often an attached screen looks whether the owner is gone
	takeLongest = 30 * time.Second       // between two tries when one fails
	arrival     = 5 * time.Second        // for an owner that starts to open its socket
)

// attach finds the owner of a database; nil when there is none. One that has the lock
// and no socket yet is waited for so long; then that is a Fault CodeStoreLocked.
func attach(ctx context.Context, db string, wait time.Duration) (*link.Client, error) {
	for deadline := time.Now().Add(wait); ; {
		there, err := owned(db)
		if err != nil || !there {
			return nil, err
		}
		c := link.Dial(socket(db))
		_, err = c.Owner(ctx)
		if err == nil {
			return c, nil
		}
		_ = c.Close()
		var f *model.Fault
		switch {
		case !errors.As(err, &f) || f.Code != model.CodeLocal:
			return nil, err
		case time.Now().After(deadline):
			return nil, &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldSocket, Err: err}
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// attached is the desk of a command while another program owns the database; nil
// when none does. It reads deliveries from the file; see file for what is sealed.
func attached(ctx context.Context, o cli.Options, p cli.Paths) (*cli.Desk, error) {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return nil, err
	}
	c, err := attach(ctx, db, arrival)
	if c == nil || err != nil {
		return nil, err
	}
	o.ReadOnly = true
	w, err := openWorkspace(o, p, sender.EngineConfig{})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	w.owner = c
	v := attachment{c, w.sender}
	return &cli.Desk{
		Book: v, Record: v, Wire: v, Keys: v, Outbox: v, Archive: w.file(), Trash: w.file(), Upkeep: w.file(),
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
	if there, err := owned(db); err != nil || !there {
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
	why  atomic.Pointer[string] // what keeps it from starting; nil: nothing

	processors processors
}

// succeed begins to wait.
func succeed(o cli.Options, p cli.Paths) *successor {
	ctx, stop := context.WithCancel(context.Background())
	s := &successor{stop: stop, done: make(chan error, 1)}
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				s.done <- fmt.Errorf("take over: panic: %v", cause)
			}
		}()
		s.done <- s.takeOver(ctx, o, p)
	}()
	return s
}

// takeOver tries for as long as it takes: what keeps a new owner from starting may be
// mended, or another program may have better luck.
func (s *successor) takeOver(ctx context.Context, o cli.Options, p cli.Paths) error {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return err
	}
	for wait := takeEvery; pause(ctx, wait); {
		if there, err := owned(db); err != nil || there {
			s.why.Store(nil)
			wait = takeEvery
			continue // a lock that cannot be looked at cannot be taken
		}
		w, err := own(ctx, o, p, sender.EngineConfig{})
		var f *model.Fault
		switch {
		case err == nil:
			s.why.Store(nil)
			s.processors.send()
			<-ctx.Done()
			return w.Close()
		case errors.As(err, &f) && f.Code == model.CodeStoreLocked:
			wait = takeEvery
		default:
			why := text.For(text.Lang(o.Lang)).Fault(err).What
			s.why.Store(&why)
			wait = min(2*wait, takeLongest)
		}
	}
	return nil
}

// state is what the screens are told: when nobody answers, and this program cannot
// take over, nobody sends.
func (s *successor) state(ask func(context.Context) page.EngineMsg) func(context.Context) page.EngineMsg {
	return func(ctx context.Context) page.EngineMsg {
		m := ask(ctx)
		if why := s.why.Load(); why != nil && m.State == page.EngineConnecting {
			m.State = page.EngineStopped
			m.Alerts = append(m.Alerts, page.Alert{Kind: page.AlertStopped, Value: *why})
		}
		return m
	}
}

func (s *successor) Close() error {
	s.stop()
	return <-s.done
}
