package deliveries

import (
	"os"
	"testing"
	"time"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // what the screens say must not depend on where they are tested
	os.Exit(m.Run())
}

type look = uitest.Look

var (
	es80  = look{W: 80, H: 24, Lang: text.ES}
	en80  = look{W: 80, H: 24, Lang: text.EN}
	es120 = look{W: 120, H: 40, Lang: text.ES}
)

func envOf(l look) *page.Env { return l.Env(at) }

// stage is the whole screen on the list, with the list itself.
type stage struct {
	*uitest.Driver
	app  *ui.App
	list *list
	fake *fake
}

func open(t *testing.T, f *fake, l look) *stage {
	t.Helper()
	env := envOf(l)
	s := &stage{list: newList(t.Context(), env, f.verbs()), fake: f}
	s.list.beat = 0
	tell := make(chan page.EngineMsg, 1)
	tell <- page.EngineMsg{State: page.EngineLive, Rate: 42}
	close(tell)
	s.app = ui.New(ui.Options{Env: env, Engine: tell, Tabs: []ui.Tab{{
		Key: "deliveries", Title: func(w *text.Words) string { return w.Deliveries.Tab },
		New: func(*page.Env) page.Page { return s.list },
	}}})
	s.Driver = uitest.New(t, s.app, l.W, l.H)
	return s
}

// fresh lets the list read as it does when something has changed.
func (s *stage) fresh() *stage {
	m := s.list.fetch(s.list.ctx, s.list.asks.get())
	s.Send(m)
	return s
}

// goldens draws a state in every look.
func goldens(t *testing.T, name string, state func(t *testing.T, l look) *stage) {
	for _, l := range uitest.Looks() {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			state(t, l).Golden(name + "-" + l.String())
		})
	}
}
