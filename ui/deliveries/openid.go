package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

var _ page.Filterer = (*list)(nil)

// Opens reports whether an id is that of a delivery or an event.
func Opens(id string) bool {
	return strings.HasPrefix(id, deliveryID) || strings.HasPrefix(id, eventID)
}

const (
	deliveryID = "dlv_"
	eventID    = "evt_"
)

// OpenID implements page.Opener: a delivery is shown on its own page, an event by
// what was made of it.
func (l *list) OpenID(id string) tea.Cmd {
	if strings.HasPrefix(id, deliveryID) {
		return l.open(id, tabSummary)
	}
	_ = l.narrow("id:" + strings.Map(plain, id)) // a word without signs of the grammar is a right one
	return l.read()
}

// Filter implements page.Filterer: another screen leads here. The view that was here
// is what esc goes back to; a wrong expression stands in the field and says why.
func (l *list) Filter(expr string) tea.Cmd {
	if _, fault := model.ParseFilter(expr, l.env.Now()); fault != nil {
		l.field.SetValue(expr)
		l.field.Focus()
		l.fault = fault
		return nil
	}
	l.led = expr
	l.field.Blur()
	if expr == l.query && !l.grouped() && l.leads() {
		return l.newest()
	}
	cmd := l.visit(expr, "", byTime)
	l.past[len(l.past)-1].led = true
	return tea.Batch(cmd, l.recount())
}

// plain keeps what ids are made of.
func plain(r rune) rune {
	if r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
