package store

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBucketsHoldWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, int64(50*time.Second)).Draw(t, "duration"))
		i := bucket(d)
		if d >= bound(i) || (i > 0 && d < bound(i-1)) {
			t.Fatalf("%v is in bucket %d, which ends at %v", d, i, bound(i))
		}
		if i > 0 && bound(i) > bound(i-1)*5/4 {
			t.Fatalf("bucket %d is wider than a quarter", i)
		}
	})
	if last := bucket(time.Hour); last != len(histogram{})-1 || bucket(-1) != 0 {
		t.Errorf("an hour is in bucket %d", last)
	}
}

func TestHistogramsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h, sum histogram
		for _, d := range rapid.SliceOf(rapid.Int64Range(0, int64(time.Minute))).Draw(t, "durations") {
			h[bucket(time.Duration(d))]++
		}
		again, err := decodeHistogram(h.encode())
		if err != nil || again != h {
			t.Fatalf("%v came back as %v, %v", h, again, err)
		}
		sum.add(&h)
		sum.add(&again)
		if sum.percentile(0.5, 0) != h.percentile(0.5, 0) {
			t.Fatalf("twice the same has another median")
		}
	})
	if _, err := decodeHistogram([]byte{2, 0xff}); err == nil {
		t.Error("a cut histogram reads")
	}
}

func TestNoPercentileIsLongerThanTheSlowest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h histogram
		all := rapid.SliceOfN(rapid.Int64Range(1, int64(50*time.Second)), 1, 50).Draw(t, "durations")
		for _, d := range all {
			h[bucket(time.Duration(d))]++
		}
		slices.Sort(all)
		slowest := time.Duration(all[len(all)-1])
		for _, p := range []float64{0.5, 0.95, 0.99, 1} {
			exact := time.Duration(all[int(math.Ceil(p*float64(len(all))))-1])
			got := h.percentile(p, slowest)
			if got > slowest || got < exact {
				t.Fatalf("%v of %v is %v, exactly %v", p, all, got, exact)
			}
		}
	})
	h := histogram{3: 1, 20: 1}
	if h.percentile(1, 0) != bound(20) || h.percentile(1, bound(2)) != bound(20) {
		t.Error("minutes whose slowest is not known have no percentile")
	}
}
