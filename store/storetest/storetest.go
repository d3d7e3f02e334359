// Package storetest says what a store promises, as tests that every implementation
// runs.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"testing"
	"time"

	"hooktop/model"
)

// Store is what is under test.
type Store interface {
	Hooks(ctx context.Context) ([]model.HookView, error)
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	PutHook(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error)
	DeleteHook(ctx context.Context, id string, at time.Time) error
	RestoreHook(ctx context.Context, id string, at time.Time) (model.Hook, error)
	Purge(ctx context.Context, now time.Time) (int, error)
	History(ctx context.Context, hookID string) ([]model.Change, error)
	PutVerification(ctx context.Context, v model.Verification) error
	Verifications(ctx context.Context, hookID string) ([]model.Verification, error)
	PutTest(ctx context.Context, t model.TestResult) error
	Tests(ctx context.Context, hookID string, limit int) ([]model.TestResult, error)
	Forget(ctx context.Context, hookID string) error

	Ingest(ctx context.Context, in model.Ingest) (model.Accepted, error)
	Finish(ctx context.Context, f *model.Finish) error
	Claim(ctx context.Context, hookID string, now time.Time, limit, bytes int) ([]model.Work, error)
	Release(ctx context.Context, works []model.Work) error
	Recover(ctx context.Context, now time.Time) (int, error)
	Backlogs(ctx context.Context) ([]model.Backlog, error)
	Breakers(ctx context.Context) (map[string]model.Breaker, error)
	Fleet(ctx context.Context) ([]model.Hook, int64, error)

	Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error)
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	Event(ctx context.Context, id string) (model.Event, []model.Decision, error)
	Events(ctx context.Context, after model.Cursor, limit int) ([]model.Event, model.Cursor, error)
	Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error)
	Cancel(ctx context.Context, s model.Selection, dry bool) (int, error)
	Replay(ctx context.Context, s model.Selection, rate float64, now time.Time, dry bool) (model.Replayed, error)
	Retry(ctx context.Context, s model.Selection, now time.Time, dry bool) (model.Retried, error)
	HoldReplay(ctx context.Context, id string, now time.Time) (int, error)
	ResumeReplay(ctx context.Context, id string, now time.Time) (int, error)
	Tally(ctx context.Context, f model.Filter, after model.Cursor) (model.Tally, model.Cursor, error)
	Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error)
	Prune(ctx context.Context, now time.Time, delivered, dead time.Duration, maxBytes int64) (int, error)
	Changes(ctx context.Context) <-chan struct{}
	Close() error
}

// Run checks an implementation. Each test gets a new, empty store from open, which
// sees to closing it.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for name, test := range all() {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of the time is the disk's
			test(t, open(t))
		})
	}
}

func all() map[string]func(*testing.T, Store) {
	tests := outboxTests()
	maps.Copy(tests, archiveTests())
	maps.Copy(tests, replayTests())
	maps.Copy(tests, retryTests())
	maps.Copy(tests, seriesTests())
	maps.Copy(tests, map[string]func(*testing.T, Store){
		"a webhook comes back as it was put":           putGet,
		"the optional parts of a webhook are optional": putBare,
		"an update counts and keeps the creation":      update,
		"an update of another revision is a conflict":  conflict,
		"one of many concurrent updates wins":          race,
		"a name belongs to one webhook":                names,
		"webhooks are found by id and by exact name":   find,
		"deletion can be undone for a day":             deletion,
		"a deleted name may be taken":                  takenName,
		"history tells every change, newest first":     history,
		"history holds masks only":                     historyMasks,
		"purge drops what is past its time":            purge,
		"a verification comes back as it was put":      verification,
		"the last verifications are kept":              keepVerifications,
		"a test comes back as it was put":              testResult,
		"bodies come back byte for byte":               bodies,
		"tests are listed newest first":                newestTests,
		"a test is an end":                             unfinishedTest,
		"forget drops what was never stored":           forget,
		"the list shows the newest beside each":        list,
		"purge drops orphans after a day":              orphans,
		"a cancelled context stops a call":             cancelled,
		"a closed store says so":                       closed,
	})
	return tests
}

// Epoch is the moment the tests happen at. It has microseconds: a store keeps those.
func Epoch() time.Time { return time.Date(2026, 3, 1, 12, 30, 15, 123456000, time.UTC) }

// Hook is a webhook with every field set.
func Hook(n int) model.Hook {
	return model.Hook{
		ID: fmt.Sprintf("wh_%026d", n), Name: fmt.Sprintf("crm %d", n), URL: "https://crm.example/in?x=%2F&y=\xff",
		Authorization: model.NewSecret("Bearer 0123456789abcdef"), Secret: model.NewSecret("whsec_bmV3"),
		OldSecret: model.NewSecret("whsec_b2xk"), OldSecretUntil: Epoch().Add(time.Hour),
		Events: []string{"call.processed", "call.tag.added"}, Condition: `.data.call_id > 12345678901234567890`,
		Headers: []model.Header{{Name: "X-b", Value: "2"}, {Name: "x-A", Value: "caf\xe9"}},
		Retry:   model.Schedule{Name: "custom", Waits: []time.Duration{0, 1500 * time.Millisecond, time.Hour}},
		Limits:  model.Limits{Connect: time.Second, TLS: 2 * time.Second, Headers: 3 * time.Second, Total: 4001 * time.Millisecond},
		Rate:    2.5, Concurrency: 7, TLS: model.TLSPolicy{CA: "-----BEGIN CERTIFICATE-----\n", SkipVerify: true},
		AllowPrivate: true, State: model.HookDisabled, Reason: model.DisabledGone, CreatedAt: Epoch(),
	}
}

// Verification is one with every field set.
func Verification(hookID string, at time.Time) model.Verification {
	return model.Verification{
		HookID: hookID, At: at, OK: false, Echo: model.EchoJSON, Key: model.KeyOpen,
		Steps:    []model.Step{{Name: model.StepURL, State: model.StepOK, Took: 3}, {Name: model.StepDNS, State: model.StepFailed, Took: 999}},
		Failure:  failure(),
		Warnings: []model.Warning{model.WarnHTML, model.WarnKeyOpen}, HTTPStatus: 503, Latency: 1234567,
		RemoteAddr: "[::1]:443", TLSExpiry: Epoch().Add(time.Hour), ContentType: "text/html\x1b[31m", FirstBytes: "\xff\x00<html>",
		Location: "http://[", ASCIIHost: "xn--a.example", URLFingerprint: "01234567", AuthFingerprint: "89abcdef",
	}
}

func failure() *model.Failure {
	return &model.Failure{Code: model.CodeTLS, Reason: model.TLSHostname, Detail: "x509: \xc3(", Host: "h:1", RetryAfter: "-1"}
}

// Test is a result with every field set.
func Test(hookID string, n int, body []byte) model.TestResult {
	at := Epoch().Add(time.Duration(n) * time.Second)
	ev := model.Event{ID: fmt.Sprintf("evt_%s_%d", hookID, n), Type: "call.processed", Subject: "uuid", Body: body, Test: true, CreatedAt: at}
	id := fmt.Sprintf("dlv_%s_%d", hookID, n)
	return model.TestResult{
		Event: ev,
		Delivery: model.Delivery{
			ID: id, EventID: ev.ID, HookID: hookID, Type: ev.Type, State: model.DeliveryDead, Attempts: 1, HTTPStatus: 500,
			CreatedAt: at, DoneAt: at.Add(time.Second), Duration: 321 * time.Microsecond, Error: model.CodeServerError,
			Test: true, ReplayOf: "dlv_x",
		},
		Attempt: model.Attempt{
			DeliveryID: id, N: 1, StartedAt: at, Method: "POST", URL: "https://crm.example/in", Revision: 4, AuthFingerprint: "89abcdef",
			Request: []model.Header{{Name: "Authorization", Value: "Bearer ********cdef"}}, Outcome: model.OutcomeFailed,
			Failure: failure(), Masked: true,
			Response: &model.Response{
				Status: 500, Proto: "HTTP/1.1", Headers: []model.Header{{Name: "X-A", Value: "\xe9"}, {Name: "X-A", Value: "2"}},
				Body: []byte("oops \xff\x00"), BodyRead: 99, ContentLength: -1, Truncated: true, Digest: "ab12",
			},
			RemoteAddr: "127.0.0.1:1", TLSVersion: "1.3", TLSExpiry: Epoch(),
			Timings: model.Timings{DNS: 1, Connect: 2, TLS: 3, Wait: 4, Body: 5, Total: 15},
		},
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// refused checks that err is a fault of that code.
func refused(t *testing.T, err error, want model.Code) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != want {
		t.Errorf("got %v, want a fault %q", err, want)
	}
}

// put stores a webhook made by Hook.
func put(t *testing.T, s Store, n int) model.Hook {
	t.Helper()
	return must[model.Hook](t)(s.PutHook(t.Context(), Hook(n), model.Change{At: Epoch(), Kind: model.ChangeCreated}))
}
