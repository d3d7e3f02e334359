package deliveries

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Actions lists what can be done now: other things while the filter is typed, and
// when the first read failed.
func (l *list) Actions() []page.Action {
	switch {
	case l.field.Focused():
		w := l.env.Words.Deliveries.Do
		return []page.Action{
			offer(page.Act("list.apply", w.Apply, l.apply, "enter"), true, true),
			offer(page.Act("list.leave", l.env.Words.Shell.Back, l.leave, "esc"), true, true),
		}
	case !l.ready:
		return l.failedActions()
	}
	w := l.env.Words.Deliveries.Do
	d, ok := l.selected()
	open := offer(page.Act("delivery.open", w.Open, func() tea.Cmd { return l.open(d.ID, tabSummary) }, "enter", "right", "l"), true, ok)
	open.Twin = "hooktop delivery show"
	filter := offer(page.Act("list.filter", w.Filter, l.search, "/"), true, true)
	filter.Twin = "hooktop delivery list --filter"
	verbs := l.do().on(d, ok, l.follow && !l.frozen)
	freeze := offer(page.Act("view.freeze", w.Freeze, l.freeze, "p"), true, true)
	if l.frozen {
		freeze = offer(page.Act("view.freeze", w.Thaw, l.freeze, "p"), true, true)
	}
	why := offer(page.Act("delivery.why", w.Why, func() tea.Cmd { return l.open(d.ID, tabWhy) }, "w"), false, ok)
	why.Twin = "hooktop event why"
	out := []page.Action{filter, open}
	out = append(out, verbs...)
	out = append(out, freeze, offer(page.Act("list.quick", w.Quick, l.hurry, "f"), true, true), why)
	if l.query != "" {
		out = append(out, page.Act("list.unfilter", w.Unfilter, l.unfilter, "esc"))
	}
	out = append(out, offer(page.Act("actions", w.Actions, func() tea.Cmd {
		return l.do().menu(d, append([]page.Action{open, why}, l.do().on(d, ok, false)...))
	}, "x"), false, ok))
	follow := page.Act("move.home", w.Follow, l.newest, "g", "home")
	end := page.Act("move.end", w.End, func() tea.Cmd { return l.move(l.rows.End) }, "G", "end")
	return append(append(out, widget.Moves(l.env.Words, &l.rows, l.move)...), follow, end)
}

func (l *list) do() deeds { return deeds{l.ctx, l.env, l.v} }

func (l *list) failedActions() []page.Action {
	if l.err == nil {
		return nil
	}
	w := l.env.Words.Hooks.Do
	return []page.Action{
		offer(page.Act("list.reload", w.Reload, l.read, "r"), true, true),
		offer(page.Act("list.cause", w.Cause, func() tea.Cmd { l.cause = !l.cause; return nil }, "enter"), true, true),
	}
}

// open shows a delivery on a page of its own. The list stands from then on, so that
// it is where it was when one comes back.
func (l *list) open(id string, t tab) tea.Cmd {
	l.follow = false
	l.want()
	return l.env.Push(newDetail(l, id, t))
}

// stepMsg asks the list for the delivery beside the one shown on a detail.
type stepMsg struct {
	to   *list
	from *detail
	n    int
}

// stepped moves the selection and tells the detail, unless there is no more.
func (l *list) stepped(m stepMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	before := l.rows.Selected()
	cmd := l.move(func() { l.rows.Move(m.n) })
	if id := l.rows.Selected(); id != before {
		return tea.Batch(cmd, m.from.turn(id))
	}
	return cmd
}

// place is where a delivery stands in the filter, among those loaded.
func (l *list) place() (n, of int, more bool) {
	_, more = l.win.below()
	return l.rows.At() + 1, l.rows.Len(), more || len(l.win.above) > 0
}

// at is the delivery as the list has it.
func (l *list) at(id string) (model.Delivery, bool) {
	d, ok := l.win.byID[id]
	return d, ok
}
