package widget

// Visible are the ids of the rows on the screen, in order.
func (r *Rows) Visible() []string {
	return r.ids[min(r.top, len(r.ids)):min(r.top+r.fit(), len(r.ids))]
}

// At is the index of the selected row, from 0.
func (r *Rows) At() int { return r.at }
