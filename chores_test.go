package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/ui/cli"
)

// home has the settings of a program that keeps everything in a folder.
func home(t *testing.T) (cli.Options, cli.Paths) {
	dir := t.TempDir()
	return cli.Options{Egress: "any", Lang: "en"},
		cli.Paths{DB: filepath.Join(dir, "x.db"), Key: filepath.Join(dir, "key"), Log: filepath.Join(dir, "log"), Samples: filepath.Join(dir, "none")}
}

func newOwner(t *testing.T, o cli.Options, p cli.Paths) *owner {
	t.Helper()
	w, err := own(t.Context(), o, p, sender.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// addHook stores an active webhook of that URL.
func addHook(t *testing.T, w *owner, url string) model.Hook {
	t.Helper()
	h := w.sender.New()
	h.Name, h.URL, h.Events = "crm", url, w.samples.Catalogue().Types()
	saved, err := w.sender.Save(t.Context(), h, model.SaveUnverified, nil)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Hook
}

func emitOne(t *testing.T, w *owner) error {
	t.Helper()
	ev, err := w.sender.MintEvent("call.processed", "en")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.engine.Emit(t.Context(), ev, "")
	return err
}

func TestChoresComeWhenTheyAskTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var at []time.Duration
		var c chores
		c.every(slog.New(slog.DiscardHandler), "chore", 30*time.Second, func(context.Context) time.Duration {
			at = append(at, time.Since(began))
			if len(at) == 2 {
				panic("a bug")
			}
			return 10 * time.Minute
		})
		time.Sleep(12 * time.Minute)
		c.end()
		if want := []time.Duration{30 * time.Second, 630 * time.Second, 660 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("%v", at)
		}
	})
}

// A chore that comes at once does not come at once again after a panic.
func TestAChoreThatPanicsDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var at []time.Duration
		var c chores
		c.every(slog.New(slog.DiscardHandler), "chore", 0, func(context.Context) time.Duration {
			if at = append(at, time.Since(began)); len(at) == 3 {
				return never
			}
			panic("a bug")
		})
		time.Sleep(time.Minute)
		c.end()
		if want := []time.Duration{0, takeEvery, 2 * takeEvery}; !slices.Equal(at, want) {
			t.Errorf("%v", at)
		}
	})
}

// TestAFullDatabaseIsLookedAtSoon promises that events are accepted again within a
// minute of there being room.
func TestAFullDatabaseIsLookedAtSoon(t *testing.T) {
	o, p := home(t)
	w := newOwner(t, o, p)
	defer func() { _ = w.Close() }()
	h := addHook(t, w, "http://127.0.0.1:9")
	if _, err := w.sender.Pause(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	if err := emitOne(t, w); err != nil {
		t.Fatal(err)
	}
	w.limit = 1
	if next := w.prune(t.Context()); next > 30*time.Second {
		t.Errorf("full, and looked at in %v", next)
	}
	var f *model.Fault
	if err := emitOne(t, w); !errors.As(err, &f) || f.Code != model.CodeStoreFull {
		t.Fatal(err)
	}
	w.limit = keepBytes
	if next := w.prune(t.Context()); next != pruneEvery {
		t.Errorf("room, and looked at in %v", next)
	}
	if err := emitOne(t, w); err != nil {
		t.Error(err)
	}
}

// TestAnOwnerWithoutItsLockFile promises that one whose lock or socket was removed
// takes it again as long as nobody else did.
func TestAnOwnerWithoutItsLockFile(t *testing.T) {
	o, p := home(t)
	w := newOwner(t, o, p)
	defer func() { _ = w.Close() }()
	for _, name := range []string{p.DB + ".lock", p.DB + ".sock"} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "own again", func() bool {
		c, err := attach(t.Context(), p.DB, 0)
		if c != nil {
			_ = c.Close()
		}
		return c != nil && err == nil
	})
	var f *model.Fault
	if _, err := claim(t.Context(), p); !errors.As(err, &f) || f.Field != model.FieldOwner {
		t.Error("there can be a second owner: ", err)
	}
	if !w.engine.Snapshot().Running {
		t.Error("it has stopped sending")
	}
}

// TestASecondOwnerNeverSends promises that whoever removes the files an owner is found
// by makes no second one: who comes then is refused, or finds the first.
func TestASecondOwnerNeverSends(t *testing.T) {
	o, p := home(t)
	in := receiver.New(receiver.Options{})
	srv, err := receiver.Listen("127.0.0.1:0", in)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close(t.Context()) }()
	first := newOwner(t, o, p)
	defer func() { _ = first.Close() }()
	addHook(t, first, srv.URL())
	for range 20 {
		_ = os.Remove(p.DB + ".lock")
		_ = os.Remove(p.DB + ".sock")
		var f *model.Fault
		if w, err := own(t.Context(), o, p, sender.EngineConfig{}); !errors.As(err, &f) || f.Code != model.CodeStoreLocked || f.Field != model.FieldOwner {
			t.Fatal("there is a second owner: ", w, err)
		}
		if there, err := owned(p.DB); !there || err != nil {
			t.Fatal("the first one is not seen: ", err)
		}
	}
	_ = os.Remove(p.DB + ".lock")
	_ = os.Remove(p.DB + ".sock")
	second, err := take(t.Context(), o, p)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.close() }()
	if _, ok := second.verbs.(attachment); !ok {
		t.Fatal("the second screen is an owner too")
	}
	ev, err := second.verbs.MintEvent("call.processed", "en")
	if err == nil {
		_, err = second.verbs.Emit(t.Context(), ev, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	until(t, "deliver", func() bool { return len(in.Requests()) == 1 })
	if got := first.engine.Snapshot().Sent; got != 1 {
		t.Errorf("the first one sent %d", got)
	}
	if locked, err := link.Owned(p.DB); !locked || err != nil {
		t.Error("the first one did not take its lock again: ", err)
	}
}

// cutBox is an outbox whose replays and resumptions are stopped in their midst.
type cutBox struct{ sender.Archive }

var errCut = errors.New("stopped in the midst")

func (b cutBox) Replay(ctx context.Context, s model.Selection, rate float64, now time.Time, dry bool) (model.Replayed, error) {
	made, err := b.Archive.Replay(ctx, s, rate, now, dry)
	return made, errors.Join(err, errCut)
}

func (b cutBox) ResumeReplay(ctx context.Context, id string, now time.Time) (int, error) {
	n, err := b.Archive.ResumeReplay(ctx, id, now)
	return n, errors.Join(err, errCut)
}

// TestWhatAReplayHasMadeIsSent promises it also when the replay did not come to its
// end.
func TestWhatAReplayHasMadeIsSent(t *testing.T) {
	in := receiver.New(receiver.Options{})
	srv, err := receiver.Listen("127.0.0.1:0", in)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close(context.WithoutCancel(t.Context())) }()
	o, p := home(t)
	w := newOwner(t, o, p)
	defer func() { _ = w.Close() }()
	addHook(t, w, srv.URL())
	if err := emitOne(t, w); err != nil {
		t.Fatal(err)
	}
	delivered := func(n int64) func() bool {
		return func() bool {
			s, err := w.db.Stats(t.Context(), "", time.Time{})
			return err == nil && s.Delivered == n
		}
	}
	until(t, "the event arrives", delivered(1))
	v := verbs{w.sender, w.engine, cutBox{w.db}}
	made, err := v.Replay(t.Context(), model.Selection{}, 0, false)
	if made.Count != 1 || !errors.Is(err, errCut) {
		t.Fatal(made, err)
	}
	until(t, "the replay arrives", delivered(2))
	done, err := w.engine.Recall(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made, err = w.db.Replay(t.Context(), model.Selection{}, 0, w.engine.Now(), false)
	if err == nil {
		_, err = w.db.HoldReplay(t.Context(), made.ID, w.engine.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	done()
	if n, err := v.ResumeReplay(t.Context(), made.ID); n != 1 || !errors.Is(err, errCut) {
		t.Fatal(n, err)
	}
	until(t, "what was held arrives", delivered(3))
}
