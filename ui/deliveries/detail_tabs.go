package deliveries

import (
	"strconv"
	"strings"
	"unicode/utf8"

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
	if v.State != model.DeliveryHeld && p.next(v.Delivery) != "" {
		add(w.Next, all.Ago(v.NextAt, d.env.Now()))
	}
	if a := last(v); a != nil && a.Failure != nil {
		m := all.Failure(a.Failure)
		add(w.Reason, m.What)
		add(w.Cure, m.Cure)
		add(all.Hooks.Why, text.Clean(a.Failure.Detail))
	}
	if v.State == model.DeliveryHeld && d.rec.around.read {
		add(w.Why, p.held(v.Delivery, d.rec.around.hook))
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
	if a := last(v); a != nil && a.Failure != nil && d.rec.around.read {
		out = append(append(out, nil), p.lately(v, d.rec.around, d.width-2)...)
	}
	if len(v.Attempts) > 0 {
		out = append(append(out, nil), d.story()...)
	}
	return out
}

// The summary has the newest attempts and the beginning of the newest answer; their
// tabs have the rest.
const (
	storyAttempts = 5
	storyLines    = 8
	storyBytes    = 2 << 10
)

// story is what was tried and what came back, in short.
func (d *detail) story() []widget.Line {
	th, p, w, v := d.env.Theme, pen{d.env}, d.env.Words, d.rec.view
	out := []widget.Line{widget.Say(w.Deliveries.Attempts, th.Bold)}
	for _, a := range v.Attempts[max(len(v.Attempts)-storyAttempts, 0):] {
		out = append(out, p.attempt(a, d.width-2))
	}
	r := last(v).Response
	if r == nil {
		return out
	}
	head := widget.Line{{Text: w.Deliveries.Response + "  ", Style: th.Bold}, {Text: strings.Join(answered(w, r), " "+th.Sym.Dot+" "), Style: th.Dim}}
	out = append(out, nil, head)
	begins := clipped(string(r.Body[:min(len(r.Body), storyBytes+utf8.UTFMax)]), storyBytes, "")
	whole := lines(widget.CleanBody([]byte(begins)), "  ", d.width-2, th.Text)
	out = append(out, whole[:min(len(whole), storyLines)]...)
	if len(whole) > storyLines || len(r.Body) > storyBytes {
		out = append(out, widget.Say("  "+th.Sym.Ellipsis, th.Dim))
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
