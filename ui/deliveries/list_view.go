package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// headHeight is the summary or the filter, a rule where there is room, and the
// columns' heads.
func (l *list) headHeight() int {
	switch {
	case l.width < wideEnough:
		return 1
	case l.wide():
		return 3
	}
	return 2
}

// footHeight is what is said under the rows: what is new, and where there is no
// pane, why the selected delivery stands as it does.
func (l *list) footHeight() int {
	if l.wide() || l.height < 16 {
		return 1
	}
	return 2
}

// paneHeight is what lies beside the heads and the rows.
func (l *list) paneHeight() int { return l.height - l.headHeight() + 1 }

func (l *list) bodyHeight() int { return l.height - l.headHeight() - l.footHeight() }

func (l *list) View() string {
	switch {
	case l.err != nil && !l.ready:
		return l.viewError()
	case !l.ready:
		return l.viewLoading()
	}
	th := l.env.Theme
	head := []string{l.secondLine()}
	if l.wide() {
		head = append(head, th.Rule.Render(strings.Repeat(th.Sym.HLine, l.width)))
	}
	body := l.viewRows()
	if l.width >= wideEnough {
		body = l.heads() + "\n" + body
	}
	if l.wide() {
		body = widget.Beside(th, body, l.pane.View(), l.listWidth(), l.paneHeight())
	}
	return strings.Join(append(head, body), "\n")
}

// secondLine is the filter while there is one, else the counts. A read that failed
// over rows already there is said here.
func (l *list) secondLine() string {
	th, w := l.env.Theme, l.env.Words.Deliveries
	label := w.Filter + ": "
	switch {
	case l.field.Focused():
		return th.Text.Render(label) + l.field.View(th, l.fieldWidth())
	case l.err != nil:
		return say(th.Sym.Fail, w.Stale(l.env.Words.Fault(l.err).What), th.Bad).Fit(l.width, th.Sym.Ellipsis).Render()
	case l.query == "":
		return l.counts().Render()
	}
	_, below := l.win.below()
	rest := widget.Line{{Text: "   " + w.Found(l.rows.Len(), below), Style: th.Dim}, {Text: "   " + w.Clear, Style: th.Dim}}
	chips := widget.Line{{Text: label, Style: th.Text}, {Text: text.Clean(l.query), Style: th.Accent}}
	if chips.Width()+rest.Width() > l.width {
		rest = rest[1:]
	}
	return append(chips.Fit(l.width-rest.Width(), th.Sym.Ellipsis), rest...).Render()
}

func (l *list) fieldWidth() int {
	return min(l.width-ansi.StringWidth(l.env.Words.Deliveries.Filter+": "), 60)
}

// counts are today's deliveries: as many parts as fit whole.
func (l *list) counts() widget.Line {
	th, all, w, s := l.env.Theme, l.env.Words, l.env.Words.Deliveries, l.stats
	n := func(i int64) string { return all.Number(int(i)) }
	word := func(s string) string {
		if !l.wide() {
			return ""
		}
		return " " + s
	}
	parts := []widget.Line{
		widget.Say(w.Today(n(s.Delivered+s.Retrying+s.Dead+s.Pending)), th.Bold),
		say(th.Sym.OK, n(s.Delivered)+word(w.Delivered), th.Good),
		say(th.Sym.Retry, n(s.Retrying)+word(w.Retrying), th.Warn),
		say(th.Sym.Fail, n(s.Dead)+word(w.Failed), th.Bad),
	}
	if s.P50 > 0 {
		parts = append(parts, widget.Say(w.P50+" "+all.Duration(s.P50), th.Text),
			widget.Say(w.P95+" "+all.Duration(s.P95), th.Text), widget.Say(w.P99+" "+all.Duration(s.P99), th.Text))
	}
	if s.Pending > 0 {
		parts = append(parts, say(th.Sym.Queued, w.Waiting(int(s.Pending)), th.Dim))
	}
	var line widget.Line
	for i, p := range parts {
		gap := 0
		if i > 0 {
			gap = 3
		}
		if line.Width()+gap+p.Width() > l.width {
			break
		}
		line = append(append(line, widget.Span{Text: strings.Repeat(" ", gap)}), p...)
	}
	return line
}

func (l *list) viewRows() string {
	th := l.env.Theme
	draw := l.row
	if l.width < wideEnough {
		draw = l.tallRow
	}
	body := l.rows.View(th, l.remember(draw))
	if l.rows.Len() == 0 {
		body = " " + strings.Join(widget.Wrap(l.nothing(), l.listWidth()-1), "\n ")
	}
	foot := l.foot()
	room := l.bodyHeight() + l.footHeight() - len(foot)
	body = widget.Clip(strings.Split(body, "\n"), room)
	used := strings.Count(body, "\n") + 1
	return body + strings.Repeat("\n", max(room-used, 0)+1) + strings.Join(foot, "\n")
}

// nothing says why there is no row, and which key changes that.
func (l *list) nothing() string {
	w := l.env.Words.Deliveries
	switch {
	case l.searching():
		return w.Searching
	case l.query == "":
		return w.Empty
	}
	return w.NoMatch(text.Clean(l.query))
}

// foot is what is wrong with the filter while it is typed; else why the selected
// delivery stands as it does, where there is room, and what is new.
func (l *list) foot() []string {
	th, w := l.env.Theme, l.env.Words.Deliveries
	width := l.listWidth()
	if l.field.Focused() && l.fault != nil {
		out := widget.Wrap(th.Sym.Fail+" "+l.env.Words.Fault(l.fault).String(), width)
		for i := range out {
			out[i] = th.Bad.Render(out[i])
		}
		return out[:min(len(out), max(l.height/2, l.footHeight()))]
	}
	news := ""
	if l.searching() && l.rows.Len() > 0 {
		news = "  " + th.Dim.Render(w.Searching)
	}
	if l.news.n > 0 && (!l.follow || l.frozen) {
		news = say(th.Sym.Up, w.News(l.news.n, l.news.more), th.Accent).Fit(width, th.Sym.Ellipsis).Render()
	}
	if l.footHeight() < 2 {
		return []string{news}
	}
	d, _ := l.selected()
	why := pen{l.env}.reason(d)
	if next := (pen{l.env}).next(d); next != "" && why != "" {
		why += " " + th.Sym.Dot + " " + next
	}
	return []string{widget.Say("  "+why, th.Dim).Fit(width, th.Sym.Ellipsis).Render(), news}
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
	return widget.Clip(widget.Problem(l.env, l.err, l.cause, l.width), l.height)
}

func (l *list) Cursor() *tea.Cursor {
	switch {
	case !l.ready:
		return nil
	case l.field.Focused():
		label := ansi.StringWidth(l.env.Words.Deliveries.Filter + ": ")
		return tea.NewCursor(label+l.field.CursorX(l.fieldWidth()), 0)
	case l.rows.Len() == 0:
		return nil
	}
	return tea.NewCursor(1, l.headHeight()+l.rows.Line())
}
