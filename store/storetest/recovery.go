package storetest

import (
	"context"
	"math"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

func recovered(t *testing.T, s Store) {
	h := Active(t, s, 1)
	now := Epoch().Add(time.Hour)
	direct := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	claimed := accept(t, s, Fact(t, s, 2, model.DeliveryQueued, h)).Deliveries[0]
	done := accept(t, s, Fact(t, s, 3, model.DeliverySending, h)).Deliveries[0]
	ok(t, s.Finish(t.Context(), Result(done, 1, model.OutcomeDelivered, model.DeliveryDelivered)))
	same(t, "claimed", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))), 1)
	accept(t, s, Fact(t, s, 4, model.DeliveryQueued, h))

	same(t, "recovered", must[int](t)(s.Recover(t.Context(), now)), 2)
	for _, v := range []model.Delivery{direct, claimed} {
		got := view(t, s, v.ID)
		same(t, "state", got.State, model.DeliveryQueued)
		same(t, "attempts", len(got.Attempts), 1)
		same(t, "outcome", got.Attempts[0].Outcome, model.OutcomeInterrupted)
	}
	same(t, "recovered again", must[int](t)(s.Recover(t.Context(), now)), 0)
	work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))
	same(t, "due", len(work), 3)
	same(t, "first", [3]any{work[0].DeliveryID, work[0].N, work[0].Free}, [3]any{direct.ID, 2, 1})
	same(t, "failures", must[model.Stats](t)(s.Stats(t.Context(), "", Epoch())).Failed, int64(0))

	// A later one begins where everything before is over.
	for _, w := range work {
		ok(t, s.Finish(t.Context(), Result(model.Delivery{ID: w.DeliveryID, HookID: h.ID, CreatedAt: now}, w.N, model.OutcomeDelivered, model.DeliveryDelivered)))
	}
	for n := 10; n < 20; n++ {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		if n != 14 {
			ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeDelivered, model.DeliveryDelivered)))
		}
	}
	same(t, "recovered of ten", must[int](t)(s.Recover(t.Context(), now)), 1)
}

func clockBack(t *testing.T, s Store) {
	h := Active(t, s, 1) // waits 0, 1.5 s, 1 h
	used := Hook(2)
	used.State, used.Reason, used.Retry = model.HookActive, "", model.Schedule{Name: model.CustomSchedule, Waits: []time.Duration{0}}
	used = must[model.Hook](t)(s.PutHook(t.Context(), used, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
	back := Epoch().Add(-48 * time.Hour)
	retrying := func(n int, h model.Hook, asked string) string {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		f := Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)
		f.Attempt.Failure.RetryAfter, f.Verdict.NextAt = asked, back.Add(3*time.Hour)
		ok(t, s.Finish(t.Context(), f))
		return v.ID
	}
	plain, asked, less := retrying(1, h, ""), retrying(2, h, "10800"), retrying(4, h, "3600")
	over, overAsked := retrying(5, used, ""), retrying(6, used, "3600")
	queued := accept(t, s, Fact(t, s, 3, model.DeliveryQueued, h)).Deliveries[0].ID
	must[int](t)(s.Recover(t.Context(), back))
	same(t, "longer than its step", view(t, s, plain).NextAt, back.Add(1800*time.Millisecond))
	same(t, "longer than the receiver asked", view(t, s, less).NextAt, back.Add(72*time.Minute))
	same(t, "without a step", view(t, s, over).NextAt, back)
	same(t, "without a step, as the receiver asked", view(t, s, overAsked).NextAt, back.Add(72*time.Minute))
	same(t, "as the receiver asked", view(t, s, asked).NextAt, back.Add(3*time.Hour))
	same(t, "a first attempt", view(t, s, queued).NextAt, back)
}

func disable(t *testing.T, s Store) {
	h := Active(t, s, 1)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	waits := accept(t, s, Fact(t, s, 2, model.DeliveryQueued, h)).Deliveries[0]
	in := Fact(t, s, 3, model.DeliveryQueued, h)
	f := Result(v, 1, model.OutcomeFailed, model.DeliveryDead)
	f.Verdict.Disable = model.DisabledGone
	ok(t, s.Finish(t.Context(), f))
	got := must[model.HookView](t)(s.Hook(t.Context(), h.ID))
	same(t, "webhook", [3]any{got.State, got.Reason, got.Revision}, [3]any{model.HookDisabled, model.DisabledGone, h.Revision + 1})
	same(t, "Authorization", got.Authorization.Reveal(), h.Authorization.Reveal())
	same(t, "history", must[[]model.Change](t)(s.History(t.Context(), h.ID))[0], model.Change{HookID: h.ID,
		At: f.Attempt.StartedAt.Add(40 * time.Millisecond), Kind: model.ChangeDisabled, Revision: h.Revision + 1, Reason: "gone"})
	same(t, "what waits", view(t, s, waits.ID).State, model.DeliveryHeld)
	if _, err := s.Ingest(t.Context(), in); err == nil {
		t.Error("decisions from before were taken")
	}
}

func keepBreaker(t *testing.T, s Store) {
	h := Active(t, s, 1)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	waits := accept(t, s, Fact(t, s, 2, model.DeliveryQueued, h)).Deliveries[0]
	open := model.Breaker{State: model.BreakerOpen, Failures: 4, Cooldown: time.Minute, Until: Epoch().Add(time.Hour)}
	f := Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)
	f.Verdict.Breaker = &open
	ok(t, s.Finish(t.Context(), f))
	same(t, "breakers", must[map[string]model.Breaker](t)(s.Breakers(t.Context())), map[string]model.Breaker{h.ID: open})
	same(t, "what waits", view(t, s, waits.ID).State, model.DeliveryHeld)

	f = Result(v, 2, model.OutcomeDelivered, model.DeliveryDelivered)
	f.Verdict.Breaker = &model.Breaker{State: model.BreakerClosed}
	must[[]model.Work](t)(s.Claim(t.Context(), h.ID, Epoch().Add(24*time.Hour), 9, math.MaxInt))
	ok(t, s.Finish(t.Context(), f))
	same(t, "closed", len(must[map[string]model.Breaker](t)(s.Breakers(t.Context()))), 0)
}

func streak(t *testing.T, s Store) {
	h := Active(t, s, 1)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	first := Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)
	ok(t, s.Finish(t.Context(), first))
	ok(t, s.Finish(t.Context(), Result(v, 2, model.OutcomeInterrupted, model.DeliveryQueued)))
	ok(t, s.Finish(t.Context(), Result(v, 3, model.OutcomeFailed, model.DeliveryRetrying)))
	ok(t, s.PutTest(t.Context(), Test(h.ID, 1, nil)))
	want := model.Streak{Since: first.Attempt.StartedAt.Add(40 * time.Millisecond), Attempts: 2}
	same(t, "failing", must[model.HookView](t)(s.Hook(t.Context(), h.ID)).Failing, want)
	same(t, "listed", must[[]model.HookView](t)(s.Hooks(t.Context()))[0].Failing, want)
	hooks, _, err := s.Fleet(t.Context())
	ok(t, err)
	same(t, "of the fleet", hooks[0].Failing, want)
	ok(t, s.Finish(t.Context(), Result(v, 4, model.OutcomeDelivered, model.DeliveryDelivered)))
	same(t, "after a success", must[model.HookView](t)(s.Hook(t.Context(), h.ID)).Failing, model.Streak{})
}

func fleet(t *testing.T, s Store) {
	last := int64(-1)
	grown := func(when string, want int) {
		t.Helper()
		hooks, revision, err := s.Fleet(t.Context())
		ok(t, err)
		same(t, "webhooks "+when, len(hooks), want)
		if revision <= last {
			t.Errorf("revision %s is %d after %d", when, revision, last)
		}
		last = revision
	}
	grown("at first", 0)
	h := put(t, s, 1)
	grown("created", 1)
	h = must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited}))
	grown("edited", 1)
	ok(t, s.DeleteHook(t.Context(), h.ID, Epoch()))
	grown("deleted", 0)
	must[model.Hook](t)(s.RestoreHook(t.Context(), h.ID, Epoch()))
	grown("restored", 1)
}

func publishers(t *testing.T, s Store) {
	h := Active(t, s, 1)
	const each, many = 25, 16
	facts := make([]model.Ingest, each*many)
	for n := range facts {
		facts[n] = Fact(t, s, n, model.DeliverySending, h)
	}
	var wg sync.WaitGroup
	for p := range many {
		wg.Go(func() {
			for n := p; n < len(facts); n += many {
				if _, err := s.Ingest(context.Background(), facts[n]); err != nil {
					t.Error(err)
				}
				if err := s.Finish(context.Background(), Result(facts[n].Deliveries[0], 1, model.OutcomeDelivered, model.DeliveryDelivered)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	stats := must[model.Stats](t)(s.Stats(t.Context(), h.ID, Epoch()))
	same(t, "delivered", stats.Delivered, int64(each*many))
	for _, in := range facts {
		same(t, "state", view(t, s, in.Deliveries[0].ID).State, model.DeliveryDelivered)
	}
}

func ingestCancelled(t *testing.T, s Store) {
	in := Fact(t, s, 1, model.DeliveryQueued, Active(t, s, 1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Ingest(ctx, in); err == nil {
		t.Error("no error")
	}
	_, _, err := s.Event(t.Context(), in.Event.ID)
	refused(t, err, model.CodeNotFound)
}

func changes(t *testing.T, s Store) {
	told := s.Changes(t.Context())
	for n := range 3 {
		put(t, s, n)
		select {
		case <-told:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was told")
		}
	}
}

func beside(t *testing.T, s Store) {
	h := Active(t, s, 1)
	accept(t, s, Fact(t, s, 0, model.DeliveryQueued, h))
	facts := make([]model.Ingest, 40)
	for n := range facts {
		facts[n] = Fact(t, s, n+1, model.DeliveryQueued, h)
		if n%4 == 0 { // the id of a delivery that exists
			facts[n].Deliveries[0].ID = Fact(t, s, 0, model.DeliveryQueued, h).Deliveries[0].ID
		}
	}
	errs := make([]error, len(facts))
	var wg sync.WaitGroup
	for n := range facts {
		wg.Go(func() { _, errs[n] = s.Ingest(context.Background(), facts[n]) })
	}
	wg.Wait()
	for n, err := range errs {
		_, _, found := s.Event(t.Context(), facts[n].Event.ID)
		if n%4 == 0 {
			refused(t, err, model.CodeConflict)
			refused(t, found, model.CodeNotFound)
			continue
		}
		ok(t, err)
		ok(t, found)
	}
	same(t, "waiting", must[[]model.Backlog](t)(s.Backlogs(t.Context()))[0].Count, 31)
}

func deliveryClash(t *testing.T, s Store) {
	h := Active(t, s, 1)
	in := accept(t, s, Fact(t, s, 1, model.DeliveryQueued, h))
	again := Fact(t, s, 2, model.DeliveryQueued, h)
	again.Deliveries[0].ID = in.Deliveries[0].ID
	_, err := s.Ingest(t.Context(), again)
	refused(t, err, model.CodeConflict)
	_, _, err = s.Event(t.Context(), again.Event.ID)
	refused(t, err, model.CodeNotFound)
}
