package deliveries

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Actions lists what can be done with the delivery and on the tab shown.
func (d *detail) Actions() []page.Action {
	all := d.env.Words
	w := all.Deliveries.Do
	if !d.rec.has() {
		if d.rec.fault() == nil {
			return nil
		}
		return []page.Action{
			offer(page.Act("detail.reload", all.Hooks.Do.Reload, d.Init, "r"), true, true),
			offer(page.Act("detail.cause", all.Hooks.Do.Cause, func() tea.Cmd { d.cause = !d.cause; return nil }, "enter"), true, true),
		}
	}
	turn := func(n int) func() tea.Cmd {
		return func() tea.Cmd { return d.show((d.tab + tab(n) + tabs) % tabs) }
	}
	verbs := d.list.do().on(d.row(), true, false)
	out := []page.Action{
		offer(page.Act("pane.next", w.TabNext, turn(1), "tab", "right", "l"), true, true),
		page.Act("pane.prev", w.TabPrev, turn(-1), "shift+tab", "left", "h"),
	}
	out = append(out, verbs...)
	out = append(out,
		offer(page.Act("delivery.next", w.Next, func() tea.Cmd { return d.step(1) }, "J"), true, true),
		offer(page.Act("delivery.prev", w.Prev, func() tea.Cmd { return d.step(-1) }, "K"), true, true),
		offer(page.Act("body.format", w.Format, func() tea.Cmd { return d.front().Reformat() }, "v"), false, d.front() != nil),
		page.Act("actions", w.Actions, func() tea.Cmd { return d.list.do().menu(d.row(), verbs) }, "x"),
	)
	for i, a := range []struct {
		id    string
		words struct{ Label, Help string }
	}{{"summary", w.Summary}, {"request", w.Request}, {"response", w.Response}, {"attempts", w.Attempts}, {"timing", w.Timing}, {"why", w.Why}} {
		keys := []string{strconv.Itoa(i + 1)}
		if tab(i) == tabWhy {
			keys = append(keys, "w")
		}
		out = append(out, page.Act("detail."+a.id, a.words, func() tea.Cmd { return d.show(tab(i)) }, keys...))
	}
	return append(out, d.movements()...)
}

// front is the body that scrolls; nil on tabs that have none.
func (d *detail) front() *widget.Exchange {
	switch d.tab {
	case tabRequest:
		return d.request
	case tabResponse:
		return d.reply
	}
	return nil
}

// movements scroll the body, or go through the lines.
func (d *detail) movements() []page.Action {
	w := d.env.Words.Hooks.Do
	f := d.front()
	if f == nil {
		r := &d.rows[d.tab]
		return append(widget.Moves(d.env.Words, r, d.move),
			page.Act("move.home", w.Home, func() tea.Cmd { return d.move(r.Home) }, "g", "home"),
			page.Act("move.end", d.env.Words.Deliveries.Do.End, func() tea.Cmd { return d.move(r.End) }, "G", "end"))
	}
	scroll := func(by func(*widget.Body)) func() tea.Cmd {
		return func() tea.Cmd { by(f.Body()); return nil }
	}
	return []page.Action{
		page.Act("move.up", w.Up, scroll(func(b *widget.Body) { b.ScrollBy(-1) }), "up", "k"),
		page.Act("move.down", w.Down, scroll(func(b *widget.Body) { b.ScrollBy(1) }), "down", "j"),
		page.Act("move.pageup", w.PageUp, scroll(func(b *widget.Body) { b.Page(-1) }), "pgup", "ctrl+u"),
		page.Act("move.pagedown", w.PageDown, scroll(func(b *widget.Body) { b.Page(1) }), "pgdown", "ctrl+d"),
		page.Act("move.home", w.Home, scroll((*widget.Body).Home), "g", "home"),
		page.Act("move.end", d.env.Words.Deliveries.Do.End, scroll((*widget.Body).End), "G", "end"),
	}
}
