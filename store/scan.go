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
	sliceTexts = 24_000
)

// lookup is a query of the numbers of rows, with its arguments.
type lookup struct {
	sql  string
	args []any
}

// page finds up to limit rows before a number, newest first, and where the next page
// begins; 0: nowhere.
func (s *selection) page(ctx context.Context, before int64, limit int) (seqs []int64, next int64, err error) {
	bottom, from, err := s.extent(ctx, before)
	if err != nil {
		return nil, 0, err
	}
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

// extent is where to look: from a number down, and not below bottom.
func (s *selection) extent(ctx context.Context, before int64) (bottom, from int64, err error) {
	err = s.tx.QueryRowContext(ctx, `SELECT
		coalesce((SELECT min(seq) FROM deliveries), 0), coalesce((SELECT max(seq) + 1 FROM deliveries), 0)`).Scan(&bottom, &from)
	if bottom, from = max(bottom, s.first), min(from, before); s.last < from {
		from = s.last + 1
	}
	return bottom, from, err
}

// step says how far down to look from a number, and how.
func (s *selection) step(n int, from, bottom int64, limit int) (to int64, l lookup) {
	slice := from
	switch {
	case s.path.source != "":
		return bottom, s.table("x.seq", bottom, from)
	case n == 0:
		slice = glance
	case s.reading:
		slice = sliceTexts
	case s.path.index == nil && len(s.where) > 0:
		slice = sliceRows
	}
	to = max(bottom, from-slice)
	if n > 0 && s.path.index != nil {
		return to, s.indexed(to, from, limit)
	}
	return to, s.table("x.seq", to, from)
}

// match is the condition on a row x between two numbers.
func (s *selection) match(to, from int64) lookup {
	return lookup{strings.Join(append([]string{"x.seq >= ?", "x.seq < ?"}, s.where...), " AND "), append([]any{to, from}, s.args...)}
}

// table looks at one row after the other, or at those of the source.
func (s *selection) table(columns string, to, from int64) lookup {
	m := s.match(to, from)
	l := lookup{"SELECT " + columns + " FROM deliveries x NOT INDEXED WHERE " + m.sql, m.args}
	if s.path.source != "" {
		l = lookup{l.sql + " AND x.seq IN (" + s.path.source + ")", append(l.args, s.path.args...)}
	}
	return l
}

// withSent adds what is being sent since it came.
func (s *selection) withSent(l lookup, columns string, to, from int64) lookup {
	if !s.path.sent {
		return l
	}
	t := s.table(columns, max(to, s.low), from)
	return lookup{l.sql + " UNION ALL " + t.sql + " AND x.state = 7", append(l.args, t.args...)}
}

// inRanges looks at all of each range.
func (s *selection) inRanges(columns string, to, from int64) lookup {
	ranges, same := s.among()
	m := s.match(to, from)
	l := lookup{fmt.Sprintf("%sSELECT %s FROM p CROSS JOIN deliveries x INDEXED BY %s WHERE %s AND %s",
		ranges, columns, s.path.index.name, same, m.sql), m.args}
	return s.withSent(l, columns, to, from)
}

// among is the ranges of the index as a table p, and the condition that a row x is in
// one of them. An index without ranges leads nowhere.
func (s *selection) among() (table, condition string) {
	i := s.path.index
	rows := make([]string, 0, len(s.path.ranges)+1)
	for _, v := range s.path.ranges {
		rows = append(rows, "("+numbers(v)+")")
	}
	if len(rows) == 0 {
		rows = append(rows, "("+strings.TrimSuffix(strings.Repeat("NULL,", len(i.columns)), ",")+")")
	}
	var same []string
	for _, c := range i.columns {
		same = append(same, fmt.Sprintf("x.%[1]s = p.%[1]s", c))
	}
	if i.partial != "" {
		same = append(same, i.partial)
	}
	return fmt.Sprintf("WITH p(%s) AS (VALUES %s) ", strings.Join(i.columns, ", "), strings.Join(rows, ",")), strings.Join(same, " AND ")
}

// indexed looks at the newest of each range.
func (s *selection) indexed(to, from int64, limit int) lookup {
	ranges, same := s.among()
	m := s.match(to, from)
	return s.withSent(lookup{fmt.Sprintf(`%sSELECT y.seq AS seq FROM p CROSS JOIN deliveries y ON y.seq IN (SELECT x.seq
		FROM deliveries x INDEXED BY %s WHERE %s AND %s ORDER BY x.seq DESC LIMIT ?)`,
		ranges, s.path.index.name, same, m.sql), append(m.args, limit)}, "x.seq", to, from)
}

// find runs a lookup for the newest.
func (s *selection) find(ctx context.Context, l lookup, limit int) ([]int64, error) {
	rows, err := s.tx.QueryContext(ctx, "SELECT seq FROM ("+l.sql+") ORDER BY seq DESC LIMIT ?", append(l.args, limit)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanSeq)
}
