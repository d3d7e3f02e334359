package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// inFlight is how long a dialog that opened by itself swallows keys: they were
// meant for what was in front before.
const inFlight = 400 * time.Millisecond

// layer is a dialog and until when it is deaf.
type layer struct {
	dialog page.Dialog
	deaf   time.Time
}

func (a *App) open(msg page.DialogMsg) tea.Cmd {
	l := layer{dialog: msg.Dialog}
	if msg.Sudden {
		l.deaf = a.env.Now().Add(inFlight)
	}
	a.dialogs = append(a.dialogs, l)
	return nil
}

// dialogKey gives a key to the dialog in front and to nobody else.
func (a *App) dialogKey(k tea.KeyPressMsg) tea.Cmd {
	if a.env.Now().Before(a.dialogs[len(a.dialogs)-1].deaf) {
		return nil
	}
	return a.dialogUpdate(k)
}

func (a *App) dialogUpdate(msg tea.Msg) tea.Cmd {
	last := len(a.dialogs) - 1
	cmd, done := a.dialogs[last].dialog.Update(msg)
	if done {
		a.dialogs = a.dialogs[:last]
	}
	return cmd
}

// box is a dialog as it is drawn, and where.
type box struct {
	content    string
	x, y, w, h int
	rows       int // the last row it may use
}

// place draws the dialog in front in the middle of the body.
func (a *App) place() box {
	b := box{rows: a.height - chrome}
	if a.toasts.current() != nil {
		b.rows-- // what was said stays readable
	}
	b.content = a.dialogs[len(a.dialogs)-1].dialog.View(a.width, b.rows)
	b.w, b.h = lipgloss.Size(b.content)
	b.x, b.y = max((a.width-b.w)/2, 0), 1+max((b.rows-b.h)/2, 0)
	return b
}

// overlay draws the dialog in front over the frame and gives its cursor.
func (a *App) overlay(frame string) (string, *tea.Cursor) {
	b := a.place()
	lines := strings.Split(frame, "\n")
	for i, l := range strings.Split(b.content, "\n") {
		if b.y+i <= b.rows {
			lines[b.y+i] = splice(lines[b.y+i], text.Cut(l, a.width), b.x)
		}
	}
	cur := a.dialogs[len(a.dialogs)-1].dialog.Cursor()
	if cur != nil {
		at := *cur
		at.X, at.Y = at.X+b.x, at.Y+b.y
		cur = &at
	}
	return strings.Join(lines, "\n"), cur
}

// splice puts a line over another one from column x on. A wide character that is
// cut in half leaves a blank. Composing cells with the library costs ten times as
// much, for every message while a dialog is open.
func splice(under, over string, x int) string {
	left := ansi.Truncate(under, x, "")
	left += strings.Repeat(" ", x-text.Width(left))
	end := x + text.Width(over)
	room := text.Width(under) - end
	if room <= 0 {
		return left + over
	}
	right := ansi.TruncateLeft(under, end, "")
	if text.Width(right) > room { // half a character would stand out
		right = ansi.TruncateLeft(under, end+1, "")
	}
	return left + over + strings.Repeat(" ", room-text.Width(right)) + right
}
