package deliveries

import (
	"strconv"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// labelWidth holds the longest label of either language.
const labelWidth = 12

// build makes the rows of the tab shown: their ids in order and their lines.
func (d *detail) build() ([]string, map[string]widget.Line) {
	if !d.rec.has() {
		return nil, nil
	}
	switch d.tab {
	case tabSummary:
		return numbered(d.summary())
	case tabAttempts:
		return d.attempts()
	case tabTiming:
		return numbered(d.timing())
	case tabWhy:
		return numbered(d.why())
	}
	return nil, nil
}

// numbered gives lines to read their numbers as ids.
func numbered(lines []widget.Line) ([]string, map[string]widget.Line) {
	ids := make([]string, len(lines))
	byID := make(map[string]widget.Line, len(lines))
	for i, l := range lines {
		ids[i] = strconv.Itoa(i)
		byID[ids[i]] = l
	}
	return ids, byID
}

// summary is what the delivery is and how it stands.
func (d *detail) summary() []widget.Line {
	th, all, p := d.env.Theme, d.env.Words, pen{d.env}
	w, v := all.Deliveries, d.rec.view
	var out []widget.Line
	add := func(label, value string) {
		if value != "" {
			out = append(out, widget.Fact(th, label, value, labelWidth, d.width-2)...)
		}
	}
	state := append(widget.Say(all.Hooks.Detail.State, th.Dim).Pad(labelWidth+1), p.state(v.State)...)
	if v.Attempts != nil {
		state = append(state, widget.Span{Text: "  " + p.http(v.HTTPStatus) + " " + th.Sym.Dot + " " + p.latency(v.Delivery) +
			" " + th.Sym.Dot + " " + w.Attempt(v.Delivery.Attempts), Style: th.Text})
	}
	out = append(out, state)
	if p.next(v.Delivery) != "" {
		add(w.Next, all.Ago(v.NextAt, d.env.Now()))
	}
	if a := last(v); a != nil && a.Failure != nil {
		m := all.Failure(a.Failure)
		add(w.Reason, m.What)
		add(w.Cure, m.Cure)
		add(all.Hooks.Why, text.Clean(a.Failure.Detail))
	}
	add(w.Webhook, text.Clean(v.Hook))
	add(w.Type, text.Clean(v.Type))
	if v.Test {
		add(all.Trial.Tag, w.TestYes)
	}
	add(w.Call, text.Clean(v.Event.Subject))
	add(w.Body, all.Size(int64(len(v.Event.Body))))
	add(w.Created, text.DateTime(v.CreatedAt))
	if !v.DoneAt.IsZero() {
		add(w.Done, text.DateTime(v.DoneAt))
	}
	add(w.Delivery, text.Clean(v.ID))
	add(w.Event, text.Clean(v.EventID))
	add(w.ReplayOf, text.Clean(v.ReplayOf))
	if a := last(v); a != nil {
		add(w.Address, text.Clean(a.RemoteAddr))
		add(w.TLS, text.Clean(a.TLSVersion))
		add(w.RevisionOf, strconv.FormatInt(a.Revision, 10))
	}
	return out
}

// attempts are one line each; the one under the cursor is what the other tabs show.
func (d *detail) attempts() ([]string, map[string]widget.Line) {
	var ids []string
	byID := map[string]widget.Line{}
	th, p := d.env.Theme, pen{d.env}
	for _, a := range d.rec.view.Attempts {
		line := p.attempt(a, d.width-1)
		if a.Failure != nil {
			line = append(line, widget.Span{Text: "  " + d.env.Words.Failure(a.Failure).What, Style: th.Text})
		}
		id := strconv.Itoa(a.N)
		ids, byID[id] = append(ids, id), line
	}
	return ids, byID
}

// timing is a bar and a number for every phase of the attempt shown.
func (d *detail) timing() []widget.Line {
	a := d.shown()
	if a == nil {
		return nil
	}
	th, all, t := d.env.Theme, d.env.Words, a.Timings
	w := all.Trial
	head := []string{all.Deliveries.Attempt(a.N)}
	if a.RemoteAddr != "" {
		head = append(head, text.Clean(a.RemoteAddr))
	}
	if a.TLSVersion != "" {
		head = append(head, "TLS "+text.Clean(a.TLSVersion))
	}
	if a.RemoteAddr != "" && t.Connect == 0 && t.Wait > 0 {
		head = append(head, w.Reused)
	}
	var bars []widget.Bar
	for _, p := range []struct {
		name string
		took time.Duration
	}{{w.DNS, t.DNS}, {w.Connect, t.Connect}, {w.TLS, t.TLS}, {w.Wait, t.Wait}, {w.Read, t.Body}, {w.Total, t.Total}} {
		b := widget.Bar{Label: p.name, Number: all.Duration(p.took)}
		if t.Total > 0 {
			b.Part = float64(p.took) / float64(t.Total)
		}
		bars = append(bars, b)
	}
	out := []widget.Line{widget.Say(strings.Join(head, " "+th.Sym.Dot+" "), th.Dim), nil}
	return append(out, widget.Bars(th, bars, d.width-2)...)
}

// why is the event's decision trace: for every webhook, what was decided and by
// which clause.
func (d *detail) why() []widget.Line {
	th, w, p, v := d.env.Theme, d.env.Words.Deliveries, pen{d.env}, d.rec.view
	state := append(widget.Line{{Text: text.Clean(v.Hook) + "  ", Style: th.Bold}}, p.state(v.State)...)
	out := []widget.Line{state}
	for _, s := range []string{p.reason(v.Delivery), p.next(v.Delivery)} {
		if s != "" {
			out = append(out, lines(s, "  ", d.width-2, th.Text)...)
		}
	}
	out = append(out, nil)
	switch {
	case v.Test:
		return append(out, lines(w.OnlyTests, "", d.width-2, th.Text)...)
	case len(d.rec.why) == 0:
		return append(out, lines(w.NoTrace, "", d.width-2, th.Dim)...)
	}
	out = append(out, widget.Say(text.Clean(v.Type)+"  "+text.Clean(v.EventID), th.Dim))
	for _, dec := range d.rec.why {
		out = append(out, d.decision(dec)...)
	}
	return out
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
	line := append(say(symbol, word, style), widget.Span{Text: "  " + text.Clean(dec.Hook), Style: th.Bold})
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
	if dec.Value != "" {
		out = append(out, lines(w.Saw(text.Clean(dec.Value)), "    ", d.width-2, th.Dim)...)
	}
	return out
}
