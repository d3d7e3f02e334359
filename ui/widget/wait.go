package widget

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// When a wait says for how long it has lasted, and how it can be ended.
const (
	clockFrom  = 3 * time.Second
	cancelFrom = 10 * time.Second
)

// Wait is a reading without which a screen has nothing to show.
type Wait struct {
	since time.Time // zero: nothing is waited for
	long  bool
}

// Begin starts the clock; End stops it.
func (w *Wait) Begin(now time.Time) { *w = Wait{since: now} }
func (w *Wait) End()                { *w = Wait{} }

// Last notes that page.Patience is over, and reports whether the wait is not.
func (w *Wait) Last() bool {
	w.long = !w.since.IsZero()
	return w.long
}

// Long reports that the wait is worth a word, and a key that ends it.
func (w *Wait) Long() bool { return w.long }

// Lasted is for how long it has been waited; 0 where nothing is waited for.
func (w *Wait) Lasted(now time.Time) time.Duration {
	if w.since.IsZero() {
		return 0
	}
	return now.Sub(w.since)
}

// Line says nothing at first, then that something is read, for how long, and after a
// while that esc cancels it. Without motion there is no clock: it says the latter at once.
func (w *Wait) Line(env *page.Env) string {
	if !w.long {
		return ""
	}
	said := env.Words.Hooks.Loading
	took := w.Lasted(env.Now())
	if took >= clockFrom && env.Motion {
		said = env.Words.Hooks.LoadingFor(int(took.Seconds()))
	}
	if took >= cancelFrom || !env.Motion {
		said += " · " + env.Words.Hooks.LoadingEnds
	}
	return " " + env.Theme.Dim.Render(said)
}

// Stop is the action that ends a wait.
func Stop(env *page.Env, do func() tea.Cmd) page.Action {
	a := page.Act("list.stop", env.Words.Hooks.Do.GiveUp, do, "esc")
	a.Foot = true
	return a
}
