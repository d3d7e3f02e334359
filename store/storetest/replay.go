package storetest

import (
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

func replayTests() map[string]func(*testing.T, Store) {
	return map[string]func(*testing.T, Store){
		"replay makes new deliveries of the same events":        replays,
		"replay at a rate spreads them":                         replayRate,
		"what a replay made is found by its id":                 replayFound,
		"of what replays made the newest is replayed":           replayNewest,
		"a replay is held, and goes on at its rate":             replayHeld,
		"what a replay holds can be cancelled, and is not done": replayHeldEnds,
		"what was being sent of a held replay waits with it":    replayHeldMeanwhile,
		"a replay is held and resumed by many at once":          replayHeldByMany,
		"an event goes to a webhook that did not get it":        replayEvents,
	}
}

func replays(t *testing.T, s Store) {
	ids := library(t, s)
	now := Epoch().Add(time.Hour)
	all := model.Selection{Filter: model.Filter{}}
	same(t, "counted", must[model.Replayed](t)(s.Replay(t.Context(), all, 0, now, true)).Count, 3)
	made := must[model.Replayed](t)(s.Replay(t.Context(), model.Selection{IDs: []string{ids["dead"]}}, 0, now, false))
	same(t, "made", [2]any{made.Count, strings.HasPrefix(made.ID, "rpl_")}, [2]any{1, true})
	page, _, err := s.Page(t.Context(), model.Filter{}, "", 1)
	ok(t, err)
	was := view(t, s, ids["dead"])
	want := was.Delivery
	want.ID, want.ReplayOf, want.Replay, want.State, want.Attempts, want.CreatedAt, want.NextAt = page[0].ID, ids["dead"], made.ID, model.DeliveryQueued, 0, now, now
	want.DoneAt, want.HTTPStatus, want.Error, want.Duration = time.Time{}, 0, "", 0
	same(t, "replay", page[0], want)
	same(t, "by its event", listed(t, s, model.Filter{IDs: []string{was.EventID}}, 9), []string{want.ID, was.ID})
	same(t, "by its call", listed(t, s, model.Filter{Subjects: []string{was.Event.Subject}}, 9), []string{want.ID, was.ID})
	work := must[[]model.Work](t)(s.Claim(t.Context(), want.HookID, now, 9, math.MaxInt))
	same(t, "work", [4]any{work[0].DeliveryID, work[0].N, work[0].Event.ID, string(work[0].Event.Body)},
		[4]any{want.ID, 1, was.Event.ID, string(was.Event.Body)})
	// The replay arrives; both now belong to one event and one webhook: one replay of them.
	ok(t, s.Finish(t.Context(), Result(want, 1, model.OutcomeDelivered, model.DeliveryDelivered)))
	same(t, "counted again", must[model.Replayed](t)(s.Replay(t.Context(), model.Selection{IDs: []string{was.ID, want.ID}}, 0, now, true)).Count, 1)
}

func replayRate(t *testing.T, s Store) {
	h := Active(t, s, 1)
	now := Epoch().Add(time.Hour)
	for n := range 5 {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeFailed, model.DeliveryDead)))
	}
	same(t, "made", must[model.Replayed](t)(s.Replay(t.Context(), model.Selection{Filter: model.Filter{States: []model.DeliveryState{model.DeliveryDead}}}, 2, now, false)).Count, 5)
	same(t, "at once", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))), 1)
	work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now.Add(time.Second), 9, math.MaxInt))
	same(t, "a second on", [2]any{len(work), work[0].Event.Subject}, [2]any{2, "call-1"})
}

// six deliveries that are dead.
func six(t *testing.T, s Store) (h model.Hook, dead model.Selection) {
	h = Active(t, s, 1)
	for n := range 6 {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeFailed, model.DeliveryDead)))
	}
	return h, model.Selection{Filter: model.Filter{States: []model.DeliveryState{model.DeliveryDead}}}
}

func replayFound(t *testing.T, s Store) {
	_, dead := six(t, s)
	now := Epoch().Add(time.Hour)
	none := must[model.Replayed](t)(s.Replay(t.Context(), model.Selection{IDs: []string{"dlv_never"}}, 0, now, false))
	same(t, "of nothing", none, model.Replayed{})
	first := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
	second := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
	if first.ID == second.ID {
		t.Errorf("both are %q", first.ID)
	}
	of := func(text string) []string {
		t.Helper()
		f, fault := model.ParseFilter(text, now)
		if fault != nil {
			t.Fatal(fault)
		}
		out := listed(t, s, f, 4)
		same(t, "count of "+text, tallied(t, s, f).Count, len(out))
		return out
	}
	same(t, "first", len(of("replay:"+first.ID)), 6)
	for _, id := range of("replay:" + first.ID) {
		same(t, "replay", view(t, s, id).Replay, first.ID)
	}
	same(t, "both", len(of("replay:"+first.ID+","+second.ID)), 12)
	same(t, "queued of one", len(of("replay:"+second.ID+" state:queued")), 6)
	same(t, "dead of one", len(of("replay:"+second.ID+" state:dead")), 0)
	same(t, "neither", len(of("!replay:"+first.ID+","+second.ID)), 6)
	same(t, "never", len(of("replay:rpl_never")), 0)
	same(t, "all but never", len(of("!replay:rpl_never")), 18)
}

func replayNewest(t *testing.T, s Store) {
	_, dead := six(t, s)
	now := Epoch().Add(time.Hour)
	for range 2 {
		made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
		same(t, "made", made.Count, 6)
		for _, id := range listed(t, s, model.Filter{Replays: []string{made.ID}}, 9) {
			ok(t, s.Finish(t.Context(), Result(view(t, s, id).Delivery, 1, model.OutcomeFailed, model.DeliveryDead)))
		}
	}
	same(t, "dead", tallied(t, s, dead.Filter).Count, 18)
	same(t, "would be made", must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, true)).Count, 6)
	made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
	newest := listed(t, s, dead.Filter, 9)[:6]
	for i, id := range listed(t, s, model.Filter{Replays: []string{made.ID}}, 9) {
		same(t, "replays the newest", view(t, s, id).ReplayOf, newest[i])
	}
}

func replayHeld(t *testing.T, s Store) {
	h, dead := six(t, s)
	now := Epoch().Add(time.Hour)
	made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 1, now, false))
	claimed := func(at time.Time) int {
		t.Helper()
		work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, at, 9, math.MaxInt))
		for _, w := range work {
			ok(t, s.Finish(t.Context(), Result(view(t, s, w.DeliveryID).Delivery, 1, model.OutcomeDelivered, model.DeliveryDelivered)))
		}
		return len(work)
	}
	same(t, "sent at first", claimed(now.Add(1500*time.Millisecond)), 2)
	same(t, "held", must[int](t)(s.HoldReplay(t.Context(), made.ID, now.Add(1500*time.Millisecond))), 4)
	same(t, "held again", must[int](t)(s.HoldReplay(t.Context(), made.ID, now.Add(time.Minute))), 0)
	same(t, "state", tallied(t, s, model.Filter{Replays: []string{made.ID}}).In(model.DeliveryHeld), 4)
	same(t, "by state", len(listed(t, s, model.Filter{States: []model.DeliveryState{model.DeliveryHeld}}, 3)), 4)
	same(t, "queued", len(listed(t, s, model.Filter{States: []model.DeliveryState{model.DeliveryQueued}}, 3)), 0)
	same(t, "backlogs", len(must[[]model.Backlog](t)(s.Backlogs(t.Context()))), 0)
	same(t, "pending", must[model.Stats](t)(s.Stats(t.Context(), "", now)).Pending, int64(4))
	same(t, "recovered", must[int](t)(s.Recover(t.Context(), now)), 0)
	same(t, "sent meanwhile", claimed(now.Add(time.Hour)), 0)
	on := now.Add(10 * time.Minute)
	same(t, "resumed", must[int](t)(s.ResumeReplay(t.Context(), made.ID, on)), 4)
	same(t, "resumed again", must[int](t)(s.ResumeReplay(t.Context(), made.ID, on.Add(time.Hour))), 0)
	same(t, "sent at once", claimed(on), 0)
	same(t, "sent then", claimed(on.Add(500*time.Millisecond)), 1)
	same(t, "sent a second later", claimed(on.Add(1500*time.Millisecond)), 1)
	same(t, "sent at last", claimed(on.Add(3500*time.Millisecond)), 2)
	_, err := s.HoldReplay(t.Context(), "rpl_never", now)
	refused(t, err, model.CodeNotFound)
	_, err = s.ResumeReplay(t.Context(), "rpl_never", now)
	refused(t, err, model.CodeNotFound)
}

func replayHeldMeanwhile(t *testing.T, s Store) {
	h, dead := six(t, s)
	now := Epoch().Add(time.Hour)
	made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
	work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 3, math.MaxInt))
	same(t, "held", must[int](t)(s.HoldReplay(t.Context(), made.ID, now)), 3)
	failed := Result(view(t, s, work[0].DeliveryID).Delivery, 1, model.OutcomeFailed, model.DeliveryRetrying)
	failed.Verdict.NextAt = now.Add(time.Second)
	ok(t, s.Finish(t.Context(), failed))
	ok(t, s.Release(t.Context(), work[1:2]))
	same(t, "recovered", must[int](t)(s.Recover(t.Context(), now)), 1)
	same(t, "all held", tallied(t, s, model.Filter{Replays: []string{made.ID}}).In(model.DeliveryHeld), 6)
	same(t, "backlogs", len(must[[]model.Backlog](t)(s.Backlogs(t.Context()))), 0)
	same(t, "sent meanwhile", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now.Add(time.Hour), 9, math.MaxInt))), 0)
	on := now.Add(time.Hour)
	same(t, "resumed", must[int](t)(s.ResumeReplay(t.Context(), made.ID, on)), 6)
	same(t, "state", view(t, s, work[0].DeliveryID).State, model.DeliveryRetrying)
	same(t, "sent at once", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, on, 9, math.MaxInt))), 5)
	same(t, "sent then", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, on.Add(time.Second), 9, math.MaxInt))), 1)
}

// Whoever comes last decides, and nothing is left behind.
func replayHeldByMany(t *testing.T, s Store) {
	const events = 2500 // several slices
	h := Active(t, s, 1)
	now := Epoch().Add(time.Hour)
	var wg sync.WaitGroup
	ids := make([]string, events)
	for n := range events {
		in := Fact(t, s, n, model.DeliveryQueued)
		ids[n] = in.Event.ID
		wg.Go(func() {
			if _, err := s.Ingest(t.Context(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	made := must[model.Replayed](t)(s.Replay(t.Context(), model.Selection{Events: ids, Hook: h.ID}, 0, now, false))
	same(t, "made", made.Count, events)
	for n := range 16 {
		verb := s.HoldReplay
		if n%2 == 1 {
			verb = s.ResumeReplay
		}
		wg.Go(func() {
			if _, err := verb(t.Context(), made.ID, now.Add(time.Minute)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	must[int](t)(s.ResumeReplay(t.Context(), made.ID, now.Add(time.Minute)))
	b := must[[]model.Backlog](t)(s.Backlogs(t.Context()))
	same(t, "webhooks", len(b), 1)
	same(t, "waiting", b[0].Count, events)
	same(t, "due soon", len(must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now.Add(time.Hour), 2*events, math.MaxInt))), events)
}

func replayHeldEnds(t *testing.T, s Store) {
	_, dead := six(t, s)
	now := Epoch().Add(time.Hour)
	made := must[model.Replayed](t)(s.Replay(t.Context(), dead, 0, now, false))
	same(t, "held", must[int](t)(s.HoldReplay(t.Context(), made.ID, now)), 6)
	same(t, "pruned", must[int](t)(s.Prune(t.Context(), now.Add(9000*time.Hour), time.Hour, time.Hour, 0)), 6)
	same(t, "left", len(listed(t, s, model.Filter{Replays: []string{made.ID}}, 9)), 6)
	held := model.Selection{Filter: model.Filter{Replays: []string{made.ID}, States: []model.DeliveryState{model.DeliveryHeld}}}
	same(t, "cancelled", must[int](t)(s.Cancel(t.Context(), held, false)), 6)
	same(t, "resumed", must[int](t)(s.ResumeReplay(t.Context(), made.ID, now)), 0)
	must[int](t)(s.Prune(t.Context(), now.Add(18000*time.Hour), time.Hour, time.Hour, 0))
	_, err := s.ResumeReplay(t.Context(), made.ID, now)
	refused(t, err, model.CodeNotFound)
}

func replayEvents(t *testing.T, s Store) {
	h, other := Active(t, s, 1), Active(t, s, 2)
	now := Epoch().Add(time.Hour)
	filtered := Fact(t, s, 1, model.DeliverySending)
	filtered.Decisions = []model.Decision{{HookID: h.ID, Hook: h.Name, Result: model.DecisionFiltered, Clause: model.ClauseConditionError}}
	accept(t, s, filtered)
	elsewhere := accept(t, s, Fact(t, s, 2, model.DeliverySending, other))
	ok(t, s.PutTest(t.Context(), Test(h.ID, 3, nil)))
	ids := []string{elsewhere.Event.ID, filtered.Event.ID, filtered.Event.ID, "evt_never", Test(h.ID, 3, nil).Event.ID}
	sel := model.Selection{Events: ids, Hook: h.ID}
	same(t, "would be made", must[model.Replayed](t)(s.Replay(t.Context(), sel, 0, now, true)), model.Replayed{Count: 2})
	same(t, "none yet", len(listed(t, s, model.Filter{IDs: []string{filtered.Event.ID}}, 9)), 0)
	made := must[model.Replayed](t)(s.Replay(t.Context(), sel, 0, now, false))
	same(t, "made", made.Count, 2)
	page := listed(t, s, model.Filter{Replays: []string{made.ID}}, 9)
	same(t, "listed", len(page), 2)
	v := view(t, s, page[1]) // oldest first
	same(t, "delivery", v.Delivery, model.Delivery{ID: v.ID, EventID: filtered.Event.ID, HookID: h.ID, Hook: h.Name, Type: filtered.Event.Type,
		State: model.DeliveryQueued, CreatedAt: now, NextAt: now, Replay: made.ID})
	same(t, "by its event", listed(t, s, model.Filter{IDs: []string{filtered.Event.ID}}, 9), []string{v.ID})
	same(t, "by its call", listed(t, s, model.Filter{Subjects: []string{filtered.Event.Subject}}, 9), []string{v.ID})
	work := must[[]model.Work](t)(s.Claim(t.Context(), h.ID, now, 9, math.MaxInt))
	same(t, "work", [3]any{len(work), work[0].DeliveryID, string(work[0].Event.Body)}, [3]any{2, v.ID, string(filtered.Event.Body)})
	_, err := s.Replay(t.Context(), model.Selection{Events: ids, Hook: "wh_never"}, 0, now, false)
	refused(t, err, model.CodeNotFound)
}
