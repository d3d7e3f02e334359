package deliveries

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// tabs names all tabs with their digits, or where they do not fit the one shown and
// its number.
func (p pen) tabs(names []string, at, width int) string {
	th := p.env.Theme
	var line widget.Line
	for i, name := range names {
		style := th.Tab
		if i == at {
			style = th.TabActive
		}
		line = append(line, widget.Span{Text: tabText(i, name), Style: style})
	}
	if line.Width() <= width {
		return line.Render()
	}
	if at < 0 || at >= len(names) {
		return ""
	}
	of := p.env.Words.Hooks.Shown(at+1, len(names))
	return widget.Line{{Text: " " + names[at] + " ", Style: th.TabActive}, {Text: "  " + of, Style: th.Dim}}.Fit(width, th.Sym.Ellipsis).Render()
}

func tabText(i int, name string) string { return " " + strconv.Itoa(i+1) + " " + name + " " }

// tabAt is the tab drawn in a column. Where they do not fit it is the one after the
// one shown.
func (p pen) tabAt(names []string, at, width, x int) (int, bool) {
	end, hit, found := 0, 0, false
	for i, name := range names {
		start := end
		end += text.Width(tabText(i, name))
		if x >= start && x < end {
			hit, found = i, true
		}
	}
	if end > width {
		return (at + 1) % len(names), true
	}
	return hit, found
}

// revision is that of a webhook's configuration.
func (p pen) revision(n int64) string {
	return strings.ToLower(p.env.Words.Deliveries.RevisionOf) + " " + strconv.FormatInt(n, 10)
}

// boldLines wraps a clean text without an indent.
func boldLines(s string, width int, style theme.Style) []widget.Line {
	return lines(s, "", width, style)
}

// clipped is at most n bytes of s, cut between characters and ended by a mark if that is
// not all of it.
func clipped(s string, n int, mark string) string {
	if len(s) <= n {
		return s
	}
	cut := n
	for cut > max(n-utf8.UTFMax, 0) && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + mark
}
