package uitest

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// View is what the model draws now.
func (d *Driver) View() tea.View { return d.m.View() }

// Raw is the content of the view with its escape sequences.
func (d *Driver) Raw() string { return d.m.View().Content }

// Screen is the text a person reads: no escapes, no blanks at the end of lines.
func (d *Driver) Screen() string { return Strip(d.Raw()) }

// Line is line n of the screen, from 0; negative numbers count from the end.
func (d *Driver) Line(n int) string {
	lines := strings.Split(d.Screen(), "\n")
	if n < 0 {
		n += len(lines)
	}
	if n < 0 || n >= len(lines) {
		return ""
	}
	return lines[n]
}

// Has fails the test unless the screen contains every text.
func (d *Driver) Has(texts ...string) *Driver {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("screen lacks %q:\n%s", s, d.Screen())
		}
	}
	return d
}

// Lacks fails the test if the screen contains any of the texts.
func (d *Driver) Lacks(texts ...string) *Driver {
	d.t.Helper()
	for _, s := range texts {
		if strings.Contains(d.Screen(), s) {
			d.t.Errorf("screen has %q:\n%s", s, d.Screen())
		}
	}
	return d
}

// Fits fails the test if a line is wider than the screen or there are too many.
func (d *Driver) Fits() *Driver {
	d.t.Helper()
	lines := strings.Split(d.Raw(), "\n")
	if len(lines) > d.h {
		d.t.Errorf("%d lines on a screen of %d rows:\n%s", len(lines), d.h, d.Screen())
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > d.w {
			d.t.Errorf("line %d is %d wide on a screen of %d: %q", i+1, w, d.w, ansi.Strip(l))
		}
	}
	return d
}

// Golden compares the screen with testdata/<name>.golden (go test -update writes
// it) and checks that it fits.
func (d *Driver) Golden(name string) *Driver {
	d.t.Helper()
	d.Fits()
	golden.RequireEqual(named{d.t, name}, d.Screen()+"\n")
	return d
}

// Strip removes escapes and the blanks at the end of each line.
func Strip(s string) string {
	lines := strings.Split(ansi.Strip(s), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// named gives golden a file name of our choice.
type named struct {
	testing.TB
	name string
}

func (n named) Name() string { return n.name }
