package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// headHeight is the summary or the filter, the attempts minute by minute and a rule
// where there is room, and the columns' heads.
func (l *list) headHeight() int {
	switch {
	case l.width < wideEnough:
		return 1
	case l.sparks():
		return 4
	case l.wide():
		return 3
	}
	return 2
}

// footHeight is what is said under the rows: a replay that runs, where there is no
// pane why the selected delivery stands as it does, and what is new.
func (l *list) footHeight() int {
	n := 1
	if l.reasons() {
		n++
	}
	if l.job.shown {
		n++
	}
	return n
}

// reasons reports that the reason of the selected delivery is said under the rows.
func (l *list) reasons() bool { return !l.pairs() && !l.grouped() && l.height >= 16 }

// paneHeight is what lies beside the heads and the rows.
func (l *list) paneHeight() int { return l.height - l.headHeight() + 1 }

func (l *list) bodyHeight() int { return l.height - l.headHeight() - l.footHeight() }

func (l *list) View() string {
	switch {
	case l.err != nil && !l.ready:
		return l.viewError()
	case !l.ready:
		return l.wait.Line(l.env)
	}
	th := l.env.Theme
	head := []string{l.secondLine()}
	if l.sparks() {
		head = append(head, l.sparkline())
	}
	if l.wide() {
		head = append(head, th.Rule.Render(strings.Repeat(th.Sym.HLine, l.width)))
	}
	if l.alone() {
		return strings.Join(append(head, l.pane.View()), "\n")
	}
	body := l.viewRows()
	if l.width >= wideEnough {
		body = l.heads() + "\n" + body
	}
	if l.pairs() {
		body = widget.Beside(th, body, l.pane.View(), l.listWidth(), l.paneHeight())
	}
	return strings.Join(append(head, body), "\n")
}

// secondLine is the filter while there is one, else the counts; at its end stand what
// is marked and a replay that goes on out of sight. A read that failed over rows
// already there is said here.
func (l *list) secondLine() string {
	th, w := l.env.Theme, l.env.Words.Deliveries
	var end widget.Line
	if !l.marks.none() {
		end = append(widget.Line{{Text: "   "}}, widget.Mark(th.Sym.On, w.List.Marked(l.marked()), th.Accent)...)
	}
	if l.job.running() && !l.job.shown {
		end = append(append(end, widget.Span{Text: "   "}), l.jobWord()...)
	}
	room := l.width - end.Width()
	switch {
	case l.field.Focused():
		return th.Text.Render(w.Filter+": ") + l.field.View(th, l.fieldWidth())
	case l.err != nil:
		return widget.Mark(th.Sym.Fail, w.Stale(l.env.Words.Fault(l.err).What), th.Bad).Fit(l.width, th.Sym.Ellipsis).Render()
	case l.query == "":
		return append(l.counts(room), end...).Render()
	}
	return append(l.chips(room), end...).Render()
}

// chips are the filter, how many it matches and how to get out of it.
func (l *list) chips(width int) widget.Line {
	th, w := l.env.Theme, l.env.Words.Deliveries
	chips := widget.Line{{Text: w.Filter + ": ", Style: th.Text}, {Text: text.Clean(l.query), Style: th.Accent}}
	rest := widget.Line{{Text: "   " + l.matches(), Style: th.Dim}, {Text: "   " + l.escape(w.Clears, w.GoesBack), Style: th.Dim}}
	t, whole := l.found.tally()
	if l.about != "" && whole {
		hooks := map[string]bool{}
		for _, g := range t.Groups {
			hooks[g.HookID] = true
		}
		chips, rest = widget.Say(w.List.CallOf(l.about, t.Count, len(hooks)), th.Accent), rest[1:]
	}
	if chips.Width()+rest.Width() > width && len(rest) > 1 {
		rest = rest[:1]
	}
	return append(chips.Fit(width-rest.Width(), th.Sym.Ellipsis), rest...)
}

// matches is how many the filter matches: of how many there are, so many as far back
// as they have been counted, or as many as are loaded while nothing is counted yet.
// Where all of them are loaded, that is how many there are now.
func (l *list) matches() string {
	w := l.env.Words.Deliveries
	t, whole := l.found.tally()
	all, known := l.every.tally()
	_, below := l.win.below()
	_, above := l.win.over()
	n := t.Count
	if l.shown == l.gen && !below && !above && !l.grouped() {
		n, whole = l.rows.Len(), true
	}
	switch {
	case whole && known:
		return w.List.FoundOf(n, max(all.Count, n))
	case whole:
		return w.Found(n, false)
	case !t.Back.IsZero():
		return w.List.FoundUntil(t.Count, pen{l.env}.clock(t.Back))
	}
	return w.Found(l.rows.Len(), below)
}

func (l *list) fieldWidth() int {
	return min(l.width-text.Width(l.env.Words.Deliveries.Filter+": "), 60)
}

// counts are today's deliveries: as many parts as fit whole.
func (l *list) counts(width int) widget.Line {
	th, all, w, s := l.env.Theme, l.env.Words, l.env.Words.Deliveries, l.stats
	say := func(word func(int) string, n int64) string {
		if !l.wide() {
			return all.Number(int(n))
		}
		return word(int(n))
	}
	parts := []widget.Line{
		widget.Say(w.Today(all.Number(int(s.Delivered+s.Retrying+s.Dead+s.Pending))), th.Bold),
		widget.Mark(th.Sym.OK, say(w.Delivered, s.Delivered), th.Good),
		widget.Mark(th.Sym.Retry, say(w.Retrying, s.Retrying), th.Warn),
		widget.Mark(th.Sym.Fail, say(w.Failed, s.Dead), th.Bad),
	}
	if s.Pending > 0 {
		parts = append(parts, widget.Mark(th.Sym.Queued, w.Pending(int(s.Pending)), th.Text))
	}
	if s.P50 > 0 {
		parts = append(parts, widget.Say(w.P50+" "+all.Duration(s.P50), th.Text),
			widget.Say(w.P95+" "+all.Duration(s.P95), th.Text), widget.Say(w.P99+" "+all.Duration(s.P99), th.Text))
	}
	var line widget.Line
	for i, p := range parts {
		gap := 0
		if i > 0 {
			gap = 3
		}
		if line.Width()+gap+p.Width() > width {
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
	var body string
	switch {
	case l.grouped():
		body = l.viewGroups()
	case l.rows.Len() == 0:
		body = " " + strings.Join(widget.Wrap(l.nothing(), l.listWidth()-1), "\n ")
	default:
		body = l.rows.View(th, l.remember(draw))
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
	case l.searching(), l.seek.stopped:
		return l.sought()
	case l.query == "":
		return w.Empty
	}
	if one := l.filter; l.led == l.query && len(one.Hooks) == 1 && (model.Filter{Hooks: one.Hooks}).String() == one.String() {
		return w.NoneOf(text.Clean(one.Hooks[0])) + " " + l.escape(w.EscClears, w.EscGoesBack)
	}
	said := w.NoMatch(text.Clean(l.query)) + " " + l.escape(w.EscClears, w.EscGoesBack)
	if len(l.filter.Words) > 0 {
		said += " " + w.Searched
	}
	return said
}

// escape is what esc does to the filter: it clears it, or goes back to the view before.
func (l *list) escape(clears, back string) string {
	if len(l.past) > 0 {
		return back
	}
	return clears
}

// foot is what is wrong with the filter while it is typed; else why the selected
// delivery stands as it does, where there is room, and what is new.
func (l *list) foot() []string {
	th := l.env.Theme
	width := l.listWidth()
	if l.field.Focused() && l.fault != nil {
		out := widget.Wrap(th.Sym.Fail+" "+l.env.Words.Fault(l.fault).String(), width)
		for i := range out {
			out[i] = th.Bad.Render(out[i])
		}
		return out[:min(len(out), max(l.height/2, l.footHeight()))]
	}
	var out []string
	if l.job.shown {
		out = append(out, l.jobLine(width).Render())
	}
	if l.reasons() {
		d, _ := l.selected()
		why := pen{l.env}.reason(d)
		switch next := (pen{l.env}).next(d); {
		case why == "" && d.State == model.DeliveryHeld:
			why = next
		case next != "" && why != "":
			why += " " + th.Sym.Dot + " " + next
		}
		out = append(out, widget.Say("  "+why, th.Dim).Fit(width, th.Sym.Ellipsis).Render())
	}
	return append(out, l.notes(width).Render())
}

// notes are what is new, or how far a search has come.
func (l *list) notes(width int) widget.Line {
	th, w := l.env.Theme, l.env.Words.Deliveries
	var line widget.Line
	switch {
	case l.grouped():
	case l.news.n > 0 && (!l.follow || l.frozen):
		line = widget.Mark(th.Sym.Up, w.News(l.news.n, l.news.more), th.Accent)
	case (l.searching() || l.seek.stopped) && l.rows.Len() > 0:
		line = widget.Say("  "+l.sought(), th.Dim)
	}
	return line.Fit(width, th.Sym.Ellipsis)
}

// sought is how far a search has come, as far as it is known.
func (l *list) sought() string {
	w := l.env.Words.Deliveries
	t, _ := l.found.tally()
	switch {
	case l.seek.stopped && t.Back.IsZero():
		return w.List.Stopped
	case l.seek.stopped:
		return w.List.StoppedAt(pen{l.env}.clock(t.Back))
	case t.Back.IsZero():
		return w.Searching
	}
	return w.List.SearchedTo(pen{l.env}.clock(t.Back))
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
		label := text.Width(l.env.Words.Deliveries.Filter + ": ")
		return tea.NewCursor(label+l.field.CursorX(l.fieldWidth()), 0)
	case l.side:
		x, y := l.paneAt()
		cur := l.pane.Cursor()
		if cur != nil {
			cur.X, cur.Y = cur.X+x, cur.Y+y
		}
		return cur
	case l.grouped() && l.groups.rows.Len() > 0:
		return tea.NewCursor(1, l.headHeight()+l.groups.rows.Line())
	case l.rows.Len() == 0 || l.grouped():
		return nil
	}
	return tea.NewCursor(1, l.headHeight()+l.rows.Line())
}
