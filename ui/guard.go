package ui

import (
	"fmt"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// keepMessages is how many kinds of messages a crash report recalls.
const keepMessages = 50

// CrashError says that the program met a bug of its own and ended. The terminal
// was restored. Path is the report, empty if it could not be written.
type CrashError struct {
	Path  string
	Value string // what was thrown; not for the screen
}

func (e *CrashError) Error() string { return "crash: " + e.Value }

// guard stands between the runtime and the shell and turns every panic, in Update,
// in View or in a command, into a quiet end with a report.
type guard struct {
	app    *App
	quit   func()
	recent []string // kinds of the last messages, never their content

	mu    sync.Mutex
	value any
	stack []byte
}

func newGuard(a *App) *guard { return &guard{app: a, quit: func() {}} }

func (g *guard) Init() (cmd tea.Cmd) {
	defer g.catch()
	return g.watch(g.app.Init())
}

func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g
	defer g.catch()
	_, cmd = g.app.Update(msg)
	return g, g.watch(cmd)
}

func (g *guard) View() (v tea.View) {
	v = tea.View{AltScreen: true, WindowTitle: Name}
	if g.crash() != nil {
		return v
	}
	defer g.catch()
	return g.app.View()
}

// filter sees every message before the runtime does and remembers its kind.
func (g *guard) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	g.recent = append(g.recent, fmt.Sprintf("%T", msg))
	g.recent = g.recent[max(len(g.recent)-keepMessages, 0):]
	return msg
}

// watch makes a command, and all that come out of it, safe to panic.
func (g *guard) watch(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.catch()
		return g.watchAll(cmd())
	}
}

// watchAll guards the commands inside a batch or a sequence, whose type the
// runtime keeps to itself.
func (g *guard) watchAll(msg tea.Msg) tea.Msg {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	for i := range v.Len() {
		if cmd, _ := v.Index(i).Interface().(tea.Cmd); cmd != nil {
			v.Index(i).Set(reflect.ValueOf(g.watch(cmd)))
		}
	}
	return msg
}

// catch keeps the first panic and ends the program. It is deferred.
func (g *guard) catch() {
	r := recover()
	if r == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.value == nil {
		g.value, g.stack = r, debug.Stack()
		go g.quit() // not from here: the event loop may be what panicked
	}
}

func (g *guard) crash() any {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.value
}

// report writes what is known of the crash to a file only its owner can read. It
// has the kinds of the last messages, not their content, so that no secret and no
// payload gets into it.
func (g *guard) report(opt Options) error {
	r := CrashReport{Version: opt.Version, Cause: g.value, Stack: g.stack, Recent: g.recent}
	crash := &CrashError{Value: r.Thrown()}
	if opt.StateDir == "" {
		return crash
	}
	if path, err := r.Write(filepath.Join(opt.StateDir, "crash")); err == nil {
		crash.Path = path
	}
	return crash
}
