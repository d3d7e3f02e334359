package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// Verbs on many deliveries go in slices; together they miss none.
func TestVerbsOnMoreThanASlice(t *testing.T) {
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	_, revision, err := d.Fleet(t.Context())
	fatal(t, err)
	facts := make([]model.Ingest, 2500)
	for n := range facts {
		facts[n] = storetest.FactAt(revision, n, model.DeliveryQueued, h)
	}
	all(facts, func(in model.Ingest) {
		if _, err := d.Ingest(context.Background(), in); err != nil {
			t.Error(err)
		}
	})
	everything := model.Selection{}
	if n, err := d.Cancel(t.Context(), everything, false); n != len(facts) || err != nil {
		t.Errorf("%d cancelled, %v", n, err)
	}
	now := storetest.Epoch().Add(time.Hour)
	if made, err := d.Replay(t.Context(), everything, 0, now, false); made.Count != len(facts) || err != nil {
		t.Errorf("%d replayed, %v", made.Count, err)
	}
	if b, err := d.Backlogs(t.Context()); err != nil || len(b) != 1 || b[0].Count != len(facts) {
		t.Errorf("waiting: %v, %v", b, err)
	}
	none := model.Selection{Filter: model.Filter{States: []model.DeliveryState{model.DeliveryDead}}}
	if n, err := d.Cancel(t.Context(), none, false); n != 0 || err != nil {
		t.Errorf("%d dead ones cancelled, %v", n, err)
	}
}

func TestPruneGivesSpaceBack(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Active(t, d, 1)
	for n := range 60 {
		in := storetest.Fact(t, d, n, model.DeliverySending, h)
		in.Event.Body = make([]byte, 100<<10)
		_, err := d.Ingest(t.Context(), in)
		fatal(t, err)
		fatal(t, d.Finish(t.Context(), storetest.Result(in.Deliveries[0], 1, model.OutcomeDelivered, model.DeliveryDelivered)))
	}
	size := func() int64 {
		t.Helper()
		fatal(t, d.Close())
		info, err := os.Stat(f.db)
		fatal(t, err)
		d = f.open(t)
		return info.Size()
	}
	before := size()
	n, err := d.Prune(t.Context(), storetest.Epoch().Add(31*24*time.Hour), 30*24*time.Hour, 90*24*time.Hour, 0)
	if n != 60 || err != nil {
		t.Errorf("%d went, %v", n, err)
	}
	if i, err := d.Info(t.Context()); err != nil || i.FreeBytes != 0 || i.Events != 0 || !i.Oldest.IsZero() || i.Integrity != "ok" {
		t.Errorf("state is %+v, %v", i, err)
	}
	if after := size(); before < 6<<20 || after > before/4 {
		t.Errorf("%d bytes before, %d after", before, after)
	}
}

// Whoever comes meanwhile waits for a slice, not for all.
func TestWaitsAreBoundedInSlices(t *testing.T) {
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	in := storetest.Fact(t, d, 1, model.DeliveryQueued, h)
	one := in.Deliveries[0]
	in.Deliveries = nil
	for n := range 2500 {
		v := one
		v.ID, v.NextAt = fmt.Sprint("dlv_", n), v.CreatedAt.Add(time.Minute)
		in.Deliveries = append(in.Deliveries, v)
	}
	_, err := d.Ingest(t.Context(), in)
	fatal(t, err)
	before := store.Commits(d)
	back := storetest.Epoch().Add(-time.Hour)
	_, err = d.Recover(t.Context(), back)
	fatal(t, err)
	if n := store.Commits(d) - before; n < 4 {
		t.Errorf("%d commits", n)
	}
	for _, n := range []int{0, 999, 1000, 2499} {
		if v, err := d.Delivery(t.Context(), fmt.Sprint("dlv_", n)); err != nil || !v.NextAt.Equal(back.Add(time.Minute)) {
			t.Errorf("delivery %d is due at %v, %v", n, v.NextAt, err)
		}
	}
}

// Whoever comes while many are cancelled, replayed, held or resumed waits for a small
// slice.
func TestVerbsLetOthersBetween(t *testing.T) {
	const many, slice = 2000, 250
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	in := storetest.Fact(t, d, 1, model.DeliveryQueued, h)
	one := in.Deliveries[0]
	in.Deliveries = nil
	for n := range many {
		v := one
		v.ID = fmt.Sprint("dlv_", n)
		in.Deliveries = append(in.Deliveries, v)
	}
	_, err := d.Ingest(t.Context(), in)
	fatal(t, err)
	now := storetest.Epoch().Add(time.Hour)
	var made model.Replayed
	for _, v := range []struct {
		name string
		do   func() (int, error)
	}{
		{"retry", func() (int, error) {
			got, err := d.Retry(t.Context(), model.Selection{}, now, false)
			return got.Count, err
		}},
		{"cancel", func() (int, error) { return d.Cancel(t.Context(), model.Selection{}, false) }},
		{"replay", func() (n int, err error) {
			made, err = d.Replay(t.Context(), model.Selection{}, 1, now, false)
			return made.Count, err
		}},
		{"hold", func() (int, error) { return d.HoldReplay(t.Context(), made.ID, now) }},
		{"resume", func() (int, error) { return d.ResumeReplay(t.Context(), made.ID, now) }},
	} {
		before := store.Commits(d)
		n, err := v.do()
		fatal(t, err)
		if commits := store.Commits(d) - before; n != many || commits < many/slice {
			t.Errorf("%s of %d in %d commits", v.name, n, commits)
		}
	}
}
