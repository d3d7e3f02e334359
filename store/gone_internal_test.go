package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hooktop/model"
)

// stock is a store that its process sends from, with one webhook.
func stock(t *testing.T) *DB {
	t.Helper()
	dir := t.TempDir()
	d, err := Open(filepath.Join(dir, "hooktop.db"), Options{KeyFile: filepath.Join(dir, "key"), Now: func() time.Time { return stockTime() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	_, err = d.PutHook(t.Context(), model.Hook{ID: "wh_1", Name: "one", URL: "http://localhost/", State: model.HookActive,
		Events: []string{"call.processed"}}, model.Change{At: stockTime(), Kind: model.ChangeCreated})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Recover(t.Context(), stockTime()); err != nil {
		t.Fatal(err)
	}
	return d
}

func stockTime() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// publish stores event n with a delivery of that state.
func publish(t *testing.T, d *DB, n int, state model.DeliveryState) error {
	t.Helper()
	_, revision, err := d.Fleet(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Ingest(t.Context(), model.Ingest{Hooks: revision,
		Event:      model.Event{ID: fmt.Sprint("evt_", n), Type: "call.processed", Body: []byte("{}"), CreatedAt: stockTime()},
		Deliveries: []model.Delivery{{ID: fmt.Sprint("dlv_", n), HookID: "wh_1", State: state, CreatedAt: stockTime()}}})
	return err
}

// arrive stores that delivery n arrived at its attempt.
func arrive(t *testing.T, d *DB, n, attempt int) error {
	t.Helper()
	return d.Finish(t.Context(), &model.Finish{HookID: "wh_1", Verdict: model.Verdict{State: model.DeliveryDelivered},
		Attempt: model.Attempt{DeliveryID: fmt.Sprint("dlv_", n), N: attempt, StartedAt: stockTime(), Outcome: model.OutcomeDelivered}})
}

// away runs f while the database is not where it was.
func away(t *testing.T, d *DB, f func()) {
	t.Helper()
	if err := os.Rename(d.path, d.path+".away"); err != nil {
		t.Fatal(err)
	}
	f()
	if err := os.Rename(d.path+".away", d.path); err != nil {
		t.Fatal(err)
	}
}

func isGone(err error) bool {
	var f *model.Fault
	return errors.As(err, &f) && f.Code == model.CodeStoreGone
}

// A commit that is on disk counts, even when its answer is that the file has gone:
// the mark where a recovery begins must not pass its deliveries.
func TestWhatWasCommittedWhileTheFileWasAwayIsNotLost(t *testing.T) {
	d := stock(t)
	away(t, d, func() {
		if err := publish(t, d, 1, model.DeliverySending); !isGone(err) {
			t.Errorf("the event was answered with %v", err)
		}
		if len(d.w.sent.out) != 1 {
			t.Error("the delivery was forgotten")
		}
	})
	for n := 2; n < 6; n++ {
		if err := errors.Join(publish(t, d, n, model.DeliverySending), arrive(t, d, n, 1)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := d.Backlogs(t.Context())
	if err != nil || len(list) != 1 || list[0].Count != 1 {
		t.Errorf("waiting: %+v, %v; want the delivery that nobody sent", list, err)
	}
}

// A result that is told again ends its delivery for the mark too: it would stay
// where it is for good, and every delivery after it in memory.
func TestAResultToldAgainLetsTheMarkRise(t *testing.T) {
	d := stock(t)
	if err := publish(t, d, 1, model.DeliverySending); err != nil {
		t.Fatal(err)
	}
	Probe(d, func(point string) {
		if point == pointCommitted {
			panic("nobody knows")
		}
	})
	if arrive(t, d, 1, 1) == nil {
		t.Error("no error")
	}
	Probe(d, nil)
	for n := 1; n < 50; n++ {
		if n > 1 {
			if err := publish(t, d, n, model.DeliverySending); err != nil {
				t.Fatal(err)
			}
		}
		if err := arrive(t, d, n, 1); err != nil {
			t.Fatal(err)
		}
	}
	var behind int64
	if err := d.r.QueryRowContext(t.Context(), "SELECT rev - low FROM state").Scan(&behind); err != nil {
		t.Fatal(err)
	}
	if order := len(d.w.sent.order); behind > 10 || order > 2 {
		t.Errorf("the mark is %d behind, %d deliveries are remembered", behind, order)
	}
}

// After an unclean stop nothing is believed of the mark.
func TestRecoveryAfterAnUncleanStopLooksBehindTheMark(t *testing.T) {
	d := stock(t)
	if err := publish(t, d, 1, model.DeliverySending); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	file := Raw(d.path)
	if _, err := file.ExecContext(t.Context(), "UPDATE state SET low = rev + 1, writer = '1@1@another run'"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(d.path, d.opt)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if n, err := d.Recover(t.Context(), stockTime()); n != 1 || err != nil {
		t.Errorf("recovered %d, %v", n, err)
	}
}

// What another process stores beside the one that sends does not move the mark of what
// is being sent.
func TestAWriterBesideTheOwnerLeavesTheMark(t *testing.T) {
	d := stock(t)
	other, err := Open(d.path, d.opt)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := d.Recover(t.Context(), stockTime()); err != nil {
		t.Fatal(err)
	}
	for n := range 6 {
		from, state := d, model.DeliverySending
		if n%2 == 1 {
			from, state = other, model.DeliveryQueued
		}
		if err := publish(t, from, n, state); err != nil {
			t.Fatal(err)
		}
	}
	var low int64
	if err := other.r.QueryRowContext(t.Context(), "SELECT low - (SELECT min(seq) FROM deliveries WHERE state = 7) FROM state").Scan(&low); low > 0 || err != nil {
		t.Errorf("the mark is %d too far, %v", low, err)
	}
	if n, err := d.Recover(t.Context(), stockTime()); n != 3 || err != nil {
		t.Errorf("recovered %d, %v", n, err)
	}
}

// A large file is checked behind the back of those who use it. Who closes it before
// the end leaves the check to the next one.
func TestNobodyWaitsForTheCheckOfALargeFile(t *testing.T) {
	d := stock(t)
	if err := publish(t, d, 1, model.DeliveryQueued); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	o := d.opt
	o.checkAtOnce = 1
	kill := func() {
		file := Raw(d.path)
		defer file.Close()
		if _, err := file.ExecContext(t.Context(), "UPDATE state SET writer = '1@1@another run'"); err != nil {
			t.Fatal(err)
		}
	}
	reopen := func() *DB {
		d, err := Open(d.path, o)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	kill()
	again := reopen()
	again.check.over.Wait()
	if err := publish(t, again, 2, model.DeliveryQueued); !again.Unclean() || again.check.cut || err != nil {
		t.Errorf("unclean %t, cut off %t, %v", again.Unclean(), again.check.cut, err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	kill()
	cut := reopen()
	cut.check.over.Wait()
	cut.check.cut = true // as if closed in its midst
	if err := publish(t, cut, 3, model.DeliveryQueued); err != nil {
		t.Fatal(err)
	}
	if err := cut.Close(); err != nil {
		t.Fatal(err)
	}
	next := reopen()
	if !next.Unclean() {
		t.Error("a check that was cut off counts as done")
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
}

// A large file that is found damaged takes nothing any more.
func TestADamagedLargeFileTakesNothing(t *testing.T) {
	d := stock(t)
	for n := 1; n < 200; n++ {
		if err := publish(t, d, n, model.DeliveryQueued); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	file := Raw(d.path)
	if _, err := file.ExecContext(t.Context(), "UPDATE state SET writer = '1@1@another run'"); err != nil {
		t.Fatal(err)
	}
	var root int64
	if err := file.QueryRowContext(t.Context(), "SELECT rootpage FROM sqlite_schema WHERE name = 'attempts'").Scan(&root); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.OpenFile(d.path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.WriteAt(bytes.Repeat([]byte{0xA5}, 512), (root-1)*16<<10); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	o := d.opt
	o.checkAtOnce = 1
	var f *model.Fault
	damaged, err := Open(d.path, o)
	if errors.As(err, &f) && f.Code == model.CodeStoreCorrupt {
		return // found while it was being opened
	}
	if err != nil {
		t.Fatal(err)
	}
	defer damaged.Close()
	damaged.check.over.Wait()
	if err := publish(t, damaged, 1000, model.DeliveryQueued); !errors.As(err, &f) || f.Code != model.CodeStoreCorrupt {
		t.Errorf("a damaged file took an event: %v", err)
	}
}

// What a claim marked before its answer was an error is held by nobody.
func TestAClaimAnsweredWithAnErrorIsGivenBack(t *testing.T) {
	d := stock(t)
	for n := 1; n < 3; n++ {
		if err := publish(t, d, n, model.DeliveryQueued); err != nil {
			t.Fatal(err)
		}
	}
	away(t, d, func() {
		for range 2 {
			if _, err := d.Claim(t.Context(), "wh_1", stockTime(), 1, 100); !isGone(err) {
				t.Errorf("the claim was answered with %v", err)
			}
		}
		if err := publish(t, d, 3, model.DeliverySending); !isGone(err) {
			t.Errorf("the event was answered with %v", err)
		}
	})
	work, err := d.Claim(t.Context(), "wh_1", stockTime(), 9, 100)
	if err != nil || len(work) != 3 {
		t.Errorf("claimed %d, %v", len(work), err)
	}
	if again, err := d.Claim(t.Context(), "wh_1", stockTime(), 9, 100); err != nil || len(again) != 0 {
		t.Errorf("claimed %d twice, %v", len(again), err)
	}
}
