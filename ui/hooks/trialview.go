package hooks

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// Sizes at which the test page changes its shape.
const (
	trialList  = 72  // from this width the events are a list on the left
	trialWide  = 140 // from here the list has the event types too
	trialShort = 14  // below this height there is only the most needed
	trialTall  = 20  // from here the last row is kept for toasts
	listMax    = 60
)

// listed reports that the events stand in a list, not on one line.
func (t *trial) listed() bool { return t.width >= trialList && t.height >= trialShort }

func (t *trial) listWidth() int {
	if !t.listed() {
		return 0
	}
	n := 0
	for _, typ := range t.v.Catalogue().Types() {
		for _, l := range t.listRow(typ) {
			n = max(n, l.Width()+2)
		}
	}
	return min(n, listMax, t.width*2/5)
}

// paneWidth is what is left for the body or the answer.
func (t *trial) paneWidth() int {
	if !t.listed() {
		return t.width
	}
	return t.width - t.listWidth() - 3
}

// SetSize lays the page out anew.
func (t *trial) SetSize(width, height int) {
	t.width, t.height = width, height
	t.lay()
}

// lay gives every part its room.
func (t *trial) lay() {
	if t.width == 0 {
		return
	}
	room := t.room()
	if t.listed() {
		t.types.SetSize(t.listWidth(), room, 1)
	} else {
		t.types.SetSize(t.width, 1, 1)
	}
	pane := max(room-len(t.paneHead()), 0)
	t.body.SetSize(t.paneWidth(), pane)
	split(t.headers, t.reply, t.paneWidth(), pane)
}

// room is the height between the head and the line of hint or result.
func (t *trial) room() int { return max(t.height-len(t.head())-len(t.foot()), 1) }

// View draws the page.
func (t *trial) View() string {
	pane := strings.Join(append(t.paneHead(), t.pane()...), "\n")
	out := t.head()
	if t.listed() {
		list := t.types.View(t.env.Theme, t.listRow)
		pane = widget.Beside(t.env.Theme, list, pane, t.listWidth(), t.room())
	}
	lines := strings.Split(pane, "\n")
	room := t.room()
	for len(lines) < room {
		lines = append(lines, "")
	}
	out = append(append(out, lines[:room]...), t.foot()...)
	return widget.Clip(out, t.height)
}

// Cursor stands on the event chosen.
func (t *trial) Cursor() *tea.Cursor {
	y := len(t.head())
	if t.listed() {
		return tea.NewCursor(0, y+t.types.Line())
	}
	return tea.NewCursor(0, y-1)
}

// head says what is tested: the name and the tag, where the body goes and with
// which key; on a small screen also the event, on a line of its own.
func (t *trial) head() []string {
	th, w := t.env.Theme, t.env.Words.Trial
	signed := w.Unsigned
	if !t.hook.Secret.IsZero() {
		signed = w.Signed
	}
	auth := w.NoAuth
	if !t.hook.Authorization.IsZero() {
		auth = "Authorization: " + text.Clean(t.hook.Authorization.Masked())
	}
	auth += " " + th.Sym.Dot + " " + signed
	tag := widget.Line{{Text: " " + w.Tag + " ", Style: th.Badge}}
	title := widget.Line{{Text: t.Title(), Style: th.Title}}.Fit(t.width-tag.Width()-1, th.Sym.Ellipsis)
	out := []string{append(title.Pad(t.width-tag.Width()), tag...).Render()}
	post := widget.Line{{Text: "POST ", Style: th.Bold}, {Text: text.Clean(t.hook.URL), Style: th.Text}}
	key := widget.Say(auth, th.Dim)
	switch {
	case post.Width()+key.Width()+2 <= t.width:
		post = append(post.Pad(t.width-key.Width()), key...)
		out = append(out, post.Render())
	case t.height >= trialShort:
		out = append(out, post.Fit(t.width, th.Sym.Ellipsis).Render(), key.Fit(t.width, th.Sym.Ellipsis).Render())
	default:
		out = append(out, post.Fit(t.width, th.Sym.Ellipsis).Render())
	}
	if !t.listed() {
		return append(out, t.chooser())
	}
	return append(out, th.Rule.Render(strings.Repeat(th.Sym.HLine, t.width)))
}

// chooser is the event on one line: "< 3/11 [x] Etiqueta eliminada >".
func (t *trial) chooser() string {
	th := t.env.Theme
	types := t.v.Catalogue().Types()
	n := 0
	for i, typ := range types {
		if typ == t.typ() {
			n = i + 1
		}
	}
	at := strconv.Itoa(n) + "/" + strconv.Itoa(len(types))
	l := widget.Line{{Text: "< ", Style: th.Key}, {Text: at + " ", Style: th.Dim}}
	l = append(l, t.name(t.typ())...)
	return append(l.Fit(t.width-2, ""), widget.Span{Text: " >", Style: th.Key}).Render()
}

// name is an event with its mark.
func (t *trial) name(typ string) widget.Line {
	th := t.env.Theme
	mark := model.MarkNone
	if t.chosen(typ) {
		mark = model.MarkAll
	}
	return widget.Line{{Text: box(mark) + " ", Style: th.Dim}, {Text: text.Clean(t.v.Label(typ, string(t.env.Words.Lang))), Style: th.Text}}
}

// nameWidth is the width of the longest name.
func (t *trial) nameWidth() int {
	n := 0
	for _, typ := range t.v.Catalogue().Types() {
		n = max(n, t.name(typ).Width())
	}
	return n
}

// listRow is one event of the list.
func (t *trial) listRow(typ string) []widget.Line {
	l := t.name(typ)
	if t.width >= trialWide {
		l = append(l.Pad(t.nameWidth()+2), widget.Span{Text: text.Clean(typ), Style: t.env.Theme.Dim})
	}
	return []widget.Line{l}
}

// paneHead is the line above the body or the answer.
func (t *trial) paneHead() []string {
	th, w := t.env.Theme, t.env.Words
	width := t.paneWidth()
	dot := " " + th.Sym.Dot + " "
	if t.answer {
		l := widget.Line{{Text: w.Trial.Answer, Style: th.Title}}
		l = fitParts(l, answered(w, t.result.Attempt.Response), dot, width, th)
		return []string{aside(l, about(w, t.reply), width, th)}
	}
	name := w.Trial.Body
	if t.own != nil {
		name = w.Trial.Own
	}
	l := widget.Line{{Text: name, Style: th.Title}, {Text: dot + w.Size(int64(len(t.event.Body))), Style: th.Dim}}
	if typ := (widget.Span{Text: dot + text.Clean(t.typ()), Style: th.Dim}); l.Width()+text.Width(typ.Text) <= width {
		l = append(l, typ)
	}
	out := []string{aside(l, about(w, t.body), width, th)}
	if !t.chosen(t.typ()) && t.height >= trialShort {
		for _, s := range widget.Wrap(w.Trial.NotChosen, width) {
			out = append(out, th.Warn.Render(s))
		}
	}
	return out
}

// fitParts adds as many parts to a line as fit whole.
func fitParts(l widget.Line, parts []string, dot string, width int, th *theme.Theme) widget.Line {
	for _, part := range parts {
		if s := (widget.Span{Text: dot + part, Style: th.Dim}); l.Width()+text.Width(s.Text) <= width {
			l = append(l, s)
		}
	}
	return l
}

// answered is the status, the kind and the size of an answer.
func answered(w *text.Words, r *model.Response) []string {
	parts := []string{strconv.Itoa(r.Status)}
	if kind, _, _ := strings.Cut(r.Get("Content-Type"), ";"); kind != "" {
		parts = append(parts, text.Clean(kind))
	}
	size := w.Size(int64(len(r.Body)))
	if r.Truncated {
		size = w.Trial.Truncated(size, w.Size(r.BodyRead))
	}
	return append(parts, size)
}

// pane is the body, or headers and body of the answer.
func (t *trial) pane() []string {
	th := t.env.Theme
	if !t.answer {
		return strings.Split(t.body.View(th), "\n")
	}
	return replyLines(t.env.Words, th, t.headers, t.reply)
}

// foot is the hint, what is going on, or the result in its place.
func (t *trial) foot() []string {
	th, w := t.env.Theme, t.env.Words
	lead, style, s := "", th.Hint, w.Trial.Ready
	switch {
	case t.job != nil && !t.job.shown:
		s = ""
	case t.job != nil:
		took := t.env.Now().Sub(t.job.started)
		lead, style, s = th.Sym.Queued+" ", th.Accent, w.Trial.Sending(w.Duration(took))
		if took >= cancelAfter || !t.env.Motion { // a clock that stands says it at once
			s = w.Trial.SendingLong(w.Duration(took))
		}
	case t.issue != nil:
		lead, style, s = th.Sym.Fail+" ", th.Bad, t.issue(w)
	case t.result != nil:
		lead, s = th.Sym.OK+" ", ""
		style = th.Good
		if f := t.result.Attempt.Failure; f != nil {
			lead, style, s = th.Sym.Fail+" ", th.Bad, w.Failure(f).String()
		} else if r := t.result.Attempt.Response; r != nil {
			s = w.Trial.OK(r.Status, w.Duration(t.result.Attempt.Timings.Total))
		}
	}
	var out []string
	for i, l := range widget.Wrap(s, t.width-2) {
		if i > 0 {
			lead = strings.Repeat(" ", text.Width(lead))
		}
		out = append(out, style.Render(lead+l))
	}
	out = out[:min(len(out), 4)]
	if t.height >= trialTall {
		out = append(out, "") // a toast steals the last row; what was said here stays readable
	}
	return out
}
