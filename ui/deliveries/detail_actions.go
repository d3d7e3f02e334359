package deliveries

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
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
	if d.Typing() {
		return d.front().viewer.Actions()
	}
	verbs := d.verbs()
	next, prev := []string{"tab", "right", "l"}, []string{"shift+tab", "left", "h"}
	if d.front() != nil { // there these keys fold and unfold
		next, prev = next[:1], prev[:1]
	}
	out := []page.Action{
		offer(page.Act("pane.next", w.TabNext, turn(1), next...), true, true),
		page.Act("pane.prev", w.TabPrev, turn(-1), prev...),
	}
	out = append(out, verbs...)
	out = append(out,
		offer(page.Act("delivery.next", w.Next, func() tea.Cmd { return d.step(1) }, "J"), true, true),
		offer(page.Act("delivery.prev", w.Prev, func() tea.Cmd { return d.step(-1) }, "K"), true, true),
		page.Act("delivery.changes", all.Delivery.Do.Changes, d.changes, "c"),
		page.Act("actions", w.Actions, func() tea.Cmd { return d.list.do().menu(d.row(), verbs) }, "x"),
	)
	out[len(out)-2].Twin = "hooktop hook history"
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

// verbs are what can be done with the delivery.
func (d *detail) verbs() []page.Action {
	w := d.env.Words.Delivery.Do
	out := d.list.do().richer(d.row(), d.list.do().on(d.row(), true, false), d.copies)
	for i := range out {
		if out[i].ID == pagerID {
			out[i].Do = d.read
		}
	}
	compare := offer(page.Act("delivery.diff", w.Diff, func() tea.Cmd {
		return d.env.Push(newDiff(d.rec.ctx, d.env, d.rec.v, d.rec.view, d.shown()))
	}, "D"), true, true)
	compare.Twin = "hooktop delivery diff"
	anyway := offer(page.Act("delivery.anyway", w.Anyway, d.anyway, "a"), d.tab == tabWhy, len(d.refused()) > 0 && !d.rec.view.Test)
	anyway.Writes, anyway.Twin = true, "hooktop event replay EVENT --hook HOOK"
	return append(out, compare, anyway)
}

// read gives the body on the screen to the pager: what was answered on its tab, else
// what was sent.
func (d *detail) read() tea.Cmd {
	m := page.ReadMsg{Name: text.Clean(d.rec.view.Event.Type) + ".json", Data: d.rec.view.Event.Body}
	if a := d.shown(); d.tab == tabResponse && a != nil && a.Response != nil {
		m = page.ReadMsg{Name: "response.txt", Data: a.Response.Body}
	}
	return func() tea.Msg { return m }
}

// front is the half of the attempt on the screen; nil on tabs that have none.
func (d *detail) front() *half {
	a := d.shown()
	switch {
	case d.tab == tabRequest:
		return d.request
	case d.tab == tabResponse && a != nil && a.Response != nil:
		return d.reply
	}
	return nil
}

// movements go through the lines, or through the body and what is in it.
func (d *detail) movements() []page.Action {
	w := d.env.Words.Hooks.Do
	f := d.front()
	if f == nil {
		r := &d.rows[d.tab]
		return append(widget.Moves(d.env.Words, r, d.move),
			page.Act("move.home", w.Home, func() tea.Cmd { return d.move(r.Home) }, "g", "home"),
			page.Act("move.end", d.env.Words.Deliveries.Do.End, func() tea.Cmd { return d.move(r.End) }, "G", "end"))
	}
	return append(f.viewer.Actions(), page.Act("detail.headers", d.env.Words.Delivery.Do.Headers, f.fold, "H"))
}

// Wheel implements page.Pointer.
func (d *detail) Wheel(n int) tea.Cmd {
	if f := d.front(); f != nil {
		return f.viewer.Wheel(n)
	}
	return d.move(func() { d.rows[d.tab].Move(n) })
}

// Click implements page.Pointer: it chooses a tab, an attempt, or a node.
func (d *detail) Click(x, y int, again bool) tea.Cmd {
	if !d.rec.has() {
		return nil
	}
	if y == 1 {
		if i, ok := (pen{d.env}).tabAt(d.names(), int(d.tab), d.width, x); ok {
			return d.show(tab(i))
		}
		return nil
	}
	if f := d.front(); f != nil {
		return f.click(x, y-detailHead-1, again)
	}
	if id, ok := d.rows[d.tab].Hit(y - detailHead); ok && d.tab == tabAttempts {
		return d.move(func() { d.rows[tabAttempts].Select(id) })
	}
	return nil
}
