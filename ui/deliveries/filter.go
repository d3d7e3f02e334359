package deliveries

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
)

// Typing reports that the filter or a field of the pane has the focus.
func (l *list) Typing() bool { return l.field.Focused() || l.pane.Typing() }

// search puts the cursor into the filter.
func (l *list) search() tea.Cmd {
	l.field.SetValue(l.query)
	l.field.Focus()
	return nil
}

// typed edits the filter and checks it; nothing is read before it is applied.
func (l *list) typed(msg tea.Msg) tea.Cmd {
	switch {
	case l.side:
		return l.pane.Update(msg)
	case !l.field.Focused():
		return nil
	}
	if changed, _ := l.field.Update(msg); changed {
		l.fault = nil
		if _, fault := model.ParseFilter(l.field.Value(), l.env.Now()); fault != nil {
			l.fault = fault
		}
	}
	return nil
}

// apply shows what the typed filter lets through; a wrong one stays in the field.
func (l *list) apply() tea.Cmd {
	query := strings.TrimSpace(l.field.Value())
	if fault := l.narrow(query); fault != nil {
		l.fault = fault
		return nil
	}
	l.field.Blur()
	l.quick, l.past = 0, nil
	return tea.Batch(l.read(), l.recount())
}

// leave drops what was typed and keeps the filter as it was.
func (l *list) leave() tea.Cmd {
	l.fault = nil
	l.field.Blur()
	return nil
}

// narrow sets the filter. The list follows again: what is new in it is on top.
func (l *list) narrow(query string) *model.Fault {
	f, fault := model.ParseFilter(query, l.env.Now())
	if fault != nil {
		return fault
	}
	l.forget()
	l.filter, l.query, l.about, l.fault = f, query, "", nil
	l.follow, l.frozen = true, false
	l.focus(false)
	return nil
}

// forget drops what holds for one filter only.
func (l *list) forget() {
	l.marks = unmarked()
	l.picked.forget()
	l.found.forget()
	l.groups.forget()
}

// unfilter shows everything again.
func (l *list) unfilter() tea.Cmd {
	l.quick, l.past = 0, nil
	_ = l.narrow("") // no filter is a right one
	return tea.Batch(l.read(), l.recount())
}

// quickFilters are what the quick key goes through: all, failed, retrying, tests.
func quickFilters() []string { return []string{"", "state:dead", "state:retrying", "test:yes"} }

// hurry goes to the next quick filter.
func (l *list) hurry() tea.Cmd {
	all := quickFilters()
	l.quick = (l.quick + 1) % len(all)
	l.past = nil
	_ = l.narrow(all[l.quick]) // ours, and right
	return tea.Batch(l.read(), l.recount())
}

// seeking is whether a search through the file was stopped, and how.
type seeking struct {
	stop    context.CancelFunc // of the stretch that is being read
	stopped bool
}

// rest stops searching further back; what was found stays. Going to the end goes on.
func (l *list) rest() tea.Cmd {
	l.seek.stopped = true
	if l.seek.stop != nil {
		l.seek.stop()
	}
	l.found.halt()
	l.reading = false
	return func() tea.Msg { return nil }
}

// end goes to the last row and reads on.
func (l *list) end() tea.Cmd {
	l.seek.stopped = false
	return l.move(l.rows.End)
}
