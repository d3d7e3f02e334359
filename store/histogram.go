package store

import (
	"context"
	"database/sql"
	"math/bits"
	"time"

	"github.com/mattn/go-sqlite3"
)

// histogram counts durations in buckets that never change, so that counts of minutes
// can be added up: four to each doubling from 64 us on, the last one for all beyond
// 50 s. A percentile is at most a quarter too long, and never longer than the slowest.
type histogram [80]int64

// bucket is where a duration is counted.
func bucket(d time.Duration) int {
	us := uint64(max(d.Microseconds(), 0))
	if us < 64 {
		return 0
	}
	octave := bits.Len64(us) - 7
	return min(1+4*octave+int(us>>(octave+4)&3), len(histogram{})-1)
}

// bound is the upper end of a bucket.
func bound(i int) time.Duration {
	if i == 0 {
		return 64 * time.Microsecond
	}
	octave, quarter := (i-1)/4, (i-1)%4
	return time.Duration(5+quarter) << (octave + 4) * time.Microsecond
}

func (h *histogram) add(o *histogram) {
	for i, n := range o {
		h[i] += n
	}
}

// percentile is a duration that p (0 to 1) of what was counted does not exceed: the end
// of a bucket, or the slowest if that is in it (0: not known); 0 when nothing was counted.
func (h *histogram) percentile(p float64, slowest time.Duration) time.Duration {
	var all, sum int64
	for _, n := range h {
		all += n
	}
	for i, n := range h {
		if sum += n; n > 0 && float64(sum) >= p*float64(all) {
			if slowest > 0 && bucket(slowest) == i {
				return min(slowest, bound(i))
			}
			return bound(i)
		}
	}
	return 0
}

// encode writes pairs of bucket and count.
func (h *histogram) encode() []byte {
	e := encoder{b: []byte{}}
	for i, n := range h {
		if n != 0 {
			e.int(int64(i))
			e.int(n)
		}
	}
	return e.b
}

func decodeHistogram(b []byte) (histogram, error) {
	var h histogram
	for d := (decoder{b: b}); ; {
		if len(d.b) == 0 || d.err != nil {
			return h, d.err
		}
		i, n := d.int(), d.int()
		if i < 0 || i >= int64(len(h)) {
			return h, errRecord
		}
		h[i] += n
	}
}

// histograms adds them up in SQL, for a migration.
type histograms struct{ sum histogram }

func (s *histograms) Step(blob []byte) {
	if h, err := decodeHistogram(blob); err == nil {
		s.sum.add(&h)
	}
}

func (s *histograms) Done() []byte { return s.sum.encode() }

func addHistograms(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	return c.Raw(func(raw any) error {
		return raw.(*sqlite3.SQLiteConn).RegisterAggregator("histograms", func() *histograms { return &histograms{} }, true)
	})
}
