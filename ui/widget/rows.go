package widget

import (
	"slices"

	"hooktop/ui/theme"
)

// Rows is a window over a list of rows of one height, some with notes below them.
// Selection is an id, never a number: rows that come, go or move leave the selected
// one selected and, as far as there is room, on the same line of the screen.
//
// Only what is visible is asked for, so the length of the list costs nothing.
type Rows struct {
	ids    []string
	at     int // index of the selected row
	top    int // index of the first visible row
	width  int
	height int
	tall   int                 // lines of one row
	Plain  bool                // lines to read: moving scrolls, nothing is marked
	Quiet  bool                // keys are for something else: the selection is kept, not marked
	Notes  func(id string) int // lines of a row beyond those of every row; nil: none
}

// SetSize gives the window and the lines of one row (at least 1).
func (r *Rows) SetSize(width, height, tall int) {
	before := r.at - r.top
	r.width, r.height, r.tall = width, height, max(tall, 1)
	if !r.Plain {
		r.top = r.at - min(max(before, 0), r.fit()-1)
	}
	r.clamp()
}

// SetIDs replaces the rows. If the selected one is gone, the row that took its
// place is selected.
func (r *Rows) SetIDs(ids []string) {
	before := r.at - r.top
	selected := r.Selected()
	r.ids = ids
	if i := slices.Index(ids, selected); i >= 0 {
		r.at = i
	}
	if !r.Plain {
		r.top = r.at - before
	}
	r.clamp()
}

// Select puts the selection on id and reports whether it exists.
func (r *Rows) Select(id string) bool {
	i := slices.Index(r.ids, id)
	if i < 0 {
		return false
	}
	r.at = i
	r.clamp()
	return true
}

// Selected is the id of the selected row, "" if there is none.
func (r *Rows) Selected() string {
	if r.at < len(r.ids) {
		return r.ids[r.at]
	}
	return ""
}

// Len is the number of rows.
func (r *Rows) Len() int { return len(r.ids) }

// Move goes n rows down, or up if negative.
func (r *Rows) Move(n int) {
	if r.Plain {
		r.top += n
	} else {
		r.at += n
	}
	r.clamp()
}

// Page goes n windows down, or up if negative.
func (r *Rows) Page(n int) { r.Move(n * max(r.fit()-1, 1)) }

// Half goes n half windows down, or up if negative.
func (r *Rows) Half(n int) { r.Move(n * max(r.fit()/2, 1)) }

// Home and End go to the first and to the last row.
func (r *Rows) Home() { r.Move(-len(r.ids)) }
func (r *Rows) End()  { r.Move(len(r.ids)) }

// Line is the first line of the selected row within the window: where the real
// cursor belongs.
func (r *Rows) Line() int {
	if r.Plain {
		return 0
	}
	n := 0
	for i := r.top; i < r.at; i++ {
		n += r.high(i)
	}
	return n
}

// Reveal scrolls lines to read so that line n is within the window.
func (r *Rows) Reveal(n int) {
	r.top = min(max(r.top, n-r.fit()+1), max(n, 0))
	r.clamp()
}

// Place is where line n stands in the window, at its edge if it is outside.
func (r *Rows) Place(n int) int { return min(max(n-r.top, 0), r.fit()-1) }

// More reports whether rows are hidden above and below the window.
func (r *Rows) More() (above, below bool) {
	return r.top > 0, r.top+r.fit() < len(r.ids)
}

// View draws the window. draw gives the lines of one row; every line is cut and
// filled to the width, and the selected row is drawn in one style.
func (r *Rows) View(t *theme.Theme, draw func(id string) []Line) string {
	var out []string
	above, below := r.More()
	last := min(r.top+r.fit(), len(r.ids)) - 1
	for i := r.top; i <= last; i++ {
		lines := draw(r.ids[i])
		high := r.high(i)
		for n := range high {
			var l Line
			if n < len(lines) {
				l = lines[n]
			}
			margin := " "
			switch {
			case above && i == r.top && n == 0:
				margin = t.Sym.Up
			case below && i == last && n == high-1:
				margin = t.Sym.Open
			}
			out = append(out, r.line(t, l, margin, n == 0, i == r.at && !r.Plain && !r.Quiet))
		}
	}
	return Clip(out, max(r.height, r.tall))
}

// line draws one line behind a margin of one column: the cursor mark, or a sign
// that rows are hidden above or below.
func (r *Rows) line(t *theme.Theme, l Line, margin string, first, selected bool) string {
	l = l.Fit(r.width-1, t.Sym.Ellipsis)
	if !selected {
		return t.Dim.Render(margin) + l.Render()
	}
	mark := " "
	if first {
		mark = t.Sym.Cursor
	}
	return t.Selected.Render(mark + l.Pad(r.width-1).Plain())
}

// high is the number of lines of row i.
func (r *Rows) high(i int) int {
	n := max(r.tall, 1)
	if r.Notes != nil {
		n += r.Notes(r.ids[i])
	}
	return n
}

// fit is the number of whole rows in the window, at least one.
func (r *Rows) fit() int { return r.fill(r.top, 1) }

// fill is how many whole rows the window has room for from row i on, down or up; at
// least one.
func (r *Rows) fill(i, step int) int {
	if r.Notes == nil {
		return max(r.height/max(r.tall, 1), 1)
	}
	n, room := 0, r.height
	for ; i >= 0 && i < len(r.ids); i += step {
		if room -= r.high(i); room < 0 {
			break
		}
		n++
	}
	return max(n, 1)
}

func (r *Rows) clamp() {
	r.at = min(max(r.at, 0), max(len(r.ids)-1, 0))
	if !r.Plain {
		r.top = min(max(r.top, r.at-r.fill(r.at, -1)+1), r.at)
	}
	r.top = min(max(r.top, 0), max(len(r.ids)-r.fill(len(r.ids)-1, -1), 0))
}
