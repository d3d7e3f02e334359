package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// peekHeight is the rule and the two lines under the rows that say more about the
// selected webhook where there is no side.
const peekHeight = 3

// headHeight is the path, the summary or the filter, and the columns' heads.
func (l *list) headHeight() int {
	if l.width < wideEnough {
		return 2
	}
	return 3
}

func (l *list) bodyHeight() int {
	h := l.height - l.headHeight()
	if l.peeks() {
		h -= peekHeight
	}
	return h
}

func (l *list) peeks() bool { return !l.wide() && l.height >= 16 }

func (l *list) View() string {
	switch {
	case l.err != nil && !l.ready:
		return l.viewError()
	case !l.ready:
		return l.wait.Line(l.env)
	case l.empty():
		return l.first.view(l)
	}
	head := []string{l.path(), l.secondLine()}
	if l.width >= wideEnough {
		head = append(head, l.heads())
	}
	body := l.viewRows()
	if l.wide() {
		body = widget.Beside(l.env.Theme, body, l.side.View(), l.listWidth(), l.height-l.headHeight())
	}
	return strings.Join(append(head, body), "\n")
}

// path is where the page stands, from the right end as much as fits whole.
func (l *list) path() string {
	parts := strings.Split(l.env.Words.Hooks.Path, " > ")
	for len(parts) > 1 && text.Width(strings.Join(parts, " > ")) > l.width {
		parts = parts[1:]
	}
	return l.env.Theme.Dim.Render(strings.Join(parts, " > "))
}

// secondLine is the filter while there is one, else the counts. A read that failed
// over rows already there is said here.
func (l *list) secondLine() string {
	th, w := l.env.Theme, l.env.Words.Hooks
	if l.err != nil {
		return widget.Mark(th.Sym.Fail, l.env.Words.Fault(l.err).What, th.Bad).Fit(l.width, th.Sym.Ellipsis).Render()
	}
	if !l.filtered() {
		return l.counts().Fit(l.width, "").Render()
	}
	shown := "  " + w.Shown(l.rows.Len(), len(l.all))
	label := w.Filter + ": "
	room := l.width - text.Width(label+shown)
	return th.Text.Render(label) + l.filter.View(th, max(min(room, 40), 6)) + th.Dim.Render(shown)
}

// counts is "4 webhooks · 3 active · 1 draft": as many parts as fit whole. That nobody
// knows which breakers are open comes first.
func (l *list) counts() widget.Line {
	th, w := l.env.Theme, l.env.Words.Hooks
	line := widget.Say(w.Count(len(l.all)), th.Text)
	if l.cut.unknown {
		doubt := widget.Mark(th.Sym.Warn, w.BreakersUnknown, th.Warn)
		if doubt.Width()+3+line.Width() > l.width {
			return doubt
		}
		line = append(append(doubt, widget.Span{Text: " " + th.Sym.Dot + " ", Style: th.Text}), line...)
	}
	for _, s := range []model.HookState{model.HookActive, model.HookPaused, model.HookDisabled, model.HookDraft} {
		n := 0
		for _, h := range l.all {
			if h.State == s {
				n++
			}
		}
		part := widget.Span{Text: " " + th.Sym.Dot + " " + w.InState(n, s), Style: th.Text}
		if n > 0 && line.Width()+text.Width(part.Text) <= l.width {
			line = append(line, part)
		}
	}
	return line
}

// wholeHead is the width of the triggers' head.
const wholeHead = 12

// columns are the widths of a row's cells; 0: there is no room for it. They hold the
// longest word of either language, so nothing jumps on a switch.
type columns struct {
	name, state, verified, triggers, hour, success, last int
}

// columns gives the name what the others leave. Where room is scarce the age within
// verified goes first, then the whole head of the triggers.
func (l *list) columns() columns {
	const hour, last, aged = int(pulseSpan / pulseStep), 19, 17
	c := columns{name: 12, state: 13, verified: 15, triggers: 5, success: 7}
	room := l.listWidth() - 3 - c.name - c.state - c.verified - c.triggers - c.success - 4
	if room > hour {
		c.hour, room = hour, room-hour-1
	}
	if room >= wholeHead-c.triggers {
		c.triggers, room = wholeHead, room-wholeHead+c.triggers
	}
	if room >= aged-c.verified+4 {
		c.verified, room = aged, room-aged+c.verified
	}
	if room >= last+1+8 {
		c.last, room = last, room-last-1
	}
	c.name += min(room, 18)
	if spare := l.listWidth() - 3 - c.name - c.width(); spare > 0 && c.last > 0 {
		c.last += spare
	}
	return c
}

// width is that of all cells but the name.
func (c columns) width() int {
	n := 0
	for _, w := range []int{c.state, c.verified, c.triggers, c.hour, c.success, c.last} {
		if w > 0 {
			n += w + 1
		}
	}
	return n
}

// line puts the cells that have room side by side, in the columns' order.
func (c columns) line(mark string, cells ...widget.Line) widget.Line {
	var cols []widget.Column
	var shown []widget.Line
	for i, w := range []int{c.name, c.state, c.verified, c.triggers, c.hour, c.success, c.last} {
		if w > 0 {
			cols, shown = append(cols, widget.Column{Width: w, Right: i == 5}), append(shown, cells[i])
		}
	}
	return widget.Columns(cols, shown, mark)
}

func (l *list) heads() string {
	th, w := l.env.Theme, l.env.Words.Hooks
	var cells []widget.Line
	c, triggers := l.columns(), w.Triggers
	if c.triggers < wholeHead {
		triggers = w.TriggersShort
	}
	for _, head := range []string{w.Name, w.State, w.Verified, triggers, w.Hour, w.Success, w.Last} {
		cells = append(cells, widget.Say(head, th.Bold))
	}
	return "   " + c.line(th.Sym.Ellipsis, cells...).Render()
}

func (l *list) viewRows() string {
	th := l.env.Theme
	if l.rows.Len() == 0 {
		q := text.Clean(l.filter.Value())
		return " " + strings.Join(widget.Wrap(l.env.Words.Hooks.NoneMatches(q), l.listWidth()-1), "\n ")
	}
	draw := l.row
	if l.width < wideEnough {
		draw = l.tallRow
	}
	body := l.rows.View(th, draw)
	if !l.peeks() {
		return body
	}
	used := strings.Count(body, "\n") + 1
	return body + strings.Repeat("\n", max(l.bodyHeight()-used, 0)+1) + l.peek()
}

// row is one webhook on one line. The arrow says that it opens (R6).
func (l *list) row(id string) []widget.Line {
	h, p, th, c := l.byID[id], pen{l.env}, l.env.Theme, l.columns()
	cells := c.line(th.Sym.Ellipsis, p.name(h.Hook, c.name), l.stands(h), p.verified(h, c.verified),
		widget.Say(chosen(l.v, h.Events), th.Text), l.hour(id), l.success(id), p.last(h.LastAttempt, c.last))
	arrow := widget.Line{{Text: th.Sym.Closed + " ", Style: th.Accent}}
	return append([]widget.Line{append(arrow, cells...)}, l.note(h)...)
}

func (l *list) stands(h model.HookView) widget.Line { return pen{l.env}.stands(h, l.cut.of[h.ID]) }

// hour is the attempts of the last hour; blank before they are known.
func (l *list) hour(id string) widget.Line {
	th, p := l.env.Theme, l.pulses[id]
	style := th.Accent
	if p.of == 0 {
		style = th.Dim
	}
	return widget.Say(widget.Sparkline(th, p.attempts, int(pulseSpan/pulseStep)), style)
}

// success is the part of them that succeeded.
func (l *list) success(id string) widget.Line {
	th, p := l.env.Theme, l.pulses[id]
	switch {
	case p.of == 0:
		return widget.Say("-", th.Dim)
	case p.delivered*2 < p.of:
		return widget.Say(l.env.Words.Lang.Percent(p.delivered, p.of), th.Bad)
	}
	return widget.Say(l.env.Words.Lang.Percent(p.delivered, p.of), th.Text)
}

// tallRow is one webhook on two lines for narrow screens: the name gives way to
// the state, never the other way round.
func (l *list) tallRow(id string) []widget.Line {
	h, p, th := l.byID[id], pen{l.env}, l.env.Theme
	arrow := widget.Line{{Text: th.Sym.Closed + " ", Style: th.Accent}}
	rest := append(widget.Line{{Text: "  ", Style: th.Text}}, l.stands(h)...)
	rest = append(rest, widget.Span{Text: "  " + chosen(l.v, h.Events), Style: th.Text})
	name := p.name(h.Hook, l.width-3-rest.Width())
	first := append(append(arrow, name...), rest...)
	second := append(widget.Line{{Text: "  ", Style: th.Text}}, p.verified(h, l.width)...)
	for _, more := range []widget.Line{l.success(id), p.last(h.LastAttempt, l.width)} {
		if second.Width()+2+more.Width() <= l.width-3 {
			second = append(append(second, widget.Span{Text: "  ", Style: th.Text}), more...)
		}
	}
	return append([]widget.Line{first, second}, l.note(h)...)
}

// peek says more about the selected webhook: its whole name, its URL, and why it
// is as it is.
func (l *list) peek() string {
	th := l.env.Theme
	h, ok := l.selected()
	if !ok {
		return ""
	}
	url := widget.Line{{Text: nameOf(h.Hook) + "  ", Style: th.Bold}, {Text: text.Clean(h.URL), Style: th.Text}}.Fit(l.width-1, th.Sym.Ellipsis)
	why := append(pen{l.env}.last(h.LastAttempt, l.width), widget.Span{Text: "  " + pen{l.env}.why(h), Style: th.Warn})
	if h.TLS.SkipVerify {
		why = append(widget.Mark(th.Sym.Warn, l.env.Words.Hooks.Detail.SkipVerify+"  ", th.Bad), why...)
	}
	why = why.Fit(l.width-1, th.Sym.Ellipsis)
	return th.Rule.Render(strings.Repeat(th.Sym.HLine, l.width)) + "\n " + url.Render() + "\n " + why.Render()
}

// viewError says what happened, why, and which key helps.
func (l *list) viewError() string {
	lines := append([]string{l.path(), ""}, widget.Problem(l.env, l.err, l.cause, l.width)...)
	return widget.Clip(lines, l.height)
}

func (l *list) Cursor() *tea.Cursor {
	switch {
	case l.empty():
		return l.first.cursor(l)
	case !l.ready:
		return nil
	case l.filter.Focused():
		label := text.Width(l.env.Words.Hooks.Filter + ": ")
		shown := text.Width("  " + l.env.Words.Hooks.Shown(l.rows.Len(), len(l.all)))
		return tea.NewCursor(label+l.filter.CursorX(max(min(l.width-label-shown, 40), 6)), 1)
	case l.rows.Len() == 0:
		return nil
	}
	return tea.NewCursor(1, l.headHeight()+l.rows.Line())
}
