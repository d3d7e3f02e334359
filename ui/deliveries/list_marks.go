package deliveries

import (
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// marks are what the verbs are for: single deliveries, or all that a filter matched
// when it was marked, but for some. All of them are never loaded.
type marks struct {
	ids    map[string]string // delivery to webhook's id
	all    bool
	filter model.Filter // of all: as it was on the screen, up to that moment
	except map[string]bool
}

func (m marks) none() bool { return !m.all && len(m.ids) == 0 }

// has reports that the delivery, which the filter on the screen matches, is marked.
func (m marks) has(d model.Delivery) bool {
	if !m.all {
		_, ok := m.ids[d.ID]
		return ok
	}
	return !m.except[d.ID] && !d.CreatedAt.After(m.filter.Until)
}

// set marks a delivery or takes its mark away. What came after all were marked
// stays out of them.
func (m *marks) set(d model.Delivery, on bool) {
	switch {
	case m.all && on:
		delete(m.except, d.ID)
	case m.all:
		m.except[d.ID] = true
	case on:
		m.ids[d.ID] = d.HookID
	default:
		delete(m.ids, d.ID)
	}
}

// selection is the marked ones for a verb.
func (m marks) selection() model.Selection {
	if !m.all {
		return model.Selection{IDs: slices.Sorted(maps.Keys(m.ids))}
	}
	f := m.filter
	if len(m.except) > 0 {
		not := model.Filter{}
		if f.Not != nil {
			not = *f.Not
		}
		not.IDs = slices.Concat(not.IDs, slices.Sorted(maps.Keys(m.except)))
		f.Not = &not
	}
	return model.Selection{Filter: f}
}

func (m marks) clone() marks {
	m.ids, m.except = maps.Clone(m.ids), maps.Clone(m.except)
	return m
}

func unmarked() marks { return marks{ids: map[string]string{}, except: map[string]bool{}} }

// allOf are all that f matches up to now.
func allOf(f model.Filter, now time.Time) marks {
	m := unmarked()
	if f.Until.IsZero() || f.Until.After(now) {
		f.Until = now
	}
	m.all, m.filter = true, f
	return m
}

// mark marks the selected delivery, or takes its mark away, and goes to the next.
func (l *list) mark() tea.Cmd {
	if d, ok := l.selected(); ok {
		l.marks.set(d, !l.marks.has(d))
	}
	return l.move(func() { l.rows.Move(1) })
}

// span stretches the marks over the next row, or takes the last one back where they
// have been already.
func (l *list) span(n int) tea.Cmd {
	from, ok := l.selected()
	if !ok {
		return nil
	}
	cmd := l.move(func() { l.rows.Move(n) })
	to, _ := l.selected()
	switch {
	case to.ID == from.ID:
		l.marks.set(from, true)
	case l.marks.has(to) && l.marks.has(from):
		l.marks.set(from, false)
	default:
		l.marks.set(from, true)
		l.marks.set(to, true)
	}
	return cmd
}

// markAll marks all that the filter matches, or none if they are marked already.
func (l *list) markAll() tea.Cmd {
	before, w := l.marks, l.env.Words.Deliveries.List
	l.marks = unmarked()
	if before.all {
		l.picked.forget()
		return l.undoable(before, w.UnmarkedAll)
	}
	l.marks = allOf(l.filter, l.env.Now())
	return tea.Batch(l.picked.count(l.marks.filter), l.undoable(before, w.MarkedAll))
}

// unmark takes all marks away.
func (l *list) unmark() tea.Cmd {
	before := l.marks
	l.marks = unmarked()
	l.picked.forget()
	if before.all || len(before.ids) > 1 {
		return l.undoable(before, l.env.Words.Deliveries.List.UnmarkedAll)
	}
	return nil
}

// undoable says what was done to the marks; undone, they are as they were before,
// unless another filter is on the screen.
func (l *list) undoable(before marks, said string) tea.Cmd {
	before, query := before.clone(), l.query
	back := func() tea.Cmd {
		if l.query != query {
			return nil
		}
		l.marks = before.clone()
		l.picked.forget()
		if l.marks.all {
			return l.picked.count(l.marks.filter)
		}
		return nil
	}
	return func() tea.Msg { return page.ToastMsg{Kind: page.ToastInfo, Text: said, Undo: back} }
}

// marked is how many are marked; more says that they are still being counted.
func (l *list) marked() (n int, more bool) {
	if !l.marks.all {
		return len(l.marks.ids), false
	}
	t, whole := l.picked.tally()
	return max(t.Count-len(l.marks.except), 0), !whole
}
