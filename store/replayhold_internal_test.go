package store

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"hooktop/model"
)

// library is a store with so many deliveries that are dead, oldest first.
func library(t *testing.T, n int) (d *DB, seqs []int64) {
	t.Helper()
	d = stock(t)
	_, revision, err := d.Fleet(t.Context())
	check(t, err)
	in := model.Ingest{Hooks: revision, Event: model.Event{ID: "evt", Type: "call.processed", Body: []byte("{}"), CreatedAt: stockTime()}}
	entropy := ulid.Monotonic(rand.Reader, 0)
	for range n {
		in.Deliveries = append(in.Deliveries, model.Delivery{ID: "dlv_" + ulid.MustNew(0, entropy).String(), HookID: "wh_1", State: model.DeliveryQueued, CreatedAt: stockTime()})
	}
	_, err = d.Ingest(t.Context(), in)
	check(t, err)
	_, err = d.w.conn.ExecContext(t.Context(), "UPDATE deliveries SET state = 4, next_at = 0, done_at = 1")
	check(t, err)
	rows, err := d.r.QueryContext(t.Context(), "SELECT seq FROM deliveries ORDER BY seq")
	check(t, err)
	seqs, err = collect(rows, scanSeq)
	check(t, err)
	return d, seqs
}

// making is a replay of ten a second that is under way, in slices.
func making(d *DB) (make func(ctx context.Context, part []int64) error, id string) {
	entropy := ulid.Monotonic(rand.Reader, 0)
	r, made := replay{id: "rpl_1", source: ofDelivery, rate: 10, now: stockTime()}, 0
	return func(ctx context.Context, part []int64) error {
		return d.write(ctx, "replay", func(t *txn) error {
			n, err := t.replay(ctx, &r, part, made, entropy)
			made += n
			return err
		})
	}, r.id
}

// keepsRate wants what waits of the replay to be due from a time on, never two within a
// tenth of a second.
func keepsRate(t *testing.T, d *DB, want int, from time.Time) {
	t.Helper()
	rows, err := d.r.QueryContext(t.Context(), "SELECT next_at FROM deliveries WHERE batch <> 0 AND state = 1 ORDER BY next_at")
	check(t, err)
	due, err := collect(rows, scanSeq)
	check(t, err)
	if len(due) != want {
		t.Fatalf("%d wait, want %d", len(due), want)
	}
	if first := fromMicros(due[0]); first.Before(from) {
		t.Errorf("the first is due %v too early", from.Sub(first))
	}
	for i := 1; i < len(due); i++ {
		if gap := time.Duration(due[i]-due[i-1]) * time.Microsecond; gap < time.Second/10-time.Microsecond { // times are cut
			t.Fatalf("number %d is due %v after the one before it", i, gap)
		}
	}
}

// Who holds again what a resumption left half done must not have the rest due at once.
func TestAReplayHeldInTheMidstOfAResumptionKeepsItsRate(t *testing.T) {
	d, seqs := library(t, 2500)
	replay, id := making(d)
	check(t, replay(t.Context(), seqs))
	at := stockTime().Add(-time.Second)
	hold := func() {
		t.Helper()
		at = at.Add(time.Second)
		if _, err := d.HoldReplay(t.Context(), id, at); err != nil {
			t.Fatal(err)
		}
	}
	hold()
	for range 2 { // stopped after its first slice
		at = at.Add(50 * time.Second)
		ctx, stop := context.WithCancel(t.Context())
		d.w.probe = func(string) { stop() }
		if n, err := d.ResumeReplay(ctx, id, at); n != writeSlice || !errors.Is(err, context.Canceled) {
			t.Fatal(n, err)
		}
		d.w.probe = nil
		hold()
	}
	at = at.Add(50 * time.Second)
	if n, err := d.ResumeReplay(t.Context(), id, at); n != len(seqs) || err != nil {
		t.Fatal(n, err)
	}
	keepsRate(t, d, len(seqs), at.Add(-2*time.Second)) // twice a second passed before it was held
}

// What a replay makes after it was held is due later too.
func TestAReplayHeldWhileItIsMadeKeepsItsRate(t *testing.T) {
	d, seqs := library(t, 300)
	replay, id := making(d)
	at := stockTime()
	for part := 0; part < 3; part++ {
		check(t, replay(t.Context(), seqs[part*100:part*100+50]))
		if _, err := d.HoldReplay(t.Context(), id, at); err != nil {
			t.Fatal(err)
		}
		check(t, replay(t.Context(), seqs[part*100+50:part*100+100]))
		at = at.Add(time.Hour)
		if _, err := d.ResumeReplay(t.Context(), id, at); err != nil {
			t.Fatal(err)
		}
	}
	keepsRate(t, d, len(seqs), at)
}

// What is made while a resumption is half done waits for its rest.
func TestAReplayMadeInTheMidstOfAResumption(t *testing.T) {
	d, seqs := library(t, 1500)
	replay, id := making(d)
	check(t, replay(t.Context(), seqs[:1200]))
	if _, err := d.HoldReplay(t.Context(), id, stockTime()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	d.w.probe = func(string) { stop() }
	at := stockTime().Add(time.Hour)
	if n, err := d.ResumeReplay(ctx, id, at); n != writeSlice || !errors.Is(err, context.Canceled) {
		t.Fatal(n, err)
	}
	d.w.probe = nil
	check(t, replay(t.Context(), seqs[1200:]))
	if n, err := d.ResumeReplay(t.Context(), id, at); n != len(seqs)-writeSlice || err != nil {
		t.Fatal(n, err)
	}
	keepsRate(t, d, len(seqs), at)
}
