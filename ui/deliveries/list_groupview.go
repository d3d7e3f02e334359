package deliveries

import (
	"strconv"
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// barCols is the width of a share's bar, where there is room for it.
const barCols = 10

// laid is what of a group does not change until it is counted or laid out anew.
type laid struct {
	name []widget.Line // on as many lines as it takes
	note widget.Line
}

// layGroups lays every group out once: a movement or a drawing after it costs what is
// visible, however many groups there are.
func (l *list) layGroups() {
	g := &l.groups
	g.laid, g.all = make(map[string]laid, len(g.byKey)), 0
	first, second := 0, text.Width(l.secondHead())
	for key, one := range g.byKey {
		name, note := l.groupName(one), l.groupNote(one)
		g.laid[key] = laid{[]widget.Line{name}, note}
		g.all += one.count
		first, second = max(first, name.Width()), max(second, note.Width())
	}
	g.cols = l.groupColumns(first, second)
	room := l.width - 2
	if l.width >= wideEnough {
		room = g.cols[0].Width
	}
	for key, one := range g.laid {
		one.name = folded(one.name[0], room)
		g.laid[key] = one
	}
}

// groupColumns give the first what its longest cell takes, before the second has more
// than the least that tells webhooks apart, and what is left. What is longer still goes
// on below itself.
func (l *list) groupColumns(first, second int) []widget.Column {
	const count, share, newest, least = 8, 5, 11, 14
	bar := 0
	if l.width >= finer {
		bar = barCols + 1
	}
	room := l.width - 2 - count - share - bar - newest - 4
	second = min(second, max(room-first, least), l.width*3/10)
	return []widget.Column{{Width: room - second}, {Width: second}, {Width: count, Right: true}, {Width: share + bar, Right: bar == 0}, {Width: newest, Right: true}}
}

func (l *list) groupHeads() string {
	th, w := l.env.Theme, l.env.Words.Deliveries
	first := w.List.Reason
	switch l.groups.by {
	case byHook:
		first = w.Hook
	case byType:
		first = w.Trigger
	}
	var cells []widget.Line
	for _, s := range []string{first, l.secondHead(), w.List.Count, w.List.Share, w.List.Newest} {
		cells = append(cells, widget.Say(s, th.Bold))
	}
	return "  " + widget.Columns(l.groups.cols, cells, th.Sym.Ellipsis).Render()
}

// secondHead is what stands over groupNote.
func (l *list) secondHead() string {
	if l.groups.by != byReason {
		return ""
	}
	return l.env.Words.Deliveries.Hook
}

// viewGroups draws the groups, or why there is none.
func (l *list) viewGroups() string {
	w := l.env.Words.Deliveries.List
	if l.groups.rows.Len() > 0 {
		return l.groups.rows.View(l.env.Theme, l.groupRow)
	}
	said := w.NoGroups
	switch {
	case l.query != "" && l.found.has:
		said = l.nothing()
	case l.found.err != nil:
		said = l.env.Words.Fault(l.found.err).String()
	case l.found.running || l.groups.counter.running:
		said = w.Counting
	}
	return " " + strings.Join(widget.Wrap(said, l.width-1), "\n ")
}

// groupRow is one group: on one line, or on two where the screen is narrow, and on as
// many more as its name takes.
func (l *list) groupRow(key string) []widget.Line {
	th, g := l.env.Theme, l.groups.byKey[key]
	count := "×" + l.env.Words.Number(g.count)
	if th.ASCII {
		count = "x" + count[len("×"):]
	}
	names, second := l.groups.laid[key].name, l.groups.laid[key].note
	var rest []widget.Line
	for _, n := range names[1:] {
		rest = append(rest, append(widget.Line{{Text: " "}}, n...))
	}
	if l.width < wideEnough {
		end := widget.Line{{Text: " ", Style: th.Text}, {Text: count, Style: th.Bold}, {Text: "  " + pen{l.env}.brief(g.newest), Style: th.Text}}
		note := append(widget.Say("   ", th.Text), second.Fit(l.width-5-end.Width(), th.Sym.Ellipsis)...)
		out := append([]widget.Line{append(widget.Line{{Text: " "}}, names[0]...)}, rest...)
		return append(out, append(note, end...))
	}
	cells := []widget.Line{names[0], second, widget.Say(count, th.Bold), l.share(g), widget.Say(pen{l.env}.brief(g.newest), th.Text)}
	return append([]widget.Line{append(widget.Line{{Text: " "}}, widget.Columns(l.groups.cols, cells, th.Sym.Ellipsis)...)}, rest...)
}

// groupNotes is the number of lines of a group beyond those of every group.
func (l *list) groupNotes(key string) int { return max(len(l.groups.laid[key].name)-1, 0) }

// folded is a name on as many lines as it takes.
func folded(name widget.Line, room int) []widget.Line {
	if name.Width() <= room {
		return []widget.Line{name}
	}
	style := name[len(name)-1].Style
	var out []widget.Line
	indent := ""
	for _, part := range widget.Wrap(name.Plain(), room-2) {
		out = append(out, widget.Say(indent+part, style))
		indent = "  "
	}
	return out
}

// groupName is what the deliveries of a group have in common.
func (l *list) groupName(g group) widget.Line {
	th, p := l.env.Theme, pen{l.env}
	switch {
	case l.groups.by == byHook:
		return widget.Say(text.Clean(g.like.Hook), th.Bold)
	case l.groups.by == byType:
		return widget.Say(text.Clean(g.typ), th.Text)
	case g.like.State == model.DeliverySending:
		return widget.Mark(th.Sym.Closed, l.env.Words.Deliveries.List.InHand, th.Text)
	case g.like.Error == "":
		return p.state(g.like.State)
	}
	return widget.Mark(th.Sym.Fail, p.reason(model.Delivery{HTTPStatus: g.like.HTTPStatus, Error: g.like.Error}), th.Bad)
}

// groupNote is the webhook, how many they are, or how many have failed.
func (l *list) groupNote(g group) widget.Line {
	th, w := l.env.Theme, l.env.Words.Deliveries.List
	switch {
	case l.groups.by != byReason && g.bad > 0:
		return widget.Mark(th.Sym.Fail, w.JobFailed(g.bad), th.Bad)
	case l.groups.by != byReason:
		return nil
	case len(g.hooks) > 1:
		return widget.Say(w.Hooks(len(g.hooks)), th.Dim)
	}
	for name := range g.hooks {
		return widget.Say(text.Clean(name), th.Bold)
	}
	return nil
}

// share is a group's part of all that was counted.
func (l *list) share(g group) widget.Line {
	th := l.env.Theme
	part := float64(g.count) / float64(max(l.groups.all, 1))
	number := widget.Span{Text: strconv.Itoa(int(part*100+0.5)) + " %", Style: th.Text}
	if l.width < finer {
		return widget.Line{number}
	}
	full := max(int(part*barCols+0.5), 1)
	return widget.Line{
		{Text: strings.Repeat(th.Sym.Bars[len(th.Sym.Bars)-1], full) + strings.Repeat(" ", barCols-full+1), Style: th.Accent}, number,
	}
}
