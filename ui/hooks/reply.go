package hooks

import (
	"strings"

	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// replyLines are the headers, a rule, and the body of an answer: all of it
// someone else's text, in a marked frame.
func replyLines(w *text.Words, th *theme.Theme, headers, body *widget.Body) []string {
	var out []string
	if h := headers.View(th); h != "" {
		out = append(strings.Split(h, "\n"), th.Rule.Render(th.Sym.VLine+strings.Repeat(th.Sym.HLine, 8)))
	}
	if len(body.Bytes()) == 0 {
		return append(out, th.Rule.Render(th.Sym.VLine)+" "+th.Dim.Render(w.Trial.EmptyBody))
	}
	return append(out, strings.Split(body.View(th), "\n")...)
}

// split shares a height between headers, a rule and a body: a third at most for the
// headers, and none of it where there is hardly room for the body.
func split(headers, body *widget.Body, width, height int) {
	headers.SetSize(width, 0)
	_, _, rows := headers.Span()
	heads, rest := 0, height
	if height > 5 && len(headers.Bytes()) > 0 {
		heads = min(rows, height/3)
		rest = height - heads - 1
	}
	headers.SetSize(width, heads)
	body.SetSize(width, rest)
}

// about is where one is in a body that is longer than the screen, and why it is
// not indented; empty when there is nothing to say.
func about(w *text.Words, b *widget.Body) string {
	switch b.Why() {
	case widget.PlainTooLarge:
		return w.Trial.NotIndented[0]
	case widget.PlainTooDeep:
		return w.Trial.NotIndented[1]
	}
	if first, last, total := b.Span(); last-first+1 < total {
		return w.Trial.Span(first, last, total)
	}
	return ""
}

// aside puts a remark at the right end of a line if it fits whole.
func aside(l widget.Line, remark string, width int, th *theme.Theme) string {
	room := width - text.Width(remark)
	if remark != "" && l.Width()+2 <= room {
		return append(l.Pad(room), widget.Span{Text: remark, Style: th.Dim}).Render()
	}
	return l.Fit(width, th.Sym.Ellipsis).Render()
}
