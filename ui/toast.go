package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

const (
	fadeAfter = 4 * time.Second
	undoFor   = 10 * time.Second // a toast with an undo stays longer
	keepNotes = 200              // messages kept for reading again
	keepUndos = 20               // deeds that can be undone, the newest first
)

// note is one toast as it came.
type note struct {
	page.ToastMsg
	at time.Time
}

// toasts is the line above the footer and the log behind it. The newest is shown, and
// after it the errors that nobody has dismissed; every one is kept.
type toasts struct {
	log     []note
	undos   []func() tea.Cmd // the newest last
	errors  []note           // not dismissed yet, the newest last
	showing bool             // the newest of the log
	id      int              // identity of the newest, so that an old timer fades nothing
}

// fadeMsg takes the toast of that identity off the screen.
type fadeMsg struct{ id int }

func (a *App) toast(msg page.ToastMsg) tea.Cmd {
	t := &a.toasts
	t.log = append(t.log, note{msg, a.env.Now()})
	t.log = t.log[max(len(t.log)-keepNotes, 0):]
	t.showing = true
	t.id++
	wait := fadeAfter
	switch {
	case msg.Undo != nil:
		t.undos = append(t.undos, msg.Undo)
		t.undos = t.undos[max(len(t.undos)-keepUndos, 0):]
		wait = undoFor
	case msg.Kind == page.ToastError:
		t.errors = append(t.errors, t.log[len(t.log)-1])
		t.errors = t.errors[max(len(t.errors)-keepUndos, 0):]
		return nil
	case msg.Kind == page.ToastWarn:
		return nil
	}
	return page.After(wait, fadeMsg{t.id})
}

func (t *toasts) fade(id int) {
	if id == t.id {
		t.showing = false
	}
}

// current is the toast on the screen, or nil.
func (t *toasts) current() *note {
	switch {
	case t.showing && len(t.log) > 0:
		return &t.log[len(t.log)-1]
	case len(t.errors) > 0:
		return &t.errors[len(t.errors)-1]
	}
	return nil
}

// touched takes a warning away: a key was pressed, so it has been seen.
func (t *toasts) touched() {
	if n := t.current(); n != nil && n.Kind == page.ToastWarn && n.Undo == nil {
		t.showing = false
	}
}

// dismiss takes an error away and reports whether there was one.
func (t *toasts) dismiss() bool {
	n := t.current()
	if n == nil || n.Kind != page.ToastError {
		return false
	}
	t.showing = false
	t.errors = t.errors[:max(len(t.errors)-1, 0)]
	return true
}

// undo takes the newest deed that can be undone off the stack; nil: there is none.
func (t *toasts) undo() func() tea.Cmd {
	if len(t.undos) == 0 {
		return nil
	}
	last := t.undos[len(t.undos)-1]
	t.undos = t.undos[:len(t.undos)-1]
	if n := t.current(); n != nil && n.Undo != nil {
		t.showing = false
	}
	return last
}

// partEnds are where a part of a toast ends: what follows can be left out.
var partEnds = []string{" · ", ". ", "; ", " ("}

// within is the line in at most width columns. Whole parts are dropped from its
// end while there is one that fits; the messages have all of it.
func (n note) within(th *theme.Theme, width int) widget.Line {
	line := n.line(th)
	for s := n.Text; line.Width() > width; {
		end := -1
		for _, mark := range partEnds {
			end = max(end, strings.LastIndex(s, mark))
		}
		if end <= 0 {
			return n.line(th).Fit(width, th.Sym.Ellipsis)
		}
		s = s[:end]
		short := n
		short.Text = s
		line = short.line(th)
	}
	return line
}

// line draws a toast: a symbol as well as a colour says what kind it is.
func (n note) line(th *theme.Theme) widget.Line {
	style, sym := th.Accent, th.Sym.Dot
	switch n.Kind {
	case page.ToastGood:
		style, sym = th.ToastGood, th.Sym.OK
	case page.ToastWarn:
		style, sym = th.Warn, th.Sym.Warn
	case page.ToastError:
		style, sym = th.ToastBad, th.Sym.Fail
	}
	return widget.Line{{Text: sym + " " + n.Text, Style: style}}
}
