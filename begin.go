package main

import (
	"context"
	"math"
	"time"

	"hooktop/sender"
	"hooktop/ui/cli"
	"hooktop/ui/page"
)

// never is when a chore that is done is done again.
const never = time.Duration(math.MaxInt64)

// beginning is a start of the sending that nobody waits for.
type beginning struct {
	done chan struct{} // closed when it sends
	wait time.Duration // before the next try
	why  string        // the newest one failed
}

func newBeginning() *beginning { return &beginning{done: make(chan struct{}), wait: takeEvery} }

// ownSoon makes this process the owner and begins to send behind its back: after an
// unclean stop every delivery is looked at first, and the screens need not wait for
// that.
func ownSoon(ctx context.Context, o cli.Options, p cli.Paths) (*seat, error) {
	b := newBeginning()
	w, err := ownBy(ctx, p, func(w *owner) error {
		var err error
		if w.workspace, err = openWorkspace(o, p, sender.EngineConfig{}); err != nil {
			return err
		}
		w.every(w.log, "begin", 0, func(ctx context.Context) time.Duration { return w.begin(ctx, b) })
		return w.attend()
	})
	if err != nil {
		return nil, err
	}
	s := w.seat()
	s.close, s.state = w.Close, b.state(s.state)
	return s, nil
}

// begin tries to start the engine as long as the lock is ours: else another program is
// about to.
func (w *owner) begin(ctx context.Context, b *beginning) time.Duration {
	w.turns.Lock()
	defer w.turns.Unlock()
	if !w.lock.Held() {
		return watchEvery
	}
	return b.try(ctx, w.workspace)
}

// try starts the engine and says when to try again. What others stored while it looked
// for what waits, it looks for once more. Why it cannot is logged once.
func (b *beginning) try(ctx context.Context, w *workspace) time.Duration {
	if err := w.engine.Start(ctx); err != nil {
		if why := err.Error(); why != b.why && ctx.Err() == nil {
			w.log.Error("begin to send", "err", err)
			b.why = why
		}
		b.wait = min(2*b.wait, takeLongest)
		return b.wait
	}
	w.engine.HooksChanged()
	w.engine.Wake()
	close(b.done)
	return never
}

// state is what the screens are told. Until it sends they wait a moment for that: most
// beginnings take no longer.
func (b *beginning) state(ask func(context.Context) page.EngineMsg) func(context.Context) page.EngineMsg {
	return func(ctx context.Context) page.EngineMsg {
		soon, stop := context.WithTimeout(ctx, takeEvery)
		defer stop()
		select {
		case <-b.done:
		case <-soon.Done():
		}
		return ask(ctx)
	}
}
