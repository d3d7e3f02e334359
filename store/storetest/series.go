package storetest

import (
	"fmt"
	"testing"
	"time"

	"hooktop/model"
)

func seriesTests() map[string]func(*testing.T, Store) {
	return map[string]func(*testing.T, Store){
		"statistics count results, not tests":              stats,
		"what happened over time is told in equal steps":   series,
		"what happened long ago is told exactly":           seriesHours,
		"why attempts failed is counted":                   seriesCauses,
		"the slowest attempts are named, while they exist": seriesSlowest,
		"a clock that was ahead makes no question slow":    seriesFar,
	}
}

// attempted stores a delivery whose first attempt ended at that time.
func attempted(t *testing.T, s Store, n int, h model.Hook, at time.Time, took time.Duration, state model.DeliveryState) model.Delivery {
	t.Helper()
	v := accept(t, s, Fact(t, s, n, model.DeliverySending, h)).Deliveries[0]
	o := model.OutcomeFailed
	if state == model.DeliveryDelivered {
		o = model.OutcomeDelivered
	}
	f := Result(v, 1, o, state)
	f.Attempt.StartedAt, f.Attempt.Timings.Total = at.Add(-took), took
	ok(t, s.Finish(t.Context(), f))
	return v
}

func series(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	since := Epoch().Truncate(time.Hour)
	for n, c := range []struct {
		h     model.Hook
		after time.Duration
		state model.DeliveryState
	}{
		{a, -time.Second, model.DeliveryDelivered}, // before
		{a, 0, model.DeliveryDelivered},
		{b, 59 * time.Second, model.DeliveryDelivered},
		{a, 10 * time.Minute, model.DeliveryRetrying},
		{b, 29 * time.Minute, model.DeliveryDead},
		{a, 30 * time.Minute, model.DeliveryDelivered}, // after
	} {
		attempted(t, s, n, c.h, since.Add(c.after), 40*time.Millisecond, c.state)
	}
	ok(t, s.PutTest(t.Context(), Test(a.ID, 1, nil)))
	for id, want := range map[string][3][3]int64{
		"":   {{2, 0, 0}, {0, 1, 0}, {0, 1, 1}},
		a.ID: {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}},
		b.ID: {{1, 0, 0}, {0, 0, 0}, {0, 1, 1}},
	} {
		got := must[model.Series](t)(s.Series(t.Context(), id, since, since.Add(30*time.Minute), 10*time.Minute))
		same(t, "points", len(got.Points), 3)
		var total [3]int64
		for i, p := range got.Points {
			same(t, fmt.Sprintf("point %d of %q", i, id), [3]int64{p.Delivered, p.Failed, p.Dead}, want[i])
			same(t, "its time", p.At, since.Add(time.Duration(i)*10*time.Minute))
			same(t, "it has a latency", p.P50 != 0, p.Delivered+p.Failed > 0)
			same(t, "it took what all took", p.P99 == 40*time.Millisecond, p.Delivered+p.Failed > 0)
			for j := range total {
				total[j] += want[i][j]
			}
		}
		same(t, "total of "+id, [3]int64{got.Total.Delivered, got.Total.Failed, got.Total.Dead}, total)
	}
	got := must[model.Series](t)(s.Series(t.Context(), "wh_never", since, since.Add(time.Hour), time.Minute))
	same(t, "of nobody", [2]any{len(got.Points), got.Total.Delivered}, [2]any{60, int64(0)})
}

// seriesHours spreads attempts over three days, some of them told of late.
func seriesHours(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	since := Epoch().Truncate(24 * time.Hour)
	n := 0
	put := func(h model.Hook, after time.Duration) {
		n++
		attempted(t, s, n, h, since.Add(after), time.Duration(n)*time.Millisecond, model.DeliveryDelivered)
	}
	for i := range 36 {
		put(a, time.Duration(i)*2*time.Hour+time.Minute)
	}
	for i := range 12 {
		put(b, time.Duration(i)*5*time.Hour+59*time.Minute)
	}
	count := func(id string, from, to time.Time, step time.Duration) (sum int64) {
		t.Helper()
		got := must[model.Series](t)(s.Series(t.Context(), id, from, to, step))
		for _, p := range got.Points {
			sum += p.Delivered
		}
		same(t, "total", got.Total.Delivered, sum)
		return sum
	}
	for _, step := range []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour} {
		end := since.Add(72 * time.Hour)
		same(t, "all by "+step.String(), count("", since, end, step), int64(48))
		same(t, "one by "+step.String(), count(a.ID, since, end, step), int64(36))
		same(t, "a day by "+step.String(), count(b.ID, since.Add(24*time.Hour), since.Add(48*time.Hour), step), int64(5))
		same(t, "after its minute by "+step.String(), count("", since.Add(2*time.Minute), end, step), int64(47))
	}
	for after, want := range map[time.Duration]int64{0: 48, 2 * time.Minute: 47, time.Hour: 46, 60 * time.Hour: 6, 71 * time.Hour: 0} {
		got := must[model.Stats](t)(s.Stats(t.Context(), "", since.Add(after)))
		same(t, "since "+after.String(), got.Delivered, want)
	}
	must[int](t)(s.Prune(t.Context(), since.Add(20*24*time.Hour), 1000*time.Hour, 1000*time.Hour, 0))
	same(t, "hours outlive minutes", must[model.Stats](t)(s.Stats(t.Context(), a.ID, since)).Delivered, int64(36))
}

func seriesCauses(t *testing.T, s Store) {
	h := Active(t, s, 1)
	at := Epoch().Truncate(time.Hour)
	for n := range 4 {
		attempted(t, s, n, h, at.Add(time.Duration(n)*time.Hour), time.Second, model.DeliveryRetrying)
	}
	v := accept(t, s, Fact(t, s, 9, model.DeliverySending, h)).Deliveries[0]
	f := Result(v, 1, model.OutcomeFailed, model.DeliveryDead)
	f.Attempt.StartedAt, f.Attempt.Response, f.Attempt.Failure = at, nil, &model.Failure{Code: model.CodeTimeout, Reason: model.PhaseHeaders}
	ok(t, s.Finish(t.Context(), f))
	attempted(t, s, 10, h, at, time.Second, model.DeliveryDelivered)
	for _, step := range []time.Duration{time.Minute, time.Hour} {
		for _, id := range []string{"", h.ID} {
			got := must[model.Series](t)(s.Series(t.Context(), id, at, at.Add(3*time.Hour), step))
			same(t, "causes", got.Causes, []model.Cause{{HTTPStatus: 500, Error: model.CodeServerError, Count: 3}, {Error: model.CodeTimeout, Count: 1}})
		}
	}
}

func seriesSlowest(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	at := Epoch().Truncate(time.Hour)
	var last model.Delivery
	for n := range 12 {
		last = attempted(t, s, n, []model.Hook{a, b}[n%2], at.Add(time.Duration(n)*time.Minute), time.Duration(n+1)*time.Second, model.DeliveryDelivered)
	}
	attempted(t, s, 20, a, at.Add(11*time.Minute), time.Second, model.DeliveryDelivered)
	got := must[model.Series](t)(s.Series(t.Context(), "", at, at.Add(time.Hour), time.Minute))
	same(t, "how many", len(got.Slowest), 10)
	same(t, "slowest", got.Slowest[0], model.Slow{DeliveryID: last.ID, HookID: b.ID, Hook: b.Name, Type: last.Type,
		At: at.Add(11*time.Minute - 12*time.Second), Took: 12 * time.Second})
	same(t, "tenth", got.Slowest[9].Took, 3*time.Second)
	got = must[model.Series](t)(s.Series(t.Context(), a.ID, at, at.Add(time.Hour), time.Minute))
	same(t, "of one", [2]any{len(got.Slowest), got.Slowest[0].Took}, [2]any{7, 11 * time.Second})
	hourly := func() (took []time.Duration) {
		for _, v := range must[model.Series](t)(s.Series(t.Context(), "", at, at.Add(2*time.Hour), time.Hour)).Slowest {
			took = append(took, v.Took)
		}
		return took
	}
	same(t, "one of the hour that is running", hourly(), []time.Duration{12 * time.Second})
	attempted(t, s, 21, a, at.Add(61*time.Minute), 2*time.Second, model.DeliveryDelivered)
	same(t, "one of each hour", hourly(), []time.Duration{12 * time.Second, 2 * time.Second})
	must[int](t)(s.Prune(t.Context(), at.Add(48*time.Hour), time.Hour, time.Hour, 0))
	got = must[model.Series](t)(s.Series(t.Context(), "", at, at.Add(time.Hour), time.Minute))
	same(t, "once they are gone", [2]any{len(got.Slowest), got.Total.Delivered}, [2]any{0, int64(13)})
}

func stats(t *testing.T, s Store) {
	a, b := Active(t, s, 1), Active(t, s, 2)
	for n := range 100 {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, a)).Deliveries[0]
		f := Result(v, 1, model.OutcomeDelivered, model.DeliveryDelivered)
		f.Attempt.Timings.Total = time.Duration(n+1) * 10 * time.Millisecond
		ok(t, s.Finish(t.Context(), f))
	}
	for n := 100; n < 103; n++ {
		v := accept(t, s, Fact(t, s, n, model.DeliverySending, b)).Deliveries[0]
		ok(t, s.Finish(t.Context(), Result(v, 1, model.OutcomeFailed, []model.DeliveryState{model.DeliveryDead, model.DeliveryRetrying, model.DeliveryRetrying}[n-100])))
	}
	accept(t, s, Fact(t, s, 103, model.DeliverySending, b))
	accept(t, s, Fact(t, s, 104, model.DeliveryQueued, b))
	ok(t, s.PutTest(t.Context(), Test(a.ID, 1, nil)))
	got := must[model.Stats](t)(s.Stats(t.Context(), "", Epoch().Add(-time.Hour)))
	same(t, "all", [5]int64{got.Delivered, got.Failed, got.Dead, got.Retrying, got.Pending}, [5]int64{100, 3, 1, 2, 2})
	got = must[model.Stats](t)(s.Stats(t.Context(), a.ID, Epoch().Add(-time.Hour)))
	same(t, "one", [5]int64{got.Delivered, got.Failed, got.Dead, got.Retrying, got.Pending}, [5]int64{100, 0, 0, 0, 0})
	for p, want := range map[time.Duration]time.Duration{got.P50: 500 * time.Millisecond, got.P95: 950 * time.Millisecond, got.P99: 990 * time.Millisecond} {
		if p < want*3/4 || p > want*5/4 {
			t.Errorf("percentile %v, want about %v", p, want)
		}
	}
	same(t, "none was slower", got.P99, time.Second)
	now := must[model.Series](t)(s.Series(t.Context(), a.ID, Epoch().Add(-time.Hour), Epoch().Add(time.Hour), time.Minute))
	same(t, "as in its series", [3]time.Duration{now.Total.P50, now.Total.P95, now.Total.P99}, [3]time.Duration{got.P50, got.P95, got.P99})
	got = must[model.Stats](t)(s.Stats(t.Context(), a.ID, Epoch().Add(24*time.Hour)))
	same(t, "later", [2]any{got.Delivered, got.P99}, [2]any{int64(0), time.Duration(0)})
}

// A clock that was years ahead for a moment makes no question slow, and an empty span
// has no points.
func seriesFar(t *testing.T, s Store) {
	h := Active(t, s, 1)
	now := Epoch()
	attempted(t, s, 1, h, now, time.Second, model.DeliveryDelivered)
	attempted(t, s, 2, h, now.AddDate(300, 0, 0).Add(time.Minute), time.Second, model.DeliveryDelivered)
	attempted(t, s, 3, h, now.Add(time.Minute), time.Second, model.DeliveryDelivered)
	began := time.Now()
	same(t, "delivered", must[model.Stats](t)(s.Stats(t.Context(), h.ID, now.Add(-time.Hour))).Delivered, int64(3))
	same(t, "of all", must[model.Stats](t)(s.Stats(t.Context(), "", now.Add(-time.Hour))).Delivered, int64(3))
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	at := now.Add(time.Second)
	got := must[model.Series](t)(s.Series(t.Context(), "", at, at, time.Minute))
	same(t, "empty", [2]any{len(got.Points), got.Total.Delivered}, [2]any{0, int64(0)})
}
