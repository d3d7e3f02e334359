package store

import (
	"context"
	"database/sql"
	"math"
	"time"

	"hooktop/model"
)

// Stats are the counts of a webhook, or of all when hookID is empty, since the
// minute of a time, and what waits now.
func (d *DB) Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error) {
	out := model.Stats{Since: since, Until: d.opt.Now()}
	err := d.read(ctx, "read statistics", func(tx querier) error {
		hook, err := hookNumber(ctx, tx, hookID)
		if err != nil || hook < 0 {
			return err
		}
		var all rollup
		w := period{from: micros(since) / minute, to: math.MaxInt64, hours: true}
		if err := w.each(ctx, tx, hook, func(_ int64, r *rollup) { all.add(r) }); err != nil {
			return err
		}
		all.total(&out)
		return countWaiting(ctx, tx, hookID, &out)
	})
	if err != nil {
		return model.Stats{}, err
	}
	return out, nil
}

// countWaiting counts what is not done; held counts as pending. Of the index only
// the ranges of such rows are read.
func countWaiting(ctx context.Context, tx querier, hookID string, out *model.Stats) error {
	b, err := findBlocked(ctx, tx)
	if err != nil {
		return err
	}
	num, err := hookNumber(ctx, tx, hookID)
	if err != nil || num < 0 {
		return err
	}
	s := &selection{tx: tx}
	if err := s.findRanges(ctx, openIndex, func(v []int64) bool { return (hookID == "" || v[0] == num) && v[1] < stateDead }); err != nil {
		return err
	}
	ranges, same := s.among()
	rows, err := tx.QueryContext(ctx, ranges+`SELECT p.hook, p.state, (SELECT count(*) FROM deliveries x INDEXED BY deliveries_open WHERE `+same+`) FROM p
		UNION ALL SELECT hook, state, count(*) FROM deliveries NOT INDEXED
			WHERE seq >= (SELECT low FROM state) AND state = 7 AND (?1 = 0 OR hook = ?1) GROUP BY hook`, num)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var hook, state, n sql.NullInt64
		err = scan(&hook, &state, &n)
		if state.Int64 == stateRetrying && !b.nums[hook.Int64] {
			out.Retrying += n.Int64
		} else {
			out.Pending += n.Int64
		}
		return none, err
	})
	return err
}
