package widget_test

import (
	"testing"
	"time"

	"hooktop/ui/text"
	"hooktop/ui/uitest"
	"hooktop/ui/widget"
)

// Nothing for a moment, then a word, then a clock, then the way out.
func TestAWaitSaysHowLongItLastsAndHowToEndIt(t *testing.T) {
	at := time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)
	for lang, want := range map[text.Lang][]string{
		text.ES: {" Cargando…", " Cargando… 3 s", " Cargando… 10 s · esc cancela", " Cargando… · esc cancela"},
		text.EN: {" Loading…", " Loading… 3 s", " Loading… 10 s · esc cancels", " Loading… · esc cancels"},
	} {
		now := at
		env := uitest.Look{Lang: lang}.Env(at)
		env.Now = func() time.Time { return now }
		var w widget.Wait
		w.Begin(now)
		if got := w.Line(env); got != "" || w.Long() {
			t.Errorf("it speaks at once: %q", got)
		}
		if !w.Last() {
			t.Error("it is over by itself")
		}
		for i, after := range []time.Duration{0, 3 * time.Second, 10 * time.Second} {
			now = at.Add(after)
			if got := uitest.Strip(w.Line(env)); got != want[i] {
				t.Errorf("after %v: %q, want %q", after, got, want[i])
			}
		}
		env.Motion = false // a clock would stand: the way out is said without one
		for _, after := range []time.Duration{0, 3 * time.Second, 10 * time.Second} {
			now = at.Add(after)
			if got := uitest.Strip(w.Line(env)); got != want[3] {
				t.Errorf("without motion after %v: %q, want %q", after, got, want[3])
			}
		}
		w.End()
		if w.Last() || w.Long() || w.Line(env) != "" {
			t.Error("it goes on after its end")
		}
	}
}
