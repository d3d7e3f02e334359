package store

import (
	"context"
	"fmt"

	"hooktop/model"
)

// How much one call counts: rows of an index, and numbers where each row is looked at.
const (
	tallyRows  = 4_000
	tallySlice = 60_000
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
		s, err := newSelection(ctx, tx, f, b)
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
	to, l := bottom, lookup{}
	const columns = "x.seq, x.hook, x.state, x.http_status, x.error"
	switch {
	case s.path.index != nil:
		if to, err = s.stretch(ctx, bottom, from); err != nil {
			return t, 0, err
		}
		l = s.inRanges(columns, to, from)
	default:
		if s.path.source == "" {
			to = max(bottom, from-tallySlice)
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

// stretch is how far down the ranges of the index have about tallyRows rows.
func (s *selection) stretch(ctx context.Context, bottom, from int64) (to int64, err error) {
	ranges, same := s.among()
	each := max(tallyRows/max(len(s.path.ranges), 1), 64)
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
