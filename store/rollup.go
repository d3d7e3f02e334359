package store

import (
	"database/sql/driver"
	"time"

	"hooktop/model"
)

const minute = int64(time.Minute / time.Microsecond)

type rollupKey struct{ hook, minute int64 }

// rollup is what happened to a webhook within a minute, or within a group of writes
// on the way there.
type rollup struct {
	delivered, failed, dead int64
	latency                 histogram
}

// count adds an attempt to its webhook's minute. Interruptions are no results.
func (t *txn) count(hook int64, f model.Finish) {
	a := &f.Attempt
	if a.Outcome == model.OutcomeInterrupted {
		return
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
	if a.Outcome == model.OutcomeDelivered {
		r.delivered++
	} else {
		r.failed++
	}
	if f.Verdict.State == model.DeliveryDead {
		r.dead++
	}
}

// flushRollups adds what was counted to what is stored.
func (t *txn) flushRollups() error {
	for key, r := range t.rollups {
		var row [4]driver.Value
		found, err := t.hot.rollup.one(row[:], key.hook, key.minute)
		if err != nil {
			return err
		}
		if found {
			was, err := decodeHistogram(row[3].([]byte))
			if err != nil {
				return damaged("rollup", time.UnixMicro(key.minute*minute).UTC().Format(time.RFC3339), err)
			}
			r.latency.add(&was)
			r.delivered += row[0].(int64)
			r.failed += row[1].(int64)
			r.dead += row[2].(int64)
		}
		if err := t.hot.setRollup.exec(key.hook, key.minute, r.delivered, r.failed, r.dead, r.latency.encode()); err != nil {
			return err
		}
		t.wrote = true
	}
	return nil
}

// span is a range of numbers.
type span struct{ first, last int64 }

// place notes in which minute deliveries were made.
func (t *txn) place(first, last, at int64) {
	if t.minutes == nil {
		t.minutes = map[int64]span{}
	}
	s, ok := t.minutes[at/minute]
	if !ok {
		s = span{first, last}
	}
	t.minutes[at/minute] = span{min(s.first, first), max(s.last, last)}
}

func (t *txn) flushMinutes() error {
	for m, s := range t.minutes {
		if err := t.hot.minute.exec(m, s.first, s.last); err != nil {
			return err
		}
	}
	return nil
}
