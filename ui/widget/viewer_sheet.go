package widget

import "hooktop/ui/theme"

// ViewMode is how a Viewer shows its bytes.
type ViewMode int

const (
	ViewTree ViewMode = iota
	ViewPretty
	ViewRaw
	ViewHex
	viewModes
)

// sheet is one text with all that is known of it and the place in it: the body, or
// what a jq expression made of it.
type sheet struct {
	raw     []byte
	head    string // the jq expression it comes from
	many    bool   // values one behind the other
	outline *outline
	why     PlainReason // why there is no tree
	read    bool        // outline or why is known

	mode  ViewMode
	folds folds
	marks marks
	top   int // first row on the screen
	at    int // row of the cursor, in the tree
	goal  goal
	find  finder

	width, height int
	sym           *theme.Symbols
	gen           int  // of the rows that are counted
	due           bool // a count is waiting for a command to carry it
	job           job  // the count that runs
}

// goal is a place that rows have not been counted up to yet.
type goal struct {
	kind goalKind
	off  int
}

type goalKind int

const (
	goalNone goalKind = iota
	goalByte
	goalEnd
)

// can reports that the text can be shown that way.
func (s *sheet) can(m ViewMode) bool {
	switch m {
	case ViewTree:
		return s.outline != nil
	case ViewPretty:
		return s.outline != nil || looksJSON(s.raw)
	}
	return true
}

// show changes the way of showing and stays at the same byte.
func (s *sheet) show(m ViewMode) {
	if s.width > 0 && s.marks.flow != nil {
		s.goal = goal{goalByte, s.place()}
	}
	s.mode = m
	s.begin()
}

// flow is the rows of the way of showing.
func (s *sheet) flow() flow {
	switch s.mode {
	case ViewTree:
		return treeFlow{s.outline, s.folds}
	case ViewPretty:
		return prettyFlow{s.raw}
	case ViewHex:
		return hexFlow{s.raw}
	}
	return rawFlow{s.raw}
}

// begin counts the rows anew.
func (s *sheet) begin() {
	if s.width == 0 {
		return
	}
	first := spot{}
	if s.mode == ViewTree {
		first.off = s.outline.root
	}
	s.marks = marks{flow: s.flow(), raw: s.raw, sym: s.sym, width: s.width, next: first}
	s.top, s.at = 0, 0
	s.count()
}

// count counts some rows now and leaves the rest due.
func (s *sheet) count() {
	s.gen++
	s.marks.count(atOnce)
	s.due = !s.marks.done
	s.settle()
}

// settle goes to where one wants to be as soon as it has been counted, and keeps
// everything within bounds.
func (s *sheet) settle() {
	switch m := &s.marks; s.goal.kind {
	case goalByte:
		if m.covers(s.goal.off) {
			row := m.row(s.goal.off)
			s.goal = goal{}
			s.jump(row)
		}
	case goalEnd:
		if m.done {
			s.goal = goal{}
			s.at, s.top = m.rows-1, m.rows
		}
	}
	s.clamp()
}

// jump goes to a row and shows some of what is before it.
func (s *sheet) jump(row int) {
	s.at = row
	if row < s.top || row >= s.top+s.height {
		s.top = row - s.height/3
	}
}

func (s *sheet) clamp() {
	s.at = min(max(s.at, 0), max(s.marks.rows-1, 0))
	if s.mode == ViewTree {
		s.top = min(max(s.top, s.at-s.height+1), s.at)
	}
	s.top = min(max(s.top, 0), max(s.marks.rows-s.height, 0))
}

// move goes n rows down: the cursor in the tree, the view elsewhere.
func (s *sheet) move(n int) {
	if s.marks.flow == nil {
		return
	}
	s.goal = goal{}
	if !s.marks.done && max(s.top, s.at)+n+s.height > s.marks.rows {
		s.marks.count(min(n+2*s.height, atOnce))
	}
	if s.mode == ViewTree {
		s.at += n
	} else {
		s.top += n
	}
	s.clamp()
}

func (s *sheet) end() {
	s.goal = goal{kind: goalEnd}
	s.settle()
}

// place is the byte one is at.
func (s *sheet) place() int {
	if s.goal.kind == goalByte {
		return s.goal.off
	}
	row := s.top
	if s.mode == ViewTree {
		row = s.at
	} else if h := s.find.now(); h.end > 0 && s.shows(int(h.start)) {
		return int(h.start)
	}
	return s.marks.spot(row).off
}

// shows reports that the byte at off is on the screen.
func (s *sheet) shows(off int) bool {
	first := s.marks.spot(s.top)
	last := s.marks.spot(min(s.top+s.height, s.marks.rows))
	return off >= first.off && (off < last.off || s.top+s.height >= s.marks.rows)
}

// node is the value under the cursor; false where there is no tree.
func (s *sheet) node() (int, bool) {
	if s.mode != ViewTree || s.marks.rows == 0 {
		return 0, false
	}
	return treeFlow{o: s.outline}.node(s.marks.spot(s.at)), true
}

// refold takes other folds and counts again from the first row they change.
func (s *sheet) refold(f folds, from int) {
	node, _ := s.node()
	s.folds = f
	s.marks.keep(from, s.flow())
	if s.goal.kind != goalByte {
		s.goal = goal{goalByte, node}
	}
	s.count()
}
