package store

import (
	"context"
	"time"

	"hooktop/model"
)

// Stats are the counts of a webhook, or of all when hookID is empty, since the
// minute of a time, and what waits now.
func (d *DB) Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error) {
	out := model.Stats{Since: since, Until: d.opt.Now()}
	err := d.read(ctx, "read statistics", func(tx querier) error {
		if err := sumRollup(ctx, tx, hookID, since, &out); err != nil {
			return err
		}
		return countWaiting(ctx, tx, hookID, &out)
	})
	if err != nil {
		return model.Stats{}, err
	}
	return out, nil
}

func sumRollup(ctx context.Context, tx querier, hookID string, since time.Time, out *model.Stats) error {
	rows, err := tx.QueryContext(ctx, `SELECT delivered, failed, dead, latency FROM rollup WHERE minute >= ?1
		AND hook IN (SELECT num FROM words WHERE text = ?2 OR (?2 = '' AND num IN (SELECT hook FROM hook_status)))`,
		micros(since)/minute, hookID)
	if err != nil {
		return err
	}
	var all histogram
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var delivered, failed, dead int64
		var blob []byte
		if err = scan(&delivered, &failed, &dead, &blob); err != nil {
			return none, err
		}
		out.Delivered += delivered
		out.Failed += failed
		out.Dead += dead
		h, err := decodeHistogram(blob)
		all.add(&h)
		return none, err
	})
	out.P50, out.P95, out.P99 = all.percentile(0.5), all.percentile(0.95), all.percentile(0.99)
	return err
}

// countWaiting counts what is not done; held counts as pending.
func countWaiting(ctx context.Context, tx querier, hookID string, out *model.Stats) error {
	b, err := findBlocked(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT d.hook, d.state, d.n FROM (
			SELECT hook, state, count(*) AS n FROM deliveries INDEXED BY deliveries_open WHERE state < 6 AND state < 4 GROUP BY hook, state
			UNION ALL SELECT hook, state, count(*) FROM deliveries NOT INDEXED
			WHERE seq >= (SELECT low FROM state) AND state = 7 GROUP BY hook) d
		JOIN words w ON w.num = d.hook WHERE ?1 = '' OR w.text = ?1`, hookID)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var hook, state, n int64
		err = scan(&hook, &state, &n)
		if state == stateRetrying && !b.nums[hook] {
			out.Retrying += n
		} else {
			out.Pending += n
		}
		return none, err
	})
	return err
}
