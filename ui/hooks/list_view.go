package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

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
		return l.viewLoading()
	case l.empty():
		return l.first.view(l)
	}
	head := []string{l.path(), l.secondLine()}
	if l.width >= wideEnough {
		head = append(head, l.heads())
	}
	body := l.viewRows()
	if l.wide() {
		body = beside(body, l.side.View(), l.listWidth(), l.height-l.headHeight(), l.env.Theme)
	}
	return strings.Join(append(head, body), "\n")
}

// path is where the page stands, from the right end as much as fits whole.
func (l *list) path() string {
	parts := strings.Split(l.env.Words.Hooks.Path, " > ")
	for len(parts) > 1 && ansi.StringWidth(strings.Join(parts, " > ")) > l.width {
		parts = parts[1:]
	}
	return l.env.Theme.Dim.Render(strings.Join(parts, " > "))
}

// secondLine is the filter while there is one, else the counts. A read that failed
// over rows already there is said here.
func (l *list) secondLine() string {
	th, w := l.env.Theme, l.env.Words.Hooks
	if l.err != nil {
		return say(th.Sym.Fail, l.env.Words.Fault(l.err).What, th.Bad).Fit(l.width, th.Sym.Ellipsis).Render()
	}
	if !l.filtered() {
		return l.counts().Fit(l.width, "").Render()
	}
	shown := "  " + w.Shown(l.rows.Len(), len(l.all))
	label := w.Filter + ": "
	room := l.width - ansi.StringWidth(label+shown)
	return th.Text.Render(label) + l.filter.View(th, max(min(room, 40), 6)) + th.Dim.Render(shown)
}

// counts is "4 webhooks · 3 active · 1 draft": as many parts as fit whole.
func (l *list) counts() widget.Line {
	th, w := l.env.Theme, l.env.Words.Hooks
	line := widget.Say(w.Count(len(l.all)), th.Text)
	for _, s := range []model.HookState{model.HookActive, model.HookPaused, model.HookDisabled, model.HookDraft} {
		n := 0
		for _, h := range l.all {
			if h.State == s {
				n++
			}
		}
		part := widget.Span{Text: " " + th.Sym.Dot + " " + w.InState(n, s), Style: th.Text}
		if n > 0 && line.Width()+ansi.StringWidth(part.Text) <= l.width {
			line = append(line, part)
		}
	}
	return line
}

// columns of the rows: name, state, verified, then what there is room for. The
// widths hold the longest word of either language, so nothing jumps on a switch.
func (l *list) columns() (cols []widget.Column, triggers bool) {
	const state, verified, marks, last = 13, 17, 12, 19
	room := l.listWidth() - 3
	least := 10 // of the name, before the triggers get a column
	if l.wide() {
		least = 24 // the side shows the triggers anyway
	}
	triggers = room >= least+state+verified+marks+last+4
	cols = []widget.Column{{}, {Width: state}, {Width: verified}}
	if triggers {
		cols = append(cols, widget.Column{Width: marks})
	}
	cols = append(cols, widget.Column{Width: last})
	cols[0].Width = room - len(cols) + 1
	for _, c := range cols[1:] {
		cols[0].Width -= c.Width
	}
	if spare := cols[0].Width - 30; spare > 0 { // wide screens: give the last column room
		cols[0].Width, cols[len(cols)-1].Width = 30, last+spare
	}
	return cols, triggers
}

func (l *list) heads() string {
	th, w := l.env.Theme, l.env.Words.Hooks
	cols, triggers := l.columns()
	cells := []widget.Line{widget.Say(w.Name, th.Bold), widget.Say(w.State, th.Bold), widget.Say(w.Verified, th.Bold)}
	if triggers {
		cells = append(cells, widget.Say(w.Triggers, th.Bold))
	}
	cells = append(cells, widget.Say(w.Last, th.Bold))
	return "   " + widget.Columns(cols, cells, th.Sym.Ellipsis).Render()
}

func (l *list) viewRows() string {
	th := l.env.Theme
	if l.rows.Len() == 0 {
		q := text.Clean(l.filter.Value())
		return " " + strings.Join(wrap(l.env.Words.Hooks.NoneMatches(q), l.listWidth()-1), "\n ")
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
	h, p, th := l.byID[id], pen{l.env}, l.env.Theme
	cols, triggers := l.columns()
	cells := []widget.Line{p.name(h.Hook, cols[0].Width), p.state(h.State), p.verified(h)}
	if triggers {
		cells = append(cells, widget.Say(chosen(l.v, h.Events), th.Text))
	}
	cells = append(cells, p.last(h.LastAttempt, cols[len(cols)-1].Width))
	arrow := widget.Line{{Text: th.Sym.Closed + " ", Style: th.Accent}}
	return []widget.Line{append(arrow, widget.Columns(cols, cells, th.Sym.Ellipsis)...)}
}

// tallRow is one webhook on two lines for narrow screens: the name gives way to
// the state, never the other way round.
func (l *list) tallRow(id string) []widget.Line {
	h, p, th := l.byID[id], pen{l.env}, l.env.Theme
	arrow := widget.Line{{Text: th.Sym.Closed + " ", Style: th.Accent}}
	rest := append(widget.Line{{Text: "  ", Style: th.Text}}, p.state(h.State)...)
	rest = append(rest, widget.Span{Text: "  " + chosen(l.v, h.Events), Style: th.Text})
	name := p.name(h.Hook, l.width-3-rest.Width())
	first := append(append(arrow, name...), rest...)
	second := append(widget.Line{{Text: "  ", Style: th.Text}}, p.verified(h)...)
	second = append(second, widget.Span{Text: "  ", Style: th.Text})
	if last := p.last(h.LastAttempt, l.width-3-second.Width()); second.Width()+last.Width() <= l.width-3 {
		second = append(second, last...)
	}
	return []widget.Line{first, second}
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
	why := widget.Say(pen{l.env}.why(h), th.Warn)
	if h.TLS.SkipVerify {
		why = append(say(th.Sym.Warn, l.env.Words.Hooks.Detail.SkipVerify+"  ", th.Bad), why...)
	}
	why = why.Fit(l.width-1, th.Sym.Ellipsis)
	return th.Rule.Render(strings.Repeat(th.Sym.HLine, l.width)) + "\n " + url.Render() + "\n " + why.Render()
}

// viewLoading shows nothing for a moment, then that it reads, then for how long.
func (l *list) viewLoading() string {
	w := l.env.Words.Hooks
	if !l.slow {
		return ""
	}
	took := int(l.env.Now().Sub(l.since).Seconds())
	if took < 3 {
		return " " + l.env.Theme.Dim.Render(w.Loading)
	}
	return " " + l.env.Theme.Dim.Render(w.LoadingFor(took))
}

// viewError says what happened, why, and which key helps.
func (l *list) viewError() string {
	lines := append([]string{l.path(), ""}, problem(l.env, l.env.Words.Fault(l.err), l.err, l.cause, l.width)...)
	return clip(lines, l.height)
}

func (l *list) Cursor() *tea.Cursor {
	switch {
	case l.empty():
		return l.first.cursor(l)
	case !l.ready:
		return nil
	case l.filter.Focused():
		label := ansi.StringWidth(l.env.Words.Hooks.Filter + ": ")
		shown := ansi.StringWidth("  " + l.env.Words.Hooks.Shown(l.rows.Len(), len(l.all)))
		return tea.NewCursor(label+l.filter.CursorX(max(min(l.width-label-shown, 40), 6)), 1)
	case l.rows.Len() == 0:
		return nil
	}
	return tea.NewCursor(1, l.headHeight()+l.rows.Line())
}
