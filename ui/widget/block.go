package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Wrap breaks clean text into lines of at most width columns, within a word only
// if the word alone is wider.
func Wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(width, 1), ""), "\n")
}

// Fact is a label in a column of its own and the value beside it, wrapped below
// itself. Where there is no room for two columns the value goes under the label.
// Label and value must be clean.
func Fact(th *theme.Theme, label, value string, labels, width int) []Line {
	indent := labels + 1
	head := Say(label, th.Dim).Pad(indent)
	if width-indent < 12 {
		indent, head = 2, nil
	}
	var out []Line
	if head == nil {
		out = append(out, Say(label, th.Dim))
	}
	for i, part := range Wrap(value, width-indent) {
		if i > 0 || head == nil {
			head = Line{{Text: strings.Repeat(" ", indent)}}
		}
		out = append(out, append(head[:len(head):len(head)], Span{Text: part, Style: th.Text}))
	}
	return out
}

// Beside puts the right block next to the left one, which is cut or filled to its
// width, with a rule between them: three columns in all. The result has height lines.
func Beside(th *theme.Theme, left, right string, leftWidth, height int) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	rule := " " + th.Rule.Render(th.Sym.VLine) + " "
	out := make([]string, height)
	for i := range out {
		a, b, gap := "", "", leftWidth
		if i < len(l) {
			a, gap = l[i], leftWidth-text.Width(l[i])
		}
		if gap < 0 {
			a = text.Cut(a, leftWidth)
			gap = leftWidth - text.Width(a)
		}
		if i < len(r) {
			b = r[i]
		}
		out[i] = a + strings.Repeat(" ", gap) + rule + b
	}
	return strings.Join(out, "\n")
}

// Clip is a block of at most height lines.
func Clip(lines []string, height int) string {
	return strings.Join(lines[:min(len(lines), max(height, 0))], "\n")
}
