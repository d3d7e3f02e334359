// Package ui is the shell around the screens: the one Bubble Tea model, which owns
// the pages' stacks, dialogs, toasts, footer, theme and language. It knows nothing
// of webhooks: screens come in through Options and talk to it in messages.
package ui

import (
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/clip"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Name of the product, the same in every language and in the window's title.
const Name = "hooktop"

// Smallest screen a page is drawn on; below it one line says so, and the page
// stays laid out as for this size.
const (
	MinWidth  = 40
	MinHeight = 12
	chrome    = 2 // header and footer
)

// Tab is one of the screens at the bottom of the stacks. New is called when the
// tab is first shown.
type Tab struct {
	Key    string // "webhooks"; names it in what is kept of a session
	Number int    // its key, 1 to 9; 0: its place
	Title  func(*text.Words) string
	New    func(*page.Env) page.Page
	Opens  func(id string) bool // whether its page, a page.Opener, shows what has the id or name; nil: nothing
}

// Options are all the shell needs from outside. Only Env and Tabs are required.
type Options struct {
	Env      *page.Env
	Tabs     []Tab
	Demo     func() *exec.Cmd                          // the demonstration; nil: there is none
	Badge    bool                                      // DEMO in the header
	Clip     clip.Ladder                               // how a copy leaves
	Editor   func(path string) (*exec.Cmd, error)      // nil: $EDITOR
	Pager    func(path string) *exec.Cmd               // nil: $PAGER
	Exec     func(*exec.Cmd, tea.ExecCallback) tea.Cmd // nil: tea.ExecProcess
	OnLang   func(text.Lang)                           // a person chose a language
	OnTheme  func(theme.Name)                          // a person chose a theme
	Theme    theme.Name                                // as configured; empty: Env.Theme's, or auto
	Color    string                                    // auto, always, never
	StateDir string                                    // crash reports go to StateDir/crash
	Version  string                                    // for crash reports
	Session  Session                                   // how the screens were left the last time
	KeepAt   string                                    // file for the session; empty: it is not kept
	Open     string                                    // id or name to show at once; empty: none
	Notify   bool                                      // ring and notify of deliveries given up
	Calm     func(bool)                                // nobody has touched the screen for a while, or somebody does again; nil: nobody asks
	NoMouse  bool                                      // the terminal keeps its own selection at first
	Engine   <-chan page.EngineMsg                     // what the sender does, whenever that changes; nil: not said
}

// App is the only tea.Model of the product.
type App struct {
	opt     Options
	env     *page.Env
	stacks  [][]page.Page // one per tab; empty until first shown
	tab     int
	ways    map[int]way // from tabs whose page was opened from another one
	led     led         // to the tab shown, for a page that is yet to come
	dialogs []layer
	toasts  toasts
	width   int
	height  int
	dark    bool      // what is known of the terminal's background
	leaving bool      // a page was asked whether the program may end
	drafts  drafts    // what editors and pagers have
	armed   time.Time // when ctrl+c was last pressed at rest
	engine  page.EngineMsg
	sender  int  // pid of the other program that sends, when last one did; 0: this one
	banner  bool // the row under the header is taken
	drawn   tea.View
	pace    pace // of the drawing
	mouse   mouse
	keep    keeping
}

// New makes the shell. It does no I/O.
func New(opt Options) *App {
	a := &App{opt: opt, env: opt.Env, stacks: make([][]page.Page, len(opt.Tabs)), ways: map[int]way{}, dark: true, keep: keeping{path: opt.KeepAt, last: opt.Session}}
	if a.opt.Exec == nil {
		a.opt.Exec = tea.ExecProcess
	}
	if a.opt.Pager == nil {
		a.opt.Pager = Pager
	}
	if a.opt.Theme == "" && a.env.Theme != nil {
		a.opt.Theme = a.env.Theme.Name
	}
	if a.env.Now == nil {
		a.env.Now = time.Now
	}
	if a.env.Words == nil {
		a.env.Words = text.For(text.EN)
	}
	a.env.Demo = a.env.Demo || opt.Demo != nil
	if a.env.Theme == nil {
		a.env.Theme = theme.New(a.opt.Theme, a.dark, false)
	}
	a.env.Choices = a.opt.chosen()
	return a
}

// Init asks the terminal for its background and shows the first tab. The answer
// may never come; nothing waits for it.
func (a *App) Init() tea.Cmd {
	first := a.show(a.restoreTab())
	if a.opt.Open != "" {
		first = a.openID(a.opt.Open)
	}
	return tea.Batch(tea.RequestBackgroundColor, first, a.listen())
}

// Update routes a message, then what pages posted meanwhile.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case page.AfterMsg:
		return a, tea.Tick(m.Wait, func(time.Time) tea.Msg { return m.Msg })
	case frameMsg:
		return a, a.pace.frame(time.Now())
	}
	cmds := []tea.Cmd{a.route(msg)}
	for posted := a.env.Posted(); len(posted) > 0; posted = a.env.Posted() {
		for _, m := range posted {
			cmds = append(cmds, a.route(m))
		}
	}
	return a, tea.Batch(append(cmds, a.pace.saw(msg, time.Now()))...)
}

// route handles a message by its class.
func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return tea.Batch(a.key(msg), a.remember())
	case tea.PasteMsg:
		return tea.Batch(a.paste(msg), a.remember())
	case tea.MouseMsg:
		return tea.Batch(a.pointed(msg), a.remember())
	case tea.WindowSizeMsg:
		return a.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		return a.background(msg.IsDark())
	case page.PushMsg, page.PopMsg, page.GoMsg, page.DoMsg, page.QuitMsg:
		return a.navigate(msg)
	case page.DialogMsg:
		return a.open(msg)
	case page.ToastMsg:
		return a.toast(msg)
	case page.CopyMsg, page.SaveMsg, copiedMsg:
		return a.copy(msg)
	case page.EditMsg, page.EditedMsg, page.ReadMsg, pagedMsg, page.DemoMsg, readyMsg:
		return a.lend(msg)
	case page.ChooseMsg:
		return a.choose(msg.Choices)
	case page.LanguageMsg:
		return a.speak(msg.Lang)
	case fadeMsg:
		a.toasts.fade(msg.id)
		return nil
	case keepMsg:
		return a.keepNow()
	case page.EngineMsg:
		return a.hear(msg)
	}
	return a.broadcast(msg)
}

// broadcast gives data to every page and dialog; each knows its own messages.
func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, stack := range a.stacks {
		for _, p := range stack {
			cmds = append(cmds, p.Update(msg))
		}
	}
	for i := 0; i < len(a.dialogs); i++ {
		cmd, done := a.dialogs[i].dialog.Update(msg)
		cmds = append(cmds, cmd)
		if done {
			a.dialogs = append(a.dialogs[:i:i], a.dialogs[i+1:]...)
			i--
		}
	}
	return tea.Batch(cmds...)
}

// resize lays every page out anew.
func (a *App) resize(width, height int) tea.Cmd {
	a.width, a.height = width, height
	a.refit()
	return a.broadcast(tea.WindowSizeMsg{Width: width, Height: height})
}

func (a *App) fit(p page.Page) {
	p.SetSize(max(a.width, MinWidth), max(a.height, MinHeight)-a.above()-1)
}

func (a *App) tiny() bool { return a.width < MinWidth || a.height < MinHeight }

// background rebuilds the styles when the terminal has told its colour.
func (a *App) background(dark bool) tea.Cmd {
	if dark == a.dark {
		return nil
	}
	a.dark = dark
	return a.restyle()
}

// restyle puts the theme chosen into Env and tells everyone.
func (a *App) restyle() tea.Cmd {
	a.env.Theme = a.theme()
	return a.broadcast(page.RestyledMsg{})
}

// paint changes the theme at a person's wish.
func (a *App) paint(name theme.Name) tea.Cmd {
	a.env.Choices.Theme = name
	if a.opt.OnTheme != nil {
		a.opt.OnTheme(name)
	}
	return tea.Batch(a.restyle(), page.Toast(page.ToastGood, a.env.Words.Shell.ThemeSet(string(name))))
}

// speak changes the language: to lang, or to the other one if lang is empty.
func (a *App) speak(lang text.Lang) tea.Cmd {
	if lang == "" {
		lang = text.ES
		if a.env.Words.Lang == text.ES {
			lang = text.EN
		}
	}
	a.env.Words, a.env.Choices.Lang = text.For(lang), lang
	if a.opt.OnLang != nil {
		a.opt.OnLang(lang)
	}
	return tea.Batch(a.broadcast(page.RestyledMsg{}), page.Toast(page.ToastGood, a.env.Words.Shell.LanguageSet))
}
