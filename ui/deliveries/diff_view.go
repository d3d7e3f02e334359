package deliveries

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/compare"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// diffLine is one line of the screen.
type diffLine struct {
	line widget.Line
	stop bool
}

// maxWrapped is how many lines one value may take.
const maxWrapped = 6

// names are what one can compare with.
func (d *diff) names() []string {
	names := make([]string, compare.Againsts)
	for i := range names {
		names[i] = compare.Comparison{With: compare.Against(i)}.Name(d.env.Words)
	}
	return names
}

// lay makes the lines of the comparison.
func (d *diff) lay() {
	if d.width == 0 {
		return
	}
	d.lines = nil
	if d.ready && d.err == nil && !d.made.None {
		d.lines = d.build()
	}
	ids := make([]string, len(d.lines))
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	d.rows.SetSize(d.width, max(d.height-detailHead, 1), 1)
	d.rows.SetIDs(ids)
}

// build lays out what was found, what is compared, and all that differs.
func (d *diff) build() []diffLine {
	th, w, p := d.env.Theme, d.env.Words, pen{d.env}
	width := d.width - 2
	var out []diffLine
	add := func(list ...widget.Line) {
		for _, l := range list {
			out = append(out, diffLine{line: l})
		}
	}
	for _, s := range d.made.Findings(w, d.env.Now()) {
		add(boldLines(s, width, th.Bold)...)
	}
	for _, s := range d.made.Notes(w) {
		add(lines(th.Sym.Warn+" "+s, "", width, th.Warn)...)
	}
	add(nil)
	add(widget.Say("- "+d.made.Name(w)+d.made.Other.About(th.Sym.Dot, p.clock), th.Bad).Fit(width, th.Sym.Ellipsis),
		widget.Say("+ "+widget.Sentence(w.Delivery.ThisAttempt)+d.made.This.About(th.Sym.Dot, p.clock), th.Good).Fit(width, th.Sym.Ellipsis))
	for _, e := range d.entries {
		out = append(out, d.draw(e, width)...)
	}
	if !d.made.Sample() {
		add(nil)
		from := d.made.Other.Attempt.StartedAt
		add(boldLines(w.Delivery.Changes+" "+w.Delivery.SinceSuccess(w.Ago(from, d.env.Now())), width, th.Bold)...)
		if list := compare.Since(d.made.Changes, from); len(list) > 0 {
			add(p.changes(list, width)...)
		} else {
			add(lines(w.Delivery.NoChanges, "  ", width, th.Dim)...)
		}
	}
	return out
}

// draw lays out one entry. Signs say what was and what is; colours only repeat it.
func (d *diff) draw(e compare.Entry, width int) []diffLine {
	th := d.env.Theme
	if e.Mark == compare.Head {
		line := widget.Line{{Text: e.Label, Style: th.Bold}}
		if e.Value != "" {
			line = append(line, widget.Span{Text: "  " + e.Value, Style: th.Dim})
		}
		return []diffLine{{}, {line: line.Fit(width, th.Sym.Ellipsis)}}
	}
	sign, style := "  ", th.Dim
	switch e.Mark {
	case compare.Old:
		sign, style = "- ", th.Bad
	case compare.New:
		sign, style = "+ ", th.Good
	}
	parts := widget.Wrap(e.Label+"  "+e.Value, width-2)
	if len(parts) > maxWrapped {
		parts = parts[:maxWrapped]
		parts[maxWrapped-1] += th.Sym.Ellipsis
	}
	out := make([]diffLine, len(parts))
	for i, part := range parts {
		out[i] = diffLine{widget.Line{{Text: sign, Style: style}, {Text: part, Style: style}}, e.Stop && i == 0}
	}
	return out
}

// copy brings the comparison away, or says why there is none.
func (d *diff) copy() tea.Msg {
	w := d.env.Words.Delivery
	switch {
	case d.err != nil:
		return page.ToastMsg{Kind: page.ToastError, Text: d.env.Words.Fault(d.err).String()}
	case d.made.None:
		return page.ToastMsg{Kind: page.ToastWarn, Text: d.made.Missing(d.env.Words)}
	}
	return page.CopyMsg{What: w.CopyDiff, Data: d.text()}
}

// text is the comparison to be copied.
func (d *diff) text() []byte {
	var b strings.Builder
	for _, l := range d.lines {
		b.WriteString(strings.TrimRight(l.line.Plain(), " ") + "\n")
	}
	return []byte(b.String())
}

func (d *diff) View() string {
	th, w, p := d.env.Theme, d.env.Words, pen{d.env}
	if d.ready && d.err != nil {
		return widget.Clip(widget.Problem(d.env, d.err, d.cause, d.width), d.height)
	}
	m := d.this.View
	name := widget.Line{{Text: text.Clean(m.Hook), Style: th.Bold}, {Text: " " + th.Sym.Dot + " " + p.event(m.Type, d.width < wideEnough) + "  ", Style: th.Text}}
	head := append(name, p.state(m.State)...).Fit(d.width, th.Sym.Ellipsis).Render()
	out := []string{head, p.tabs(d.names(), int(d.what), d.width), th.Rule.Render(strings.Repeat(th.Sym.HLine, d.width))}
	switch {
	case !d.ready:
		out = append(out, " "+th.Dim.Render(w.Delivery.Working))
	case d.made.None:
		out = append(out, " "+th.Dim.Render(d.made.Missing(w)))
	default:
		out = append(out, strings.Split(d.rows.View(th, func(id string) []widget.Line {
			i, _ := strconv.Atoi(id) // ours
			return []widget.Line{d.lines[i].line}
		}), "\n")...)
	}
	return widget.Clip(out, d.height)
}

func (d *diff) Cursor() *tea.Cursor { return tea.NewCursor(1, detailHead+d.rows.Line()) }
