package storetest

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"hooktop/model"
)

func archiveTests() map[string]func(*testing.T, Store) {
	return map[string]func(*testing.T, Store){
		"deliveries are listed newest first, page by page": pages,
		"a filter chooses what it says":                    filters,
		"a search finds texts, and goes on where it ended": search,
		"what waits for a paused webhook is held":          held,
		"events are listed newest first":                   events,
		"cancel ends what is not done":                     cancels,
		"a cancelled delivery that arrives says so":        cancelLate,
		"deleting a webhook cancels what waits":            cancelDeleted,
		"what a filter matches is counted, by reason":      tallies,
		"prune drops what is past its time":                prunes,
		"prune makes room, but never of unfinished work":   pruneSize,
	}
}

// listed reads all pages of a filter and returns the numbers of the events.
func listed(t *testing.T, s Store, f model.Filter, limit int) []string {
	t.Helper()
	out := []string{}
	var after model.Cursor
	for range 1000 {
		page, next, err := s.Page(t.Context(), f, after, limit)
		ok(t, err)
		if len(page) > limit {
			t.Fatalf("a page of %d has %d", limit, len(page))
		}
		for _, v := range page {
			out = append(out, v.ID)
		}
		if next == "" {
			return out
		}
		after = next
	}
	t.Fatal("the pages have no end")
	return nil
}

func pages(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	var want []string
	for n := range 25 {
		for _, v := range accept(t, s, Fact(t, s, n, model.DeliverySending, a, b)).Deliveries {
			want = append(want, v.ID)
		}
	}
	slices.Reverse(want)
	for _, limit := range []int{1, 7, 49, 50, 51} {
		same(t, fmt.Sprint("pages of ", limit), listed(t, s, model.Filter{}, limit), want)
	}
	page, _, err := s.Page(t.Context(), model.Filter{}, "", 1)
	ok(t, err)
	same(t, "as a delivery", page[0], view(t, s, page[0].ID).Delivery)
	_, _, err = s.Page(t.Context(), model.Filter{}, "no cursor!", 1)
	refused(t, err, model.CodeFilterValue)
}

// library stores deliveries in every state and returns them by a short name.
func library(t *testing.T, s Store) map[string]string {
	a, b, p := Active(t, s, 1), Active(t, s, 2), Active(t, s, 3)
	out := map[string]string{}
	n := 0
	add := func(name string, h model.Hook, typ string, state model.DeliveryState) model.Delivery {
		n++
		in := Fact(t, s, n, state, h)
		in.Event.Type, in.Deliveries[0].Type = typ, typ
		v := accept(t, s, in).Deliveries[0]
		out[name] = v.ID
		return v
	}
	ok(t, s.Finish(t.Context(), Result(add("delivered", a, "call.processed", model.DeliverySending), 1, model.OutcomeDelivered, model.DeliveryDelivered)))
	ok(t, s.Finish(t.Context(), Result(add("dead", a, "call.tag.added", model.DeliverySending), 1, model.OutcomeFailed, model.DeliveryDead)))
	ok(t, s.Finish(t.Context(), Result(add("retrying", b, "call.tag.removed", model.DeliverySending), 1, model.OutcomeFailed, model.DeliveryRetrying)))
	add("sending", b, "call.processed", model.DeliverySending)
	add("claimed", b, "call.processed", model.DeliveryQueued)
	same(t, "claimed", len(must[[]model.Work](t)(s.Claim(t.Context(), b.ID, Epoch().Add(time.Minute), 1, math.MaxInt))), 1)
	add("queued", b, "call.processed", model.DeliveryQueued)
	add("held", p, "call.processed", model.DeliveryQueued)
	add("cancelled", a, "call.processed", model.DeliveryQueued)
	must[int](t)(s.Cancel(t.Context(), model.Selection{IDs: []string{out["cancelled"]}}, false))
	ok(t, s.PutTest(t.Context(), Test(a.ID, n+1, []byte("{}"))))
	out["test"] = Test(a.ID, n+1, nil).Delivery.ID
	p.State = model.HookPaused
	must[model.Hook](t)(s.PutHook(t.Context(), p, model.Change{At: Epoch(), Kind: model.ChangePaused}))
	return out
}

func filters(t *testing.T, s Store) {
	ids := library(t, s)
	for text, want := range map[string][]string{
		"":                                        {"test", "cancelled", "held", "queued", "claimed", "sending", "retrying", "dead", "delivered"},
		"state:queued":                            {"queued"},
		"state:held":                              {"held"},
		"state:sending":                           {"claimed", "sending"},
		`state:sending hook:"crm 1"`:              {},
		"state:sending hook:nobody":               {},
		"state:retrying,dead":                     {"test", "retrying", "dead"},
		"state:delivered":                         {"delivered"},
		"state:cancelled":                         {"cancelled"},
		"!state:queued,held":                      {"test", "cancelled", "claimed", "sending", "retrying", "dead", "delivered"},
		`hook:"crm 2"`:                            {"queued", "claimed", "sending", "retrying"},
		"hook:" + Hook(3).ID:                      {"held"},
		"hook:nobody":                             {},
		`!hook:"crm 2" !test`:                     {"cancelled", "held", "dead", "delivered"},
		"event:call.tag":                          {"retrying", "dead"},
		"event:call.tag.added":                    {"dead"},
		"event:never":                             {},
		"!event:call.processed":                   {"retrying", "dead"},
		"status:500":                              {"test", "retrying", "dead"},
		"status:5xx !test":                        {"retrying", "dead"},
		"status:200":                              {"delivered"},
		"status:404":                              {},
		"status:5xx state:dead":                   {"test", "dead"},
		`status:500 hook:"crm 2"`:                 {"retrying"},
		"status:2xx,500 !test":                    {"retrying", "dead", "delivered"},
		"error:server_error":                      {"test", "retrying", "dead"},
		"error:server_error,timeout !test":        {"retrying", "dead"},
		"error:server_error status:404":           {},
		"error:timeout":                           {},
		"!error:server_error hook:crm,wh":         {},
		"!error:server_error state:dead,held":     {"held"},
		"!status:5xx":                             {"cancelled", "held", "queued", "claimed", "sending", "delivered"},
		"test":                                    {"test"},
		"!test state:dead":                        {"dead"},
		"call:call-2":                             {"dead"},
		"call:call-2,call-3":                      {"retrying", "dead"},
		"call:never":                              {},
		"!call:call-2 state:dead":                 {"test"},
		"id:" + ids["dead"] + "," + ids["held"]:   {"held", "dead"},
		"id:evt_" + fmt.Sprintf("%026d", 1):       {"delivered"},
		"id:" + ids["dead"] + " call:call-3":      {},
		"!id:" + ids["dead"] + " state:dead":      {"test"},
		`hook:"crm 1" state:dead,delivered !test`: {"dead", "delivered"},
		`hook:"crm 1" event:call.tag state:dead`:  {"dead"},
		"since:2026-03-01T12:30:20.2Z !test":      {"cancelled", "held", "queued"},
		"until:2026-03-01T12:30:17.2Z":            {"dead", "delivered"},
		"since:2026-03-01T12:30:17Z until:2026-03-01T12:30:18.2Z": {"retrying", "dead"},
		"since:2030-01-01":           {},
		`"\"n\": 3"`:                 {"retrying"},
		"server_error":               {"test", "retrying", "dead"},
		"CALL-2":                     {"dead"},
		"never":                      {},
		`!"\"n\": 3" state:retrying`: {},
		"100% _":                     {},
	} {
		f, fault := model.ParseFilter(text, Epoch())
		if fault != nil {
			t.Fatalf("%s: %v", text, fault)
		}
		wanted := []string{}
		for _, name := range want {
			wanted = append(wanted, ids[name])
		}
		same(t, "filter "+text, listed(t, s, f, 3), wanted)
		same(t, "filter "+text+" at once", listed(t, s, f, 100), wanted)
		same(t, "count of "+text, tallied(t, s, f).Count, len(wanted))
	}
}

func search(t *testing.T, s Store) {
	h := Active(t, s, 1)
	for n := range 50 {
		in := Fact(t, s, n, model.DeliverySending, h)
		if n%20 == 0 {
			in.Event.Body = []byte(`{"city":"Málaga 100%"}`)
		}
		accept(t, s, in)
	}
	same(t, "found", len(listed(t, s, model.Filter{Words: []string{"CITY", "Málaga", "100%"}}, 2)), 3)
	same(t, "not found", len(listed(t, s, model.Filter{Words: []string{"city", "100_"}}, 2)), 0)
}

func held(t *testing.T, s Store) {
	h := Active(t, s, 1)
	id := accept(t, s, Fact(t, s, 1, model.DeliveryQueued, h)).Deliveries[0].ID
	same(t, "active", view(t, s, id).State, model.DeliveryQueued)
	h.State = model.HookPaused
	h = must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangePaused}))
	same(t, "paused", view(t, s, id).State, model.DeliveryHeld)
	st := must[model.Stats](t)(s.Stats(t.Context(), "", Epoch()))
	same(t, "pending", [2]int64{st.Pending, st.Retrying}, [2]int64{1, 0})
	h.State = model.HookActive
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeResumed}))
	same(t, "resumed", view(t, s, id).State, model.DeliveryQueued)
}

func events(t *testing.T, s Store) {
	h := Active(t, s, 1)
	var want []string
	for n := range 9 {
		in := Fact(t, s, n, model.DeliveryQueued)
		if n%2 == 0 {
			in = Fact(t, s, n, model.DeliveryQueued, h)
		}
		want = append(want, accept(t, s, in).Event.ID)
	}
	slices.Reverse(want)
	var got []string
	for after := model.Cursor(""); ; {
		page, next, err := s.Events(t.Context(), after, 4)
		ok(t, err)
		for _, ev := range page {
			same(t, "body in a list", len(ev.Body), 0)
			got = append(got, ev.ID)
		}
		if after = next; next == "" {
			break
		}
	}
	same(t, "events", got, want)
}

func cancels(t *testing.T, s Store) {
	ids := library(t, s)
	all := model.Selection{Filter: model.Filter{}}
	same(t, "counted", must[int](t)(s.Cancel(t.Context(), all, true)), 5)
	same(t, "still", view(t, s, ids["queued"]).State, model.DeliveryQueued)
	same(t, "one", must[int](t)(s.Cancel(t.Context(), model.Selection{IDs: []string{ids["queued"], ids["dead"], "dlv_never"}}, false)), 1)
	got := view(t, s, ids["queued"])
	same(t, "state", [2]any{got.State, got.DoneAt.IsZero()}, [2]any{model.DeliveryCancelled, false})
	same(t, "rest", must[int](t)(s.Cancel(t.Context(), all, false)), 4)
	same(t, "again", must[int](t)(s.Cancel(t.Context(), all, false)), 0)
	same(t, "waiting", len(must[[]model.Backlog](t)(s.Backlogs(t.Context()))), 0)
	same(t, "recovered", must[int](t)(s.Recover(t.Context(), Epoch())), 0)
}

func cancelLate(t *testing.T, s Store) {
	h := Active(t, s, 1)
	for n, o := range []model.Outcome{model.OutcomeDelivered, model.OutcomeFailed} {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
		same(t, "cancelled", must[int](t)(s.Cancel(t.Context(), model.Selection{IDs: []string{v.ID}}, false)), 1)
		state := []model.DeliveryState{model.DeliveryDelivered, model.DeliveryRetrying}[n]
		ok(t, s.Finish(t.Context(), Result(v, 1, o, state)))
		got := view(t, s, v.ID)
		same(t, "state", got.State, []model.DeliveryState{model.DeliveryDelivered, model.DeliveryCancelled}[n])
		same(t, "attempts", len(got.Attempts), 1)
		same(t, "next", got.NextAt.IsZero(), true)
	}
}

func cancelDeleted(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	gone := accept(t, s, Fact(t, s, 1, model.DeliveryQueued, a)).Deliveries[0].ID
	sent := accept(t, s, Fact(t, s, 2, model.DeliverySending, a)).Deliveries[0].ID
	stays := accept(t, s, Fact(t, s, 3, model.DeliveryQueued, b)).Deliveries[0].ID
	ok(t, s.DeleteHook(t.Context(), a.ID, Epoch().Add(time.Hour)))
	same(t, "queued", view(t, s, gone).State, model.DeliveryCancelled)
	same(t, "sending", view(t, s, sent).State, model.DeliveryCancelled)
	same(t, "done", view(t, s, gone).DoneAt, Epoch().Add(time.Hour))
	same(t, "of another", view(t, s, stays).State, model.DeliveryQueued)
}

func prunes(t *testing.T, s Store) {
	h := Active(t, s, 1)
	day := 24 * time.Hour
	at := func(n int, state model.DeliveryState, o model.Outcome, done bool) string {
		in := Fact(t, s, n, model.DeliverySending, h)
		v := accept(t, s, in).Deliveries[0]
		if done {
			ok(t, s.Finish(t.Context(), Result(v, 1, o, state)))
		}
		return v.ID
	}
	delivered, dead := at(1, model.DeliveryDelivered, model.OutcomeDelivered, true), at(2, model.DeliveryDead, model.OutcomeFailed, true)
	open := at(3, "", "", false)
	nothing := accept(t, s, Fact(t, s, 4, model.DeliveryQueued)).Event.ID
	left := func(when string, now time.Time, gone int, want ...bool) {
		t.Helper()
		same(t, "gone "+when, must[int](t)(s.Prune(t.Context(), now, 30*day, 90*day, 0)), gone)
		for i, id := range []string{delivered, dead, open} {
			_, err := s.Delivery(t.Context(), id)
			same(t, fmt.Sprint("there ", when, " ", i), err == nil, want[i])
		}
		_, _, err := s.Event(t.Context(), nothing)
		same(t, "event without deliveries "+when, err == nil, want[3])
	}
	left("at first", Epoch().Add(29*day), 0, true, true, true, true)
	left("after 31 days", Epoch().Add(31*day), 1, false, true, true, false)
	left("after 91 days", Epoch().Add(91*day), 1, false, false, true, false)
	_, _, err := s.Event(t.Context(), Fact(t, s, 1, "").Event.ID)
	refused(t, err, model.CodeNotFound)
	_, _, err = s.Event(t.Context(), Fact(t, s, 3, "").Event.ID)
	ok(t, err)
}

func pruneSize(t *testing.T, s Store) {
	h := Active(t, s, 1)
	for n := range 40 {
		in := Fact(t, s, n, model.DeliverySending, h)
		in.Event.Body = make([]byte, 100<<10)
		v := accept(t, s, in).Deliveries[0]
		if n < 20 {
			ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeDelivered, model.DeliveryDelivered)))
		}
	}
	now := Epoch().Add(time.Hour)
	if n := must[int](t)(s.Prune(t.Context(), now, 24*time.Hour, 24*time.Hour, 3<<20)); n == 0 || n > 20 {
		t.Errorf("%d went", n)
	}
	accept(t, s, Fact(t, s, 50, model.DeliverySending, h))
	must[int](t)(s.Prune(t.Context(), now, 24*time.Hour, 24*time.Hour, 1<<20))
	same(t, "left", len(listed(t, s, model.Filter{}, 100)), 21)
	in := Fact(t, s, 51, model.DeliverySending, h)
	_, err := s.Ingest(t.Context(), in)
	refused(t, err, model.CodeStoreFull)
	must[int](t)(s.Prune(t.Context(), now, 24*time.Hour, 24*time.Hour, 100<<20))
	accept(t, s, in)
}
