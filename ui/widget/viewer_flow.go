package widget

import (
	"bytes"
	"fmt"
)

// spot is where a row begins.
type spot struct {
	off   int // first byte
	node  int // the value a row goes on with
	depth int
	tone  tone
	mid   bool // the row goes on with what the one before began
}

// flow cuts bytes into rows. It must not change once made: commands read it too.
type flow interface {
	// row writes the row at s and returns where the next begins; false when no row
	// begins at s.
	row(s spot, p *pencil) (next spot, ok bool)
}

// rawFlow is the bytes as they are, line breaks included.
type rawFlow struct{ raw []byte }

func (f rawFlow) row(s spot, p *pencil) (spot, bool) {
	i := s.off
	if i >= len(f.raw) {
		return s, false
	}
	for i < len(f.raw) {
		if f.raw[i] == '\n' {
			i++
			break
		}
		n := p.cell(i, toneText)
		if n == 0 {
			break
		}
		i += n
	}
	return spot{off: i}, true
}

// hexFlow is offset, bytes in hex and their ASCII characters.
type hexFlow struct{ raw []byte }

// bytes is how many bytes fit into a row: 16, 8, 4 or 2.
func (hexFlow) bytes(width int) int {
	n := 16
	for n > 2 && 10+4*n+n/8 > width {
		n /= 2
	}
	return n
}

func (f hexFlow) row(s spot, p *pencil) (spot, bool) {
	if s.off >= len(f.raw) {
		return s, false
	}
	n := f.bytes(p.width)
	end := min(s.off+n, len(f.raw))
	if !p.draw {
		return spot{off: end}, true
	}
	put := func(s string, i int, t tone) {
		p.inks, p.used = append(p.inks, ink{s, i, i + 1, t}), p.used+len(s)
	}
	p.say(fmt.Sprintf("%08x", s.off), toneDim)
	for i := s.off; i < s.off+n; i++ {
		gap := " "
		if (i-s.off)%8 == 0 && n > 4 {
			gap = "  "
		}
		p.say(gap, toneText)
		if i < end {
			put(fmt.Sprintf("%02x", f.raw[i]), i, toneText)
		} else {
			p.say("  ", toneText)
		}
	}
	p.say("  ", toneText)
	for i := s.off; i < end; i++ {
		c, t := string(f.raw[i:i+1]), toneString
		if f.raw[i] < 0x20 || f.raw[i] > 0x7e {
			c, t = ".", toneDim
		}
		put(c, i, t)
	}
	return spot{off: end}, true
}

// prettyFlow indents JSON: every member and element on a line of its own. It knows
// only how deep it is, so that it takes text that is cut short as well.
type prettyFlow struct{ raw []byte }

// looksJSON reports text that is worth indenting.
func looksJSON(raw []byte) bool {
	i := blank(raw, 0)
	return i < len(raw) && (raw[i] == '{' || raw[i] == '[')
}

func (f prettyFlow) row(s spot, p *pencil) (spot, bool) {
	i, depth := s.off, s.depth
	if !s.mid {
		i = blank(f.raw, i)
	}
	if i >= len(f.raw) {
		return s, false
	}
	step := depth
	if c := f.raw[i]; !s.mid && (c == '}' || c == ']') {
		step = max(depth-1, 0)
	}
	p.indent(2 * step)
	begun, t := s.mid, s.tone
	for {
		if t == toneKey || t == toneString {
			var whole bool
			if i, whole = p.str(i, t); !whole {
				return spot{off: i, depth: depth, tone: t, mid: true}, true
			}
			begun = true
		}
		if i = blank(f.raw, i); i >= len(f.raw) {
			return spot{off: i, depth: depth}, true
		}
		c := f.raw[i]
		closing, opening := c == '}' || c == ']', c == '{' || c == '['
		if closing && begun {
			return spot{off: i, depth: depth}, true
		}
		t = f.toneAt(i)
		n := p.cell(i, t)
		if n == 0 {
			return spot{off: i, depth: depth, mid: true}, true
		}
		i += n
		begun = true
		switch {
		case opening:
			j := blank(f.raw, i)
			if j < len(f.raw) && f.raw[j] == c+2 && p.left() > 0 {
				i = j + p.cell(j, toneText)
				continue
			}
			return spot{off: i, depth: depth + 1}, true
		case closing:
			depth = max(depth-1, 0)
		case c == ',':
			return spot{off: i, depth: depth}, true
		case c == ':':
			p.say(" ", toneText)
		}
	}
}

// toneAt is what begins at i, outside strings.
func (f prettyFlow) toneAt(i int) tone {
	switch c := f.raw[i]; c {
	case '{', '}', '[', ']', ',', ':':
		return toneText
	case '"':
		o := outline{raw: f.raw}
		end := o.str(i, min(i+maxKey, len(f.raw)))
		if j := blank(f.raw, end); j < len(f.raw) && f.raw[j] == ':' && bytes.HasSuffix(f.raw[:end], []byte{'"'}) {
			return toneKey
		}
		return toneString
	}
	return toneNumber
}

// maxKey is how far is looked for the end of a string to know it for a key.
const maxKey = 4 << 10

// str writes a string from within, up to behind its closing mark; not whole: the
// row is full.
func (p *pencil) str(i int, t tone) (next int, whole bool) {
	for i < len(p.raw) {
		c := p.raw[i]
		if c == '\\' && p.left() < 2 && p.begun {
			return i, false
		}
		n := p.cell(i, t)
		if n == 0 {
			return i, false
		}
		i += n
		switch {
		case c == '"':
			return i, true
		case c == '\\' && i < len(p.raw):
			if n = p.cell(i, t); n == 0 { // too wide a mark for the row: not JSON
				return i, false
			}
			i += n
		}
	}
	return i, true
}
