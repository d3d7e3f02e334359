package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Span is a run of text in one style. Text must be clean and hold no line break.
type Span struct {
	Text  string
	Style theme.Style
}

// Line is one line of the screen as spans, so that a selected row can be drawn in
// a single style: a style's end in the middle of a row would end the selection's.
type Line []Span

// Say is a line of one span.
func Say(text string, style theme.Style) Line { return Line{{text, style}} }

// Mark is a line of a symbol and a text in one style.
func Mark(symbol, text string, style theme.Style) Line {
	return Line{{symbol + " ", style}, {text, style}}
}

// Width is the number of columns the line takes.
func (l Line) Width() int {
	n := 0
	for _, s := range l {
		n += text.Width(s.Text)
	}
	return n
}

// Plain is the line without styles.
func (l Line) Plain() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Fit returns the line cut to at most room columns; a cut ends with mark.
func (l Line) Fit(room int, mark string) Line {
	if room <= 0 {
		return nil
	}
	if l.Width() <= room {
		return l
	}
	room = max(room-text.Width(mark), 0)
	out := make(Line, 0, len(l))
	for _, s := range l {
		w := text.Width(s.Text)
		if w > room {
			out = append(out, Span{ansi.Truncate(s.Text, room, "") + mark, s.Style})
			break
		}
		out = append(out, s)
		room -= w
	}
	return out
}

// Pad returns the line filled with blanks to room columns.
func (l Line) Pad(room int) Line {
	if n := room - l.Width(); n > 0 {
		return append(l[:len(l):len(l)], Span{Text: strings.Repeat(" ", n)})
	}
	return l
}

// Render draws the spans, each in its style.
func (l Line) Render() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Style.Render(s.Text))
	}
	return b.String()
}

// Column is the place of one cell in a row.
type Column struct {
	Width int
	Right bool // aligned to the right
}

// Columns puts cells side by side, one blank between two, each fitted to its column.
func Columns(cols []Column, cells []Line, mark string) Line {
	n := 2 * len(cols)
	for _, c := range cells {
		n += len(c)
	}
	out := make(Line, 0, n)
	for i, c := range cols {
		if i > 0 {
			out = append(out, Span{Text: " "})
		}
		cell := cells[i].Fit(c.Width, mark)
		gap := Span{Text: strings.Repeat(" ", max(c.Width-cell.Width(), 0))}
		if c.Right {
			out = append(append(out, gap), cell...)
			continue
		}
		out = append(append(out, cell...), gap)
	}
	return out
}
