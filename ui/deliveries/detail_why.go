package deliveries

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// standing says in plain words why the delivery stands as it does and what comes next.
func (p pen) standing(v model.DeliveryView, around around) []string {
	w := p.env.Words.Delivery
	var out []string
	if a := last(v); a != nil && a.Failure != nil && v.State != model.DeliveryDelivered {
		m := p.env.Words.Failure(a.Failure)
		out = append(out, m.What, m.Cure)
	}
	tried, plan := counted(v.Attempts), around.hook.Retry.OrDefault().Waits
	switch v.State {
	case model.DeliveryQueued:
		if tried == 0 {
			out = append(out, w.Waiting)
		}
	case model.DeliverySending:
		out = append(out, w.SendingNow)
	case model.DeliveryDelivered:
		if a := last(v); a != nil {
			out = append(out, w.Delivered(a.N, p.env.Words.Duration(a.StartedAt.Add(a.Timings.Total).Sub(v.CreatedAt))))
		}
	case model.DeliveryDead:
		out = append(out, w.GaveUp(len(v.Attempts)))
	case model.DeliveryCancelled:
		out = append(out, w.Cancelled)
	case model.DeliveryHeld:
		if around.read {
			out = append(out, p.held(v.Delivery, around.hook))
		}
	}
	if around.gone {
		out = append(out, w.Gone)
	}
	if !v.State.Done() && v.State != model.DeliverySending && tried > 0 && around.read && !around.gone {
		out = append(out, p.plan(v.Delivery, tried, plan))
	}
	return out
}

// plan is where the delivery stands in its schedule.
func (p pen) plan(d model.Delivery, tried int, plan []time.Duration) string {
	w := p.env.Words.Delivery
	parts := []string{w.Step(tried, max(len(plan), tried))}
	switch {
	case d.NextAt.After(p.env.Now()):
		parts = append(parts, w.Due(p.env.Words.Ago(d.NextAt, p.env.Now()), p.clock(d.NextAt)))
	case d.State != model.DeliveryHeld:
		parts = append(parts, w.DueNow)
	}
	switch {
	case tried+1 < len(plan):
		parts = append(parts, w.Then(p.env.Words.Duration(plan[tried+1])))
	case tried+1 == len(plan):
		parts = append(parts, w.LastTry)
	}
	return strings.Join(parts, ", ") + "."
}

// counted is how many attempts cost a step of the schedule: interruptions do not.
func counted(attempts []model.Attempt) int {
	n := 0
	for _, a := range attempts {
		if a.Outcome != model.OutcomeInterrupted {
			n++
		}
	}
	return n
}

// held says why a delivery is kept back: its webhook's state, else what the alerts tell.
func (p pen) held(d model.Delivery, h model.Hook) string {
	w := p.env.Words.Delivery
	switch h.State {
	case model.HookPaused:
		return w.HeldPaused
	case model.HookDraft:
		return w.HeldDraft
	case model.HookDisabled:
		return w.HeldDisabled(p.env.Words.Disabled(h.Reason))
	}
	if _, ok := p.env.Hold(text.Clean(d.Hook)); !ok && d.ReplayOf == "" {
		return w.HeldTripped
	}
	return p.kept(d)
}

// why is how the delivery stands; the event's decision trace: for every webhook, what
// was decided and by which clause; and what has changed on the delivery's webhook.
func (d *detail) why() []widget.Line {
	th, w, p, v := d.env.Theme, d.env.Words, pen{d.env}, d.rec.view
	width := d.width - 2
	out := []widget.Line{append(widget.Line{{Text: text.Clean(v.Hook) + "  ", Style: th.Bold}}, p.state(v.State)...)}
	for _, s := range p.standing(v, d.rec.around) {
		out = append(out, lines(s, "  ", width, th.Text)...)
	}
	if !d.rec.around.read {
		return append(append(out, nil), d.unread()...)
	}
	out = append(out, nil, widget.Line{{Text: w.Delivery.Trace, Style: th.Bold}, {Text: "  " + text.Clean(v.Type) + "  " + text.Clean(v.EventID), Style: th.Dim}})
	switch {
	case v.Test:
		out = append(out, lines(w.Deliveries.OnlyTests, "  ", width, th.Text)...)
	case len(d.rec.around.why) == 0:
		out = append(out, lines(w.Deliveries.NoTrace, "  ", width, th.Dim)...)
	}
	for _, dec := range d.rec.around.why {
		out = append(out, d.decision(dec)...)
	}
	d.since = len(out) + 1
	return append(append(out, nil), p.lately(v, d.rec.around, width)...)
}

// unread says that what is around the delivery is not known yet, or why it is not.
func (d *detail) unread() []widget.Line {
	th, w := d.env.Theme, d.env.Words
	if err := d.rec.around.err; err != nil {
		return lines(th.Sym.Fail+" "+w.Fault(err).String(), "", d.width-2, th.Bad)
	}
	return lines(w.Hooks.Loading, "", d.width-2, th.Dim)
}

func (d *detail) decision(dec model.Decision) []widget.Line {
	th, w := d.env.Theme, d.env.Words.Deliveries
	symbol, style := th.Sym.Off, th.Dim
	switch dec.Result {
	case model.DecisionMatched:
		symbol, style = th.Sym.OK, th.Good
	case model.DecisionDisabled:
		symbol, style = th.Sym.Stop, th.Bad
	}
	if dec.Clause == model.ClauseConditionError {
		symbol, style = th.Sym.Warn, th.Warn
	}
	word, ok := w.Decision[dec.Result]
	if !ok {
		word = text.Clean(string(dec.Result))
	}
	line := append(widget.Mark(symbol, word, style), widget.Span{Text: "  " + text.Clean(dec.Hook), Style: th.Bold})
	if dec.DeliveryID == d.rec.view.ID {
		line = append(line, widget.Span{Text: "  " + th.Sym.Up + " " + w.This, Style: th.Accent})
	}
	out := []widget.Line{line}
	if dec.Clause != "" {
		clause, ok := w.Clause[dec.Clause]
		if !ok {
			clause = text.Clean(string(dec.Clause))
		}
		out = append(out, lines(clause, "    ", d.width-2, th.Text)...)
	}
	switch {
	case dec.Value == "":
	case dec.Result == model.DecisionDisabled:
		out = append(out, lines(d.env.Words.Disabled(model.DisableReason(dec.Value)), "    ", d.width-2, th.Dim)...)
	default:
		out = append(out, lines(w.Saw(text.Clean(dec.Value)), "    ", d.width-2, th.Dim)...)
	}
	return out
}

// changes shows what has changed on the webhook.
func (d *detail) changes() tea.Cmd {
	cmd := d.show(tabWhy)
	d.rows[tabWhy].Home()
	d.rows[tabWhy].Move(d.since)
	return cmd
}

// refused are the webhooks that did not get the event, each with what was decided.
func (d *detail) refused() []model.Decision {
	var out []model.Decision
	for _, dec := range d.rec.around.why {
		if dec.HookID != "" && (dec.Result == model.DecisionFiltered || dec.Result == model.DecisionDisabled) {
			out = append(out, dec)
		}
	}
	return out
}

// anyway offers the webhooks that did not get the event.
func (d *detail) anyway() tea.Cmd {
	th, w := d.env.Theme, d.env.Words
	list := d.refused()
	if len(list) == 0 {
		return page.Toast(page.ToastInfo, w.Delivery.AnywayNone)
	}
	var entries []widget.Entry
	for _, dec := range list {
		label := text.Clean(dec.Hook) + " " + th.Sym.Dot + " " + w.Deliveries.Decision[dec.Result]
		if clause := w.Deliveries.Clause[dec.Clause]; clause != "" {
			label += " " + th.Sym.Dot + " " + clause
		}
		entries = append(entries, widget.Entry{Label: label, Do: func() tea.Cmd { return d.insist(dec) }})
	}
	return d.env.Open(widget.NewList(d.env, w.Delivery.AnywayTitle, entries...))
}

// insist asks, and delivers the event to a webhook whatever its filter says.
func (d *detail) insist(dec model.Decision) tea.Cmd {
	w, do := d.env.Words.Delivery, d.list.do()
	event := d.rec.view.EventID
	body := []string{w.AnywayAsk(text.Clean(d.rec.view.Type), text.Clean(dec.Hook)), text.Clean(event)}
	if dec.Result == model.DecisionDisabled {
		body = append(body, "", w.AnywayOff)
	}
	return d.env.Open(widget.NewConfirm(d.env, w.AnywayTitle+" "+text.Clean(dec.Hook), body, widget.Entry{Key: "s", Label: w.AnywaySend, Do: func() tea.Cmd {
		return func() tea.Msg {
			made, err := do.v.Replay(do.ctx, model.Selection{Events: []string{event}, Hook: dec.HookID}, 0, false)
			return do.said(made.Count, err, do.env.Words.Deliveries.Sent, do.env.Words.Deliveries.NotSent)
		}
	}}))
}
