package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// endless is a query that comes to no end by itself.
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

func TestAReadingEndsWithItsContextAndLeavesItsConnectionFit(t *testing.T) {
	d := openTemp(t)
	for range readers + 1 {
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
		err := d.read(ctx, "count", func(tx querier) error {
			var n int64
			return tx.QueryRowContext(ctx, endless).Scan(&n)
		})
		stop()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("an endless reading ends with %v", err)
		}
	}
	for range readers + 1 {
		if _, err := d.Stats(t.Context(), "", time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAReadingThatPanicsLeavesItsConnectionFit(t *testing.T) {
	d := openTemp(t)
	for range readers + 1 {
		func() {
			defer func() { _ = recover() }()
			_ = d.read(t.Context(), "count", func(querier) error { panic("a bug") })
		}()
	}
	if _, err := d.Stats(t.Context(), "", time.Time{}); err != nil {
		t.Fatal(err)
	}
}
