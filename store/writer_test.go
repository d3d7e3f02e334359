package store_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

func TestManyShareACommit(t *testing.T) {
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	facts := make([]model.Ingest, 400)
	for n := range facts {
		facts[n] = storetest.Fact(t, d, n, model.DeliveryQueued, h)
	}
	before := store.Commits(d)
	all(facts, func(in model.Ingest) {
		if _, err := d.Ingest(context.Background(), in); err != nil {
			t.Error(err)
		}
	})
	if n := store.Commits(d) - before; n == 0 || n > 100 {
		t.Errorf("%d events took %d commits", len(facts), n)
	}
}

// A context that ends while an operation waits for its turn takes it out; from then
// on the answer is the truth.
func TestGivingUpWhileWaiting(t *testing.T) {
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	first, waiting := storetest.Fact(t, d, 1, model.DeliveryQueued, h), storetest.Fact(t, d, 2, model.DeliveryQueued, h)
	held, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	store.Probe(d, func(point string) {
		if point == "filled" {
			once.Do(func() { close(held); <-goOn })
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	answers := make(chan error, 2)
	go func() { _, err := d.Ingest(ctx, first); answers <- err }()
	<-held
	go func() { _, err := d.Ingest(ctx, waiting); answers <- err }()
	cancel()
	if err := <-answers; err == nil { // the second: the first is being written
		t.Error("the operation that waited was written")
	}
	close(goOn)
	if err := <-answers; err != nil {
		t.Errorf("the operation that was being written: %v", err)
	}
	if _, _, err := d.Event(t.Context(), first.Event.ID); err != nil {
		t.Error(err)
	}
	if _, _, err := d.Event(t.Context(), waiting.Event.ID); err == nil {
		t.Error("what was given up is stored")
	}
}

func TestAPanicIsOneCallersAffair(t *testing.T) {
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	var once atomic.Bool
	store.Probe(d, func(string) {
		if once.CompareAndSwap(false, true) {
			panic("probe")
		}
	})
	in := storetest.Fact(t, d, 1, model.DeliveryQueued, h)
	if _, err := d.Ingest(t.Context(), in); err == nil {
		t.Error("no error")
	}
	if _, err := d.Ingest(t.Context(), in); err != nil {
		t.Error(err)
	}
}

func TestFullDiskRefusesEventsAndRecovers(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Active(t, d, 1)
	store.LimitPages(t, d, 1)
	var refusals atomic.Int64
	facts := make([]model.Ingest, 30)
	for n := range facts {
		facts[n] = storetest.Fact(t, d, n, model.DeliveryQueued, h)
		facts[n].Event.Body = make([]byte, 200<<10)
	}
	accepted := make([]atomic.Bool, len(facts))
	offer := func() {
		all(facts, func(in model.Ingest) {
			_, err := d.Ingest(context.Background(), in)
			var fault *model.Fault
			switch n := int(in.Event.CreatedAt.Sub(storetest.Epoch()) / time.Second); {
			case err == nil:
				accepted[n].Store(true)
			case asFault(err, &fault) && fault.Code == model.CodeStoreFull:
				refusals.Add(1)
			default:
				t.Errorf("refused with %v", err)
			}
		})
	}
	offer()
	if refusals.Load() == 0 {
		t.Error("nothing was refused")
	}
	for n, in := range facts {
		if _, _, err := d.Event(t.Context(), in.Event.ID); (err == nil) != accepted[n].Load() {
			t.Errorf("event %d: accepted %v, found: %v", n, accepted[n].Load(), err)
		}
	}
	store.LimitPages(t, d, 1<<20)
	refusals.Store(0)
	offer()
	if refusals.Load() > 0 {
		t.Errorf("%d refused with space again", refusals.Load())
	}
}

// Another process waits for a lock by trying again: a busy writer must leave it a gap.
func TestASecondWriterIsNotStarved(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Active(t, d, 1)
	o := f.options()
	o.Busy = 10 * time.Second
	other, err := store.Open(f.db, o)
	fatal(t, err)
	defer other.Close()
	_, revision, err := d.Fleet(t.Context())
	fatal(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var n atomic.Int64
	for range 64 {
		wg.Go(func() {
			for ctx.Err() == nil {
				in := storetest.FactAt(revision, int(n.Add(1)), model.DeliverySending, h)
				if _, err := d.Ingest(context.Background(), in); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var longest time.Duration
	for i := range 10 {
		for was := n.Load(); n.Load() < was+100 && !t.Failed(); {
			runtime.Gosched()
		}
		start := time.Now()
		fatal(t, other.PutVerification(t.Context(), storetest.Verification(fmt.Sprint("wh_", i), storetest.Epoch())))
		longest = max(longest, time.Since(start))
	}
	cancel()
	wg.Wait()
	t.Logf("%d events beside it; the longest wait was %v", n.Load(), longest)
	if longest > 5*time.Second {
		t.Error("starved")
	}
}

func TestChangesOfAnotherProcessAreTold(t *testing.T) {
	f := newFiles(t)
	d, other := f.open(t), f.open(t)
	ctx, cancel := context.WithCancel(t.Context())
	told := d.Changes(ctx)
	for i := range 3 {
		fatal(t, other.PutVerification(t.Context(), storetest.Verification(fmt.Sprint("wh_", i), storetest.Epoch())))
		select {
		case <-told:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was told")
		}
	}
	cancel()
}
