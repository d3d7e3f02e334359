package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
)

// Typing reports that the filter has the focus.
func (l *list) Typing() bool { return l.filter.Focused() }

// typed narrows the list with every letter.
func (l *list) typed(msg tea.Msg) tea.Cmd {
	if !l.filter.Focused() {
		return nil
	}
	if changed, _ := l.filter.Update(msg); changed {
		l.narrow()
	}
	return l.show()
}

// search puts the cursor into the filter.
func (l *list) search() tea.Cmd {
	l.filter.Focus()
	l.lay()
	return nil
}

// keep leaves the filter as it is and goes back to the rows.
func (l *list) keep() tea.Cmd {
	l.filter.Blur()
	l.lay()
	return nil
}

// unfilter shows everything again.
func (l *list) unfilter() tea.Cmd {
	l.filter.SetValue("")
	l.filter.Blur()
	l.narrow()
	l.lay()
	return l.show()
}

// filtered reports that a filter is set or being typed.
func (l *list) filtered() bool { return l.filter.Focused() || l.filter.Value() != "" }

// narrow shows the webhooks in which every word of the filter occurs, without
// regard to case and accents, in the name, the URL or the state's word.
func (l *list) narrow() {
	words := strings.Fields(text.Fold(l.filter.Value()))
	ids := make([]string, 0, len(l.all))
	for _, h := range l.all {
		if l.matches(h, words) {
			ids = append(ids, h.ID)
		}
	}
	l.rows.SetIDs(ids)
}

func (l *list) matches(h model.HookView, words []string) bool {
	if len(words) == 0 {
		return true
	}
	hay := text.Fold(h.Name + "\n" + h.URL + "\n" + l.env.Words.HookState(h.State) + "\n" + string(h.State))
	for _, w := range words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}
