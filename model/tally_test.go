package model

import (
	"testing"
	"time"
)

func TestTalliesAddUp(t *testing.T) {
	at := time.Date(2026, 3, 12, 15, 0, 0, 0, time.UTC)
	newer := Tally{Count: 3, Groups: []Group{
		{HookID: "a", State: DeliveryDead, HTTPStatus: 401, Count: 2, Newest: "dlv_9", NewestAt: at},
		{HookID: "b", State: DeliveryRetrying, HTTPStatus: 503, Count: 1, Newest: "dlv_8", NewestAt: at},
	}, Back: at}
	older := Tally{Count: 5, Groups: []Group{
		{HookID: "b", State: DeliveryRetrying, HTTPStatus: 503, Count: 4, Newest: "dlv_3", NewestAt: at.Add(-time.Hour)},
		{HookID: "b", State: DeliveryDead, HTTPStatus: 503, Count: 1, Newest: "dlv_2", NewestAt: at.Add(-time.Hour)},
	}}
	sum := newer.Add(older)
	if sum.Count != 8 || len(sum.Groups) != 3 || !sum.Back.IsZero() {
		t.Fatalf("%+v", sum)
	}
	if first := sum.Groups[0]; first.HookID != "b" || first.Count != 5 || first.Newest != "dlv_8" || !first.NewestAt.Equal(at) {
		t.Errorf("the largest group is %+v", first)
	}
	if n := sum.In(DeliveryDead); n != 3 {
		t.Errorf("%d dead", n)
	}
	if newer.Groups[1].Count != 1 {
		t.Error("a tally that was added to has changed")
	}
}
