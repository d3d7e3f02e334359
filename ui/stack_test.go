package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// withOpen is a fake page that opens another one on top of itself.
type withOpen struct{ *fakePage }

func (p withOpen) OpenID(id string) tea.Cmd {
	return p.env.Push(&fakePage{env: p.env, title: "abierto " + id})
}

// twoTabs has a second tab that opens things by their ids.
func twoTabs(o *ui.Options) {
	o.Tabs = append(o.Tabs, ui.Tab{
		Key:   "two",
		Title: func(w *text.Words) string { return w.Deliveries.Tab },
		Opens: func(id string) bool { return id == "x" },
		New:   func(e *page.Env) page.Page { return withOpen{&fakePage{env: e, title: "Dos"}} },
	})
}

func TestAPageOpenedFromAnotherTabLeadsBackThere(t *testing.T) {
	open := page.GoMsg{Tab: "two", ID: "x"}
	s := newStage(t, 80, 24, twoTabs)
	s.Send(open).Has("abierto x", "esc atrás")
	s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Tres"}}).Has("Tres")
	s.Press("esc").Has("abierto x")
	s.Press("esc").Has("Uno").Lacks("Dos")
	s.Press("2").Has("Dos").Lacks("abierto") // it is gone from there

	s.Press("1").Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Tres"}})
	s.Send(open).Press("esc").Has("Tres") // back to the very page
}

func TestATabThatWasChosenKeepsItsPages(t *testing.T) {
	s := newStage(t, 80, 24, twoTabs)
	s.Send(page.GoMsg{Tab: "two", ID: "x"})
	s.Press("1").Has("Uno")
	s.Press("2").Has("abierto x")
	s.Press("esc").Has("Dos").Lacks("Uno") // who came by the tab's key stays on the tab

	s.Send(page.GoMsg{Tab: "two", ID: "x"})
	s.Press("esc").Has("Dos") // opened from its own tab
	s.Press("1")
	s.Send(page.GoMsg{Tab: "two", ID: "x"})
	s.Send(page.GoMsg{Tab: "two", Filter: "y"}).Has("Dos")
	s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Tres"}})
	s.Press("esc").Has("Dos") // what was opened before is gone, and its way with it
}

// A page may lead back after the way to it is gone. The first page of a tab is not left
// then, and asks nothing.
func TestWhoWentElsewhereIsNotAskedWhetherToLeave(t *testing.T) {
	asked := 0
	s := newStage(t, 80, 24, func(o *ui.Options) {
		twoTabs(o)
		o.Tabs[len(o.Tabs)-1].New = func(e *page.Env) page.Page {
			return withLeave{&fakePage{env: e, title: "Dos", leave: func() tea.Cmd { asked++; return page.Toast(page.ToastInfo, "¿salir?") }}}
		}
	})
	s.Press("2").Has("Dos")
	s.Send(page.PopMsg{}).Has("Dos").Lacks("¿salir?")
	if asked != 0 {
		t.Errorf("asked %d times", asked)
	}
	s.Press("q")
	if asked != 1 {
		t.Errorf("quitting asks %d times", asked)
	}
}

// withNone is a fake page that has nothing to open: what was asked for is gone, or is
// shown on the page itself.
type withNone struct{ *fakePage }

func (p withNone) OpenID(string) tea.Cmd {
	return page.Toast(page.ToastError, "no such webhook")
}

func TestAPageThatDidNotComeLeavesNoWayBehind(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) {
		twoTabs(o)
		o.Tabs[len(o.Tabs)-1].New = func(e *page.Env) page.Page { return withNone{&fakePage{env: e, title: "Dos"}} }
	})
	s.Send(page.GoMsg{Tab: "two", ID: "x"}).Has("Dos", "no such webhook")
	s.Press("esc").Has("Dos").Lacks("no such") // the toast goes
	s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Tres"}}).Has("Tres")
	s.Press("esc").Has("Dos").Lacks("Uno") // what was opened later stands on the tab itself
}

// later is a page that opens what it has read first.
type later struct{ *fakePage }

type readMsg struct{ id string }

func (p later) OpenID(id string) tea.Cmd { return nil }

func (p later) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(readMsg); ok {
		return p.env.Push(&fakePage{env: p.env, title: "abierto " + m.id})
	}
	return p.fakePage.Update(msg)
}

func TestAPageThatComesLateLeadsBackToo(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) {
		twoTabs(o)
		o.Tabs[len(o.Tabs)-1].New = func(e *page.Env) page.Page { return later{&fakePage{env: e, title: "Dos"}} }
	})
	s.Send(page.GoMsg{Tab: "two", ID: "x"}).Has("Dos")
	s.Send(readMsg{"x"}).Has("abierto x").Press("esc").Has("Uno").Lacks("Dos")

	s.Send(page.GoMsg{Tab: "two", ID: "x"}).Press("1", "2")
	s.Send(readMsg{"x"}).Has("abierto x").Press("esc").Has("Dos").Lacks("Uno") // who chose the tab stays
}

// withDo is a fake page that does what others ask of it.
type withDo struct{ *fakePage }

func (p withDo) Do(action string) tea.Cmd {
	return p.env.Open(&box{got: []string{action}})
}

func TestAPageMayAskAnotherTabWithoutLeaving(t *testing.T) {
	var asked withDo
	s := newStage(t, 80, 24, func(o *ui.Options) {
		o.Tabs = append(o.Tabs, ui.Tab{Key: "two", Title: func(w *text.Words) string { return w.Deliveries.Tab }, New: func(e *page.Env) page.Page {
			asked = withDo{&fakePage{env: e, title: "Dos"}}
			return asked
		}})
	})
	s.Send(page.DoMsg{Tab: "two", Action: "x"}).Has("[question]", "Uno")
	s.Send("rows")
	if len(asked.seen) != 1 {
		t.Errorf("it saw %v", asked.seen)
	}
	s.Press("d").Has("Uno").Lacks("Dos")
	s.Send(page.DoMsg{Tab: "none", Action: "x"}).Send(page.DoMsg{Tab: "one", Action: "x"}).Has("Uno").Lacks("[question]")
}

// ledPage is a fake first page that others lead to with a filter.
type ledPage struct{ *fakePage }

func (p ledPage) Filter(string) tea.Cmd { return nil }

func TestATabLedToLeadsBack(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) {
		twoTabs(o)
		o.Tabs[len(o.Tabs)-1].New = func(e *page.Env) page.Page { return ledPage{&fakePage{env: e, title: "Dos"}} }
	})
	go2 := page.GoMsg{Tab: "two", Filter: "y"}
	s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Tres"}})
	s.Send(go2).Has("Dos", "esc atrás").Press("esc").Has("Tres") // the very page
	s.Send(go2).Has("Dos")
	s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "Cuatro"}}).Press("esc").Has("Dos").Lacks("Tres")
	s.Press("esc").Has("Tres")
	s.Send(go2).Press("1", "2").Has("Dos").Lacks("esc atrás") // who chose the tab stays
	s.Press("esc").Has("Dos")
}
