package main

import (
	"context"
	"path/filepath"
	"testing"

	"hooktop/sender"
	"hooktop/ui/cli"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Screens do not wait for the sending to begin: they say that it has not, why it
// cannot, and that it does as soon as it can.
func TestScreensComeBeforeTheSending(t *testing.T) {
	dir := t.TempDir()
	p := cli.Paths{DB: filepath.Join(dir, "h.db"), Key: filepath.Join(dir, "key"), Log: filepath.Join(dir, "log"), Samples: filepath.Join(dir, "samples")}
	open := func() *workspace {
		w, err := openWorkspace(cli.Options{}, p, sender.EngineConfig{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.Close() })
		return w
	}
	b := newBeginning(text.For(text.EN))
	said := func(w *workspace) page.EngineMsg { return b.state(w.seat().state)(t.Context()) }
	shut := open()
	if m := said(shut); m.State != page.EngineConnecting || len(m.Alerts) != 0 {
		t.Errorf("before the first try: %+v", m)
	}
	if err := shut.db.Close(); err != nil {
		t.Fatal(err)
	}
	first, second := b.try(context.Background(), shut.engine), b.try(context.Background(), shut.engine)
	if first <= takeEvery || second <= first {
		t.Errorf("tried again after %v, then %v", first, second)
	}
	if m := said(shut); m.State != page.EngineStopped || len(m.Alerts) != 1 || m.Alerts[0].Value == "" {
		t.Errorf("while it cannot begin: %+v", m)
	}
	w := open()
	if wait := b.try(context.Background(), w.engine); wait != never {
		t.Errorf("begun, and tried again after %v", wait)
	}
	if m := said(w); m.State != page.EngineLive || len(m.Alerts) != 0 {
		t.Errorf("once it sends: %+v", m)
	}
}
