package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

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

// plain keeps what ids are made of.
func plain(r rune) rune {
	if r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
