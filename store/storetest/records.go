package storetest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func verification(t *testing.T, s Store) {
	full := Verification("wh_unsaved", Epoch())
	bare := model.Verification{HookID: "wh_unsaved", At: Epoch().Add(time.Second), OK: true}
	ok(t, s.PutVerification(t.Context(), full))
	ok(t, s.PutVerification(t.Context(), bare))
	same(t, "as read", must[[]model.Verification](t)(s.Verifications(t.Context(), "wh_unsaved")), []model.Verification{bare, full})
}

func keepVerifications(t *testing.T, s Store) {
	ok(t, s.PutVerification(t.Context(), Verification("wh_other", Epoch())))
	for i := range model.KeepVerifications + 5 {
		ok(t, s.PutVerification(t.Context(), Verification("wh_1", Epoch().Add(time.Duration(i)*time.Second))))
	}
	list := must[[]model.Verification](t)(s.Verifications(t.Context(), "wh_1"))
	same(t, "kept", len(list), model.KeepVerifications)
	same(t, "newest", list[0].At, Epoch().Add((model.KeepVerifications+4)*time.Second))
	same(t, "oldest", list[len(list)-1].At, Epoch().Add(5*time.Second))
	same(t, "of another", len(must[[]model.Verification](t)(s.Verifications(t.Context(), "wh_other"))), 1)
}

func testResult(t *testing.T, s Store) {
	h := put(t, s, 1)
	want := Test(h.ID, 1, []byte(`{"a":1}`))
	ok(t, s.PutTest(t.Context(), want))
	want.Delivery.Hook = h.Name
	same(t, "as read", must[[]model.TestResult](t)(s.Tests(t.Context(), h.ID, 1)), []model.TestResult{want})

	bare := Test(h.ID, 2, []byte("{}"))
	bare.Attempt = model.Attempt{DeliveryID: bare.Delivery.ID, N: 1, StartedAt: Epoch(), Outcome: model.OutcomeUnknown,
		Failure: &model.Failure{Code: model.CodeReset}}
	ok(t, s.PutTest(t.Context(), bare))
	bare.Delivery.Hook = h.Name
	same(t, "without an answer", must[[]model.TestResult](t)(s.Tests(t.Context(), h.ID, 1)), []model.TestResult{bare})

	refused(t, s.PutTest(t.Context(), want), model.CodeConflict)
	same(t, "tests", len(must[[]model.TestResult](t)(s.Tests(t.Context(), h.ID, 9))), 2)
}

func bodies(t *testing.T, s Store) {
	for i, body := range []string{
		`{"call_id":12345678901234567890,"n":1e400,"f":1.10}`,
		"{ \"b\":1 ,\r\n\t\"a\" : 2,\"b\":3 }\n\n",
		"\xef\xbb\xbf{}", "\xff\xfe{\x00}\x00", "\x00", "", "{\"s\":\"\\ud800 \\u003c <\u2028>\"}",
		strings.Repeat("x", model.MaxBody),
	} {
		id := fmt.Sprint("wh_", i)
		r := Test(id, 1, []byte(body))
		r.Attempt.Response.Body = []byte(body[:min(len(body), 64<<10)])
		ok(t, s.PutTest(t.Context(), r))
		got := must[[]model.TestResult](t)(s.Tests(t.Context(), id, 1))[0]
		if !bytes.Equal(got.Event.Body, r.Event.Body) {
			t.Errorf("event body %.40q came back as %.40q", body, got.Event.Body)
		}
		if !bytes.Equal(got.Attempt.Response.Body, r.Attempt.Response.Body) {
			t.Errorf("response body %.40q came back as %.40q", body, got.Attempt.Response.Body)
		}
	}
}

func newestTests(t *testing.T, s Store) {
	for i := range 5 {
		ok(t, s.PutTest(t.Context(), Test("wh_1", i, nil)))
		ok(t, s.PutTest(t.Context(), Test("wh_2", i, nil)))
	}
	for limit, want := range []int{0, 1, 2, 3, 4, 5, 5} {
		list := must[[]model.TestResult](t)(s.Tests(t.Context(), "wh_1", limit))
		same(t, fmt.Sprint("limit ", limit), len(list), want)
		for i, r := range list {
			same(t, "id", r.Delivery.ID, fmt.Sprint("dlv_wh_1_", 4-i))
		}
	}
}

func unfinishedTest(t *testing.T, s Store) {
	r := Test("wh_1", 1, nil)
	r.Delivery.State = model.DeliveryQueued
	if s.PutTest(t.Context(), r) == nil {
		t.Error("a test that is still to be sent was stored")
	}
	r.Delivery.State, r.Event.Test, r.Delivery.Test = model.DeliveryDelivered, false, false
	ok(t, s.PutTest(t.Context(), r))
	got := must[[]model.TestResult](t)(s.Tests(t.Context(), "wh_1", 1))[0]
	same(t, "marked", got.Event.Test && got.Delivery.Test, true)
}

func forget(t *testing.T, s Store) {
	stored := put(t, s, 1)
	for _, id := range []string{stored.ID, "wh_unsaved", "wh_other"} {
		ok(t, s.PutVerification(t.Context(), Verification(id, Epoch())))
		ok(t, s.PutTest(t.Context(), Test(id, 1, nil)))
	}
	for _, id := range []string{stored.ID, "wh_unsaved", "wh_never", ""} {
		ok(t, s.Forget(t.Context(), id))
	}
	for id, want := range map[string]int{stored.ID: 1, "wh_unsaved": 0, "wh_other": 1} {
		same(t, "verifications of "+id, len(must[[]model.Verification](t)(s.Verifications(t.Context(), id))), want)
		same(t, "tests of "+id, len(must[[]model.TestResult](t)(s.Tests(t.Context(), id, 9))), want)
	}
}

func list(t *testing.T, s Store) {
	for n := 3; n > 0; n-- {
		h := Hook(n)
		h.CreatedAt = Epoch().Add(time.Duration(n) * time.Minute)
		must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
	}
	deleted := put(t, s, 4)
	for _, id := range []string{Hook(1).ID, Hook(2).ID, deleted.ID, "wh_unsaved"} {
		for i := range 3 {
			ok(t, s.PutVerification(t.Context(), Verification(id, Epoch().Add(time.Duration(i)))))
			ok(t, s.PutTest(t.Context(), Test(id, i, []byte("{}"))))
		}
		v := Verification(id, Epoch().Add(time.Hour))
		v.OK = true
		ok(t, s.PutVerification(t.Context(), v))
	}
	ok(t, s.DeleteHook(t.Context(), deleted.ID, Epoch()))

	views := must[[]model.HookView](t)(s.Hooks(t.Context()))
	same(t, "listed", len(views), 3)
	for i, v := range views {
		same(t, "order", v.ID, Hook(i+1).ID)
		if i == 2 {
			same(t, "beside an unused webhook", v.Verification == nil && v.LastAttempt == nil, true)
			continue
		}
		want := Verification(v.ID, Epoch().Add(time.Hour))
		want.OK = true
		same(t, "verification", v.Verification, &want)
		r := Test(v.ID, 2, nil)
		r.Delivery.Hook, r.Attempt.Response.Body = v.Name, nil // a list carries no bodies
		same(t, "attempt", v.LastAttempt, &r)

		full := must[model.HookView](t)(s.Hook(t.Context(), v.ID))
		r = Test(v.ID, 2, []byte("{}"))
		r.Delivery.Hook = v.Name
		same(t, "verification of one", full.Verification, &want)
		same(t, "attempt of one", full.LastAttempt, &r)
	}
}

func orphans(t *testing.T, s Store) {
	stored := put(t, s, 1)
	for _, id := range []string{stored.ID, "wh_unsaved"} {
		ok(t, s.PutVerification(t.Context(), Verification(id, Epoch())))
		ok(t, s.PutTest(t.Context(), Test(id, 1, nil)))
	}
	count := func(id string) int {
		return len(must[[]model.Verification](t)(s.Verifications(t.Context(), id))) + len(must[[]model.TestResult](t)(s.Tests(t.Context(), id, 9)))
	}
	must[int](t)(s.Purge(t.Context(), Epoch().Add(23*time.Hour)))
	same(t, "before a day", count("wh_unsaved"), 2)
	must[int](t)(s.Purge(t.Context(), Epoch().Add(25*time.Hour)))
	same(t, "after a day", count("wh_unsaved"), 0)
	same(t, "of a stored webhook", count(stored.ID), 2)
}
