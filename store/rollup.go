package store

import (
	"cmp"
	"database/sql/driver"
	"slices"
	"time"

	"hooktop/model"
)

const (
	minute = int64(time.Minute / time.Microsecond)
	hour   = 60 // minutes
)

// everyHook stands in rollups for all webhooks together; no word has that number.
const everyHook = 0

type rollupKey struct{ hook, minute int64 }

// rollup is what happened to a webhook within a minute or an hour, or within a group
// of writes on the way there.
type rollup struct {
	delivered, failed, dead int64
	latency                 histogram
	causes                  map[cause]int64
	slow, took              int64 // the slowest attempt, and how long it took
}

// cause is a way to fail: the status of the answer, or 0, and the number of the error.
type cause struct{ status, code int64 }

// count adds an attempt to its webhook's minute. Interruptions are no results.
func (t *txn) count(seq, hook int64, f *model.Finish) error {
	a := &f.Attempt
	if a.Outcome == model.OutcomeInterrupted {
		return nil
	}
	key := rollupKey{hook, micros(a.StartedAt.Add(a.Timings.Total)) / minute}
	r := t.rollups[key]
	if r == nil {
		if t.rollups == nil {
			t.rollups = map[rollupKey]*rollup{}
		}
		r = &rollup{}
		t.rollups[key] = r
	}
	r.latency[bucket(a.Timings.Total)]++
	r.slower(attemptSeq(seq, a.N), int64(a.Timings.Total))
	if f.Verdict.State == model.DeliveryDead {
		r.dead++
	}
	if a.Outcome == model.OutcomeDelivered {
		r.delivered++
		return nil
	}
	r.failed++
	var c cause
	if a.Response != nil {
		c.status = int64(a.Response.Status)
	}
	if a.Failure != nil {
		var err error
		if c.code, err = t.word(string(a.Failure.Code)); err != nil {
			return err
		}
	}
	r.caused(c, 1)
	return nil
}

func (r *rollup) slower(attempt, took int64) {
	if took > r.took {
		r.slow, r.took = attempt, took
	}
}

func (r *rollup) caused(c cause, n int64) {
	if r.causes == nil {
		r.causes = map[cause]int64{}
	}
	r.causes[c] += n
}

func (r *rollup) add(o *rollup) {
	r.delivered += o.delivered
	r.failed += o.failed
	r.dead += o.dead
	r.latency.add(&o.latency)
	r.slower(o.slow, o.took)
	for c, n := range o.causes {
		r.caused(c, n)
	}
}

// rollupColumns are those of rollup and hours behind the keys.
const rollupColumns = "delivered, failed, dead, latency, causes, slow, took"

func (r *rollup) row() []driver.Value {
	return []driver.Value{r.delivered, r.failed, r.dead, r.latency.encode(), r.encodeCauses(), r.slow, r.took}
}

// rollupRow takes rollupColumns.
type rollupRow struct {
	v               rollup
	latency, causes []byte
}

func (r *rollupRow) to() []any {
	return []any{&r.v.delivered, &r.v.failed, &r.v.dead, &r.latency, &r.causes, &r.v.slow, &r.v.took}
}

func (r *rollupRow) rollup() (*rollup, error) {
	var err error
	if r.v.latency, err = decodeHistogram(r.latency); err != nil {
		return nil, err
	}
	return &r.v, r.v.decodeCauses(r.causes)
}

// encodeCauses writes status, error and count of each.
func (r *rollup) encodeCauses() []byte {
	e := encoder{b: []byte{}}
	all := make([]cause, 0, len(r.causes))
	for c := range r.causes {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b cause) int { return cmp.Or(cmp.Compare(a.status, b.status), cmp.Compare(a.code, b.code)) })
	for _, c := range all {
		e.int(c.status)
		e.int(c.code)
		e.int(r.causes[c])
	}
	return e.b
}

func (r *rollup) decodeCauses(b []byte) error {
	for d := (decoder{b: b}); ; {
		if len(d.b) == 0 || d.err != nil {
			return d.err
		}
		c, n := cause{d.int(), d.int()}, d.int()
		if d.err == nil {
			r.caused(c, n)
		}
	}
}

// flushRollups adds what was counted to what is stored, and to all webhooks together.
func (t *txn) flushRollups() error {
	if len(t.rollups) == 0 {
		return nil
	}
	newest := int64(0)
	for key, r := range t.rollups {
		if key.hook == everyHook {
			continue
		}
		newest = max(newest, key.minute)
		all := rollupKey{everyHook, key.minute}
		if t.rollups[all] == nil {
			t.rollups[all] = &rollup{}
		}
		t.rollups[all].add(r)
	}
	for key, r := range t.rollups {
		if err := t.addMinute(key, r); err != nil {
			return err
		}
	}
	t.wrote = true
	return t.fold(newest / hour)
}

func (t *txn) addMinute(key rollupKey, r *rollup) error {
	if key.minute/hour <= t.now.folded { // late
		if err := t.addHour(key.minute/hour, key.hook, r); err != nil {
			return err
		}
	}
	var row [7]driver.Value
	found, err := t.hot.rollup.one(row[:], key.minute, key.hook)
	if err != nil {
		return err
	}
	if found {
		was := rollupRow{v: rollup{delivered: row[0].(int64), failed: row[1].(int64), dead: row[2].(int64), slow: row[5].(int64), took: row[6].(int64)},
			latency: row[3].([]byte), causes: row[4].([]byte)}
		old, err := was.rollup()
		if err != nil {
			return damaged("rollup", time.UnixMicro(key.minute*minute).UTC().Format(time.RFC3339), err)
		}
		r.add(old)
	}
	return t.hot.setRollup.exec(append([]driver.Value{key.minute, key.hook}, r.row()...)...)
}
