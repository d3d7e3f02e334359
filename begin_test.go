package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/ui/cli"
	"hooktop/ui/page"
)

var errDisk = errors.New("the disk is ill")

// ill is a store that may have no way to look at what an earlier run left.
type ill struct {
	sender.Recovery
	err error
}

func (i *ill) Recover(ctx context.Context, now time.Time) (int, error) {
	if i.err != nil {
		return 0, i.err
	}
	return i.Recovery.Recover(ctx, now)
}

// slowOwner is an owner that has not begun to send, and what keeps it from that.
func slowOwner(t *testing.T, o cli.Options, p cli.Paths) (*owner, *ill) {
	t.Helper()
	var in *ill
	w, err := ownBy(t.Context(), p, func(w *owner) error {
		var err error
		if w.workspace, err = openWorkspace(o, p, sender.EngineConfig{}); err != nil {
			return err
		}
		in = &ill{Recovery: w.db}
		w.engine = sender.NewEngine(sender.EngineConfig{Sender: w.sender, Outbox: w.db, Recovery: in})
		return w.attend()
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w, in
}

// Every screen, here or beside, is told that the sending has not begun, why it cannot,
// and that it has as soon as it could.
func TestScreensComeBeforeTheSending(t *testing.T) {
	o, p := home(t)
	w, in := slowOwner(t, o, p)
	c := link.Dial(socket(w.path))
	defer func() { _ = c.Close() }()
	told := func(what string, state page.EngineState, why string) {
		t.Helper()
		for name, ask := range map[string]func(context.Context) page.EngineMsg{"here": w.seat().state, "beside": stateBeside(c)} {
			m := ask(t.Context())
			if m.State != state || (why == "") != (len(m.Alerts) == 0) || why != "" && !strings.Contains(m.Alerts[0].Value, why) {
				t.Errorf("%s, %s: %+v", what, name, m)
			}
		}
	}
	b := newBeginning()
	told("before the first try", page.EngineConnecting, "")
	in.err = errDisk
	first, second := w.begin(t.Context(), b), w.begin(t.Context(), b)
	if first <= takeEvery || second <= first {
		t.Errorf("tried again after %v, then %v", first, second)
	}
	told("while it cannot begin", page.EngineStopped, errDisk.Error())
	in.err = nil
	if wait := w.begin(t.Context(), b); wait != never {
		t.Errorf("begun, and tried again after %v", wait)
	}
	told("once it sends", page.EngineLive, "")
}

// Why it cannot begin is logged, and not with every try.
func TestWhyItCannotBeginIsLoggedOnce(t *testing.T) {
	o, p := home(t)
	w, in := slowOwner(t, o, p)
	var lines bytes.Buffer
	w.log = slog.New(slog.NewTextHandler(&lines, nil))
	b := newBeginning()
	for _, err := range []error{errDisk, errDisk, errors.New("out of memory"), errDisk, errDisk} {
		in.err = err
		b.try(t.Context(), w.workspace)
	}
	if got := lines.String(); strings.Count(got, "\n") != 3 || strings.Count(got, errDisk.Error()) != 2 || strings.Count(got, "out of memory") != 1 {
		t.Error(got)
	}
}

// Until it sends the screens wait a moment for that, and not longer.
func TestMostBeginningsAreNotSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBeginning()
		ask := b.state(func(context.Context) page.EngineMsg { return page.EngineMsg{State: page.EngineConnecting} })
		took := func() time.Duration {
			asked := time.Now()
			if m := ask(t.Context()); m.State != page.EngineConnecting {
				t.Errorf("%+v", m)
			}
			return time.Since(asked)
		}
		if d := took(); d != takeEvery {
			t.Errorf("told after %v", d)
		}
		time.AfterFunc(takeEvery/5, func() { close(b.done) })
		if d := took(); d != takeEvery/5 {
			t.Errorf("begun, and told after %v", d)
		}
		if d := took(); d != 0 {
			t.Errorf("it sends, and told after %v", d)
		}
	})
}

// An owner that lost its lock before it began lets alone what the other one sends.
func TestItDoesNotBeginWhileAnotherOneOwns(t *testing.T) {
	var came atomic.Int64
	over := make(chan struct{})
	hung := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came.Add(1); <-over }))
	defer hung.Close()
	o, p := home(t)
	first, _ := slowOwner(t, o, p)
	var second *owner
	until(t, "a second owner", func() bool { // the first may be faster
		_ = os.Remove(p.DB + ".lock")
		var err error
		second, err = own(t.Context(), o, p, sender.EngineConfig{})
		return err == nil
	})
	defer func() { _ = second.Close() }()
	defer close(over)
	addHook(t, second, hung.URL)
	if err := emitOne(t, second); err != nil {
		t.Fatal(err)
	}
	until(t, "send", func() bool { return came.Load() == 1 })
	if wait := first.begin(t.Context(), newBeginning()); wait != watchEvery {
		t.Errorf("tried again after %v", wait)
	}
	sending, _, err := second.db.Page(t.Context(), model.Filter{States: []model.DeliveryState{model.DeliverySending}}, "", 10)
	if err != nil || len(sending) != 1 {
		t.Errorf("what the other one sends was recovered: %v, %v", sending, err)
	}
	if s := first.engine.Snapshot(); s.Running {
		t.Error("both send")
	}
}
