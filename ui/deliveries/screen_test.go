package deliveries

import (
	"fmt"
	"os"
	"testing"
	"time"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // what the screens say must not depend on where they are tested
	os.Exit(m.Run())
}

// look is one way a screen can be drawn.
type look struct {
	w, h  int
	lang  text.Lang
	ascii bool
}

func (l look) String() string {
	symbols := "unicode"
	if l.ascii {
		symbols = "ascii"
	}
	return fmt.Sprintf("%dx%d-%s-%s", l.w, l.h, l.lang, symbols)
}

// looks are all sizes, languages and symbol sets that goldens are kept of.
func looks() []look {
	var out []look
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []text.Lang{text.ES, text.EN} {
			for _, ascii := range []bool{false, true} {
				out = append(out, look{size[0], size[1], lang, ascii})
			}
		}
	}
	return out
}

var (
	es80  = look{80, 24, text.ES, false}
	en80  = look{80, 24, text.EN, false}
	es120 = look{120, 40, text.ES, false}
)

func envOf(l look) *page.Env {
	return &page.Env{
		Words: text.For(l.lang), Theme: theme.New(theme.Auto, true, l.ascii),
		Now: func() time.Time { return at }, Motion: true,
	}
}

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
	s.Driver = uitest.New(t, s.app, l.w, l.h)
	return s
}

// fresh lets the list read as it does when something has changed.
func (s *stage) fresh() *stage {
	m := s.list.fetch(s.list.asks.get())
	s.Send(m)
	return s
}

// goldens draws a state in every look.
func goldens(t *testing.T, name string, state func(t *testing.T, l look) *stage) {
	for _, l := range looks() {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			state(t, l).Golden(name + "-" + l.String())
		})
	}
}
