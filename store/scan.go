package store

import (
	"context"
	"fmt"
	"strings"
)

// How far one call goes, in numbers, of which deliveries have about every third: a
// first look at the newest rows, which often is enough; rows without an index that
// leads to them; and rows whose events must be read.
const (
	glance     = 6_000
	sliceRows  = 300_000
	sliceTexts = 60_000
)

// lookup is a query of the numbers of rows, with its arguments.
type lookup struct {
	sql  string
	args []any
}

// page finds up to limit rows before a number, newest first, and where the next page
// begins; 0: nowhere.
func (s *selection) page(ctx context.Context, before int64, limit int) (seqs []int64, next int64, err error) {
	var bottom, top int64
	if err := s.tx.QueryRowContext(ctx, `SELECT
		coalesce((SELECT min(seq) FROM deliveries), 0), coalesce((SELECT max(seq) + 1 FROM deliveries), 0)`).
		Scan(&bottom, &top); err != nil {
		return nil, 0, err
	}
	bottom, top = max(bottom, s.first), min(top, before)
	if s.last < top {
		top = s.last + 1
	}
	from := top
	for n := 0; n < 2 && from > bottom && len(seqs) <= limit; n++ {
		to, l := s.step(n, from, bottom, limit+1-len(seqs))
		more, err := s.find(ctx, l, limit+1-len(seqs))
		if err != nil {
			return nil, 0, err
		}
		seqs, from = append(seqs, more...), to
	}
	switch {
	case len(seqs) > limit:
		return seqs[:limit], seqs[limit-1], nil
	case from > bottom:
		return seqs, from, nil
	}
	return seqs, 0, nil
}

// step says how far down to look from a number, and how.
func (s *selection) step(n int, from, bottom int64, limit int) (to int64, l lookup) {
	slice := from
	switch {
	case s.path.source != "":
		l := s.table(bottom, from)
		return bottom, lookup{l.sql + " AND x.seq IN (" + s.path.source + ")", append(l.args, s.path.args...)}
	case n == 0:
		slice = glance
	case s.reading:
		slice = sliceTexts
	case s.path.index == "" && len(s.where) > 0:
		slice = sliceRows
	}
	to = max(bottom, from-slice)
	if n > 0 && s.path.index != "" {
		return to, s.indexed(to, from, limit)
	}
	return to, s.table(to, from)
}

// match is the condition on a row x between two numbers.
func (s *selection) match(to, from int64) lookup {
	return lookup{strings.Join(append([]string{"x.seq >= ?", "x.seq < ?"}, s.where...), " AND "), append([]any{to, from}, s.args...)}
}

// table looks at one row after the other.
func (s *selection) table(to, from int64) lookup {
	m := s.match(to, from)
	return lookup{"SELECT x.seq AS seq FROM deliveries x NOT INDEXED WHERE " + m.sql, m.args}
}

// indexed looks at the newest of each range.
func (s *selection) indexed(to, from int64, limit int) lookup {
	second, partial := "", ""
	if s.path.second != "" {
		second = " AND x." + s.path.second + " = p.b"
	}
	switch s.path.index {
	case "deliveries_open":
		partial = " AND x.state < 6"
	case "deliveries_tests":
		partial = " AND x.test = 1"
	}
	pairs := []string{"(-1, -1)"}
	for _, p := range s.path.pairs {
		pairs = append(pairs, fmt.Sprintf("(%d,%d)", p[0], p[1]))
	}
	m := s.match(to, from)
	l := lookup{fmt.Sprintf(`WITH p(a, b) AS (VALUES %s) SELECT y.seq AS seq FROM p CROSS JOIN deliveries y ON y.seq IN (SELECT x.seq
		FROM deliveries x INDEXED BY %s WHERE x.hook = p.a%s%s AND %s ORDER BY x.seq DESC LIMIT ?)`,
		strings.Join(pairs, ","), s.path.index, second, partial, m.sql), append(m.args, limit)}
	if s.path.sent {
		t := s.table(max(to, s.low), from)
		l = lookup{l.sql + " UNION ALL " + t.sql + " AND x.state = 7", append(l.args, t.args...)}
	}
	return l
}

// find runs a lookup for the newest.
func (s *selection) find(ctx context.Context, l lookup, limit int) ([]int64, error) {
	rows, err := s.tx.QueryContext(ctx, "SELECT seq FROM ("+l.sql+") ORDER BY seq DESC LIMIT ?", append(l.args, limit)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (seq int64, err error) { return seq, scan(&seq) })
}
