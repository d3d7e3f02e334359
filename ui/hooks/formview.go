package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// Widths at which the form changes its shape.
const (
	formNarrow = 64  // below: labels stand above their fields
	formWide   = 120 // from here: the sample of the trigger stands beside
	formLeft   = 76  // what the form itself takes then
	fieldMax   = 90
)

// formScreen is the form laid out for its size: View only joins it.
type formScreen struct {
	width, height int
	top           int
	head          []string
	lines         []formLine
	cursor        *tea.Cursor
}

// formLine is one line and the entry it belongs to; the first line of an entry
// says where the real cursor goes.
type formLine struct {
	text  string
	entry string
	x     int // cell of the cursor; -1: not on this line
}

// SetSize lays the form out anew.
func (f *form) SetSize(width, height int) {
	f.screen.width, f.screen.height = width, height
	f.relayout()
}

// View joins the lines on the screen.
func (f *form) View() string {
	s := &f.screen
	rows := s.rows()
	out := append([]string{}, s.head...)
	for i := s.top; i < min(s.top+rows, len(s.lines)); i++ {
		out = append(out, s.lines[i].text)
	}
	left := widget.Clip(out, s.height)
	if s.width < formWide {
		return left
	}
	title := ansi.Truncate(f.env.Words.Form.Sample(text.Clean(f.sample.typ)), s.width-s.left()-3, "")
	right := f.env.Theme.Title.Render(title) + "\n\n" + f.sample.body.View(f.env.Theme)
	return widget.Beside(f.env.Theme, left, right, s.left(), s.height)
}

// Cursor is on the field or the toggle with the focus.
func (f *form) Cursor() *tea.Cursor { return f.screen.cursor }

// rows is the room below the head.
func (s *formScreen) rows() int { return max(s.height-len(s.head), 1) }

// left is the width of the form itself.
func (s *formScreen) left() int {
	if s.width >= formWide {
		return max(formLeft, s.width*11/20)
	}
	return s.width
}

// relayout draws every line and scrolls so that the entry with the focus shows,
// together with what is said about it.
func (f *form) relayout() {
	s := &f.screen
	if s.width == 0 {
		return
	}
	d := formDraw{form: f, width: s.left(), narrow: s.left() < formNarrow}
	d.labels()
	s.head = d.head()
	d.body()
	s.lines = d.lines
	rows := s.rows()
	first, last := s.span(f.at)
	s.top = min(s.top, max(len(s.lines)-rows, 0))
	s.top = max(s.top, last-rows+1)
	s.top = max(min(s.top, first), 0)
	s.cursor = nil
	for i, l := range s.lines {
		if l.entry == f.at && l.x >= 0 && i >= s.top && i < s.top+rows {
			s.cursor = tea.NewCursor(l.x, len(s.head)+i-s.top)
		}
	}
	if s.width >= formWide {
		f.sample.body.SetSize(s.width-s.left()-3, max(s.height-2, 1))
	}
}

// span is the first and last line of an entry.
func (s *formScreen) span(id string) (first, last int) {
	first = -1
	for i, l := range s.lines {
		if l.entry == id {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return max(first, 0), last
}

// formDraw draws the form for one width.
type formDraw struct {
	*form
	width  int
	narrow bool
	column int // width of the labels
	lines  []formLine
}

// labels measures the label column: the same whether the advanced section is open.
func (d *formDraw) labels() {
	open := d.adv.open
	d.adv.open = true
	for _, e := range d.entries() {
		d.column = max(d.column, text.Width(e.label)+2)
	}
	d.adv.open = open
	d.column = max(d.column, text.Width(d.env.Words.Form.Triggers)+2)
}

// head is the title with the state of the webhook, and what concerns all of it.
func (d *formDraw) head() []string {
	th, w := d.env.Theme, d.env.Words.Form
	state, style := w.Unsaved, th.Warn
	switch {
	case d.job != nil && d.job.shown:
		state, style = w.Saving(seconds(d.env.Now().Sub(d.job.started))), th.Accent
	case d.job != nil:
		state, style = w.Saving(0), th.Accent
	case d.dirty() && d.base.Revision > 0:
		state = w.Changed
	case d.base.Revision > 0:
		state, style = d.env.Words.HookState(d.base.State), th.Dim
	}
	title := widget.Line{{Text: d.Title(), Style: th.Title}}
	badge := widget.Say(state, style)
	room := d.width - badge.Width() - 1
	out := []string{append(title.Fit(room, th.Sym.Ellipsis).Pad(room+1), badge...).Fit(d.width, "").Render()}
	if d.banner != nil {
		s := d.banner(d.env.Words)
		if d.anyway {
			s += " " + w.AnywayHint("ctrl+g")
		}
		lead := th.Sym.Fail
		for _, l := range widget.Wrap(s, d.width-2) {
			out = append(out, th.Bad.Render(lead)+" "+th.Text.Render(l))
			lead = " "
		}
	}
	return out
}

// body draws all entries.
func (d *formDraw) body() {
	triggers := false
	for _, e := range d.entries() {
		switch {
		case e.trigger.Key != "":
			if !triggers {
				d.triggersHead(e.id)
				triggers = true
			}
			d.triggerRow(e)
		case e.id == idAdvanced:
			d.say("", d.env.Theme.Dim, 2, d.env.Words.Form.TriggerHelp)
			d.fold(e)
		case e.flag != nil:
			d.flagRow(e)
		default:
			d.fieldRow(e)
		}
		d.notes(e)
	}
}

// add appends a line of an entry.
func (d *formDraw) add(entry string, x int, l widget.Line) {
	d.lines = append(d.lines, formLine{l.Fit(d.width, d.env.Theme.Sym.Ellipsis).Render(), entry, x})
}

// say appends text that wraps, indented.
func (d *formDraw) say(entry string, style theme.Style, indent int, s string) {
	for _, l := range widget.Wrap(s, d.width-indent) {
		d.add(entry, -1, widget.Line{{Text: strings.Repeat(" ", indent)}, {Text: l, Style: style}})
	}
}

// mark is the sign of the focus in the first two columns.
func (d *formDraw) mark(e entry) widget.Span {
	th := d.env.Theme
	if e.id == d.at {
		return widget.Span{Text: th.Sym.Cursor + " ", Style: th.Accent}
	}
	return widget.Span{Text: "  ", Style: th.Text}
}

// indent is where the text under a field begins.
func (d *formDraw) indent() int {
	if d.narrow {
		return 2
	}
	return 2 + d.column
}

// fieldRow draws a label, the field, and what stands beside it; narrow: above it.
func (d *formDraw) fieldRow(e entry) {
	th := d.env.Theme
	d.hints(e)
	label := widget.Span{Text: e.label, Style: th.Bold}
	aside := d.aside(e)
	if d.narrow {
		if e.label != "" || aside.Width() > 0 {
			left := widget.Line{d.mark(e), label}.Fit(d.width-aside.Width()-1, "")
			d.add(e.id, -1, append(left.Pad(d.width-aside.Width()), aside...))
		}
		w := d.width - 2
		d.addField(e, widget.Line{{Text: "  "}}, w, nil)
		return
	}
	room := 0
	if !advancedEntry(e.id) {
		room = d.asideWidth() + 2
	}
	w := min(d.width-2-d.column-room, fieldMax)
	d.addField(e, widget.Line{d.mark(e), label}.Pad(2+d.column), w, append(widget.Line{{Text: "  "}}, aside...))
}

func (d *formDraw) addField(e entry, before widget.Line, w int, after widget.Line) {
	x := before.Width() + e.field.CursorX(w)
	d.lines = append(d.lines, formLine{before.Render() + e.field.View(d.env.Theme, w) + after.Render(), e.id, x})
}

// triggersHead is the line above the toggles.
func (d *formDraw) triggersHead(entry string) {
	th, w := d.env.Theme, d.env.Words.Form
	c := d.v.Catalogue()
	l := widget.Line{{Text: "  "}, {Text: w.Triggers, Style: th.Bold}}.Pad(2 + d.column)
	l = append(l, widget.Span{Text: w.Marked(c.Chosen(d.events), len(c.Triggers())), Style: th.Text})
	hint := widget.Say(w.TriggerHint, th.Hint)
	if gap := d.width - l.Width() - hint.Width(); gap >= 2 {
		l = append(append(l, widget.Span{Text: strings.Repeat(" ", gap)}), hint...)
		d.add(entry, -1, l)
		return
	}
	d.add(entry, -1, l)
	d.say(entry, th.Hint, 2, w.TriggerHint)
}

// box is the toggle's sign.
func box(m model.Mark) string {
	return map[model.Mark]string{model.MarkNone: "[ ]", model.MarkSome: "[~]", model.MarkAll: "[x]"}[m]
}

// triggerRow draws a trigger or one of its events.
func (d *formDraw) triggerRow(e entry) {
	th := d.env.Theme
	key, mark, indent := e.trigger.Key, e.trigger.Mark(d.events), 4
	arrow := " "
	if len(e.trigger.Events) > 1 {
		arrow = th.Sym.Closed
		if d.unfolded[key] {
			arrow = th.Sym.Open
		}
	}
	if e.event != "" {
		key, indent, arrow = e.event, 6, " "
		mark = model.Trigger{Events: []string{e.event}}.Mark(d.events)
	}
	d.toggleRow(e, indent, arrow, box(mark), text.Clean(d.v.Label(key, string(d.env.Words.Lang))), key)
}

// toggleRow draws "[x] label   key"; the key only where there is room for all of it.
func (d *formDraw) toggleRow(e entry, indent int, arrow, box, label, key string) {
	th := d.env.Theme
	style := th.Text
	if e.id == d.at {
		style = th.Bold
	}
	l := widget.Line{d.mark(e), {Text: arrow, Style: th.Dim}}.Pad(indent)
	x := l.Width() + 1
	l = append(l, widget.Span{Text: box + " " + label, Style: style})
	at := max(46, l.Width()+2)
	if at+text.Width(key) <= d.width {
		l = append(l.Pad(at), widget.Span{Text: key, Style: th.Dim})
	}
	d.add(e.id, x, l)
}

func (d *formDraw) flagRow(e entry) {
	w := d.env.Words.Form
	mark, hint := model.MarkNone, w.SkipHint
	if e.id == idPrivate {
		hint = w.PrivateHint
	}
	if *e.flag {
		mark = model.MarkAll
	}
	d.toggleRow(e, 4, " ", box(mark), e.label+": "+hint, "")
}

// fold is the row that opens the advanced section.
func (d *formDraw) fold(e entry) {
	th, w := d.env.Theme, d.env.Words.Form
	arrow := th.Sym.Closed
	if d.adv.open {
		arrow = th.Sym.Open
	}
	l := widget.Line{d.mark(e), {Text: arrow + " " + w.Advanced, Style: th.Bold}}
	if hint := (widget.Span{Text: "  " + w.AdvancedHint, Style: th.Dim}); l.Width()+text.Width(hint.Text) <= d.width {
		l = append(l, hint)
	}
	d.add(e.id, 2, l)
}
