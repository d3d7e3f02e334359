package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
)

// fakePage is a page that writes down what reaches it.
type fakePage struct {
	env     *page.Env
	title   string
	w, h    int
	typing  bool
	pastes  bool
	leave   func() tea.Cmd
	stop    func() tea.Cmd
	more    []page.Action
	seen    []string
	drawn   []string // lines instead of its own
	noCaret bool
}

func (p *fakePage) Init() tea.Cmd { return nil }
func (p *fakePage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.note("key " + msg.String())
	case tea.PasteMsg:
		p.note("paste " + msg.Content)
	case string:
		p.note("data " + msg)
	case page.RestyledMsg:
		p.note("restyled")
	case page.EditedMsg:
		p.note(fmt.Sprintf("edited %q %v", msg.Data, msg.Changed))
	}
	return nil
}

func (p *fakePage) View() string {
	if p.drawn != nil {
		return strings.Join(p.drawn, "\n")
	}
	lines := []string{p.title, fmt.Sprintf("%d x %d", p.w, p.h)}
	for len(lines) < p.h {
		lines = append(lines, p.env.Theme.Dim.Render(p.env.Theme.Sym.Dot))
	}
	return strings.Join(lines, "\n")
}

func (p *fakePage) SetSize(w, h int) { p.w, p.h = w, h }
func (p *fakePage) Cursor() *tea.Cursor {
	if p.noCaret {
		return nil
	}
	return tea.NewCursor(2, 1)
}

func (p *fakePage) Actions() []page.Action {
	es := p.env.Words.Lang == text.ES
	label := func(a, b string) string {
		if es {
			return a
		}
		return b
	}
	return append([]page.Action{
		{ID: "fake.new", Keys: []string{"n"}, Label: label("nuevo", "new"), Help: label("Crear uno", "Make one"), Foot: true, Writes: true, Do: p.does("new")},
		{ID: "fake.save", Keys: []string{"ctrl+s"}, Label: label("guardar", "save"), Help: label("Guardar lo escrito", "Save what was typed"), Foot: true, Twin: "hooktop fake save", Do: p.does("save")},
		{ID: "fake.verify", Keys: []string{"v"}, Label: label("verificar", "verify"), Help: label("Verificar la dirección", "Verify the address"), Foot: true, Off: true, Do: p.does("verify")},
	}, p.more...)
}

func (p *fakePage) Title() string { return p.title }
func (p *fakePage) Typing() bool  { return p.typing }
func (p *fakePage) note(s string) { p.seen = append(p.seen, s) }
func (p *fakePage) does(s string) func() tea.Cmd {
	return func() tea.Cmd { p.note("do " + s); return nil }
}

// withLeave and withStop are fake pages that fulfil an optional interface.
type withLeave struct{ *fakePage }

func (p withLeave) Leave() tea.Cmd { return p.leave() }

type withStop struct{ *fakePage }

func (p withStop) Interrupt() tea.Cmd { return p.stop() }

type withPaste struct{ *fakePage }

func (p withPaste) Pastes() bool { return p.pastes }

// clock is a clock that tests move.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// stage is a shell with one fake page, its driver and its clock.
type stage struct {
	*uitest.Driver
	env   *page.Env
	page  *fakePage
	clock *clock
}

type setup func(*ui.Options)

func newStage(t testing.TB, w, h int, set ...setup) *stage {
	t.Helper()
	c := &clock{time.Date(2026, 8, 14, 14, 59, 59, 0, time.UTC)}
	env := &page.Env{Words: text.For(text.ES), Theme: theme.New(theme.Auto, true, false), Now: c.Now}
	s := &stage{env: env, clock: c, page: &fakePage{env: env, title: "Uno"}}
	opt := ui.Options{Env: env, Tabs: []ui.Tab{{
		Key:   "one",
		Title: func(w *text.Words) string { return w.Shell.Webhooks },
		New:   func(*page.Env) page.Page { return s.page },
	}}}
	for _, f := range set {
		f(&opt)
	}
	s.Driver = uitest.New(t, ui.New(opt), w, h)
	s.page.seen = nil
	return s
}

func (s *stage) saw(t testing.TB, want ...string) {
	t.Helper()
	if got := strings.Join(s.page.seen, ", "); got != strings.Join(want, ", ") {
		t.Errorf("page saw %q, want %q", got, strings.Join(want, ", "))
	}
	s.page.seen = nil
}
