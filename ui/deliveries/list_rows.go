package deliveries

import (
	"strconv"
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// finer is the width of the list from which rows have milliseconds, the attempt
// and the whole type.
const finer = 84

// fine is the form of a time of today where there is room for it.
const fine = "15:04:05.000"

// columns are the time or the day, webhook, trigger, state, http, latency and, where there is
// room, the attempt. The widths hold the longest word of either language.
func (l *list) columns() []widget.Column {
	const state, http, latency, tries = 11, 4, 9, 4
	width := l.listWidth() - 2
	clock := len("01-02 15:04")
	if l.listWidth() >= finer {
		clock = len(fine)
	}
	cols := []widget.Column{{Width: clock, Right: true}, {}, {}, {Width: state}, {Width: http, Right: true}, {Width: latency, Right: true}}
	if l.listWidth() >= finer {
		cols = append(cols, widget.Column{Width: tries, Right: true})
	}
	for _, c := range cols {
		width -= c.Width
	}
	width -= len(cols) - 1
	longest, tag := 15, 7 // summary.changed, and the mark of a test beside it
	if l.listWidth() >= finer {
		longest += len("call.")
	}
	cols[2].Width = min(max(width-15, longest+1), longest+tag+1)
	cols[1].Width = min(width-cols[2].Width, 40)
	return cols
}

func (l *list) heads() string {
	th, w := l.env.Theme, l.env.Words.Deliveries
	if l.grouped() {
		return l.groupHeads()
	}
	var cells []widget.Line
	for _, s := range []string{w.Time, w.Hook, w.Trigger, w.State, w.HTTP, w.Latency, w.Tries} {
		cells = append(cells, widget.Say(s, th.Bold))
	}
	cols := l.columns()
	return "  " + widget.Columns(cols, cells[:len(cols)], th.Sym.Ellipsis).Render()
}

// drawn is a row as it was drawn: most of them do not change between two drawings.
type drawn struct {
	d      model.Delivery
	marked bool
	lines  []widget.Line
}

// maxDrawn bounds how many rows are remembered.
const maxDrawn = 500

// remember draws a row, or takes it as it was drawn. The selected row is drawn in
// one style, so it stays as it is.
func (l *list) remember(draw func(string) []widget.Line) func(string) []widget.Line {
	if day := text.Date(l.env.Now()); l.drawn == nil || len(l.drawn) > maxDrawn || l.drawnOn != day {
		l.drawn, l.drawnOn = map[string]drawn{}, day
	}
	return func(id string) []widget.Line {
		if id == l.rows.Selected() {
			return draw(id)
		}
		d := l.win.byID[id]
		was, ok := l.drawn[id]
		if marked := l.marks.has(d); !ok || was.d != d || was.marked != marked {
			was = drawn{d, marked, draw(id)}
			for i, line := range was.lines {
				was.lines[i] = widget.Say(line.Fit(l.listWidth()-1, l.env.Theme.Sym.Ellipsis).Render(), l.env.Theme.Text)
			}
			l.drawn[id] = was
		}
		return was.lines
	}
}

// row is one delivery on one line.
func (l *list) row(id string) []widget.Line {
	d, p, th := l.win.byID[id], pen{l.env}, l.env.Theme
	cols := l.columns()
	clock := p.brief(d.CreatedAt)
	if l.listWidth() >= finer && p.today(d.CreatedAt) {
		clock = d.CreatedAt.Local().Format(fine)
	}
	cells := []widget.Line{
		widget.Say(clock, th.Text),
		widget.Say(text.Clean(d.Hook), th.Bold),
		l.trigger(d, cols[2].Width),
		p.state(d.State),
		widget.Say(p.http(d.HTTPStatus), th.Text),
		widget.Say(p.latency(d), th.Text),
		widget.Say(strconv.Itoa(d.Attempts), th.Text),
	}
	return []widget.Line{append(widget.Line{l.tick(d)}, widget.Columns(cols, cells[:len(cols)], th.Sym.Ellipsis)...)}
}

// tick is the mark of a delivery that is marked.
func (l *list) tick(d model.Delivery) widget.Span {
	if !l.marks.has(d) {
		return widget.Span{Text: " "}
	}
	return widget.Span{Text: l.env.Theme.Sym.On, Style: l.env.Theme.Accent}
}

// trigger is the event type; a test's tag stays whole beside it.
func (l *list) trigger(d model.Delivery, width int) widget.Line {
	th, p := l.env.Theme, pen{l.env}
	line := widget.Say(p.event(d.Type, l.listWidth() < finer), th.Text)
	if !d.Test {
		return line
	}
	tag := p.tag()
	tag.Text = strings.TrimSpace(tag.Text)
	return append(line.Fit(width-len(tag.Text)-1, th.Sym.Ellipsis), widget.Span{Text: " "}, tag)
}

// tallRow is one delivery on two lines for narrow screens: state and webhook, then
// time and event.
func (l *list) tallRow(id string) []widget.Line {
	d, p, th := l.win.byID[id], pen{l.env}, l.env.Theme
	first := append(p.state(d.State), widget.Span{Text: "  " + text.Clean(d.Hook), Style: th.Bold})
	second := widget.Line{l.tick(d), {Text: " " + p.brief(d.CreatedAt) + "  ", Style: th.Text}}
	end := "  " + p.http(d.HTTPStatus) + "  " + p.latency(d)
	room := l.width - 1 - second.Width() - len([]rune(end))
	second = append(second, l.trigger(d, room).Fit(room, th.Sym.Ellipsis)...)
	return []widget.Line{first, append(second, widget.Span{Text: end, Style: th.Text})}
}
