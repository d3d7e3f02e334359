// Package plant fills a database with deliveries that were made long ago, through
// the verbs of the store, as the engine would have left them.
package plant

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"hooktop/model"
)

// Store is where they go.
type Store interface {
	Fleet(ctx context.Context) ([]model.Hook, int64, error)
	Ingest(ctx context.Context, in model.Ingest) (model.Accepted, error)
	Finish(ctx context.Context, f *model.Finish) error
}

// Seed is an event with one delivery, and the attempts made for it.
type Seed struct {
	Event    model.Event
	Hook     model.Hook
	Attempts []Attempt
	NextAt   time.Time // when it is tried again; zero: never
}

// Attempt is one that ended.
type Attempt struct {
	At      time.Time
	Took    time.Duration
	Status  int // 0: no answer
	Failure *model.Failure
}

// workers is how many wait for the disk at a time: they share commits.
const workers = 512

// Sow stores the seeds 0 to n-1, in about that order. seed is called by many.
func Sow(ctx context.Context, s Store, n int, seed func(i int) Seed) error {
	_, revision, err := s.Fleet(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan int, 2*workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range work {
				if err := sow(ctx, s, revision, i, seed(i)); err != nil {
					cancel(fmt.Errorf("delivery %d: %w", i, err))
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		work <- i
	}
	close(work)
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

func sow(ctx context.Context, s Store, revision int64, i int, d Seed) error {
	id := fmt.Sprintf("%026d", i)
	h, ev := d.Hook, d.Event
	if ev.ID == "" {
		ev.ID = "evt_" + id
	}
	_, err := s.Ingest(ctx, model.Ingest{Event: ev, Hooks: revision,
		Decisions: []model.Decision{{HookID: h.ID, Hook: h.Name, Result: model.DecisionMatched, DeliveryID: "dlv_" + id}},
		Deliveries: []model.Delivery{{ID: "dlv_" + id, EventID: ev.ID, HookID: h.ID, Hook: h.Name, Type: ev.Type,
			State: model.DeliverySending, CreatedAt: ev.CreatedAt}}})
	for n, a := range d.Attempts {
		if err == nil {
			err = s.Finish(ctx, d.finish("dlv_"+id, ev.ID, n, a))
		}
	}
	if errors.Is(err, context.Canceled) {
		return nil // said by who cancelled
	}
	return err
}

// finish is the attempt in place n with what followed.
func (d *Seed) finish(id, event string, n int, a Attempt) *model.Finish {
	v := model.Verdict{State: model.DeliveryDelivered}
	out := model.Attempt{DeliveryID: id, N: n + 1, StartedAt: a.At, Method: "POST", URL: d.Hook.URL, Revision: d.Hook.Revision,
		Request: []model.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "webhook-id", Value: event}},
		Outcome: model.OutcomeDelivered, Failure: a.Failure, Timings: model.Timings{Wait: a.Took, Total: a.Took}}
	if a.Status != 0 {
		out.Response = &model.Response{Status: a.Status, Proto: "HTTP/1.1", Headers: []model.Header{{Name: "Content-Length", Value: "0"}}}
	}
	if a.Failure == nil {
		return &model.Finish{HookID: d.Hook.ID, Attempt: out, Verdict: v}
	}
	out.Outcome = model.OutcomeFailed
	if a.Status == 0 {
		out.Outcome = model.OutcomeUnknown
	}
	switch {
	case n+1 < len(d.Attempts):
		v = model.Verdict{State: model.DeliveryRetrying, NextAt: d.Attempts[n+1].At}
	case d.NextAt.IsZero():
		v.State = model.DeliveryDead
	default:
		v = model.Verdict{State: model.DeliveryRetrying, NextAt: d.NextAt}
	}
	return &model.Finish{HookID: d.Hook.ID, Attempt: out, Verdict: v}
}
