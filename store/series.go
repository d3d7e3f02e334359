package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"hooktop/model"
)

// slowest is how many of the slowest attempts a series names.
const slowest = 10

// Series are the counts and latencies of a webhook, or of all when hookID is empty,
// in steps of at least a minute, whole minutes each, that begin with since. In steps of
// an hour or more an hour counts where it begins, and the slowest are one of each hour,
// in others one of each minute.
func (d *DB) Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error) {
	step = max(step.Truncate(time.Minute), time.Minute)
	out := model.Series{Since: since, Until: until, Step: step, Total: model.Stats{Since: since, Until: until}}
	for at := since; at.Before(until); at = at.Add(step) {
		out.Points = append(out.Points, model.Point{At: at})
	}
	points := make([]rollup, len(out.Points))
	var total rollup
	var slow []attemptTook // the oldest first, one of each minute or hour
	err := d.read(ctx, "read series", func(tx querier) error {
		hook, err := hookNumber(ctx, tx, hookID)
		if err != nil || hook < 0 {
			return err
		}
		w := period{from: micros(since) / minute, to: minutesUntil(until), hours: step >= time.Hour}
		if len(points) == 0 {
			w.to = w.from
		}
		err = w.each(ctx, tx, hook, func(at int64, r *rollup) {
			i := int(max(time.Duration(at-w.from)*time.Minute, 0) / step)
			points[min(i, len(points)-1)].add(r)
			total.add(r)
			if w.hours {
				at -= at % hour
			}
			slow = slower(slow, attemptTook{at, r.slow, r.took})
		})
		if err != nil {
			return err
		}
		if out.Causes, err = namedCauses(ctx, tx, total.causes); err != nil {
			return err
		}
		if out.Slowest, err = namedSlow(ctx, tx, slow); err != nil {
			return err
		}
		return countWaiting(ctx, tx, hookID, &out.Total)
	})
	if err != nil {
		return model.Series{}, err
	}
	for i := range points {
		p, r := &out.Points[i], &points[i]
		p.Delivered, p.Failed, p.Dead = r.delivered, r.failed, r.dead
		p.P50, p.P95, p.P99 = r.percentiles()
	}
	total.total(&out.Total)
	return out, nil
}

// total says what was added up.
func (r *rollup) total(out *model.Stats) {
	out.Delivered, out.Failed, out.Dead = r.delivered, r.failed, r.dead
	out.P50, out.P95, out.P99 = r.percentiles()
}

func (r *rollup) percentiles() (p50, p95, p99 time.Duration) {
	h, slowest := &r.latency, time.Duration(r.took)
	return h.percentile(0.5, slowest), h.percentile(0.95, slowest), h.percentile(0.99, slowest)
}

// minutesUntil is the first minute that begins no earlier than a time.
func minutesUntil(at time.Time) int64 { return (micros(at) + minute - 1) / minute }

// hookNumber is the number rollups have for a webhook: everyHook for "", -1 when
// nothing was ever stored about it.
func hookNumber(ctx context.Context, tx querier, id string) (int64, error) {
	if id == "" {
		return everyHook, nil
	}
	var num int64
	err := tx.QueryRowContext(ctx, "SELECT num FROM words WHERE text = ?", id).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, nil
	}
	return num, err
}

// period is a range of minutes, without the last; with hours, hours that are folded
// stand for their minutes.
type period struct {
	from, to int64
	hours    bool
}

// each calls f with what happened to a webhook, and the minute in which it began.
func (w period) each(ctx context.Context, tx querier, hook int64, f func(at int64, r *rollup)) error {
	var newest, folded int64
	err := tx.QueryRowContext(ctx, "SELECT coalesce((SELECT max(minute) FROM rollup), 0), folded FROM state").Scan(&newest, &folded)
	if err != nil {
		return err
	}
	to := min(w.to, newest+1)
	first, last := (w.from+hour-1)/hour, min(folded+1, to/hour) // whole hours
	if !w.hours || first >= last {
		return rollups(ctx, tx, "rollup", "minute", hook, w.from, to, 1, f)
	}
	return errors.Join(
		rollups(ctx, tx, "rollup", "minute", hook, w.from, first*hour, 1, f),
		rollups(ctx, tx, "hours", "hour", hook, first, last, hour, f),
		rollups(ctx, tx, "rollup", "minute", hook, last*hour, to, 1, f))
}

// rollups looks each minute or hour up that there is: the rows of other webhooks stand
// between, and a clock may have been years ahead.
func rollups(ctx context.Context, tx querier, table, key string, hook, from, to, unit int64, f func(at int64, r *rollup)) error {
	if from >= to {
		return nil
	}
	rows, err := tx.QueryContext(ctx, "WITH RECURSIVE t(at) AS (SELECT min("+key+") FROM "+table+" WHERE "+key+" >= ?1 "+
		"UNION ALL SELECT (SELECT min("+key+") FROM "+table+" WHERE "+key+" > at) FROM t WHERE at < ?2) "+
		"SELECT at, "+rollupColumns+" FROM t CROSS JOIN "+table+" r ON r."+key+" = at AND r.hook = ?3 WHERE at < ?2", from, to, hook)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		at, r, err := scanRollup(scan)
		if err == nil {
			f(at*unit, r)
		}
		return none, err
	})
	return err
}

// namedCauses are causes with their words, the most frequent first.
func namedCauses(ctx context.Context, tx querier, causes map[cause]int64) ([]model.Cause, error) {
	var out []model.Cause
	for c, n := range causes {
		var code string
		if err := text(tx.QueryRowContext(ctx, "SELECT text FROM words WHERE num = ?", c.code), &code); err != nil {
			return nil, err
		}
		out = append(out, model.Cause{HTTPStatus: int(c.status), Error: model.Code(code), Count: n})
	}
	slices.SortFunc(out, func(a, b model.Cause) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.HTTPStatus, b.HTTPStatus), cmp.Compare(a.Error, b.Error))
	})
	return out, nil
}

type attemptTook struct{ at, id, took int64 }

// slower adds the slowest attempt of a minute or hour; of those of one time the slowest
// stays.
func slower(list []attemptTook, a attemptTook) []attemptTook {
	last := len(list) - 1
	switch {
	case a.id == 0:
	case last < 0 || list[last].at != a.at:
		list = append(list, a)
	case a.took > list[last].took:
		list[last] = a
	}
	return list
}

// namedSlow finds the deliveries of the slowest attempts, among the hundred slowest
// those that are still there.
func namedSlow(ctx context.Context, tx querier, list []attemptTook) ([]model.Slow, error) {
	slices.SortFunc(list, func(a, b attemptTook) int { return cmp.Or(cmp.Compare(b.took, a.took), cmp.Compare(b.id, a.id)) })
	list = list[:min(len(list), 10*slowest)]
	ids, took := make([]int64, len(list)), make(map[int64]int64, len(list))
	for i, a := range list {
		ids[i], took[a.id] = a.id, a.took
	}
	rows, err := tx.QueryContext(ctx, `SELECT a.id, a.started_at, d.id, hw.text, coalesce(h.name, ''), tw.text
		FROM attempts a JOIN deliveries d ON d.seq = a.id >> 16 `+deliveryTables+" WHERE a.id IN ("+numbers(ids)+")")
	if err != nil {
		return nil, err
	}
	out, err := collect(rows, func(scan func(...any) error) (v model.Slow, err error) {
		var id, at int64
		err = scan(&id, &at, &v.DeliveryID, &v.HookID, &v.Hook, &v.Type)
		v.At, v.Took = fromMicros(at), time.Duration(took[id])
		return v, err
	})
	slices.SortStableFunc(out, func(a, b model.Slow) int { return cmp.Compare(b.Took, a.Took) })
	return out[:min(len(out), slowest)], err
}
