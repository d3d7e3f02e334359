package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// alerts are one of each kind.
func alerts(now time.Time) []page.Alert {
	return []page.Alert{
		{Kind: page.AlertGone}, {Kind: page.AlertFull}, {Kind: page.AlertStalled, Value: "disk I/O error"}, {Kind: page.AlertStopped},
		{Kind: page.AlertDisabled, Hook: "crm-prod", Since: now.Add(-2 * time.Hour), Value: string(model.DisabledGone)},
		{Kind: page.AlertDisabled, Hook: "bi-panel", Since: now.Add(-3 * 24 * time.Hour), Value: string(model.DisabledFailing)},
		{Kind: page.AlertFailing, Hook: "zapier-es", Since: now.Add(-26 * time.Hour)},
		{Kind: page.AlertBreaker, Hook: "datalake", Until: now.Add(4 * time.Minute)}, {Kind: page.AlertBreaker, Hook: "flujo", Code: model.CodeServerError, Reason: "503"},
		{Kind: page.AlertCondition, Hook: "cond", Value: "cannot iterate over: null"},
		{Kind: page.AlertSkew, Span: -2 * time.Hour}, {Kind: page.AlertOwner, Value: "4711"},
	}
}

func TestABannerSaysWhatHappenedSinceWhenAndWhatToDo(t *testing.T) {
	s := newStage(t, 160, 24)
	for i, want := range []string{
		"✗ El archivo de datos ya no está en su sitio", "✗ Disco lleno: los envíos esperan · libere espacio",
		"disk I/O error", "✗ Nadie envía", "✗ «crm-prod» desactivado hace 2 h: su receptor respondió 410 · revise la URL",
		"«bi-panel» desactivado hace 3 d: 5 días sin un éxito", "! «zapier-es» falla sin un solo éxito desde 2026-08-13 · se desactivará el 2026-08-18",
		"«datalake» cortado: su receptor falla · próximo intento a las", "«flujo» cortado · 503: su receptor falló al atender la petición · se está probando ahora",
		"La condición de «cond» falla", "El reloj del sistema se movió 2 h",
	} {
		s.Send(page.EngineMsg{State: page.EngineLive, Alerts: alerts(s.clock.now)[i : i+1]})
		if !strings.Contains(s.Line(1), want) {
			t.Errorf("banner %q, want %q", s.Line(1), want)
		}
	}
}

// What a person reads moves once, when there is something to say, and not again
// until they touch a key.
func TestABannerMovesThePageOnce(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	now := s.clock.now
	s.Has("80 x 22")
	s.Send(page.EngineMsg{Alerts: alerts(now)[:1]}).Has("80 x 21")
	first := s.Line(2)
	s.Send(page.EngineMsg{Alerts: alerts(now)[1:4]}).Has("Disco lleno", "(+2)")
	s.Send(page.EngineMsg{}).Has("80 x 21", "✓ Resuelto")
	if s.Line(2) != first {
		t.Errorf("the page moved: %q was %q", s.Line(2), first)
	}
	s.Click(7, 3)
	s.saw(t, "click 7,1 false") // where it was when it was clicked
	s.Has("80 x 22").Lacks("Resuelto")
	if c := s.View().Cursor; c == nil || c.Y != 2 {
		t.Errorf("cursor %+v", c)
	}
	s.Send(page.EngineMsg{Alerts: alerts(now)[:1]})
	s.Send(page.EngineMsg{}).Press("x").Has("80 x 22")
}

func TestWhoSendsIsNoBanner(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(page.EngineMsg{State: page.EngineLive, Owner: 4711, Alerts: alerts(s.clock.now)[11:]}).Has("80 x 22")
	s.Press("f2").Has("Avisos en curso", "Envía otro proceso, pid 4711")
}

func TestAnotherSenderIsAnnounced(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(page.EngineMsg{State: page.EngineLive, Owner: 4711}).Lacks("terminó")
	s.Send(page.EngineMsg{State: page.EngineConnecting}).Lacks("terminó")
	s.Send(page.EngineMsg{State: page.EngineLive}).Has("El pid 4711 terminó; ahora envía esta pantalla")
	s.Press("x").Lacks("terminó").Press("!").Has("El pid 4711 terminó")
	s.Press("esc").Send(page.EngineMsg{State: page.EngineLive}).Lacks("terminó")
}

func TestAlertsAreListedAndLeadToTheirWebhook(t *testing.T) {
	opened := &fakePage{title: "webhooks"}
	s := newStage(t, 80, 24, func(o *ui.Options) {
		o.Tabs = append(o.Tabs, ui.Tab{Key: "two", Title: func(*text.Words) string { return "Dos" }, Opens: func(string) bool { return true },
			New: func(e *page.Env) page.Page { opened.env = e; return opener{opened} }})
	})
	s.Press(":").Type("avisos").Press("enter").Has("Ningún aviso en curso").Press("esc")
	s.Send(page.EngineMsg{Alerts: alerts(s.clock.now)[4:8]})
	s.Click(10, 1).Has("Avisos en curso", "zapier-es", "datalake").Press("down", "enter")
	if len(opened.seen) == 0 || opened.seen[0] != "open bi-panel" {
		t.Errorf("opened %q", opened.seen)
	}
}

func TestTheWindowTitleSaysWhatFailed(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(page.EngineMsg{Failed: 1234})
	if got := s.View().WindowTitle; got != "hooktop · 1.234 fallidas" {
		t.Errorf("title %q", got)
	}
	s.Send(page.LanguageMsg{Lang: text.EN})
	if got := s.View().WindowTitle; got != "hooktop · 1,234 failed" {
		t.Errorf("title %q", got)
	}
}

func TestFailuresRingOnlyWhereTheyAreWanted(t *testing.T) {
	for _, wanted := range []bool{false, true} {
		rung := 0
		app := ui.New(ui.Options{Notify: wanted, Env: &page.Env{}, Tabs: []ui.Tab{{Title: func(*text.Words) string { return "" },
			New: func(e *page.Env) page.Page { return &fakePage{env: e} }}}})
		for _, failed := range []int{3, 3, 5} { // what failed before the start is no news
			_, cmd := app.Update(page.EngineMsg{State: page.EngineLive, Failed: failed})
			rung += raws(cmd)
		}
		if want := map[bool]int{false: 0, true: 1}[wanted]; rung != want {
			t.Errorf("wanted %v: rang %d times", wanted, rung)
		}
	}
}

// raws counts what is written to the terminal past the screen.
func raws(cmd tea.Cmd) int {
	if cmd == nil {
		return 0
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		n := 0
		for _, c := range msg {
			n += raws(c)
		}
		return n
	case tea.RawMsg:
		return 1
	}
	return 0
}

func TestBannersInEverySize(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []text.Lang{text.ES, text.EN} {
			for _, ascii := range []bool{false, true} {
				name := fmt.Sprintf("%dx%d-%s-%v", size[0], size[1], lang, ascii)
				t.Run(name, func(t *testing.T) {
					s := newStage(t, size[0], size[1], func(o *ui.Options) {
						o.Env.Words, o.Env.Theme = text.For(lang), theme.New(theme.Auto, true, ascii)
					})
					for _, al := range alerts(s.clock.now) {
						s.Send(page.EngineMsg{Alerts: []page.Alert{al, al, al}}).Fits()
					}
					s.Send(page.EngineMsg{State: page.EngineLive, Alerts: alerts(s.clock.now)[4:]}).Golden("banner-" + name)
					s.Press("f2").Golden("alerts-" + name)
				})
			}
		}
	}
}
