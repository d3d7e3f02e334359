package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

func outboxTests() map[string]func(*testing.T, Store) {
	return map[string]func(*testing.T, Store){
		"an event is stored with all that was decided":         ingest,
		"an event that matches nothing is kept":                ingestNothing,
		"decisions about another set of webhooks are stale":    stale,
		"the same id is answered as before":                    sameID,
		"the same key is answered as before, for a day":        sameKey,
		"a refused event leaves nothing":                       refusedIngest,
		"a result is stored with its verdict":                  finish,
		"a result told twice counts once":                      finishTwice,
		"a result of nothing is refused":                       finishNothing,
		"a retry is claimed when it is due":                    retry,
		"first attempts are claimed before retries":            claimOrder,
		"a claim ends at its bytes":                            claimBytes,
		"nothing is claimed twice":                             claimRace,
		"what is released waits as before":                     release,
		"what was being sent is recovered as interrupted":      recovered,
		"waits are bounded when the clock was set back":        clockBack,
		"a verdict disables the webhook":                       disable,
		"a verdict keeps the breaker":                          keepBreaker,
		"a webhook remembers its failures":                     streak,
		"the revision of the webhooks grows with every change": fleet,
		"of many publishers none is lost":                      publishers,
		"a cancelled context before the write stores nothing":  ingestCancelled,
		"changes are told":                                     changes,
		"a failing operation does not sink those beside it":    beside,
		"a delivery has one id for good":                       deliveryClash,
	}
}

// Active stores webhook n so that it receives events.
func Active(t *testing.T, s Store, n int) model.Hook {
	t.Helper()
	h := Hook(n)
	h.State, h.Reason = model.HookActive, ""
	return must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
}

// Fact is event n with a delivery in that state for each of the webhooks.
func Fact(t *testing.T, s Store, n int, state model.DeliveryState, hooks ...model.Hook) model.Ingest {
	t.Helper()
	_, revision, err := s.Fleet(t.Context())
	ok(t, err)
	return FactAt(revision, n, state, hooks...)
}

// FactAt is Fact for a known revision of the webhooks.
func FactAt(revision int64, n int, state model.DeliveryState, hooks ...model.Hook) model.Ingest {
	at := Epoch().Add(time.Duration(n) * time.Second)
	in := model.Ingest{Hooks: revision, Event: model.Event{
		ID: fmt.Sprintf("evt_%026d", n), Type: "call.processed", Subject: fmt.Sprint("call-", n),
		Body: []byte(fmt.Sprintf("{\"n\": %d}\n", n)), CreatedAt: at,
	}}
	for i, h := range hooks {
		id := fmt.Sprintf("dlv_%022d%04d", n, i)
		in.Decisions = append(in.Decisions, model.Decision{HookID: h.ID, Hook: h.Name, Result: model.DecisionMatched, DeliveryID: id})
		in.Deliveries = append(in.Deliveries, model.Delivery{ID: id, EventID: in.Event.ID, HookID: h.ID, Hook: h.Name,
			Type: in.Event.Type, State: state, CreatedAt: at})
	}
	return in
}

func accept(t *testing.T, s Store, in model.Ingest) model.Ingest {
	t.Helper()
	a := must[model.Accepted](t)(s.Ingest(t.Context(), in))
	same(t, "accepted", a, model.Accepted{EventID: in.Event.ID, Deliveries: len(in.Deliveries)})
	return in
}

// Result is attempt n of a delivery.
func Result(v model.Delivery, n int, o model.Outcome, state model.DeliveryState) *model.Finish {
	a := Test(v.HookID, n, nil).Attempt
	a.DeliveryID, a.N, a.Outcome, a.StartedAt = v.ID, n, o, v.CreatedAt.Add(time.Duration(n)*time.Minute)
	a.Timings.Total = 40 * time.Millisecond
	f := &model.Finish{HookID: v.HookID, Attempt: a, Verdict: model.Verdict{State: state}}
	switch o {
	case model.OutcomeDelivered:
		f.Attempt.Failure, f.Attempt.Response.Status = nil, 200
	case model.OutcomeInterrupted:
		f.Attempt.Failure, f.Attempt.Response = &model.Failure{Code: model.CodeCancelled}, nil
	default:
		f.Attempt.Failure = &model.Failure{Code: model.CodeServerError, Reason: "500"}
	}
	if !state.Done() {
		f.Verdict.NextAt = a.StartedAt.Add(time.Minute)
	}
	return f
}

func view(t *testing.T, s Store, id string) model.DeliveryView {
	t.Helper()
	return must[model.DeliveryView](t)(s.Delivery(t.Context(), id))
}

func ingest(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	in := Fact(t, s, 1, model.DeliverySending, a, b)
	in.Deliveries[1].State, in.Deliveries[1].NextAt = model.DeliveryQueued, Epoch().Add(time.Hour)
	in.Decisions = append(in.Decisions, model.Decision{HookID: "wh_3", Hook: "bi\xff", Result: model.DecisionFiltered,
		Clause: model.ClauseConditionError, Value: "\x1b[31m"}, model.Decision{HookID: "wh_4", Hook: "x", Result: model.DecisionDraft})
	accept(t, s, in)
	ev, trace, err := s.Event(t.Context(), in.Event.ID)
	ok(t, err)
	same(t, "event", ev, in.Event)
	same(t, "trace", trace, in.Decisions)
	for i, v := range in.Deliveries {
		got := view(t, s, v.ID)
		same(t, fmt.Sprint("delivery ", i), got, model.DeliveryView{Delivery: v, Event: in.Event})
	}
	_, _, err = s.Event(t.Context(), "evt_never")
	refused(t, err, model.CodeNotFound)
	_, err = s.Delivery(t.Context(), "dlv_never")
	refused(t, err, model.CodeNotFound)
}

func ingestNothing(t *testing.T, s Store) {
	for n := range 3 {
		in := Fact(t, s, n, model.DeliveryQueued)
		in.Decisions = []model.Decision{{HookID: "wh_1", Hook: "crm", Result: model.DecisionFiltered, Clause: model.ClauseEvents, Value: "call.processed"}}
		accept(t, s, in)
		_, trace, err := s.Event(t.Context(), in.Event.ID)
		ok(t, err)
		same(t, "trace", trace, in.Decisions)
	}
}

func stale(t *testing.T, s Store) {
	h := Active(t, s, 1)
	in := Fact(t, s, 1, model.DeliveryQueued, h)
	Active(t, s, 2)
	if _, err := s.Ingest(t.Context(), in); !errors.Is(err, model.ErrStale) {
		t.Errorf("got %v", err)
	}
	accept(t, s, Fact(t, s, 1, model.DeliveryQueued, h))
}

func sameID(t *testing.T, s Store) {
	in := accept(t, s, Fact(t, s, 1, model.DeliveryQueued, Active(t, s, 1)))
	again := in
	again.Decisions, again.Deliveries = nil, nil
	same(t, "answer", must[model.Accepted](t)(s.Ingest(t.Context(), again)),
		model.Accepted{EventID: in.Event.ID, Deliveries: 1, Duplicate: true})
	other := again
	other.Event.Type = "call.note.added"
	_, err := s.Ingest(t.Context(), other)
	refused(t, err, model.CodeDuplicate)
	again.Event.Body = []byte("{}")
	_, err = s.Ingest(t.Context(), again)
	refused(t, err, model.CodeDuplicate)
	same(t, "waiting", must[[]model.Backlog](t)(s.Backlogs(t.Context()))[0].Count, 1)
}

func sameKey(t *testing.T, s Store) {
	h := Active(t, s, 1)
	in := Fact(t, s, 1, model.DeliveryQueued, h)
	in.Key = "key \x00\xff"
	accept(t, s, in)
	again := Fact(t, s, 2, model.DeliveryQueued, h)
	again.Key, again.Event.Body = in.Key, in.Event.Body
	same(t, "answer", must[model.Accepted](t)(s.Ingest(t.Context(), again)),
		model.Accepted{EventID: in.Event.ID, Deliveries: 1, Duplicate: true})
	other := again
	other.Event.Type = "call.note.added"
	_, err := s.Ingest(t.Context(), other)
	refused(t, err, model.CodeDuplicate)
	again.Event.Body = []byte("{}")
	_, err = s.Ingest(t.Context(), again)
	refused(t, err, model.CodeDuplicate)
	again.Event.CreatedAt = in.Event.CreatedAt.Add(model.IdempotencyWindow)
	accept(t, s, again)
	again.Event.ID = "evt_third"
	same(t, "answer of the new one", must[model.Accepted](t)(s.Ingest(t.Context(), again)).EventID, Fact(t, s, 2, "").Event.ID)
}

func refusedIngest(t *testing.T, s Store) {
	h := Active(t, s, 1)
	in := Fact(t, s, 1, model.DeliveryDelivered, h)
	if _, err := s.Ingest(t.Context(), in); err == nil {
		t.Error("a delivery that is done was ingested")
	}
	_, _, err := s.Event(t.Context(), in.Event.ID)
	refused(t, err, model.CodeNotFound)
}

func finish(t *testing.T, s Store) {
	h := Active(t, s, 1)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	first := Result(v, 1, model.OutcomeUnknown, model.DeliveryRetrying)
	ok(t, s.Finish(t.Context(), first))
	v.State, v.Attempts, v.HTTPStatus, v.Error = model.DeliveryRetrying, 1, 500, model.CodeServerError
	v.NextAt, v.Duration = first.Verdict.NextAt, 40*time.Millisecond
	same(t, "after a failure", view(t, s, v.ID).Delivery, v)

	must[[]model.Work](t)(s.Claim(t.Context(), h.ID, v.NextAt, 1, math.MaxInt))
	second := Result(v, 2, model.OutcomeDelivered, model.DeliveryDelivered)
	second.Attempt.Response.Body = make([]byte, 64<<10)
	ok(t, s.Finish(t.Context(), second))
	v.State, v.Attempts, v.HTTPStatus, v.Error, v.NextAt = model.DeliveryDelivered, 2, 200, "", time.Time{}
	v.DoneAt = second.Attempt.StartedAt.Add(40 * time.Millisecond)
	got := view(t, s, v.ID)
	same(t, "after the success", got.Delivery, v)
	same(t, "attempts", got.Attempts, []model.Attempt{first.Attempt, second.Attempt})
}

func finishTwice(t *testing.T, s Store) {
	h := Active(t, s, 1)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	f := Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)
	ok(t, s.Finish(t.Context(), f))
	want := view(t, s, v.ID)
	f.Verdict.State = model.DeliveryDead
	ok(t, s.Finish(t.Context(), f))
	same(t, "after the second", view(t, s, v.ID), want)
	same(t, "failed", must[model.Stats](t)(s.Stats(t.Context(), h.ID, Epoch())).Failed, int64(1))
}

func finishNothing(t *testing.T, s Store) {
	h := Active(t, s, 1)
	refused(t, s.Finish(t.Context(), Result(model.Delivery{ID: "dlv_never", HookID: h.ID}, 1, model.OutcomeFailed, model.DeliveryDead)), model.CodeNotFound)
	v := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	refused(t, s.Finish(t.Context(), Result(v, 2, model.OutcomeFailed, model.DeliveryDead)), model.CodeConflict)
	if s.Finish(t.Context(), Result(v, 1, model.OutcomeFailed, model.DeliverySending)) == nil {
		t.Error("a verdict of sending was taken")
	}
}

func retry(t *testing.T, s Store) {
	h := Active(t, s, 1)
	in := accept(t, s, Fact(t, s, 1, model.DeliverySending, h))
	f := Result(in.Deliveries[0], 1, model.OutcomeFailed, model.DeliveryRetrying)
	ok(t, s.Finish(t.Context(), f))
	same(t, "backlog", must[[]model.Backlog](t)(s.Backlogs(t.Context())), []model.Backlog{{HookID: h.ID, NextAt: f.Verdict.NextAt, Count: 1}})
	same(t, "too early", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, f.Verdict.NextAt.Add(-time.Microsecond), 9, math.MaxInt))), 0)
	same(t, "of another", len(must[[]model.Work](t)(s.Claim(t.Context(), "wh_other", f.Verdict.NextAt, 9, math.MaxInt))), 0)
	same(t, "due", must[[]model.Work](t)(s.Claim(t.Context(), h.ID, f.Verdict.NextAt, 9, math.MaxInt)), []model.Work{
		{DeliveryID: in.Deliveries[0].ID, HookID: h.ID, Event: in.Event, N: 2, CreatedAt: in.Deliveries[0].CreatedAt}})
	same(t, "state", view(t, s, in.Deliveries[0].ID).State, model.DeliverySending)
	same(t, "backlog", len(must[[]model.Backlog](t)(s.Backlogs(t.Context()))), 0)
}

func claimOrder(t *testing.T, s Store) {
	h := Active(t, s, 1)
	now := Epoch().Add(time.Hour)
	for n := range 3 {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeFailed, model.DeliveryRetrying)))
	}
	for n := 3; n < 6; n++ {
		accept(t, s, Fact(t, s, n, model.DeliveryQueued, h))
	}
	var got []string
	for _, limit := range []int{2, 2, 9} {
		for _, w := range must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, limit, math.MaxInt)) {
			got = append(got, w.Event.Subject)
		}
	}
	same(t, "order", got, []string{"call-3", "call-4", "call-5", "call-0", "call-1", "call-2"})
}

func claimBytes(t *testing.T, s Store) {
	h := Active(t, s, 1)
	now := Epoch().Add(time.Hour)
	add := func(n, size int, state model.DeliveryState) model.Delivery {
		in := Fact(t, s, n, state, h)
		in.Event.Body = make([]byte, size)
		return accept(t, s, in).Deliveries[0]
	}
	retry := add(0, 10, model.DeliverySending)
	ok(t, s.Finish(t.Context(), Result(retry, 1, model.OutcomeFailed, model.DeliveryRetrying)))
	for n, size := range []int{100, 50, 51, 5000} {
		add(n+1, size, model.DeliveryQueued)
	}
	var got [][]string
	for _, bytes := range []int{150, 0, 5009, 1 << 20, 1 << 20} {
		var part []string
		for _, w := range must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, bytes)) {
			part = append(part, w.Event.Subject)
		}
		got = append(got, part)
	}
	same(t, "claims", got, [][]string{{"call-1", "call-2"}, {"call-3"}, {"call-4"}, {"call-0"}, nil})
}

func claimRace(t *testing.T, s Store) {
	h := Active(t, s, 1)
	const all = 60
	for n := range all {
		accept(t, s, Fact(t, s, n, model.DeliveryQueued, h))
	}
	var mu sync.Mutex
	seen := map[string]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				list, err := s.Claim(context.Background(), h.ID, Epoch().Add(time.Hour), 7, math.MaxInt)
				if err != nil || len(list) == 0 {
					return
				}
				mu.Lock()
				for _, w := range list {
					seen[w.DeliveryID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	same(t, "claimed", len(seen), all)
	for id, n := range seen {
		same(t, id, n, 1)
	}
}

func release(t *testing.T, s Store) {
	h := Active(t, s, 1)
	sent := accept(t, s, Fact(t, s, 1, model.DeliverySending, h)).Deliveries[0]
	failed := accept(t, s, Fact(t, s, 2, model.DeliverySending, h)).Deliveries[0]
	ok(t, s.Finish(t.Context(), Result(failed, 1, model.OutcomeFailed, model.DeliveryRetrying)))
	due := view(t, s, failed.ID).NextAt
	must[[]model.Work](t)(s.Claim(t.Context(), h.ID, due, 9, math.MaxInt))
	held := []model.Work{{DeliveryID: sent.ID, N: 1}, {DeliveryID: failed.ID, N: 2}, {DeliveryID: "dlv_never", N: 1}}
	ok(t, s.Release(t.Context(), held))
	same(t, "first attempt", view(t, s, sent.ID).State, model.DeliveryQueued)
	same(t, "retry", view(t, s, failed.ID).State, model.DeliveryRetrying)
	same(t, "due", view(t, s, failed.ID).NextAt, due)
	same(t, "claimed again", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, due, 9, math.MaxInt))), 2)
	// Another process took itself for the owner, and holds them now.
	same(t, "recovered", must[int](t)(s.Recover(t.Context(), due)), 2)
	same(t, "claimed by it", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, due, 9, math.MaxInt))), 2)
	ok(t, s.Release(t.Context(), held))
	same(t, "claimed from it", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, due, 9, math.MaxInt))), 0)
}
