package deliveries

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

var (
	_ page.Pointer     = (*list)(nil)
	_ page.Keeper      = (*list)(nil)
	_ page.Leaver      = (*list)(nil)
	_ page.Interrupter = (*list)(nil)
)

// Click implements page.Pointer: a click selects, a second one opens.
func (l *list) Click(x, y int, again bool) tea.Cmd {
	if !l.ready || l.field.Focused() {
		return nil
	}
	if px, py := l.paneAt(); l.pairs() && x >= px && y >= py {
		l.focus(true)
		return l.pane.Click(x-px, y-py, again)
	}
	if l.alone() {
		return nil
	}
	l.focus(false)
	rows := &l.rows
	if l.grouped() {
		rows = &l.groups.rows
	}
	id, ok := rows.Hit(y - l.headHeight())
	if !ok {
		return nil
	}
	same := rows.Selected() == id
	switch {
	case l.grouped() && again && same:
		return l.into()
	case l.grouped():
		rows.Select(id)
		return nil
	case again && same:
		return l.open(id, tabSummary)
	}
	l.follow = false // what was clicked stays where it is
	return l.move(func() { rows.Select(id) })
}

// Wheel implements page.Pointer.
func (l *list) Wheel(n int) tea.Cmd {
	switch {
	case !l.ready || l.field.Focused():
		return nil
	case l.side:
		return l.pane.Wheel(n)
	case l.grouped():
		l.groups.rows.Move(n)
		return nil
	}
	return l.move(func() { l.rows.Move(n) })
}

// Names of what is kept from one session to the next.
const (
	keepFilter = "filter"
	keepGroup  = "group"
	keepZoom   = "zoom"
	keepID     = "selected"
)

// Keep implements page.Keeper. A list that follows has nothing selected to keep.
func (l *list) Keep() map[string]string {
	out := map[string]string{}
	if l.query != "" {
		out[keepFilter] = l.query
	}
	if l.grouped() {
		out[keepGroup] = string(l.groups.by)
	}
	if l.zoom {
		out[keepZoom] = "yes"
	}
	if !l.follow && l.rows.Selected() != "" {
		out[keepID] = l.rows.Selected()
	}
	return out
}

// Restore implements page.Keeper.
func (l *list) Restore(kept map[string]string) {
	_ = l.narrow(kept[keepFilter]) // one that is not understood any more is left out
	if by := grouping(kept[keepGroup]); slices.Contains(groupings(), by) {
		l.groups.by = by
	}
	l.zoom, l.wanted = kept[keepZoom] != "", kept[keepID]
}

// restored selects what was selected the last time, if it is among the newest.
func (l *list) restored() {
	if id := l.wanted; id != "" {
		l.wanted = ""
		if l.rows.Select(id) && l.rows.At() > 0 {
			l.follow = false
		}
	}
}
