package hooks

import (
	"strconv"
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// checkRow begins the row ids of verifications, which have no id of their own.
const checkRow = "check:"

// build makes the rows of the tab shown: their ids in order and their lines.
func (d *detail) build() ([]string, map[string]widget.Line) {
	if !d.ready() {
		return nil, nil
	}
	switch d.tab {
	case tabTriggers:
		return d.triggers()
	case tabAttempts:
		return d.attempts()
	case tabChecks:
		return d.checks()
	case tabHistory:
		return numbered(d.history())
	}
	return numbered(d.summary())
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

func (d *detail) triggers() ([]string, map[string]widget.Line) {
	th, p := d.env.Theme, pen{d.env}
	var ids []string
	byID := map[string]widget.Line{}
	for _, t := range d.v.Catalogue().Triggers() {
		line := p.trigger(d.v, t, d.seen.hook.Events)
		if gap := 42 - line.Width(); gap > 0 && d.bodyWidth() >= 60 {
			line = append(line, widget.Span{Text: strings.Repeat(" ", gap) + text.Clean(t.Key), Style: th.Dim})
		}
		ids, byID[t.Key] = append(ids, t.Key), line
		if t.Mark(d.seen.hook.Events) != model.MarkSome {
			continue
		}
		for _, typ := range t.Events { // the finer choice
			one := p.trigger(d.v, model.Trigger{Key: typ, Events: []string{typ}}, d.seen.hook.Events)
			ids = append(ids, typ)
			byID[typ] = append(widget.Line{{Text: "    "}}, one...)
		}
	}
	return ids, byID
}

// attempts are one line each; on narrow screens the day and the latency go first.
func (d *detail) attempts() ([]string, map[string]widget.Line) {
	th, w, p := d.env.Theme, d.env.Words.Hooks, pen{d.env}
	narrow := d.bodyWidth() < 64
	cols := []widget.Column{{Width: 19}, {Width: 22}, {Width: 9, Right: true}, {Width: max(d.bodyWidth()-54, 0)}}
	if narrow {
		cols = []widget.Column{{Width: 8}, {Width: 14}, {Width: max(d.bodyWidth()-25, 0)}}
	}
	var ids []string
	byID := map[string]widget.Line{}
	for _, r := range d.seen.tests {
		when, ended := p.clock(r.Attempt.StartedAt), p.outcome(r.Attempt)
		if narrow {
			when, ended = p.shortClock(r.Attempt.StartedAt), p.ended(r.Attempt, w.Failed)
		}
		if r.Delivery.Test {
			ended = append(ended, widget.Span{Text: " " + w.Test, Style: th.Dim})
		}
		cells := []widget.Line{widget.Say(when, th.Text), ended, widget.Say(p.took(r.Delivery.Duration), th.Text)}
		typ := widget.Say(text.Clean(strings.TrimPrefix(r.Delivery.Type, d.shorten())), th.Text)
		cells = append(cells[:len(cols)-1], typ)
		ids, byID[r.Delivery.ID] = append(ids, r.Delivery.ID), widget.Columns(cols, cells, th.Sym.Ellipsis)
	}
	return ids, byID
}

// shorten is the prefix that event types lose on narrow screens.
func (d *detail) shorten() string {
	if d.bodyWidth() < 84 {
		return "call."
	}
	return ""
}

func (d *detail) checks() ([]string, map[string]widget.Line) {
	th, p := d.env.Theme, pen{d.env}
	var ids []string
	byID := map[string]widget.Line{}
	for i, v := range d.seen.checks {
		when := p.clock(v.At)
		if d.bodyWidth() < 64 {
			when = p.shortClock(v.At)
		}
		line := widget.Say(when+" ", th.Text)
		state := model.VerifyFailed
		switch {
		case v.OK && v.Echo != model.EchoNone:
			state = model.VerifiedEcho
		case v.OK:
			state = model.Verified
		}
		line = append(line, p.verdict(state)...)
		if v.HTTPStatus > 0 {
			line = append(line, widget.Span{Text: " " + strconv.Itoa(v.HTTPStatus), Style: th.Text})
			if d.bodyWidth() >= 64 {
				line = append(line, widget.Span{Text: " " + p.took(v.Latency), Style: th.Text})
			}
		}
		if v.Failure != nil && v.HTTPStatus == 0 {
			line = append(line, widget.Span{Text: " " + d.env.Words.Failure(v.Failure).What, Style: th.Text})
		}
		id := checkRow + strconv.Itoa(i)
		ids, byID[id] = append(ids, id), line
	}
	return ids, byID
}

// history is what changed and when; secrets are masks already.
func (d *detail) history() []widget.Line {
	th, w, p := d.env.Theme, d.env.Words, pen{d.env}
	var out []widget.Line
	for _, c := range d.seen.history {
		head := widget.Line{{Text: p.clock(c.At) + "  ", Style: th.Text}, {Text: w.ChangeKind(c.Kind), Style: th.Bold}}
		revision := widget.Span{Text: "  " + w.Hooks.Detail.Revision + " " + strconv.FormatInt(c.Revision, 10), Style: th.Dim}
		if whole := append(head, revision); whole.Width() < d.bodyWidth() {
			head = whole
		}
		out = append(out, head)
		if why := d.reason(c); why != "" {
			out = append(out, wrapLines(why, d.bodyWidth()-1, 4, nil)...)
		}
		for _, f := range c.Fields {
			value := d.shown(f.Before) + " → " + d.shown(f.After)
			if d.env.Theme.ASCII {
				value = d.shown(f.Before) + " -> " + d.shown(f.After)
			}
			label := widget.Line{{Text: "    " + w.Field(f.Field) + ": ", Style: th.Dim}}
			out = append(out, wrapLines(value, d.bodyWidth()-1, 6, label)...)
		}
	}
	return out
}

func (d *detail) shown(value string) string {
	if value == "" {
		return d.env.Words.Hooks.Detail.Empty
	}
	return text.Clean(value)
}

// reason is why the webhook was disabled, or which failure made it a draft.
func (d *detail) reason(c model.Change) string {
	if c.Reason == "" {
		return ""
	}
	switch r := model.DisableReason(c.Reason); r {
	case model.DisabledByUser, model.DisabledGone, model.DisabledFailing, model.DisabledImported:
		return d.env.Words.Disabled(r)
	}
	return d.env.Words.Failure(&model.Failure{Code: model.Code(c.Reason)}).What
}
