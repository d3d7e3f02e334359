package widget

import (
	"strings"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Bar is one line of a chart of bars. Label and Number must be clean.
type Bar struct {
	Label  string
	Number string
	Part   float64 // of the longest bar, 0 to 1
}

// maxBar is the most columns a bar takes.
const maxBar = 60

// Bars draws labels, numbers and bars in columns. What is not nothing has a bar of
// at least one cell.
func Bars(th *theme.Theme, bars []Bar, width int) []Line {
	label, number := 0, 0
	for _, b := range bars {
		label = max(label, text.Width(b.Label))
		number = max(number, text.Width(b.Number))
	}
	room := max(min(width-label-number-4, maxBar), 1)
	full := th.Sym.Bars[len(th.Sym.Bars)-1]
	out := make([]Line, 0, len(bars))
	for _, b := range bars {
		n := min(int(float64(room)*b.Part+0.5), room)
		if b.Part > 0 {
			n = max(n, 1)
		}
		out = append(out, Line{
			{Text: b.Label + strings.Repeat(" ", label-text.Width(b.Label)+1), Style: th.Text},
			{Text: strings.Repeat(" ", number-text.Width(b.Number)) + b.Number + "  ", Style: th.Bold},
			{Text: strings.Repeat(full, max(n, 0)), Style: th.Accent},
		})
	}
	return out
}
