package widget

// turnable is the value under the cursor, how deep it is, whether it is unfolded,
// and whether it can be folded at all.
func (s *sheet) turnable() (node, depth int, open, can bool) {
	node, ok := s.node()
	if !ok {
		return 0, 0, false, false
	}
	at := s.marks.spot(s.at)
	f := treeFlow{s.outline, s.folds}
	m := member{key: node, val: node}
	if !at.mid {
		m = s.outline.member(at.off)
	}
	p := s.marks.pencil()
	open = s.folds.has(node, at.depth, s.outline.box(node))
	return node, at.depth, open, at.mid || f.foldable(m, at.depth, &p)
}

// unfold opens the value under the cursor; one that is open is entered.
func (s *sheet) unfold() {
	node, _, open, can := s.turnable()
	switch {
	case can && !open:
		s.refold(s.folds.turn(node), s.at)
	case can && s.outline.box(node):
		s.move(1)
	}
}

// fold closes the value under the cursor; one that is closed is left for what it is
// in.
func (s *sheet) fold() {
	node, _, open, can := s.turnable()
	if can && open {
		from := s.marks.row(node)
		s.refold(s.folds.turn(node), from)
		return
	}
	if parent, ok := s.outline.parent(node); ok {
		s.goal = goal{goalByte, parent}
		s.settle()
	}
}

// toggle folds or unfolds the value under the cursor.
func (s *sheet) toggle() {
	if _, _, open, can := s.turnable(); can && open {
		s.fold()
	} else {
		s.unfold()
	}
}

// foldTo folds or unfolds everything from a depth on. The cursor stays on its value,
// or goes to the one that hides it now.
func (s *sheet) foldTo(depth int) {
	node, ok := s.node()
	if !ok {
		return
	}
	if depth != allOpen {
		s.outline.along(node, func(l link) {
			if l.depth == depth {
				node = l.node
			}
		})
	}
	s.goal = goal{goalByte, node}
	s.refold(folds{open: depth}, 0)
}

// reveal unfolds what hides the byte at off and goes there.
func (s *sheet) reveal(off int) {
	s.goal = goal{goalByte, off}
	if s.mode != ViewTree || s.marks.flow == nil {
		s.settle()
		return
	}
	node, links := s.outline.way(off)
	var closed []int
	for _, l := range links {
		if !s.folds.has(l.node, l.depth, true) {
			closed = append(closed, l.node)
		}
	}
	from := node
	if n := len(links); n > 0 {
		from = links[n-1].from
	}
	if off >= node && !s.outline.box(node) && !s.folds.has(node, len(links), false) && s.cuts(from, len(links), off) {
		closed = append(closed, node)
	}
	if len(closed) == 0 {
		s.settle()
		return
	}
	row := 0
	if s.marks.covers(closed[0]) {
		row = s.marks.row(closed[0])
	}
	s.refold(s.folds.turn(closed...), row)
}

// cuts reports that the row of the member at from ends before the byte at off.
func (s *sheet) cuts(from, depth, off int) bool {
	p := s.marks.pencil()
	p.indent(2*depth + 2)
	room := p.left() - 1
	for i := from; i < off; {
		n, w, _ := cellAt(s.raw, i)
		if room -= w; room <= 0 {
			return true
		}
		i += n
	}
	return room <= 0
}
