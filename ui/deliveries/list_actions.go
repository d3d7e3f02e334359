package deliveries

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// Actions lists what can be done now: other things while the filter is typed, when
// the first read failed, in the pane and among groups.
func (l *list) Actions() []page.Action {
	w := l.env.Words.Deliveries
	switch {
	case l.field.Focused():
		return []page.Action{
			offer(page.Act("list.apply", w.Do.Apply, l.apply, "enter"), true, true),
			offer(page.Act("list.leave", l.env.Words.Shell.Back, l.leave, "esc"), true, true),
		}
	case !l.ready:
		return l.failedActions()
	case l.grouped():
		return l.groupActions()
	case l.side:
		return l.paneActions()
	}
	d, ok := l.selected()
	out := append(l.jobActions(), l.filterAction(), l.openAction(d, ok))
	out = append(out, l.verbs(d, ok)...)
	if !l.job.shown {
		out = append(out, l.freezeAction())
	}
	out = append(out, l.marking(ok)...)
	out = append(out, offer(page.Act("list.quick", w.Do.Quick, l.hurry, "f"), true, true), l.whyAction(d, ok))
	out = append(out, l.others(ok)...)
	if !l.job.shown {
		out = append(out, l.wayBack()...)
	}
	out = append(out, offer(page.Act("actions", w.Do.Actions, func() tea.Cmd { return l.menu(d, ok) }, "x"), false, ok || !l.marks.none()))
	out = append(out, l.views()...)
	follow := page.Act("move.home", w.Do.Follow, l.newest, "g", "home")
	end := page.Act("move.end", w.Do.End, l.end, "G", "end")
	return append(append(out, widget.Moves(l.env.Words, &l.rows, l.move)...), follow, end)
}

func (l *list) filterAction() page.Action {
	a := offer(page.Act("list.filter", l.env.Words.Deliveries.Do.Filter, l.search, "/"), true, true)
	a.Twin = "hooktop delivery list --filter"
	return a
}

func (l *list) openAction(d model.Delivery, ok bool) page.Action {
	a := offer(page.Act("delivery.open", l.env.Words.Deliveries.Do.Open, func() tea.Cmd { return l.open(d.ID, tabSummary) }, "enter", "right", "l"), true, ok)
	a.Twin = "hooktop delivery show"
	return a
}

func (l *list) whyAction(d model.Delivery, ok bool) page.Action {
	a := offer(page.Act("delivery.why", l.env.Words.Deliveries.Do.Why, func() tea.Cmd { return l.open(d.ID, tabWhy) }, "w"), false, ok)
	a.Twin = "hooktop event why"
	return a
}

func (l *list) freezeAction() page.Action {
	w := l.env.Words.Deliveries.Do
	if l.frozen {
		return offer(page.Act("view.freeze", w.Thaw, l.freeze, "p"), true, true)
	}
	return offer(page.Act("view.freeze", w.Freeze, l.freeze, "p"), true, true)
}

// verbs are those on the selected delivery, or on the marked ones.
func (l *list) verbs(d model.Delivery, ok bool) []page.Action {
	one := l.do().on(d, ok, l.follow && !l.frozen)
	if l.marks.none() {
		return one
	}
	return append(l.markedVerbs(), among(one, copyID, pagerID)...) // copying and reading are of one
}

func (l *list) markedVerbs() []page.Action {
	w := l.env.Words.Deliveries.List.Do
	replay := offer(page.Act("delivery.replay", w.ReplayMarked, func() tea.Cmd { return l.askMarked(toReplay) }, "r"), true, true)
	cancel := page.Act("delivery.cancel", w.CancelMarked, func() tea.Cmd { return l.askMarked(toCancel) })
	retry := page.Act(retryID, w.RetryMarked, func() tea.Cmd { return l.askMarked(toRetry) }, "t")
	replay.Writes, cancel.Writes, retry.Writes = true, true, true
	replay.Twin, cancel.Twin, retry.Twin = "hooktop delivery replay --filter", "hooktop delivery cancel --filter", "hooktop delivery retry --filter"
	return []page.Action{replay, retry, cancel}
}

// marking is what chooses the deliveries that verbs on many are for.
func (l *list) marking(ok bool) []page.Action {
	w := l.env.Words.Deliveries.List.Do
	return []page.Action{
		offer(page.Act("mark.one", w.Mark, l.mark, "space"), true, ok),
		offer(page.Act("mark.up", w.MarkUp, func() tea.Cmd { return l.span(-1) }, "shift+up"), false, ok),
		offer(page.Act("mark.down", w.MarkDown, func() tea.Cmd { return l.span(1) }, "shift+down"), false, ok),
		offer(page.Act("mark.all", w.MarkAll, l.markAll, "a"), false, ok || l.marks.all),
	}
}

// others are the verbs on all in the filter, and those that begin something new.
func (l *list) others(ok bool) []page.Action {
	w := l.env.Words.Deliveries.List.Do
	replay := offer(page.Act("delivery.replay_all", w.ReplayAll, func() tea.Cmd { return l.askFilter(toReplay, l.filter) }), false, ok && l.query != "")
	cancel := offer(page.Act("delivery.cancel_all", w.CancelAll, func() tea.Cmd { return l.askFilter(toCancel, l.filter) }), false, ok && l.query != "")
	retry := offer(page.Act("delivery.retry_all", w.RetryAll, func() tea.Cmd { return l.askFilter(toRetry, l.filter) }), false, ok && l.query != "")
	retry.Writes, retry.Twin = true, "hooktop delivery retry --filter"
	resend := offer(page.Act("delivery.resend", w.Resend, l.resend, "R"), false, ok)
	call := offer(page.Act("delivery.call", w.Call, l.call, "c"), false, ok)
	replay.Writes, cancel.Writes, resend.Writes = true, true, true
	replay.Twin, cancel.Twin = "hooktop delivery replay --filter", "hooktop delivery cancel --filter"
	resend.Twin, call.Twin = "hooktop delivery replay --edit", "hooktop delivery list --filter call:ID"
	return []page.Action{replay, retry, cancel, resend, l.emitAction(), call}
}

// wayBack is what esc does, one thing after the other: it clears the marks, stops a
// search, goes back to the view before, clears the filter.
func (l *list) wayBack() []page.Action {
	w := l.env.Words.Deliveries
	switch {
	case !l.marks.none():
		return []page.Action{page.Act("mark.none", w.List.Do.Unmark, l.unmark, "esc")}
	case l.searching() && !l.seek.stopped:
		return []page.Action{offer(page.Act("list.stop", w.List.Do.Stop, l.rest, "esc"), true, true)}
	case l.zoom:
		return []page.Action{page.Act("pane.both", w.List.Do.Zoom, l.zooms, "esc")}
	case len(l.past) > 0:
		return []page.Action{offer(page.Act("list.back", w.List.Do.Back, l.back, "esc"), true, true)}
	case l.query != "":
		return []page.Action{page.Act("list.unfilter", w.Do.Unfilter, l.unfilter, "esc")}
	}
	return nil
}

// views are the ways the list can be shown.
func (l *list) views() []page.Action {
	w := l.env.Words.Deliveries.List.Do
	out := []page.Action{
		offer(page.Act("list.sort", w.Sort, l.sortMenu, "o"), false, true),
		offer(page.Act("sort.reason", w.SortReason, func() tea.Cmd { return l.group(byReason) }), false, l.groups.by != byReason),
		offer(page.Act("sort.webhook", w.SortHook, func() tea.Cmd { return l.group(byHook) }), false, l.groups.by != byHook),
		offer(page.Act("sort.event", w.SortType, func() tea.Cmd { return l.group(byType) }), false, l.groups.by != byType),
		offer(page.Act("sort.time", w.SortTime, func() tea.Cmd { return l.group(byTime) }), false, l.grouped()),
	}
	if l.wide() && !l.grouped() {
		out = append(out,
			page.Act("pane.zoom", w.Zoom, l.zooms, "z"),
			page.Act("pane.next", w.Pane, func() tea.Cmd { return l.turn(!l.side) }, "tab", "shift+tab"))
	}
	return out
}

// turn gives the focus to the pane or takes it back.
func (l *list) turn(side bool) tea.Cmd {
	l.focus(side)
	if l.zoom {
		l.lay()
	}
	return l.show()
}

// paneActions are the pane's own while it has the focus, and those of the delivery
// whose keys it leaves.
func (l *list) paneActions() []page.Action {
	out := l.pane.Actions()
	if l.pane.Typing() {
		return out
	}
	w := l.env.Words.Deliveries
	d, ok := l.selected()
	ours := append(l.do().richer(d, l.do().on(d, ok, l.follow && !l.frozen), l.pane.copies), l.whyAction(d, ok))
	ours = append(ours, offer(page.Act("pane.list", w.List.Do.Pane, func() tea.Cmd { return l.turn(false) }, "esc"), true, true))
	ours = append(ours, among(l.views(), "pane.zoom", "pane.next")...)
	theirs := slices.Clone(out)
	for _, a := range ours {
		taken := slices.ContainsFunc(theirs, func(t page.Action) bool {
			return !t.Off && (t.ID == a.ID || slices.ContainsFunc(a.Keys, func(k string) bool { return slices.Contains(t.Keys, k) }))
		})
		if !taken {
			out = append(out, a)
		}
	}
	return out
}

// groupActions are those among groups.
func (l *list) groupActions() []page.Action {
	w := l.env.Words.Deliveries
	g, ok := l.groups.byKey[l.groups.rows.Selected()]
	into := offer(page.Act("group.open", w.List.Do.Into, l.into, "enter", "right", "l"), true, ok)
	into.Twin = "hooktop delivery list --filter"
	replay := offer(page.Act("group.replay", w.List.Do.ReplayGroup, func() tea.Cmd { return l.askGroup(g) }, "r"), true, ok)
	replay.Writes, replay.Twin = true, "hooktop delivery replay --filter"
	out := append([]page.Action{l.filterAction(), into, replay}, l.jobActions()...)
	out = append(out, offer(page.Act("list.quick", w.Do.Quick, l.hurry, "f"), true, true), l.emitAction())
	if !l.job.shown {
		out = append(out, offer(page.Act("list.ungroup", w.List.Do.Ungroup, func() tea.Cmd { return l.group(byTime) }, "esc"), true, true))
	}
	by := func(move func()) tea.Cmd { move(); return nil }
	rows := &l.groups.rows
	out = append(append(out, l.views()...), widget.Moves(l.env.Words, rows, by)...)
	return append(out, page.Act("move.home", l.env.Words.Hooks.Do.Home, func() tea.Cmd { return by(rows.Home) }, "g", "home"),
		page.Act("move.end", l.env.Words.Hooks.Do.End, func() tea.Cmd { return by(rows.End) }, "G", "end"))
}

// askGroup asks about all deliveries of a group.
func (l *list) askGroup(g group) tea.Cmd {
	f, fault := model.ParseFilter(narrower(l.query, g.terms...), l.env.Now())
	if fault != nil {
		return page.Toast(page.ToastError, l.env.Words.Fault(fault).String())
	}
	return l.askFilter(toReplay, f)
}

// menu lists all that can be done with the delivery, or with the marked ones.
func (l *list) menu(d model.Delivery, ok bool) tea.Cmd {
	title := l.env.Words.Deliveries.ActionsFor(text.Clean(d.ID))
	var actions []page.Action
	if l.marks.none() {
		actions = append([]page.Action{l.openAction(d, ok), l.whyAction(d, ok)}, l.do().on(d, ok, false)...)
	} else {
		title = l.env.Words.Deliveries.List.Marked(l.marked())
		actions = append(l.markedVerbs(), page.Act("mark.none", l.env.Words.Deliveries.List.Do.Unmark, l.unmark))
	}
	return l.env.Open(widget.NewList(l.env, title, widget.Entries(l.env, append(actions, l.others(ok)...))...))
}

func (l *list) do() deeds { return deeds{l.ctx, l.env, l.v} }

func (l *list) failedActions() []page.Action {
	switch {
	case l.err == nil && l.wait.Long():
		return []page.Action{widget.Stop(l.env, l.giveUp)}
	case l.err == nil:
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
