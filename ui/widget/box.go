package widget

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// boxFrame is what a box adds to its content: a border and a blank on each side.
const (
	boxWidth  = 4
	boxHeight = 2
)

// Box draws a border with a title around styled lines, each filled or cut to inner
// columns. The title must be clean.
func Box(th *theme.Theme, title string, lines []string, inner int) string {
	inner = max(inner, 1)
	title = ansi.Truncate(title, max(inner-2, 0), th.Sym.Ellipsis)
	rule := max(inner+2-text.Width(title)-2, 0)
	var b strings.Builder
	b.WriteString(th.Border.Render(th.Sym.TL))
	b.WriteString(th.Title.Render(" " + title + " "))
	b.WriteString(th.Border.Render(strings.Repeat(th.Sym.HLine, rule) + th.Sym.TR))
	side := th.Border.Render(th.Sym.VLine)
	for _, l := range lines {
		if text.Width(l) > inner {
			l = text.Cut(l, inner)
		}
		b.WriteString("\n" + side + " " + l + strings.Repeat(" ", inner-text.Width(l)) + " " + side)
	}
	b.WriteString("\n" + th.Border.Render(th.Sym.BL+strings.Repeat(th.Sym.HLine, inner+2)+th.Sym.BR))
	return b.String()
}

// Above is what stands in a box above lines that must be seen, in at most room lines: a
// blank one separates them. Where there is no room for all of it blank lines go first,
// then what is at the end.
func Above(th *theme.Theme, lines []string, room int) []string {
	out := append(slices.Clone(lines), "")
	if len(out) > room {
		out = slices.DeleteFunc(out, func(l string) bool { return l == "" })
	}
	if room = max(room, 0); len(out) > room {
		if out = out[:room]; room > 0 {
			out[room-1] = ansi.Truncate(out[room-1], text.Width(out[room-1])-1, "") + th.Sym.Ellipsis
		}
	}
	return out
}
