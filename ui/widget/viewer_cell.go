package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// tone is what a piece of a row is.
type tone uint8

const (
	toneText tone = iota
	toneKey
	toneString
	toneNumber // and true, false, null
	toneDim
)

// maxCell bounds the bytes looked at for one character with its marks.
const maxCell = 64

// cellAt is the character of raw at i with its combining marks: how many bytes it
// is, how many columns it takes, and its clean text, "" if that is the bytes.
// A character never holds ASCII behind its first byte, so that no quotation mark is
// swallowed by what stands before it.
func cellAt(raw []byte, i int) (n, width int, s string) {
	c := raw[i]
	if c < utf8.RuneSelf && begins(raw, i+1) {
		if c >= 0x20 && c < 0x7f {
			return 1, 1, ""
		}
		s = text.Clean(string(raw[i : i+1]))
		return 1, text.Width(s), s
	}
	if c >= utf8.RuneSelf {
		r, n := utf8.DecodeRune(raw[i:])
		if w := lone(r); w > 0 && begins(raw, i+n) {
			return n, w, ""
		}
	}
	window := raw[i:min(i+maxCell, len(raw))]
	for k := 1; k < len(window); k++ {
		if window[k] < utf8.RuneSelf {
			window = window[:k]
			break
		}
	}
	if len(window) == maxCell { // do not part a character
		for k := maxCell - 1; k > maxCell-utf8.UTFMax; k-- {
			if utf8.RuneStart(window[k]) {
				window = window[:k]
				break
			}
		}
	}
	g, _ := ansi.FirstGraphemeCluster(window, ansi.GraphemeWidth)
	n = max(len(g), 1)
	s = text.Clean(string(window[:n]))
	return n, text.Width(s), s
}

// begins reports that a character certainly begins at i.
func begins(raw []byte, i int) bool {
	if i >= len(raw) || raw[i] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRune(raw[i:])
	return lone(r) > 0
}

// lone is the columns of letters that are as common as they are simple: clean as
// they are, and joined with nothing but marks behind them. 0: not one of them.
func lone(r rune) int {
	switch {
	case r >= 0xa1 && r <= 0x24f && r != 0xad, // Latin
		r >= 0x391 && r <= 0x3ce && r != 0x3a2, // Greek
		r >= 0x400 && r <= 0x481:               // Cyrillic
		return 1
	case r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa, // kana
		r >= 0x4e00 && r <= 0x9fa5, r >= 0xac00 && r <= 0xd7a3: // Han, Hangul
		return 2
	}
	return 0
}

// ink is a piece of a row: clean text and the bytes it stands for, none if it is
// ours.
type ink struct {
	text     string
	off, end int
	tone     tone
}

// pencil writes one row of at most width columns. Without draw it only measures.
type pencil struct {
	raw   []byte
	sym   *theme.Symbols
	width int
	draw  bool

	used  int
	begun bool // something of raw stands in the row
	inks  []ink
}

// indent begins a row with blanks for a depth, half of the row at most.
func (p *pencil) indent(columns int) {
	columns = min(columns, p.width/2)
	p.used += columns
	if p.draw && columns > 0 {
		p.inks = append(p.inks, ink{text: strings.Repeat(" ", columns), off: -1})
	}
}

// say writes clean text of ours as far as there is room.
func (p *pencil) say(s string, t tone) {
	w := text.Width(s)
	if p.used+w > p.width {
		return
	}
	p.used += w
	if p.draw {
		p.inks = append(p.inks, ink{text: s, off: -1, tone: t})
	}
}

// cell writes the character at i and returns its bytes; 0: the row is full. The
// first of a row always has its place, as a mark of a cut if it is too wide.
func (p *pencil) cell(i int, t tone) int {
	n, w, s := cellAt(p.raw, i)
	if p.used+w > p.width {
		if p.begun {
			return 0
		}
		s, w = p.sym.Ellipsis, 1
	}
	p.used += w
	p.begun = true
	if p.draw {
		if s == "" {
			s = string(p.raw[i : i+n])
		}
		p.inks = append(p.inks, ink{s, i, i + n, t})
	}
	return n
}

// left is how many columns are free.
func (p *pencil) left() int { return p.width - p.used }

// clip writes raw[i:end] and, if it does not fit into room columns, a mark of a cut.
func (p *pencil) clip(i, end, room int, t tone) {
	start := p.used
	room = min(room, p.left())
	cut := len(p.inks) // where to cut for the mark
	at := p.used
	for i < end {
		n, w, _ := cellAt(p.raw, i)
		if p.used+w-start > room {
			p.inks, p.used = p.inks[:cut], at
			p.say(p.sym.Ellipsis, toneDim)
			return
		}
		p.cell(i, t)
		i += n
		if p.used-start < room {
			cut, at = len(p.inks), p.used
		}
	}
}
