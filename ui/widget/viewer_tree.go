package widget

import (
	"maps"
	"math"
	"strconv"
	"unicode/utf8"
)

// allOpen is the depth at which everything is unfolded, long texts too.
const allOpen = math.MaxInt

// folds says what is unfolded: objects and arrays less deep than open, but for the
// values in flip. A change makes another one, as commands may hold this one.
type folds struct {
	open int
	flip map[int]bool // by the first byte of the value
}

// has reports that the value at node is unfolded. A scalar is a text too long for a
// row.
func (f folds) has(node, depth int, box bool) bool {
	byRule := f.open == allOpen || box && depth < f.open
	return byRule != f.flip[node]
}

// turn returns folds with these values the other way round.
func (f folds) turn(nodes ...int) folds {
	flip := maps.Clone(f.flip)
	if flip == nil {
		flip = make(map[int]bool, len(nodes))
	}
	for _, n := range nodes {
		if flip[n] {
			delete(flip, n)
		} else {
			flip[n] = true
		}
	}
	return folds{f.open, flip}
}

// treeFlow is a row for each value that is not folded away, and more for a long text
// that is unfolded.
type treeFlow struct {
	o     *outline
	folds folds
}

func (f treeFlow) row(s spot, p *pencil) (spot, bool) {
	if s.off >= len(f.o.raw) {
		return s, false
	}
	if s.mid {
		p.indent(2*s.depth + 4)
		return f.text(s, p), true
	}
	m := f.o.member(s.off)
	box := f.o.box(m.val)
	open := f.folds.has(m.val, s.depth, box)
	if !box && !p.draw && (!open || f.short(m, s.depth, p.width)) {
		return f.after(f.o.end(m.val), s.depth), true
	}
	p.indent(2 * s.depth)
	if p.draw || open && !box {
		f.head(m, s.depth, open, p)
	}
	if !box && open {
		return f.text(spot{off: m.val, node: m.val, depth: s.depth, tone: f.toneOf(m.val)}, p), true
	}
	if p.draw && !box {
		p.clip(m.val, f.o.end(m.val), p.left(), f.toneOf(m.val))
	}
	if first, some := 0, false; box && open {
		if first, some = f.o.inside(m.val); some {
			return spot{off: first, depth: s.depth + 1}, true
		}
	}
	return f.after(f.o.end(m.val), s.depth), true
}

// head writes the mark of folding, the key, and what an object or array holds.
func (f treeFlow) head(m member, depth int, open bool, p *pencil) {
	mark := " "
	if f.foldable(m, depth, p) {
		mark = p.sym.Closed
		if open {
			mark = p.sym.Open
		}
	}
	p.say(mark+" ", toneDim)
	f.key(m, p)
	if f.o.box(m.val) {
		c, count := f.o.raw[m.val], ""
		if _, n := f.o.measure(m.val); n > 0 {
			count = strconv.Itoa(n)
		}
		p.say(string(rune(c))+count+string(rune(c+2)), toneDim)
	}
}

// key writes the key, in its quotation marks unless it is a plain name.
func (f treeFlow) key(m member, p *pencil) {
	if m.key == m.val {
		return
	}
	start, end := m.key, m.keyEnd
	if end-start < maxKey && identifier(f.o.raw[start+1:end-1]) {
		start, end = start+1, end-1
	}
	p.clip(start, end, p.left()/2, toneKey)
	gap := ": "
	if f.o.box(m.val) {
		gap = " "
	}
	p.say(gap, toneText)
}

// foldable reports that there is something to fold: members, elements, or a text
// that does not fit into the row.
func (f treeFlow) foldable(m member, depth int, p *pencil) bool {
	if f.o.box(m.val) {
		_, some := f.o.inside(m.val)
		return some
	}
	q := pencil{raw: p.raw, sym: p.sym, width: p.width}
	q.indent(2 * depth)
	q.say("  ", toneDim)
	f.key(m, &q)
	for i, end := m.val, f.o.end(m.val); i < end; {
		n := q.cell(i, toneText)
		if n == 0 {
			return true
		}
		i += n
	}
	return false
}

// short reports that a scalar certainly fits into its row.
func (f treeFlow) short(m member, depth, width int) bool {
	end := f.o.end(m.val)
	if m.keyEnd-m.key > width/4 || end-m.key > width-min(2*depth, width/2)-4 {
		return false
	}
	for _, c := range f.o.raw[m.key:end] {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// text writes the scalar at s.node from s.off on, as far as the row goes.
func (f treeFlow) text(s spot, p *pencil) spot {
	end := f.o.end(s.node)
	for i := s.off; i < end; {
		n := p.cell(i, s.tone)
		if n == 0 {
			return spot{off: i, node: s.node, depth: s.depth, tone: s.tone, mid: true}
		}
		i += n
	}
	return f.after(end, s.depth)
}

// after is the row of the value behind the one that ends at i, further up if it was
// the last of what it is in.
func (f treeFlow) after(i, depth int) spot {
	raw := f.o.raw
	for i = blank(raw, i); i < len(raw); i = blank(raw, i) {
		switch raw[i] {
		case ',':
			return spot{off: blank(raw, i+1), depth: depth}
		case '}', ']':
			depth--
			i++
		default: // another root
			return spot{off: i}
		}
	}
	return spot{off: i}
}

func (f treeFlow) toneOf(i int) tone {
	if f.o.raw[i] == '"' {
		return toneString
	}
	return toneNumber
}

// node is the value whose row begins at s.
func (f treeFlow) node(s spot) int {
	if s.mid {
		return s.node
	}
	return f.o.member(s.off).val
}
