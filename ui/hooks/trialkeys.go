package hooks

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Actions are the keys of the test page.
func (t *trial) Actions() []page.Action {
	w := t.env.Words.Trial.Do
	idle := t.job == nil
	answered := t.result != nil && t.result.Attempt.Response != nil
	scroll := func(f func(*widget.Body)) func() tea.Cmd {
		return func() tea.Cmd { f(t.front()); return nil }
	}
	send := writing(act("test.send", w.Send, t.send, "enter"))
	send.Twin = "hooktop test HOOK EVENT"
	edit := offer(act("test.edit", w.Edit, t.edit, "e"), true, idle && t.event.Body != nil)
	edit.Twin = "hooktop test HOOK EVENT --data FILE"
	open := offer(act("test.open", w.Open, t.open, "o"), true, idle)
	open.Twin = "hooktop test HOOK EVENT --data FILE"
	explain := offer(act("test.explain", w.Explain, t.explain, "i"), true, true)
	explain.Twin = "hooktop sample EVENT"
	return []page.Action{
		offer(send, true, idle && t.event.Body != nil),
		offer(act("test.copy", w.Copy, t.copies, "y"), true, t.event.Body != nil),
		offer(act("test.side", w.Side, t.turn, "tab", "v"), true, answered),
		edit,
		offer(act("test.pager", t.env.Words.Deliveries.Do.Pager, t.read, "P"), false, t.event.Body != nil),
		offer(act("test.sample", w.Sample, t.sample, "b"), true, idle && (t.own != nil || t.bad != nil)),
		open,
		explain,
		act("test.format", w.Format, t.format, "f"),
		offer(act("test.prev", w.Up, func() tea.Cmd { return t.pick(-1) }, "up", "k", "left"), false, idle),
		offer(act("test.next", w.Down, func() tea.Cmd { return t.pick(1) }, "down", "j", "right"), false, idle),
		act("test.lineup", w.LineUp, scroll(func(b *widget.Body) { b.ScrollBy(-1) }), "shift+up", "K"),
		act("test.linedown", w.LineDown, scroll(func(b *widget.Body) { b.ScrollBy(1) }), "shift+down", "J", "space"),
		act("test.pageup", w.PageUp, scroll(func(b *widget.Body) { b.Page(-1) }), "pgup", "ctrl+u"),
		act("test.pagedown", w.PageDown, scroll(func(b *widget.Body) { b.Page(1) }), "pgdown", "ctrl+d"),
		act("test.home", w.Home, scroll((*widget.Body).Home), "home", "g"),
		act("test.end", w.End, scroll((*widget.Body).End), "end", "G"),
	}
}

// front is the body in the right pane.
func (t *trial) front() *widget.Body {
	if t.answer {
		return t.reply
	}
	return t.body
}

// format switches the body in front between indented JSON and exact bytes.
func (t *trial) format() tea.Cmd { return reformat(t.front()) }

func reformat(b *widget.Body) tea.Cmd {
	if b.Mode() == widget.BodyPretty {
		return b.SetMode(widget.BodyExact)
	}
	return b.SetMode(widget.BodyPretty)
}

func (t *trial) explain() tea.Cmd {
	return t.env.Push(newExplain(t.env, t.v, model.TriggerKey(t.typ())))
}
