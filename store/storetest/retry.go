package storetest

import (
	"math"
	"testing"
	"time"

	"hooktop/model"
)

func retryTests() map[string]func(*testing.T, Store) {
	return map[string]func(*testing.T, Store){
		"what waits for its next try is due at once":           retries,
		"a retry leaves what is held and what was told a rate": retriesNot,
		"a retry reaches all that a filter matches":            retriesMany,
	}
}

// waiting is a delivery of a webhook whose first attempt failed, due in an hour.
func waiting(t *testing.T, s Store, n int, h model.Hook) model.Delivery {
	t.Helper()
	v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
	f := Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)
	f.Verdict.NextAt = Epoch().Add(time.Hour)
	ok(t, s.Finish(t.Context(), f))
	return view(t, s, v.ID).Delivery
}

func retries(t *testing.T, s Store) {
	h, now := Active(t, s, 1), Epoch().Add(time.Minute)
	v, other := waiting(t, s, 1, h), waiting(t, s, 2, h)
	one := model.Selection{IDs: []string{v.ID}}
	same(t, "counted", must[model.Retried](t)(s.Retry(t.Context(), one, now, true)), model.Retried{Count: 1, Hooks: []string{h.ID}})
	same(t, "as before", view(t, s, v.ID).Delivery, v)
	same(t, "due before", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))), 0)
	same(t, "retried", must[model.Retried](t)(s.Retry(t.Context(), one, now, false)), model.Retried{Count: 1, Hooks: []string{h.ID}})
	want := v
	want.NextAt = now
	same(t, "only its time is another", view(t, s, v.ID).Delivery, want)
	same(t, "later it is not later", must[model.Retried](t)(s.Retry(t.Context(), one, now.Add(time.Minute), false)).Count, 1)
	same(t, "its time", view(t, s, v.ID).NextAt, now)
	work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))
	same(t, "claimed", [3]any{len(work), work[0].DeliveryID, work[0].N}, [3]any{1, v.ID, 2})
	same(t, "being sent", must[model.Retried](t)(s.Retry(t.Context(), one, now, false)), model.Retried{})
	ok(t, s.Finish(t.Context(), Result(v, 2, model.OutcomeDelivered, model.DeliveryDelivered)))
	same(t, "done", must[model.Retried](t)(s.Retry(t.Context(), one, now, false)), model.Retried{})
	same(t, "the other", view(t, s, other.ID).Delivery, other)
}

func retriesNot(t *testing.T, s Store) {
	now := Epoch().Add(time.Minute)
	p := Active(t, s, 2)
	v := waiting(t, s, 9, p)
	h, dead := six(t, s)
	p.State = model.HookPaused
	must[model.Hook](t)(s.PutHook(t.Context(), p, model.Change{At: Epoch(), Kind: model.ChangePaused}))
	made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 1, now, false))
	all := model.Selection{Filter: model.Filter{}}
	same(t, "of a rate", must[model.Retried](t)(s.Retry(t.Context(), all, now, false)), model.Retried{Count: 1, Hooks: []string{h.ID}})
	same(t, "due", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))), 1)
	same(t, "held", must[int](t)(s.HoldReplay(t.Context(), made.ID, now)), 5)
	same(t, "of what is held", must[model.Retried](t)(s.Retry(t.Context(), all, now.Add(time.Hour), false)), model.Retried{})
	same(t, "still held", tallied(t, s, model.Filter{Replays: []string{made.ID}}).In(model.DeliveryHeld), 5)
	same(t, "of a paused webhook", view(t, s, v.ID).NextAt, v.NextAt)
}

func retriesMany(t *testing.T, s Store) {
	now := Epoch().Add(time.Minute)
	a, b := Active(t, s, 1), Active(t, s, 2)
	for n := range 4 {
		waiting(t, s, n, []model.Hook{a, b}[n%2])
	}
	of := model.Selection{Filter: model.Filter{Hooks: []string{a.Name}, States: []model.DeliveryState{model.DeliveryRetrying}}}
	same(t, "of one", must[model.Retried](t)(s.Retry(t.Context(), of, now, false)), model.Retried{Count: 2, Hooks: []string{a.ID}})
	same(t, "of both", must[model.Retried](t)(s.Retry(t.Context(), model.Selection{Filter: model.Filter{}}, now, true)), model.Retried{Count: 4, Hooks: []string{a.ID, b.ID}})
	same(t, "due", len(must[[]model.Work](t)(s.Claim(t.Context(), a.ID, now, 9, math.MaxInt))), 2)
	same(t, "due elsewhere", len(must[[]model.Work](t)(s.Claim(t.Context(), b.ID, now, 9, math.MaxInt))), 0)
	of.Filter.States = []model.DeliveryState{model.DeliveryDead}
	same(t, "of what has ended", must[model.Retried](t)(s.Retry(t.Context(), of, now, true)), model.Retried{})
}
