package hooks

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

var (
	_ page.Pointer = (*detail)(nil)
	_ page.Pointer = (*form)(nil)
)

// Click implements page.Pointer: it chooses a tab or a row, and opens the row chosen.
func (d *detail) Click(x, y int, again bool) tea.Cmd {
	switch {
	case !d.ready():
		return nil
	case y == 1:
		return d.turn(d.tabAt(x) - int(d.tab))
	case x >= d.bodyWidth():
		return nil
	}
	r := &d.rows[d.tab]
	id, ok := r.Hit(y - detailHead)
	if !ok || r.Plain {
		return nil
	}
	if again && id == r.Selected() {
		return d.open()
	}
	return d.move(func() { r.Select(id) })
}

// tabAt is the tab at a column: the next one where not all of them fit.
func (d *detail) tabAt(x int) int {
	line := d.allTabs()
	if line.Width() > d.width {
		return int(d.tab) + 1
	}
	for i := range line {
		if x < line[:i+1].Width() {
			return i
		}
	}
	return int(d.tab)
}

// Wheel implements page.Pointer.
func (d *detail) Wheel(n int) tea.Cmd {
	return d.move(func() { d.rows[d.tab].Move(n) })
}

// Click implements page.Pointer: it goes to an entry, and changes the toggle, or
// folds the section, that has the focus already.
func (f *form) Click(x, y int, _ bool) tea.Cmd {
	s := &f.screen
	row := y - len(s.head)
	if x >= s.left() || row < 0 || row >= s.rows() || s.top+row >= len(s.lines) {
		return nil
	}
	id := s.lines[s.top+row].entry
	switch {
	case indexOf(f.entries(), id) < 0:
		return nil
	case id != f.at:
		return f.move(indexOf(f.entries(), id) - indexOf(f.entries(), f.at))
	case id == idAdvanced:
		return f.fold(!f.adv.open)
	}
	return f.toggle()
}

// Wheel implements page.Pointer: the focus moves, and what shows with it.
func (f *form) Wheel(n int) tea.Cmd { return f.move(n) }
