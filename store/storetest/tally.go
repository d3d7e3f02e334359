package storetest

import (
	"testing"

	"hooktop/model"
)

// tallied adds up all stretches of a filter.
func tallied(t *testing.T, s Store, f model.Filter) model.Tally {
	t.Helper()
	var all model.Tally
	var after model.Cursor
	for range 1000 {
		part, next, err := s.Tally(t.Context(), f, after)
		ok(t, err)
		if all = all.Add(part); next == "" {
			same(t, "all of it", all.Back.IsZero(), true)
			return all
		}
		same(t, "so far", part.Back.IsZero(), false)
		after = next
	}
	t.Fatal("the stretches have no end")
	return all
}

func tallies(t *testing.T, s Store) {
	ids := library(t, s)
	h := Hook(2)
	more := Fact(t, s, 30, model.DeliverySending, h)
	accept(t, s, more)
	ok(t, s.Finish(t.Context(), Result(more.Deliveries[0], 1, model.OutcomeFailed, model.DeliveryRetrying)))
	got := tallied(t, s, model.Filter{States: []model.DeliveryState{model.DeliveryRetrying, model.DeliveryHeld}})
	same(t, "count", got.Count, 3)
	same(t, "groups", len(got.Groups), 2)
	same(t, "largest", got.Groups[0], model.Group{HookID: h.ID, Hook: h.Name, State: model.DeliveryRetrying, HTTPStatus: 500,
		Error: model.CodeServerError, Count: 2, Newest: more.Deliveries[0].ID, NewestAt: more.Deliveries[0].CreatedAt})
	last := view(t, s, ids["held"])
	same(t, "smallest", got.Groups[1], model.Group{HookID: last.HookID, Hook: last.Hook, State: model.DeliveryHeld, Count: 1,
		Newest: last.ID, NewestAt: last.CreatedAt})
	all := tallied(t, s, model.Filter{})
	same(t, "all", [4]int{all.Count, all.In(model.DeliverySending), all.In(model.DeliveryDead), all.In(model.DeliveryCancelled)}, [4]int{10, 2, 2, 1})
	_, _, err := s.Tally(t.Context(), model.Filter{}, "no cursor!")
	refused(t, err, model.CodeFilterValue)
}
