package hooks

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// Actions lists what can be done with the webhook and on the tab shown.
func (d *detail) Actions() []page.Action {
	w := d.env.Words.Hooks.Do
	if !d.ready() {
		if d.seen.err == nil {
			return nil
		}
		again := act("detail.reload", w.Reload, d.read, "r")
		cause := act("detail.cause", w.Cause, func() tea.Cmd { d.cause = !d.cause; return nil }, "enter")
		again.Foot, cause.Foot = true, true
		return []page.Action{again, cause}
	}
	h := d.seen.hook
	next := act("pane.next", w.TabNext, func() tea.Cmd { return d.turn(1) }, "tab", "right", "l")
	prev := act("pane.prev", w.TabPrev, func() tea.Cmd { return d.turn(-1) }, "shift+tab", "left", "h")
	next.Foot = true
	verbs := append(d.do.on(h, true), d.do.sent(h, true), d.do.emit())
	out := append([]page.Action{next, prev}, verbs...)
	explain := act("trigger.explain", w.Explain, d.explain, "i")
	explain.Foot, explain.Twin = d.tab == tabTriggers, "hooktop sample EVENT"
	open := act("detail.open", w.Open, d.open, "enter")
	open.Off = d.rows[d.tab].Plain || d.rows[d.tab].Len() == 0
	menu := act("actions", w.Actions, func() tea.Cmd {
		return d.env.Open(listOf(d.env, d.env.Words.Hooks.ActionsFor(nameOf(h.Hook)), append(verbs, explain)))
	}, "x")
	out = append(out, explain, open, menu)
	if d.seen.err != nil {
		out = append(out, act("detail.reload", w.Reload, d.read, "r"))
	}
	return append(out, moves(d.env.Words, &d.rows[d.tab], d.move)...)
}

// open opens the row under the cursor: an attempt, a verification, a trigger's page.
func (d *detail) open() tea.Cmd {
	id := d.rows[d.tab].Selected()
	switch d.tab {
	case tabTriggers:
		return d.explain()
	case tabAttempts:
		for _, r := range d.seen.tests {
			if r.Delivery.ID == id {
				return d.env.Push(newAttempt(d.env, d.v, r))
			}
		}
	case tabChecks:
		n, err := strconv.Atoi(strings.TrimPrefix(id, checkRow))
		if err == nil && n < len(d.seen.checks) {
			return d.env.Push(newReport(d.env, d.v, d.seen.hook.Hook, d.seen.checks[n]))
		}
	}
	return nil
}

// explain opens the page about the trigger under the cursor, or the webhook's first.
func (d *detail) explain() tea.Cmd {
	key := ""
	if d.tab == tabTriggers {
		key = d.rows[d.tab].Selected()
	}
	for _, t := range d.v.Catalogue().Triggers() {
		if t.Key == key || key == "" && t.Mark(d.seen.hook.Events) != 0 {
			return d.env.Push(newExplain(d.env, d.v, t.Key))
		}
	}
	if all := d.v.Catalogue().Triggers(); len(all) > 0 {
		return d.env.Push(newExplain(d.env, d.v, all[0].Key))
	}
	return nil
}
