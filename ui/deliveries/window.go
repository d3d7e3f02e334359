package deliveries

import (
	"slices"

	"hooktop/model"
)

// Bounds of the window: rows of one page, and pages held.
const (
	pageRows = 200
	maxPages = 5
)

// stretch is one page of rows as it was read, newest first.
type stretch struct {
	from, next model.Cursor // where it was read from, and where it goes on; no next: the end
	rows       []model.Delivery
	short      bool // fewer rows than asked for, and yet not the end
}

// window is a run of stretches without a gap between them. It slides: what is
// given up at the top can be read again.
type window struct {
	pages []stretch
	above []model.Cursor // where the stretches given up at the top began
	byID  map[string]model.Delivery
}

// renew holds s, the newest stretch. Where s is short and yet not the end, a search
// is on its way through the file: what it has found already stays below s.
func (w *window) renew(s stretch) {
	if s.short && len(w.pages) == 1 && len(w.above) == 0 {
		old := w.pages[0]
		if tail := rest(old.rows, s.rows); len(s.rows)+len(tail) <= pageRows {
			s.rows, s.next = slices.Concat(s.rows, tail), old.next
		}
	}
	w.pages, w.above = []stretch{s}, nil
	w.index()
}

// rest are the rows of old below the last one that is also among newest.
func rest(old, newest []model.Delivery) []model.Delivery {
	in := idsOf(newest)
	for i := len(old) - 1; i >= 0; i-- {
		if in[old[i].ID] {
			return old[i+1:]
		}
	}
	return old
}

// index rebuilds byID and drops rows that are in two stretches: the lower goes,
// because the upper one was read later.
func (w *window) index() {
	w.byID = make(map[string]model.Delivery, pageRows*len(w.pages))
	for i := range w.pages {
		w.pages[i].rows = slices.DeleteFunc(slices.Clone(w.pages[i].rows), func(d model.Delivery) bool {
			_, twice := w.byID[d.ID]
			if !twice {
				w.byID[d.ID] = d
			}
			return twice
		})
	}
}

// ids are the rows in order.
func (w *window) ids() []string {
	out := make([]string, 0, len(w.byID))
	for _, p := range w.pages {
		for _, d := range p.rows {
			out = append(out, d.ID)
		}
	}
	return out
}

// update brings rows that are in the window up to date, where they are.
func (w *window) update(rows []model.Delivery) {
	found := false
	for _, d := range rows {
		if _, ok := w.byID[d.ID]; ok {
			w.byID[d.ID], found = d, true
		}
	}
	if !found {
		return
	}
	for _, p := range w.pages {
		for i := range p.rows {
			p.rows[i] = w.byID[p.rows[i].ID]
		}
	}
}

// below is where the next stretch goes on; ok is false at the end.
func (w *window) below() (from model.Cursor, ok bool) {
	if len(w.pages) == 0 {
		return "", false
	}
	from = w.pages[len(w.pages)-1].next
	return from, from != ""
}

// over is where the stretch above the window begins; ok is false at the top.
func (w *window) over() (from model.Cursor, ok bool) {
	if len(w.above) == 0 {
		return "", false
	}
	return w.above[len(w.above)-1], true
}

// append puts s below if it is what goes on there. What is short joins the stretch
// it follows.
func (w *window) append(s stretch) bool {
	if from, ok := w.below(); !ok || from != s.from {
		return false
	}
	if last := &w.pages[len(w.pages)-1]; len(last.rows)+len(s.rows) <= pageRows {
		last.rows, last.next = slices.Concat(last.rows, s.rows), s.next
		w.index()
		return true
	}
	w.pages = append(w.pages, s)
	for len(w.pages) > maxPages {
		w.above = append(w.above, w.pages[0].from)
		w.pages = w.pages[1:]
	}
	w.index()
	return true
}

// prepend puts s above if it is what was given up there. Rows may have joined it
// since; those below are given up if it does not reach them any more.
func (w *window) prepend(s stretch) bool {
	if from, ok := w.over(); !ok || from != s.from {
		return false
	}
	w.above = w.above[:len(w.above)-1]
	meets := s.next == w.pages[0].from
	for _, d := range s.rows {
		_, in := w.byID[d.ID]
		meets = meets || in
	}
	if !meets {
		w.pages = nil
	}
	w.pages = append([]stretch{s}, w.pages...)
	w.pages = w.pages[:min(len(w.pages), maxPages)]
	w.index()
	return true
}

// news counts what has arrived since the list stands.
type news struct {
	known map[string]bool // the newest page as last read
	n     int
	more  bool // n is the least it can be
}

// reset begins to count after these rows.
func (n *news) reset(newest []model.Delivery) {
	*n = news{known: idsOf(newest)}
}

// take counts the rows of the newest page that were not in it before. Those below
// the last known one are old: they moved up because others left the filter.
func (n *news) take(newest []model.Delivery, full bool) {
	last := len(newest)
	for last > 0 && !n.known[newest[last-1].ID] {
		last--
	}
	if last == 0 {
		last = len(newest)
		n.more = n.more || full
	}
	for _, d := range newest[:last] {
		if !n.known[d.ID] {
			n.n++
		}
	}
	n.known = idsOf(newest)
}

func idsOf(rows []model.Delivery) map[string]bool {
	out := make(map[string]bool, len(rows))
	for _, d := range rows {
		out[d.ID] = true
	}
	return out
}
