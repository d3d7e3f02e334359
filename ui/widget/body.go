package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// BodyMode is how a body is shown. Neither changes the bytes it was given.
type BodyMode int

const (
	// BodyExact shows the bytes as they are, line breaks and blanks included.
	BodyExact BodyMode = iota
	// BodyPretty indents JSON; numbers, keys and their order stay as they are.
	BodyPretty
)

// syncBytes is the size up to which a body is laid out within Update.
const syncBytes = 16 << 10

// Body is a scrolling view of bytes from anywhere. Every control character is a
// visible mark, long lines wrap and go on indented, and only the rows on the screen are
// drawn. Bodies over 16 KiB are laid out in a command; until it answers, the
// beginning is shown.
type Body struct {
	Frame bool // a rule on the left marks every row as someone else's text

	raw           []byte
	mode          BodyMode
	width, height int
	top           int
	doc           doc
	gen           int  // identity of the newest layout asked for
	due           bool // a layout is waiting for a command to carry it
}

// bodyMsg is a finished layout.
type bodyMsg struct {
	body *Body
	gen  int
	doc  doc
}

// NewBody returns an empty view in the given mode.
func NewBody(mode BodyMode) *Body { return &Body{mode: mode} }

// Bytes are the bytes shown, as they were given.
func (b *Body) Bytes() []byte { return b.raw }

// SetBytes shows other bytes from their beginning. It keeps raw and never writes to it.
func (b *Body) SetBytes(raw []byte) tea.Cmd {
	b.raw, b.top = raw, 0
	b.layout()
	return b.work()
}

// Mode is the way of showing asked for; Why says when pretty is not possible.
func (b *Body) Mode() BodyMode { return b.mode }

// Why is the reason that the body is shown exactly although pretty was asked for.
func (b *Body) Why() PlainReason {
	if b.mode == BodyPretty {
		return b.doc.why
	}
	return PlainNo
}

// SetMode changes the way of showing.
func (b *Body) SetMode(m BodyMode) tea.Cmd {
	if m == b.mode {
		return nil
	}
	b.mode, b.top = m, 0
	b.layout()
	return b.work()
}

// SetSize sets the cells to draw in. A big body keeps its old rows until the
// command of the next Update has wrapped them anew.
func (b *Body) SetSize(width, height int) {
	width, height = max(width, 1), max(height, 0)
	rewrap := width != b.width
	whole := b.width > 0 && !b.Busy()
	b.width, b.height = width, height
	switch {
	case rewrap && whole && len(b.raw) > syncBytes:
		b.gen++
		b.due = true
	case rewrap:
		b.layout()
	}
	b.ScrollBy(0)
}

// Update takes finished layouts and starts those that SetSize left due.
func (b *Body) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(bodyMsg); ok && m.body == b && m.gen == b.gen {
		b.doc = m.doc
		b.ScrollBy(0)
	}
	return b.work()
}

// Busy reports that the rows shown are not the final ones yet.
func (b *Body) Busy() bool { return b.doc.partial || b.due }

func (b *Body) inner(width int) int {
	if b.Frame {
		width -= 2
	}
	return max(width, 1)
}

// layout computes the rows of a small body at once; of a big one only its
// beginning, if nothing of it is shown yet, and leaves the rest due.
func (b *Body) layout() {
	b.gen++
	if b.width == 0 {
		return
	}
	w := b.inner(b.width)
	if len(b.raw) <= syncBytes {
		b.doc, b.due = layout(b.raw, b.mode, w), false
		return
	}
	b.due = true
	b.doc = layout(b.raw[:syncBytes], BodyExact, w)
	b.doc.partial = true
}

// work is the command for the layout that is due, or nil.
func (b *Body) work() tea.Cmd {
	if !b.due {
		return nil
	}
	b.due = false
	gen, raw, mode, w := b.gen, b.raw, b.mode, b.inner(b.width)
	return func() tea.Msg { return bodyMsg{b, gen, layout(raw, mode, w)} }
}

// ScrollBy moves the view by n rows, within bounds.
func (b *Body) ScrollBy(n int) {
	b.top = min(max(b.top+n, 0), max(len(b.doc.rows)-b.height, 0))
}

// Page moves the view by n screens.
func (b *Body) Page(n int) { b.ScrollBy(n * max(b.height-1, 1)) }

// Home and End move the view to the first and the last row.
func (b *Body) Home() { b.top = 0 }
func (b *Body) End()  { b.ScrollBy(len(b.doc.rows)) }

// Span is the first and last row on the screen, from 1, and their number in all.
func (b *Body) Span() (first, last, total int) {
	total = len(b.doc.rows)
	return min(b.top+1, total), min(b.top+b.height, total), total
}

// View draws at most the height of SetSize in lines, none wider.
func (b *Body) View(th *theme.Theme) string {
	last := min(b.top+b.height, len(b.doc.rows))
	mark := ""
	if b.Frame {
		mark = th.Rule.Render(th.Sym.VLine) + " "
	}
	lines := make([]string, 0, max(last-b.top, 0))
	for i := b.top; i < last; i++ {
		row := b.doc.draw(th, i)
		if b.doc.rows[i].more && b.inner(b.width) >= indentFrom {
			row = indent + row
		}
		row = text.Cut(row, b.inner(b.width))
		lines = append(lines, mark+row)
	}
	return strings.Join(lines, "\n")
}
