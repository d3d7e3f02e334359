package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
)

// rows is an archive in memory, the newest delivery last.
type rows struct {
	Archive
	mu      sync.Mutex
	all     []model.Delivery
	changes chan struct{}
	read    int // rows
}

func (r *rows) Changes(context.Context) <-chan struct{} { return r.changes }

func (r *rows) Page(_ context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	from := len(r.all)
	if after != "" {
		from, _ = strconv.Atoi(string(after))
	}
	var out []model.Delivery
	for i := from - 1; i >= 0; i-- {
		d := r.all[i]
		if len(f.IDs) > 0 && !slices.Contains(f.IDs, d.ID) || len(f.States) > 0 && !slices.Contains(f.States, d.State) {
			continue
		}
		r.read++
		if out = append(out, d); len(out) == limit {
			return out, model.Cursor(fmt.Sprint(i)), nil
		}
	}
	return out, "", nil
}

func (r *rows) add(n int, s model.DeliveryState) {
	r.edit(func() {
		for range n {
			r.all = append(r.all, model.Delivery{ID: fmt.Sprint("d", len(r.all)), State: s})
		}
	})
}

func (r *rows) set(i, attempts int, s model.DeliveryState) {
	r.edit(func() { r.all[i].State, r.all[i].Attempts = s, attempts })
}

// edit changes the rows, all at once.
func (r *rows) edit(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	select {
	case r.changes <- struct{}{}:
	default:
	}
}

// following runs tail over an archive; said takes what it has printed since.
func following(t *testing.T, r *rows, f model.Filter, do func(said func() []string)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r.changes = make(chan struct{}, 1)
		var out []string
		l := tail{archive: r, filter: f, print: func(d model.Delivery) error {
			out = append(out, fmt.Sprintf("%s %s %d", d.ID, d.State, d.Attempts))
			return nil
		}}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- l.follow(ctx) }()
		do(func() []string {
			time.Sleep(time.Minute)
			synctest.Wait()
			got := out
			out = nil
			return got
		})
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func lines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%d lines %.300q, want %.300q", len(got), got, want)
	}
}

// TestTailTellsEveryChange promises that what comes is told once, and each change of
// what was told, however far it is from the top by then.
func TestTailTellsEveryChange(t *testing.T) {
	r := &rows{}
	r.changes = make(chan struct{}, 1)
	r.add(3, model.DeliveryDelivered)
	r.add(1, model.DeliveryRetrying)
	following(t, r, model.Filter{}, func(said func() []string) {
		lines(t, said())
		r.add(1, model.DeliverySending)
		lines(t, said(), "d4 sending 0")
		r.set(4, 1, model.DeliveryRetrying)
		lines(t, said(), "d4 retrying 1")
		r.add(2000, model.DeliveryDelivered)
		if got := said(); len(got) != 2000 || got[0] != "d5 delivered 0" || got[1999] != "d2004 delivered 0" {
			t.Errorf("%d lines of a burst", len(got))
		}
		r.edit(func() {
			r.all[3].State, r.all[3].Attempts = model.DeliveryDead, 5 // was there before
			r.all[4].State, r.all[4].Attempts = model.DeliveryDelivered, 2
		})
		lines(t, said(), "d3 dead 5", "d4 delivered 2")
		r.edit(func() {})
		lines(t, said())
	})
}

// TestTailReadsLittle promises that tail reads nothing while nothing changes, and
// little when something does.
func TestTailReadsLittle(t *testing.T) {
	r := &rows{}
	r.changes = make(chan struct{}, 1)
	r.add(5000, model.DeliveryDelivered)
	following(t, r, model.Filter{}, func(said func() []string) {
		_ = said()
		r.read = 0
		lines(t, said())
		if r.read != 0 {
			t.Errorf("%d rows read for nothing", r.read)
		}
		r.add(1, model.DeliveryQueued)
		lines(t, said(), "d5000 queued 0")
		if r.read > tailPage {
			t.Errorf("%d rows read for one", r.read)
		}
	})
}

// TestTailOfAState promises that a delivery is told when it comes to match, and when
// it no longer does.
func TestTailOfAState(t *testing.T) {
	r := &rows{}
	r.changes = make(chan struct{}, 1)
	r.add(300, model.DeliveryQueued)
	following(t, r, model.Filter{States: []model.DeliveryState{model.DeliveryRetrying, model.DeliveryDead}}, func(said func() []string) {
		lines(t, said())
		r.set(200, 1, model.DeliveryRetrying)
		lines(t, said(), "d200 retrying 1")
		r.edit(func() {
			r.all[10].State, r.all[10].Attempts = model.DeliveryDead, 1
			r.all[200].State, r.all[200].Attempts = model.DeliveryDelivered, 2
		})
		lines(t, said(), "d200 delivered 2", "d10 dead 1")
	})
}

// TestTailFollowsMany promises a change of each of many that are not done.
func TestTailFollowsMany(t *testing.T) {
	r := &rows{}
	r.changes = make(chan struct{}, 1)
	following(t, r, model.Filter{}, func(said func() []string) {
		lines(t, said())
		r.add(3000, model.DeliveryHeld)
		if got := said(); len(got) != 3000 {
			t.Errorf("%d lines", len(got))
		}
		r.edit(func() {
			for i := range r.all {
				r.all[i].State = model.DeliveryDelivered
			}
		})
		if got := said(); len(got) != 3000 {
			t.Errorf("%d lines", len(got))
		}
	})
}
