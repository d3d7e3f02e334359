package metrics

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// panelLines are a panel's title or heads and its rows, as high as its place.
func (s *screen) panelLines(p panel) []string {
	th, w, at := s.env.Theme, s.env.Words.Metrics, s.places()[p]
	style := th.Dim
	if p == s.panel {
		style = th.Bold
	}
	var head, none string
	draw := oneLine(s.hookRow)
	switch p {
	case panelHooks:
		head = s.hookHeads()
	case panelCauses:
		head, none, draw = " "+w.Causes, w.NoFailures, s.causeRow
	case panelSlowest:
		head, none, draw = " "+w.SlowMinutes, w.NoAttempts, oneLine(s.slowRow)
		if s.of(s.chosen()).Step >= time.Hour {
			head = " " + w.SlowHours
		}
	}
	out := []string{style.Render(ansi.Truncate(head, at.width, ""))}
	rows := strings.Split(s.rows[p].View(th, draw), "\n")
	if s.rows[p].Len() == 0 {
		rows = []string{" " + th.Dim.Render(ansi.Truncate(none, at.width-1, ""))}
	}
	for len(rows) < at.height {
		rows = append(rows, "")
	}
	return append(out, rows[:at.height]...)
}

func oneLine(row func(string) widget.Line) func(string) []widget.Line {
	return func(id string) []widget.Line { return []widget.Line{row(id)} }
}

// columns of the table: the name, what happened, and the trend where there is room.
func (s *screen) columns() (cols []widget.Column, trend int) {
	const count, ok, late = 10, 7, 6 // percentiles are below a minute
	if s.width < wideEnough {
		return []widget.Column{{Width: max(s.width-2-count-ok-2, 6)}, {Width: count, Right: true}, {Width: ok, Right: true}}, 0
	}
	room := s.leftWidth() - 2 // behind the cursor and before the row's end, or a reversed trend would end it
	cols = []widget.Column{{}, {Width: count, Right: true}, {Width: ok, Right: true},
		{Width: late, Right: true}, {Width: late, Right: true}, {Width: late, Right: true}}
	fixed := count + ok + 3*late + len(cols) - 1
	name := min(max(room-fixed-14, 18), 28)
	trend = max(min(room-fixed-name-1, s.stretch().steps), 0)
	cols[0].Width = name
	if trend > 7 {
		cols = append(cols, widget.Column{Width: trend})
	}
	return cols, trend
}

func (s *screen) hookHeads() string {
	w, d := s.env.Words.Metrics, s.env.Words.Deliveries
	cols, _ := s.columns()
	var cells []widget.Line
	for _, name := range []string{w.Webhook, w.Count, w.OK, d.P50, d.P95, d.P99, w.Trend}[:len(cols)] {
		cells = append(cells, widget.Line{{Text: name}})
	}
	return " " + widget.Columns(cols, cells, "").Plain()
}

// hookRow is a webhook, or all of them: counts, percentiles, trend.
func (s *screen) hookRow(id string) widget.Line {
	th, words := s.env.Theme, s.env.Words
	series := s.of(id)
	name, style := text.Clean(s.name(id)), th.Text
	if id == all {
		series, name, style = s.of(""), words.Metrics.All, th.Bold
	}
	t := series.Total
	tries := t.Delivered + t.Failed
	good := th.Good
	if t.Failed > 0 {
		good = th.Warn
	}
	if tries > 0 && t.Failed*2 > tries {
		good = th.Bad
	}
	percent := "-"
	if tries > 0 {
		percent = words.Lang.Percent(t.Delivered, tries)
	}
	cols, trend := s.columns()
	cells := []widget.Line{
		widget.Say(name, style), widget.Say(words.Number(int(tries)), th.Text), widget.Say(percent, good),
	}
	if len(cols) > 3 {
		for _, d := range []struct{ took string }{{words.Duration(t.P50)}, {words.Duration(t.P95)}, {words.Duration(t.P99)}} {
			if tries == 0 {
				d.took = "-"
			}
			cells = append(cells, widget.Say(d.took, th.Text))
		}
	}
	if len(cols) > 6 {
		var values []float64
		for _, p := range series.Points {
			values = append(values, float64(p.Delivered+p.Failed))
		}
		cells = append(cells, widget.Say(widget.Sparkline(th, values, trend), th.Accent))
	}
	return widget.Columns(cols, cells, th.Sym.Ellipsis)
}

// causeRow is how often, and why in words, on as many lines as they take.
func (s *screen) causeRow(id string) (out []widget.Line) {
	const count = 8
	th := s.env.Theme
	for _, c := range s.of(s.chosen()).Causes {
		if causeID(c) != id {
			continue
		}
		line := widget.Say(s.env.Words.Number(int(c.Count)), th.Bold)
		line = append(widget.Line{{Text: strings.Repeat(" ", max(count-2-line.Width(), 0))}}, line...)
		line = append(line, widget.Span{Text: "  "})
		for _, part := range widget.Wrap(s.env.Words.Failure(c.Failure()).What, s.places()[panelCauses].width-1-line.Width()) {
			out = append(out, append(line, widget.Span{Text: part, Style: th.Text}))
			line = widget.Line{}.Pad(count)
		}
	}
	return out
}

// slowID tells attempts of one delivery apart.
func slowID(d model.Slow) string { return d.DeliveryID + " " + d.At.Format(time.RFC3339Nano) }

// slowRow is how long, when, and for whom.
func (s *screen) slowRow(id string) widget.Line {
	th, words := s.env.Theme, s.env.Words
	for _, d := range s.of(s.chosen()).Slowest {
		if slowID(d) != id {
			continue
		}
		took := words.Duration(d.Took)
		when := text.Clock(d.At)
		if s.span > 0 {
			when = text.DateTime(d.At)[5:16]
		}
		return widget.Line{
			{Text: strings.Repeat(" ", max(9-text.Width(took), 0)) + took, Style: th.Bold},
			{Text: "  " + when + "  ", Style: th.Dim},
			{Text: text.Clean(d.Hook), Style: th.Text},
			{Text: "  " + strings.TrimPrefix(text.Clean(d.Type), "call."), Style: th.Dim},
		}
	}
	return nil
}
