package deliveries

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

func offer(a page.Action, foot, on bool) page.Action {
	a.Foot, a.Off = foot, !on
	return a
}

// deeds are the verbs on one delivery, the same on its row and on its own page.
// What comes of them is a toast; the row itself changes when the store tells.
type deeds struct {
	ctx context.Context
	env *page.Env
	v   Verbs
}

// on are the actions on a delivery. moving says that the row may have changed under
// the key: then it is shown and asked for before anything is done.
func (d deeds) on(m model.Delivery, ok, moving bool) []page.Action {
	w := d.env.Words.Deliveries
	sure := func(key, label string, verb func() tea.Cmd) func() tea.Cmd {
		if !moving {
			return verb
		}
		return func() tea.Cmd {
			body := []string{w.AskText(text.Clean(m.Hook), text.Clean(m.Type)), text.Clean(m.ID), "", w.AskWhy}
			return d.env.Open(widget.NewConfirm(d.env, w.AskTitle, body, widget.Entry{Key: key, Label: label, Do: verb}))
		}
	}
	replay := offer(page.Act("delivery.replay", w.Do.Replay, sure("s", w.AskReplay, func() tea.Cmd { return d.replay(m) }), "r"), true, ok)
	replay.Writes, replay.Twin = true, "hooktop delivery replay"
	waits := ok && (m.State == model.DeliveryRetrying || m.State == model.DeliveryHeld)
	retry := offer(page.Act(retryID, w.Do.Retry, sure("s", w.AskRetry, func() tea.Cmd { return d.retry(m.ID) }), "t"), ok && !moving && m.State == model.DeliveryRetrying, waits) // what is held may be so by a pause
	retry.Writes, retry.Twin = true, "hooktop delivery retry"
	if retry.Foot { // there is nothing to replay yet
		replay.Foot = false
	}
	cancel := offer(page.Act("delivery.cancel", w.Do.Cancel, sure("s", w.AskCancel, func() tea.Cmd { return d.cancel(m.ID) })), false, ok && !m.State.Done())
	cancel.Writes, cancel.Twin = true, "hooktop delivery cancel"
	copies := offer(page.Act(copyID, w.Do.Copy, func() tea.Cmd { return d.env.Open(d.copyMenu(m)) }, "y"), true, ok)
	pager := offer(page.Act(pagerID, w.Do.Pager, func() tea.Cmd { return d.read(m) }, "P"), false, ok)
	return []page.Action{retry, replay, copies, cancel, pager}
}

// Actions that are looked for: trying a delivery now, copying of it, and reading its body
// in the person's pager.
const (
	retryID = "delivery.retry"
	copyID  = "delivery.copy"
	pagerID = "delivery.pager"
)

// among are those of the actions that have one of the ids.
func among(actions []page.Action, ids ...string) []page.Action {
	return slices.DeleteFunc(slices.Clone(actions), func(a page.Action) bool { return !slices.Contains(ids, a.ID) })
}

// read gives what was sent to the pager.
func (d deeds) read(m model.Delivery) tea.Cmd {
	words := d.env.Words
	return func() tea.Msg {
		v, err := d.v.Delivery(d.ctx, m.ID)
		if err != nil {
			return page.ToastMsg{Kind: page.ToastError, Text: words.Fault(err).String()}
		}
		return page.ReadMsg{Name: text.Clean(v.Event.Type) + ".json", Data: v.Event.Body}
	}
}

func (d deeds) replay(m model.Delivery) tea.Cmd {
	return func() tea.Msg {
		made, err := d.v.Replay(d.ctx, model.Selection{IDs: []string{m.ID}}, 0, false)
		w := d.env.Words.Deliveries
		none := w.NotSent
		if !m.State.Done() {
			none = w.NotSentYet
		}
		said := d.said(made.Count, err, w.Sent, none)
		if said.Kind == page.ToastGood && made.ID != "" {
			said.Text += w.List.SentUndo
			said.Undo = func() tea.Cmd { return d.takeBack(made.ID) }
		}
		return said
	}
}

// takeBack cancels of a replay what has not been sent yet.
func (d deeds) takeBack(replay string) tea.Cmd {
	f, fault := model.ParseFilter("replay:"+replay+" "+unsent, d.env.Now())
	return func() tea.Msg {
		w := d.env.Words.Deliveries
		if fault != nil {
			return d.said(0, fault, w.Cancelled, w.NotCancelled)
		}
		n, err := d.v.Cancel(d.ctx, model.Selection{Filter: f}, false)
		return d.said(n, err, w.Cancelled, w.NotCancelled)
	}
}

func (d deeds) retry(id string) tea.Cmd {
	return func() tea.Msg {
		n, err := d.v.Retry(d.ctx, model.Selection{IDs: []string{id}}, false)
		w := d.env.Words.Deliveries
		return d.said(n, err, w.Retried, w.NotRetried)
	}
}

func (d deeds) cancel(id string) tea.Cmd {
	return func() tea.Msg {
		n, err := d.v.Cancel(d.ctx, model.Selection{IDs: []string{id}}, false)
		w := d.env.Words.Deliveries
		return d.said(n, err, w.Cancelled, w.NotCancelled)
	}
}

// said is the toast after a verb.
func (d deeds) said(n int, err error, done func(int) string, none string) page.ToastMsg {
	switch {
	case err != nil:
		return page.ToastMsg{Kind: page.ToastError, Text: d.env.Words.Fault(err).String()}
	case n == 0:
		return page.ToastMsg{Kind: page.ToastWarn, Text: none}
	}
	return page.ToastMsg{Kind: page.ToastGood, Text: done(n)}
}

// menu lists actions for the delivery; their keys are shown, not pressed.
func (d deeds) menu(m model.Delivery, actions []page.Action) tea.Cmd {
	title := d.env.Words.Deliveries.ActionsFor(text.Clean(m.ID))
	return d.env.Open(widget.NewList(d.env, title, widget.Entries(d.env, actions)...))
}
