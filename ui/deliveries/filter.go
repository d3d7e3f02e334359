package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
)

// Typing reports that the filter has the focus.
func (l *list) Typing() bool { return l.field.Focused() }

// search puts the cursor into the filter.
func (l *list) search() tea.Cmd {
	l.field.SetValue(l.query)
	l.field.Focus()
	return nil
}

// typed edits the filter and checks it; nothing is read before it is applied.
func (l *list) typed(msg tea.Msg) tea.Cmd {
	if !l.field.Focused() {
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
	l.quick = 0
	return l.read()
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
	l.filter, l.query, l.fault = f, query, nil
	l.follow, l.frozen = true, false
	return nil
}

// unfilter shows everything again.
func (l *list) unfilter() tea.Cmd {
	l.quick = 0
	_ = l.narrow("") // no filter is a right one
	return l.read()
}

// quickFilters are what the quick key goes through: all, failed, retrying, tests.
func quickFilters() []string { return []string{"", "state:dead", "state:retrying", "test:yes"} }

// hurry goes to the next quick filter.
func (l *list) hurry() tea.Cmd {
	all := quickFilters()
	l.quick = (l.quick + 1) % len(all)
	_ = l.narrow(all[l.quick]) // ours, and right
	return l.read()
}
