package hooks

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// Actions lists what can be done now: other things while the filter is typed,
// while there is no webhook yet, and when reading failed.
func (l *list) Actions() []page.Action {
	switch {
	case l.filter.Focused():
		return l.filterActions()
	case l.empty():
		return append(l.first.actions(l), l.restoring())
	case !l.ready:
		return l.failedActions()
	}
	w := l.env.Words.Hooks.Do
	h, ok := l.selected()
	open := act("hook.open", w.Open, func() tea.Cmd { return l.open(h.ID) }, "enter", "right", "l")
	open.Off, open.Foot, open.Twin = !ok, true, "hooktop hook show"
	fresh := act("hook.new", w.New, l.do.create, "n")
	fresh.Foot, fresh.Writes, fresh.Twin = true, true, "hooktop hook add"
	filter := act("list.filter", w.Filter, l.search, "/")
	filter.Foot = true
	verbs, sent := l.do.on(h, ok), l.do.sent(h, ok)
	sent.Foot = false // the footer has no room for it beside the palette's key
	out := append([]page.Action{fresh}, verbs...)
	emit := l.do.emit()
	out = append(out, open, filter, sent, emit)
	if l.filtered() {
		out = append(out, act("list.unfilter", w.Unfilter, l.unfilter, "esc"))
	}
	menu := act("actions", w.Actions, func() tea.Cmd {
		return l.env.Open(listOf(l.env, l.env.Words.Hooks.ActionsFor(nameOf(h.Hook)), append(append([]page.Action{open, sent}, verbs...), emit)))
	}, "x")
	menu.Off = !ok
	out = append(out, menu, l.restoring())
	if l.err != nil {
		out = append(out, act("list.reload", w.Reload, l.read, "r"))
	}
	return append(out, l.moves()...)
}

func (l *list) filterActions() []page.Action {
	w := l.env.Words.Hooks.Do
	keep := act("list.keep", w.Keep, l.keep, "enter")
	keep.Foot = true
	drop := act("list.unfilter", w.Unfilter, l.unfilter, "esc")
	drop.Foot = true
	down := act("move.down", w.Down, func() tea.Cmd { return l.move(func() { l.rows.Move(1) }) }, "down")
	up := act("move.up", w.Up, func() tea.Cmd { return l.move(func() { l.rows.Move(-1) }) }, "up")
	return []page.Action{keep, drop, down, up}
}

func (l *list) failedActions() []page.Action {
	w := l.env.Words.Hooks.Do
	switch {
	case l.err == nil && l.wait.Long():
		return []page.Action{widget.Stop(l.env, l.giveUp)}
	case l.err == nil:
		return nil
	}
	again := act("list.reload", w.Reload, l.read, "r")
	cause := act("list.cause", w.Cause, func() tea.Cmd { l.cause = !l.cause; return nil }, "enter")
	again.Foot, cause.Foot = true, true
	return []page.Action{again, cause}
}

// restoring brings back the webhook deleted last, for as long as the store keeps
// it; the palette has it when the toast is gone.
func (l *list) restoring() page.Action {
	var last model.Hook
	if n := len(l.gone); n > 0 {
		last = l.gone[n-1]
	}
	a := act("hook.restore", l.env.Words.Hooks.Do.Restore, func() tea.Cmd { return l.do.restore(last) })
	a.Off, a.Writes, a.Twin = len(l.gone) == 0, true, "hooktop hook restore"
	return a
}

func (l *list) moves() []page.Action {
	return moves(l.env.Words, &l.rows, l.move)
}

// moves are the actions that go through rows; by wraps each movement.
func moves(words *text.Words, r *widget.Rows, by func(func()) tea.Cmd) []page.Action {
	w := words.Hooks.Do
	return append(widget.Moves(words, r, by),
		act("move.home", w.Home, func() tea.Cmd { return by(r.Home) }, "g", "home"),
		act("move.end", w.End, func() tea.Cmd { return by(r.End) }, "G", "end"))
}

// menuOf is a menu of actions that run by their keys.
func menuOf(env *page.Env, title string, actions []page.Action) page.Dialog {
	return widget.NewMenu(env, title, widget.Entries(env, keyed(actions))...)
}

// listOf is a menu of actions whose keys are only shown.
func listOf(env *page.Env, title string, actions []page.Action) page.Dialog {
	return widget.NewList(env, title, widget.Entries(env, keyed(actions))...)
}

// keyed are the actions with a key: what has none is part of another one here.
func keyed(actions []page.Action) []page.Action {
	return slices.DeleteFunc(slices.Clone(actions), func(a page.Action) bool { return len(a.Keys) == 0 })
}
