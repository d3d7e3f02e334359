package ui_test

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
	"hooktop/ui/widget"
)

// box is a dialog that swallows everything until d.
type box struct{ got []string }

func (b *box) Update(msg tea.Msg) (tea.Cmd, bool) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		b.got = append(b.got, k.String())
		return nil, k.String() == "d"
	}
	return nil, false
}
func (b *box) View(int, int) string { return "[question]" }
func (b *box) Cursor() *tea.Cursor  { return tea.NewCursor(1, 0) }

func TestActionsAreDispatchedAndOtherKeysGoToThePage(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press("n", "ctrl+s", "x", "v")
	s.saw(t, "do new", "do save", "key x") // verify is off
}

func TestWhileTypingOnlyKeysThatPrintNothingAct(t *testing.T) {
	s := newStage(t, 80, 24)
	s.page.typing = true
	s.Press("n", "q", "?", "1", "space", "left", "backspace", "ctrl+s", "u")
	s.saw(t, "key n", "key q", "key ?", "key 1", "key space", "key left", "key backspace", "do save", "key u")
	if s.Quit() {
		t.Error("a letter typed into a field quit the program")
	}
	s.Has("F1 ayuda", "ctrl+s guardar").Lacks("n nuevo", "q salir")
	s.Press("f1")
	s.Has("En esta pantalla")
}

func TestADialogAbsorbsEveryKey(t *testing.T) {
	s := newStage(t, 80, 24)
	b := &box{}
	s.Send(page.DialogMsg{Dialog: b})
	s.Has("[question]")
	s.Press("n", "q", "?", "1", "esc", "ctrl+s")
	s.saw(t)
	if len(b.got) != 6 || s.Quit() {
		t.Errorf("dialog got %v, quit %v", b.got, s.Quit())
	}
	s.Press("d", "n")
	s.saw(t, "do new")
}

func TestADialogThatOpensByItselfIsDeafAtFirst(t *testing.T) {
	s := newStage(t, 80, 24)
	b := &box{}
	s.Send(page.DialogMsg{Dialog: b, Sudden: true})
	s.Press("d")
	if len(b.got) != 0 {
		t.Errorf("a key in flight reached the dialog: %v", b.got)
	}
	s.clock.now = s.clock.now.Add(time.Second)
	s.Press("d")
	if len(b.got) != 1 {
		t.Error("the dialog stayed deaf")
	}
}

func TestCursorIsWhereTheFocusIs(t *testing.T) {
	s := newStage(t, 80, 24)
	if c := s.View().Cursor; c == nil || c.X != 2 || c.Y != 2 {
		t.Errorf("cursor %+v, want column 2 of row 2: the page's, below the header", c)
	}
	s.Send(page.DialogMsg{Dialog: &box{}})
	if c := s.View().Cursor; c == nil || string([]rune(s.Line(c.Y))[c.X-1:c.X+9]) != "[question]" {
		t.Errorf("cursor %+v is not in the dialog", c)
	}
	s.Press("d")
	s.page.noCaret = true
	if c := s.View().Cursor; c != nil {
		t.Errorf("cursor %+v, want none", c)
	}
}

func TestPasteOutsideAFieldDoesNothing(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Paste("nnn")
	s.saw(t)
	s.Has("Texto pegado fuera de un campo")
	s.page.typing = true
	s.Paste("abc")
	s.saw(t, "paste abc")
}

func TestAPageMayTakePastes(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) {
		first := o.Tabs[0].New
		o.Tabs[0].New = func(e *page.Env) page.Page {
			p := first(e).(*fakePage)
			p.pastes = true
			return withPaste{p}
		}
	})
	s.Paste("https://crm.example.com")
	s.saw(t, "paste https://crm.example.com")
}

func TestDataReachesEveryPageOnTheStack(t *testing.T) {
	s := newStage(t, 80, 24)
	second := &fakePage{env: s.env, title: "Dos"}
	s.Send(page.PushMsg{Page: second})
	s.Send("rows")
	s.saw(t, "data rows")
	if len(second.seen) != 1 {
		t.Errorf("second page saw %v", second.seen)
	}
}

func TestStack(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press("esc")
	s.saw(t, "key esc") // nothing to go back to: the page's own
	second := &fakePage{env: s.env, title: "Dos"}
	s.Send(page.PushMsg{Page: second})
	s.Has("Dos", "80 x 22", "esc atrás").Lacks("Uno", "q salir")
	s.Press("esc")
	s.Has("Uno", "q salir")

	s.Send(page.PushMsg{Page: second})
	s.Send(page.PopMsg{Result: "result", Force: true})
	s.saw(t, "data result")
}

// An answer that comes late ends the page it is for, and no other.
func TestAPageIsPoppedWhereverItStands(t *testing.T) {
	late := func(from page.Page) page.PopMsg { return page.PopMsg{From: from, Result: "result", Force: true} }
	s := newStage(t, 80, 24, func(o *ui.Options) {
		o.Tabs = append(o.Tabs, ui.Tab{Key: "two", Title: func(w *text.Words) string { return w.Shell.Webhooks },
			New: func(env *page.Env) page.Page { return &fakePage{env: env, title: "Otra"} }})
	})
	second, third := &fakePage{env: s.env, title: "Dos"}, &fakePage{env: s.env, title: "Tres"}
	s.Send(page.PushMsg{Page: second})
	s.Send(page.PushMsg{Page: third})
	s.Send(late(second))
	s.Has("Uno").Lacks("Tres")
	s.saw(t, "data result")

	s.Send(page.PushMsg{Page: third})
	s.Send(late(second)) // gone already
	s.Has("Tres")
	s.saw(t)

	s.Press("2").Has("Otra")
	s.Send(late(third)).Has("Otra")
	s.Press("1").Has("Uno").Lacks("Tres")
	s.saw(t, "data result")

	s.Send(late(s.page)).Has("Uno") // the first page of a tab stays
}

// A person types on while a page opens: the keys are meant for that page, also
// when they come before any command has run.
func TestKeysBehindTheOneThatOpensAPageAreThatPages(t *testing.T) {
	env := &page.Env{Words: text.For(text.ES)}
	second := &fakePage{env: env, title: "Dos", typing: true}
	first := &fakePage{env: env, title: "Uno", more: []page.Action{{
		ID: "fake.open", Keys: []string{"o"}, Label: "abrir", Do: func() tea.Cmd { return env.Push(second) },
	}}}
	app := ui.New(ui.Options{Env: env, Tabs: []ui.Tab{{
		Key: "one", Title: func(w *text.Words) string { return w.Shell.Webhooks }, New: func(*page.Env) page.Page { return first },
	}}})
	app.Init()
	app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	app.Update(uitest.Key("o"))
	app.Update(uitest.Key("d"))
	if !slices.Contains(second.seen, "key d") || slices.Contains(first.seen, "key d") {
		t.Errorf("the page opened saw %v, the one below %v", second.seen, first.seen)
	}
}

func TestAPageMayRefuseToLeave(t *testing.T) {
	s := newStage(t, 80, 24)
	asked, may := 0, false
	var second page.Page
	second = withLeave{&fakePage{env: s.env, title: "Dos", leave: func() tea.Cmd {
		if may {
			return nil
		}
		asked++
		return s.env.Open(widget.NewConfirm(s.env, "¿Descartar?", []string{"Hay cambios."},
			widget.Entry{Key: "d", Label: "descartar", Do: func() tea.Cmd { return s.env.PopWith(second, nil) }}))
	}}}
	s.Send(page.PushMsg{Page: second})
	s.Press("esc")
	s.Has("¿Descartar?", "Hay cambios.")
	s.Press("enter") // cancel has the focus
	s.Has("Dos").Lacks("¿Descartar?")

	s.Press("q")
	s.Has("¿Descartar?")
	s.Press("esc", "q", "d")
	if !s.Quit() || asked != 3 {
		t.Errorf("quit %v after %d questions; discarding should have gone on to quit", s.Quit(), asked)
	}
}

func TestDiscardingLaterDoesNotQuit(t *testing.T) {
	s := newStage(t, 80, 24)
	second := withLeave{&fakePage{env: s.env, title: "Dos", leave: func() tea.Cmd { return page.Toast(page.ToastInfo, "no") }}}
	s.Send(page.PushMsg{Page: second})
	s.Press("q", "x")
	s.Send(page.PopMsg{Force: true})
	if s.Quit() {
		t.Error("a page popped long after the quit key ended the program")
	}
}

func TestCtrlC(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press("ctrl+c")
	s.Has("ctrl+c otra vez")
	s.clock.now = s.clock.now.Add(3 * time.Second)
	s.Press("ctrl+c")
	if s.Quit() {
		t.Error("two presses three seconds apart quit")
	}
	s.Press("ctrl+c")
	if !s.Quit() {
		t.Error("two presses in a row did not quit")
	}
}

func TestCtrlCCancelsWhatRuns(t *testing.T) {
	s := newStage(t, 80, 24)
	running := true
	busy := withStop{&fakePage{env: s.env, title: "Dos", stop: func() tea.Cmd {
		if !running {
			return nil
		}
		running = false
		return page.Toast(page.ToastInfo, "cancelado")
	}}}
	s.Send(page.PushMsg{Page: busy})
	s.Press("ctrl+c")
	s.Has("cancelado")
	s.Press("ctrl+c")
	s.Has("ctrl+c otra vez")
}

func TestReadOnlyTakesActionsAway(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) { o.Env.ReadOnly = true })
	s.Has("SOLO LECTURA").Lacks("n nuevo")
	s.Press("n")
	s.saw(t)
	s.Has("no está disponible")
	s.Press("f1")
	s.Lacks("Crear uno")
}

func TestTabs(t *testing.T) {
	var second *fakePage
	made := 0
	s := newStage(t, 80, 24, func(o *ui.Options) {
		o.Tabs = append(o.Tabs, ui.Tab{
			Key: "two", Title: func(*text.Words) string { return "Entregas" },
			New: func(e *page.Env) page.Page {
				made++
				second = &fakePage{env: e, title: "Dos"}
				return second
			},
		})
	})
	if made != 0 {
		t.Error("a tab was made before it was shown")
	}
	s.Press("2")
	s.Has("1 Webhooks", "2 Entregas", "Dos")
	s.Press("1", "2")
	if made != 1 {
		t.Errorf("the tab was made %d times", made)
	}
	s.Resize(44, 12)
	s.Has("2 Entregas").Fits()
}

func TestAfterDeliversLater(t *testing.T) {
	app := ui.New(ui.Options{Env: &page.Env{}})
	_, cmd := app.Update(page.AfterMsg{Wait: time.Nanosecond, Msg: "now"})
	if cmd == nil || cmd() != "now" {
		t.Error("what page.After asked for did not come")
	}
}

func TestWhatAPageOffersItselfIsOfferedOnce(t *testing.T) {
	s := newStage(t, 80, 24)
	s.page.more = []page.Action{
		{ID: "lang.toggle", Keys: []string{"L"}, Label: "lengua", Help: "La otra lengua", Do: s.page.does("lang")},
		{ID: "fake.first", Keys: []string{"1"}, Label: "primero", Help: "El primero", Do: s.page.does("first")},
	}
	s.Press("1", "L")
	s.saw(t, "do first", "do lang")
	s.Press("?").Has("El primero", "La otra lengua").Lacks("Ir a Webhooks").Press("esc")
	s.Press(":").Type("toggle").Has("La otra lengua").Lacks("Cambiar el idioma")
}

func TestTheShellKeepsToItsOwnRules(t *testing.T) {
	for _, lang := range []text.Lang{text.ES, text.EN} {
		env := &page.Env{Words: text.For(lang)}
		p := &fakePage{env: env, title: "Uno"}
		app := ui.New(ui.Options{Env: env, Tabs: []ui.Tab{{
			Key: "one", Title: func(w *text.Words) string { return w.Shell.Webhooks },
			New: func(*page.Env) page.Page { return p },
		}}})
		uitest.New(t, app, 80, 24)
		uitest.CheckActions(t, app.Actions())
		uitest.CheckPage(t, p)
	}
}

// The keys of the page below do nothing while a question is open: they are not shown,
// and cannot be clicked.
func TestUnderADialogTheFooterNamesNoKeyOfThePage(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Has("n nuevo", "q salir")
	s.Send(page.DialogMsg{Dialog: &box{}})
	if got := s.Line(23); got != "" {
		t.Errorf("the footer is %q", got)
	}
	s.Press("d").Has("n nuevo", "q salir")
}
