package uitest

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Click presses the left button on a cell of the screen.
func (d *Driver) Click(x, y int) *Driver {
	d.t.Helper()
	return d.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// ClickOn presses the left button on the first place where text stands.
func (d *Driver) ClickOn(text string) *Driver {
	d.t.Helper()
	for y, l := range strings.Split(d.Screen(), "\n") {
		if before, _, ok := strings.Cut(l, text); ok {
			return d.Click(ansi.StringWidth(before), y)
		}
	}
	d.t.Fatalf("there is no %q to click on:\n%s", text, d.Screen())
	return d
}

// Wheel turns the wheel n notches down, up if negative.
func (d *Driver) Wheel(n int) *Driver {
	d.t.Helper()
	button := tea.MouseWheelDown
	if n < 0 {
		button, n = tea.MouseWheelUp, -n
	}
	for range n {
		d.Send(tea.MouseWheelMsg{Button: button})
	}
	return d
}
