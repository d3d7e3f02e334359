package widget

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Chart is values over time as columns of blocks, with the numbers that give them
// their measure: the largest at the top, zero at the bottom, and two times below.
type Chart struct {
	Values []float64
	Bad    []float64              // the part of each value that is bad, at its foot; nil: none
	Number func(v float64) string // writes the measure; its widest text sets the margin
	From   string                 // under the first column and
	To     string                 // under the last one
	None   string                 // said in the midst where all values are nothing
}

// margin is the width of the measure's column.
const chartMargin = 8

// Draw gives height lines, the last of them the times. Columns are as wide as whole
// cells allow, so that equal steps look equal.
func (c Chart) Draw(th *theme.Theme, width, height int) []Line {
	rows, room := max(height-1, 1), max(width-chartMargin-1, 1)
	top := 0.0
	for _, v := range c.Values {
		top = max(top, v)
	}
	each := max(room/max(len(c.Values), 1), 1)
	values, bad := c.Values, c.Bad
	if len(values) > room { // the newest count
		values = values[len(values)-room:]
		bad = bad[max(len(bad)-room, 0):]
	}
	wide := each * len(values)
	out := make([]Line, 0, height)
	for r := rows - 1; r >= 0; r-- {
		line := Line{{Text: c.measure(r, rows, top), Style: th.Dim}, {Text: th.Sym.VLine, Style: th.Rule}}
		if top == 0 && r == rows/2 {
			none := ansi.Truncate(c.None, wide, "")
			left := (wide - text.Width(none)) / 2
			out = append(out, append(line, Span{Text: strings.Repeat(" ", max(left, 0)) + none, Style: th.Dim}))
			continue
		}
		for i, v := range values {
			cell := Span{Text: strings.Repeat(block(th, v, top, r, rows), each), Style: th.Accent}
			if i < len(bad) && bad[i] > 0 && filled(bad[i], top, rows) > float64(r) {
				cell.Style = th.Bad
			}
			line = append(line, cell)
		}
		out = append(out, line)
	}
	gap := wide - text.Width(c.From) - text.Width(c.To)
	foot := c.From + strings.Repeat(" ", max(gap, 1)) + c.To
	return append(out, Line{{Text: strings.Repeat(" ", chartMargin+1)}, {Text: foot, Style: th.Dim}})
}

// measure is the number beside row r from the bottom.
func (c Chart) measure(r, rows int, top float64) string {
	number := ""
	switch {
	case r == rows-1 && top > 0:
		number = c.Number(top)
	case r == 0 && rows > 1:
		number = c.Number(0)
	}
	return strings.Repeat(" ", max(chartMargin-1-text.Width(number), 0)) + number + " "
}

// filled is how many rows a value takes: what is not nothing, an eighth at least.
func filled(v, top float64, rows int) float64 {
	if v <= 0 || top <= 0 {
		return 0
	}
	return max(v/top*float64(rows), 1.0/8)
}

// block is the part of a value's column in row r from the bottom.
func block(th *theme.Theme, v, top float64, r, rows int) string {
	part := filled(v, top, rows) - float64(r)
	if part <= 0 {
		return " "
	}
	n := int(math.Ceil(part * float64(len(th.Sym.Bars))))
	return th.Sym.Bars[min(max(n, 1), len(th.Sym.Bars))-1]
}

// Sparkline is values in one row of blocks: one cell each, or the sum of neighbours
// where there are more than cells. Where there was nothing there is the symbol of
// nothing.
func Sparkline(th *theme.Theme, values []float64, width int) string {
	if n := len(values); n > width && width > 0 {
		sums := make([]float64, width)
		for i, v := range values {
			sums[i*len(sums)/n] += v
		}
		values = sums
	}
	top := 0.0
	for _, v := range values {
		top = max(top, v)
	}
	var b strings.Builder
	for _, v := range values {
		if v <= 0 {
			b.WriteString(th.Sym.Dot)
			continue
		}
		b.WriteString(block(th, v, top, 0, 1))
	}
	return b.String()
}
