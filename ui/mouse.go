package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// wheelLines is how far one notch of the wheel scrolls.
const wheelLines = 3

// zone is a stretch of a line of the shell's that can be clicked.
type zone struct {
	from, to int // columns, to excluded
	do       func() tea.Cmd
}

// press finds the zone at a column; nil: there is none.
func press(zones []zone, x int) func() tea.Cmd {
	for _, z := range zones {
		if x >= z.from && x < z.to {
			return z.do
		}
	}
	return nil
}

// mouse is what the mouse did last.
type mouse struct {
	told bool // how to select was said
	on   page.Page
	line int // clicked last, if on is the page in front
}

// forget makes the next click a first one.
func (m *mouse) forget() { m.on = nil }

// mouseMode is what the terminal is asked for: clicks, the wheel, and dragging, which
// only tells that somebody tries to select.
func (a *App) mouseMode() tea.MouseMode {
	if a.env.Choices.Mouse {
		return tea.MouseModeCellMotion
	}
	return tea.MouseModeNone
}

// toggleMouse gives the mouse to the terminal, or takes it back.
func (a *App) toggleMouse() tea.Cmd { return a.setMouse(!a.env.Choices.Mouse) }

func (a *App) setMouse(on bool) tea.Cmd {
	a.env.Choices.Mouse, a.mouse.told = on, true
	a.mouse.forget()
	w := a.env.Words.Shell
	if on {
		return page.Toast(page.ToastInfo, w.MouseOn)
	}
	return page.Toast(page.ToastInfo, w.MouseOff)
}

// pointed routes what the mouse did.
func (a *App) pointed(msg tea.Msg) tea.Cmd {
	if !a.env.Choices.Mouse || a.tiny() || a.top() == nil {
		return nil // one that was under way when it was turned off
	}
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			a.led.waits = false
			return a.click(m.X, m.Y)
		}
	case tea.MouseWheelMsg:
		return a.wheel(m)
	case tea.MouseMotionMsg:
		if m.Button == tea.MouseLeft && !a.mouse.told {
			a.mouse.told = true
			return page.Toast(page.ToastInfo, a.env.Words.Shell.MouseHint)
		}
	}
	return nil
}

// click is the left button: in the dialog in front, else on the shell's lines, else
// on the page.
func (a *App) click(x, y int) tea.Cmd {
	a.toasts.touched()
	if len(a.dialogs) > 0 {
		a.mouse.forget()
		return a.clickDialog(x, y)
	}
	a.leaving = false
	switch {
	case y == 0:
		_, tabs := a.headline(a.own())
		return a.clickZone(tabs, x)
	case y == a.height-1:
		_, items := a.footline(a.own())
		return a.clickZone(items, x)
	case y < a.above():
		return a.openAlerts()
	}
	above := a.above()
	a.settleBanner()
	p := a.top()
	again := a.mouse.on == p && a.mouse.line == y
	a.mouse.on, a.mouse.line = p, y
	if t, ok := p.(page.Pointer); ok {
		return t.Click(x, y-above, again)
	}
	return nil
}

func (a *App) clickZone(zones []zone, x int) tea.Cmd {
	a.mouse.forget()
	if do := press(zones, x); do != nil {
		return do()
	}
	return nil
}

// clickDialog gives the dialog a click in its own coordinates. One beside it closes
// it as esc would: who has only a mouse must get out.
func (a *App) clickDialog(x, y int) tea.Cmd {
	l := a.dialogs[len(a.dialogs)-1]
	if a.env.Now().Before(l.deaf) {
		return nil
	}
	box := a.place()
	x, y = x-box.x, y-box.y
	if x < 0 || y < 0 || x >= box.w || y >= box.h {
		return a.dialogUpdate(tea.KeyPressMsg{Code: tea.KeyEscape})
	}
	return a.dialogUpdate(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

func (a *App) wheel(m tea.MouseWheelMsg) tea.Cmd {
	n := wheelLines
	switch m.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return nil
	}
	a.mouse.forget()
	if len(a.dialogs) > 0 {
		return a.dialogUpdate(m)
	}
	if t, ok := a.top().(page.Pointer); ok {
		return t.Wheel(n)
	}
	return a.wheelKeys(n)
}

// wheelKeys scrolls a page that knows no wheel as the keys would.
func (a *App) wheelKeys(n int) tea.Cmd {
	names := []string{"move.down", "linedown"}
	if n < 0 {
		names, n = []string{"move.up", "lineup"}, -n
	}
	for _, name := range names {
		for _, act := range a.own() {
			if act.Off || act.ID != name && !strings.HasSuffix(act.ID, "."+name) {
				continue
			}
			var cmds []tea.Cmd
			for range n {
				cmds = append(cmds, a.do(act))
			}
			return tea.Sequence(cmds...)
		}
	}
	return nil
}

// zoned appends a part to a line and notes where it stands.
func zoned(line widget.Line, zones []zone, part widget.Line, do func() tea.Cmd) (widget.Line, []zone) {
	from := line.Width()
	line = append(line, part...)
	return line, append(zones, zone{from, line.Width(), do})
}
