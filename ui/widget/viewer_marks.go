package widget

import (
	"context"
	"slices"
	"sort"

	"hooktop/ui/theme"
)

const (
	stride = 64 // rows from one mark to the next
	// atOnce and bytesAtOnce bound what is counted within Update.
	atOnce      = 4096
	bytesAtOnce = 128 << 10
)

// marks remember where every 64th row of a flow begins, as far as rows have been
// counted. The rows between are found by going on from a mark.
type marks struct {
	flow  flow
	raw   []byte
	sym   *theme.Symbols // all of width 1, so that it does not matter which
	width int
	at    []spot
	rows  int  // counted
	next  spot // where the row behind them begins
	done  bool // there is none
}

// count goes on for at most n rows, and not far beyond bytesAtOnce.
func (m *marks) count(n int) {
	p := m.pencil()
	for limit := m.next.off + bytesAtOnce; n > 0 && !m.done && m.next.off <= limit; n-- {
		p.used, p.begun = 0, false
		next, ok := m.flow.row(m.next, &p)
		if !ok {
			m.done = true
			return
		}
		if m.rows%stride == 0 {
			m.at = append(m.at, m.next)
		}
		m.rows++
		m.next = next
	}
}

// countAll goes on to the end or until ctx ends.
func (m *marks) countAll(ctx context.Context) {
	for !m.done && ctx.Err() == nil {
		m.count(atOnce)
	}
}

// clone may be counted on elsewhere.
func (m *marks) clone() marks {
	c := *m
	c.at = slices.Clone(m.at)
	return c
}

// keep forgets the rows from row on, for another flow that is the same until there.
func (m *marks) keep(row int, f flow) {
	if k := row / stride; k < len(m.at) {
		m.next, m.at, m.rows = m.at[k], m.at[:k:k], k*stride
	}
	m.flow, m.done = f, false
}

// pencil measures rows.
func (m *marks) pencil() pencil { return pencil{raw: m.raw, sym: m.sym, width: m.width} }

// spot is where a row that has been counted begins.
func (m *marks) spot(row int) spot {
	if row >= m.rows {
		return m.next
	}
	s := m.at[row/stride]
	p := m.pencil()
	for range row % stride {
		p.used, p.begun = 0, false
		s, _ = m.flow.row(s, &p)
	}
	return s
}

// covers reports that the row of the byte at off has been counted.
func (m *marks) covers(off int) bool { return m.done || m.next.off > off }

// row is the row that holds the byte at off, or the last before it.
func (m *marks) row(off int) int {
	k := sort.Search(len(m.at), func(k int) bool { return m.at[k].off > off }) - 1
	if k < 0 {
		return 0
	}
	row, s := k*stride, m.at[k]
	p := m.pencil()
	for row+1 < m.rows {
		p.used, p.begun = 0, false
		next, ok := m.flow.row(s, &p)
		if !ok || next.off > off {
			break
		}
		row, s = row+1, next
	}
	return row
}
