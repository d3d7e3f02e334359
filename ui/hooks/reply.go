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
