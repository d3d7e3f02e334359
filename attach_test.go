package main

import (
	"os"
	"testing"

	"hooktop/ui/page"
)

// TestASuccessorDoesNotGiveUp promises that an attached screen that cannot take over
// says that nobody sends, and why, and does so once it can.
func TestASuccessorDoesNotGiveUp(t *testing.T) {
	o, p := home(t)
	first := newOwner(t, o, p)
	addHook(t, first, "http://127.0.0.1:9")
	second, err := beside(t.Context(), o, p)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.close() }()
	if m := second.state(t.Context()); m.State != page.EngineLive {
		t.Fatalf("%+v", m)
	}
	if err := os.Chmod(p.Key, 0o644); err != nil { // others could read it: no owner starts
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	until(t, "say that nobody sends", func() bool { return second.state(t.Context()).State == page.EngineStopped })
	if m := second.state(t.Context()); len(m.Alerts) != 1 || m.Alerts[0].Kind != page.AlertStopped || m.Alerts[0].Value == "" {
		t.Errorf("%+v", m)
	}
	if err := os.Chmod(p.Key, 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, "take over", func() bool { m := second.state(t.Context()); return m.State == page.EngineLive && m.Owner == 0 })
}
