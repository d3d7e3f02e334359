package main

import (
	"context"
	"math"
	"sync/atomic"
	"time"

	"hooktop/sender"
	"hooktop/ui/cli"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// never is when a chore that is done is done again.
const never = time.Duration(math.MaxInt64)

// beginning is a start of the sending that nobody waits for.
type beginning struct {
	words *text.Words
	done  chan struct{}          // closed when it sends
	why   atomic.Pointer[string] // what keeps it from starting; nil: nothing yet
	wait  time.Duration          // before the next try
}

func newBeginning(words *text.Words) *beginning {
	return &beginning{words: words, done: make(chan struct{}), wait: takeEvery}
}

// ownSoon makes this process the owner and begins to send behind its back: after an
// unclean stop every delivery is looked at first, and the screens need not wait for
// that.
func ownSoon(ctx context.Context, o cli.Options, p cli.Paths) (*seat, error) {
	b := newBeginning(text.For(text.Lang(o.Lang)))
	w, err := ownBy(ctx, p, func(w *owner) error {
		var err error
		if w.workspace, err = openWorkspace(o, p, sender.EngineConfig{}); err != nil {
			return err
		}
		w.every(w.log, "begin", 0, func(ctx context.Context) time.Duration { return b.try(ctx, w.engine) })
		return w.attend()
	})
	if err != nil {
		return nil, err
	}
	s := w.seat()
	s.close, s.state = w.Close, b.state(s.state)
	return s, nil
}

// try starts the engine and says when to try again. What others stored while it looked
// for what waits, it looks for once more.
func (b *beginning) try(ctx context.Context, engine *sender.Engine) time.Duration {
	if err := engine.Start(ctx); err != nil {
		why := b.words.Fault(err).What
		b.why.Store(&why)
		b.wait = min(2*b.wait, takeLongest)
		return b.wait
	}
	engine.HooksChanged()
	engine.Wake()
	close(b.done)
	return never
}

// state is what the screens are told until it sends. Nothing is said for a moment: most
// beginnings take no longer.
func (b *beginning) state(ask func(context.Context) page.EngineMsg) func(context.Context) page.EngineMsg {
	return func(ctx context.Context) page.EngineMsg {
		soon, stop := context.WithTimeout(ctx, takeEvery)
		defer stop()
		select {
		case <-b.done:
			return ask(ctx)
		case <-soon.Done():
		}
		if why := b.why.Load(); why != nil {
			return page.EngineMsg{State: page.EngineStopped, Alerts: []page.Alert{{Kind: page.AlertStopped, Value: *why}}}
		}
		return page.EngineMsg{State: page.EngineConnecting}
	}
}
