package widget

// Visible are the ids of the rows on the screen, in order.
func (r *Rows) Visible() []string {
	return r.ids[min(r.top, len(r.ids)):min(r.top+r.fit(), len(r.ids))]
}

// At is the index of the selected row, from 0.
func (r *Rows) At() int { return r.at }

// Hit is the row on line y of the window; false: there is none.
func (r *Rows) Hit(y int) (id string, ok bool) {
	if y < 0 || r.Plain {
		return "", false
	}
	for i, id := range r.Visible() {
		if y -= r.high(r.top + i); y < 0 {
			return id, true
		}
	}
	return "", false
}
