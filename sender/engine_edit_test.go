package sender

import (
	"net/http"
	"slices"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"hooktop/model"
)

// Every request is made of the webhook as it is by then: a retry after an edit goes
// where the webhook leads now, with its key and headers, and a rotated secret signs
// from the next request on, beside the old one until that ends.
func TestRequestsFollowTheWebhook(t *testing.T) {
	came, answer := make(chan struct{}, 10), make(chan struct{})
	in := receive(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			came <- struct{}{}
			<-answer
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s, _ := house(t)
	first, second := generate(t), generate(t)
	h := hookTo(s, in.URL+"/old")
	h.State, h.Secret, h.Authorization = model.HookActive, first, model.NewSecret("Bearer before")
	h.Headers = []model.Header{{Name: "X-Team", Value: "one"}}
	h.Retry = model.Schedule{Waits: []time.Duration{0, time.Millisecond}}
	l := newLedger(h)
	results := make(chan model.Finish, 10)
	l.onFinish = func(f *model.Finish) error { results <- *f; return nil }
	e := NewEngine(EngineConfig{Sender: s, Outbox: l, Recovery: l})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Stop(t.Context()) }()
	edit := func(change func(*model.Hook)) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.set(h.ID, change)
	}
	emit := func() {
		t.Helper()
		if _, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
			t.Fatal(err)
		}
	}

	emit()
	<-came
	done, err := e.Recall(t.Context()) // so that the retry waits for the edit
	if err != nil {
		t.Fatal(err)
	}
	edit(func(h *model.Hook) {
		h.URL, h.Authorization = in.URL+"/new", model.NewSecret("Bearer after")
		h.Headers = []model.Header{{Name: "X-Team", Value: "two"}}
	})
	if err := e.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(answer)
	next(t, results)
	done()
	next(t, results)
	edit(func(h *model.Hook) {
		h.Secret, h.OldSecret, h.OldSecretUntil = second, first, time.Now().Add(time.Hour)
	})
	emit()
	next(t, results)
	edit(func(h *model.Hook) { h.OldSecretUntil = time.Now().Add(-time.Second) })
	emit()
	next(t, results)

	type sent struct {
		path, key, team string
		signed          []model.Secret
	}
	want := []sent{
		{"/old", "Bearer before", "one", []model.Secret{first}},
		{"/new", "Bearer after", "two", []model.Secret{first}},
		{"/new", "Bearer after", "two", []model.Secret{first, second}},
		{"/new", "Bearer after", "two", []model.Secret{second}},
	}
	got := in.requests()
	if len(got) != len(want) {
		t.Fatalf("%d requests", len(got))
	}
	for i, r := range got {
		w := want[i]
		if r.path != w.path || r.header.Get("Authorization") != w.key || r.header.Get("X-Team") != w.team {
			t.Errorf("request %d: %s %v", i, r.path, r.header)
		}
		for name, secret := range map[string]model.Secret{"first": first, "second": second} {
			v, err := standardwebhooks.NewWebhook(secret.Reveal())
			if err != nil {
				t.Fatal(err)
			}
			signed := v.Verify([]byte(r.body), r.header) == nil
			if signed != slices.ContainsFunc(w.signed, secret.Equal) {
				t.Errorf("request %d: signed with the %s secret: %v", i, name, signed)
			}
		}
	}
}
