package store

import (
	"context"
	"time"

	"hooktop/model"
)

// Series are the counts and latencies of a webhook, or of all when hookID is empty,
// in steps of at least a minute.
func (d *DB) Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error) {
	step = max(step, time.Minute)
	out := model.Series{Since: since, Until: until, Step: step}
	total, err := d.Stats(ctx, hookID, since)
	if err != nil {
		return model.Series{}, err
	}
	out.Total = total
	for at := since; at.Before(until); at = at.Add(step) {
		out.Points = append(out.Points, model.Point{At: at})
	}
	return out, nil
}
