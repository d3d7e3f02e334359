package hooks

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// opens is how many columns at the left of a row open it with one click.
const opens = 3

// Click implements page.Pointer: it selects a row, and opens the one selected.
func (l *list) Click(x, y int, again bool) tea.Cmd {
	switch {
	case l.empty():
		return l.first.click(l, y, again)
	case !l.ready || x >= l.listWidth():
		return nil
	}
	id, ok := l.rows.Hit(y - l.headHeight())
	if !ok {
		return nil
	}
	was := l.rows.Selected()
	l.filter.Blur()
	cmd := l.move(func() { l.rows.Select(id) })
	if x < opens || again && id == was {
		return tea.Batch(cmd, l.open(id))
	}
	return cmd
}

// Wheel implements page.Pointer.
func (l *list) Wheel(n int) tea.Cmd {
	if !l.ready || l.empty() {
		return nil
	}
	return l.move(func() { l.rows.Move(n) })
}

// open shows a webhook on a page of its own.
func (l *list) open(id string) tea.Cmd { return l.env.Push(newDetail(l.env, l.v, id)) }

// click chooses what to begin with; the second one begins.
func (f *firstRun) click(l *list, y int, again bool) tea.Cmd {
	_, at := f.lines(l)
	for i := len(at) - 1; i >= 0; i-- {
		if y < at[i] {
			continue
		}
		was := f.at
		f.at = i
		if c := f.choices(l)[i]; again && was == i && !(c.Writes && l.env.ReadOnly) {
			return c.Do()
		}
		return nil
	}
	return nil
}

// Keep implements page.Keeper: the filter and the webhook under the cursor.
func (l *list) Keep() map[string]string {
	return map[string]string{"filter": l.filter.Value(), "selected": l.rows.Selected()}
}

// Restore implements page.Keeper.
func (l *list) Restore(kept map[string]string) {
	l.filter.SetValue(kept["filter"])
	l.wanted = kept["selected"]
}

// openMsg is the webhook that was asked for by its id or name.
type openMsg struct {
	to  *list
	id  string
	err error
}

// OpenID implements page.Opener: a webhook is found by its id or its name.
func (l *list) OpenID(id string) tea.Cmd {
	return func() tea.Msg {
		h, err := l.v.Hook(context.Background(), id)
		return openMsg{l, h.ID, err}
	}
}

// opened shows the webhook, or says why not.
func (l *list) opened(m openMsg) tea.Cmd {
	switch {
	case m.to != l:
		return nil
	case m.err != nil:
		return page.Toast(page.ToastError, l.env.Words.Fault(m.err).String())
	}
	l.wanted = m.id
	return l.open(m.id)
}
