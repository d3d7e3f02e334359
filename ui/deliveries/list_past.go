package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/widget"
)

// maxPast bounds how many views esc can go back to.
const maxPast = 20

// view is what a list shows: enough to come back to it as it was.
type view struct {
	filter model.Filter
	query  string
	about  string // said before the filter
	quick  int
	groups groups
	win    window
	rows   widget.Rows
	news   news
	follow bool
	frozen bool
	led    bool // another screen led away from it: going back to it goes back there
}

// visit shows what another filter lets through, and keeps the view for esc.
func (l *list) visit(query, about string, by grouping) tea.Cmd {
	now := view{l.filter, l.query, l.about, l.quick, l.groups, l.win, l.rows, l.news, l.follow, l.frozen, false}
	if l.narrow(query) != nil {
		return nil
	}
	l.past = append(l.past, now)
	l.past = l.past[max(len(l.past)-maxPast, 0):]
	l.about, l.quick = about, 0
	return tea.Batch(l.group(by), l.read())
}

// leads reports that what is shown was asked for by another screen.
func (l *list) leads() bool { n := len(l.past); return n > 0 && l.past[n-1].led }

// back shows the view before this one, on the screen that one came from.
func (l *list) back() tea.Cmd {
	if l.leads() {
		l.env.Pop()
	}
	last := len(l.past) - 1
	v := l.past[last]
	l.past = l.past[:last]
	l.forget()
	l.filter, l.query, l.about, l.quick = v.filter, v.query, v.about, v.quick
	l.win, l.rows, l.news, l.follow, l.frozen = v.win, v.rows, v.news, v.follow, v.frozen
	l.groups.restore(v.groups)
	cmd := l.read()
	l.shown = l.gen
	l.lay()
	return tea.Batch(cmd, l.recount(), l.show())
}

// narrower is a filter that the terms narrow further: a key they have takes the
// place of the same key in it, because several words of one key are alternatives.
func narrower(query string, terms ...string) string {
	var out []string
	for _, word := range words(query) {
		same := false
		for _, t := range terms {
			key, _, _ := strings.Cut(t, ":")
			same = same || strings.HasPrefix(word, key+":")
		}
		if !same {
			out = append(out, word)
		}
	}
	return strings.Join(append(out, terms...), " ")
}

// words are those of a filter that was understood, quotation marks and all.
func words(query string) []string {
	var out []string
	var word strings.Builder
	quoted, escaped := false, false
	for _, r := range query {
		if !quoted && strings.ContainsRune(" \t\r\n", r) {
			out = append(out, word.String())
			word.Reset()
			continue
		}
		word.WriteRune(r)
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		}
	}
	var full []string
	for _, w := range append(out, word.String()) {
		if w != "" {
			full = append(full, w)
		}
	}
	return full
}

// restore takes over what another one shows; it counts for itself.
func (g *groups) restore(v groups) {
	g.by, g.rows, g.byKey, g.order, g.sums = v.by, v.rows, v.byKey, v.order, v.sums
}
