package store

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"hooktop/model"
)

// How much one call counts: rows of an index, rows that lie far apart, and numbers
// where each row is looked at.
const (
	tallyRows   = 5_000
	tallySparse = 500
	tallySlice  = 100_000
)

// Tally counts the deliveries of a bounded stretch of the file that a filter matches,
// the newest first, and says where the next stretch begins; the cursor is empty at the
// end.
func (d *DB) Tally(ctx context.Context, f model.Filter, after model.Cursor) (model.Tally, model.Cursor, error) {
	before, err := cursorSeq(after)
	if err != nil {
		return model.Tally{}, "", err
	}
	var t model.Tally
	var next int64
	err = d.read(ctx, "count deliveries", func(tx querier) error {
		b, err := findBlocked(ctx, tx)
		if err != nil {
			return err
		}
		s, err := newSelection(ctx, tx, f, b, true)
		if err != nil {
			return err
		}
		t, next, err = s.tally(ctx, before, b)
		return err
	})
	if err != nil || next == 0 {
		return t, "", err
	}
	return t, cursorAt(next), nil
}

// tally counts the rows before a number, and says before which one it goes on; 0:
// nowhere.
func (s *selection) tally(ctx context.Context, before int64, b blocked) (t model.Tally, next int64, err error) {
	bottom, from, err := s.extent(ctx, before)
	if err != nil || from <= bottom {
		return t, 0, err
	}
	to := bottom
	var l lookup
	const columns = "x.seq, x.hook, x.state, x.http_status, x.error"
	switch {
	case s.path.index != nil:
		if to, err = s.stretch(ctx, tallyRows, bottom, from); err != nil {
			return t, 0, err
		}
		if from-to > tallySlice && !s.covered() {
			if to, err = s.stretch(ctx, tallySparse, max(bottom, to), from); err != nil {
				return t, 0, err
			}
		}
		l = s.inRanges(columns, to, from)
	default:
		if s.path.source == "" {
			to = max(bottom, from-s.slice())
		}
		l = s.table(columns, to, from)
	}
	if err := s.count(ctx, l, b, &t); err != nil || to <= bottom {
		return t, 0, err
	}
	var at int64
	err = s.tx.QueryRowContext(ctx, "SELECT created_at FROM deliveries WHERE seq >= ? ORDER BY seq LIMIT 1", to).Scan(&at)
	t.Back = fromMicros(at)
	return t, to, err
}

// slice is how many numbers are looked at one after the other.
func (s *selection) slice() int64 {
	if s.reading {
		return sliceTexts
	}
	return tallySlice
}

// covered reports whether the index has all that is asked of a row and counted.
func (s *selection) covered() bool {
	if s.path.index != failedIndex {
		return false
	}
	for _, w := range s.where {
		for _, c := range column.FindAllStringSubmatch(w, -1) {
			if !slices.Contains(failedIndex.columns, c[1]) {
				return false
			}
		}
	}
	return true
}

// column is one of the row x in a condition.
var column = regexp.MustCompile(`\bx\.(\w+)`)

// stretch is how far down the ranges of the index have about so many rows.
func (s *selection) stretch(ctx context.Context, rows int, bottom, from int64) (to int64, err error) {
	ranges, same := s.among()
	each := max(rows/max(len(s.path.ranges), 1), 32)
	err = s.tx.QueryRowContext(ctx, fmt.Sprintf(`%sSELECT coalesce(max((SELECT x.seq FROM deliveries x INDEXED BY %s
		WHERE %s AND x.seq >= ? AND x.seq < ? ORDER BY x.seq DESC LIMIT 1 OFFSET %d)), ?) FROM p`,
		ranges, s.path.index.name, same, each), bottom, from, bottom).Scan(&to)
	return to, err
}

// count adds up what a lookup of numbers, webhooks, states, statuses and errors finds.
func (s *selection) count(ctx context.Context, l lookup, b blocked, t *model.Tally) error {
	rows, err := s.tx.QueryContext(ctx, `SELECT g.hook, g.state, g.http_status, g.error, g.n, d.id, d.created_at
		FROM (SELECT hook, state, http_status, error, count(*) AS n, max(seq) AS newest FROM (`+l.sql+`) GROUP BY 1, 2, 3, 4) g
		JOIN deliveries d ON d.seq = g.newest`, l.args...)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var g model.Group
		var hook, state, code, at int64
		err = scan(&hook, &state, &g.HTTPStatus, &code, &g.Count, &g.Newest, &at)
		g.HookID, g.Hook, g.Error, g.NewestAt = s.words[hook], s.names[hook], model.Code(s.words[code]), fromMicros(at)
		if g.State = nameOf(stateNames[:], state); state < stateClaimed && b.nums[hook] {
			g.State = model.DeliveryHeld
		}
		*t = t.Add(model.Tally{Count: g.Count, Groups: []model.Group{g}})
		return none, err
	})
	return err
}
