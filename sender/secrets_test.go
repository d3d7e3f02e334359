package sender

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// mirror sends back all it got, in headers and body, and a secret that is never sent.
func mirror(more ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var b strings.Builder
		_ = r.Header.Write(&b)
		b.WriteString(strings.Join(more, "\n") + "\n")
		for name, values := range r.Header {
			w.Header()["X-Got-"+name] = values
		}
		w.Header()["X-More"] = more
		w.Header().Set("Retry-After", r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, b.String())
	}
}

// TestWhatComesBackIsKeptWithoutTheKeys promises that neither an attempt nor a test nor
// a verification ever leaves the sender with a key it was sent with.
func TestWhatComesBackIsKeptWithoutTheKeys(t *testing.T) {
	secret, before := generate(t), generate(t)
	in := receive(t, mirror(secret.Reveal(), before.Reveal()))
	keyed := func(s *Sender) model.Hook {
		h := hookTo(s, in.URL)
		h.Authorization = model.NewSecret("Bearer CANARY-0123456789abcdef")
		h.Headers = []model.Header{{Name: "X-Api-Key", Value: "CANARY-fedcba9876543210"}, {Name: "X-Env", Value: "prod"}}
		h.Secret, h.OldSecret, h.OldSecretUntil = secret, before, time.Now().Add(time.Hour)
		h.State, h.Events, h.Retry = model.HookActive, []string{"call.processed"}, model.Schedule{Waits: []time.Duration{0}}
		return h
	}
	clean := func(what string, v any) {
		t.Helper()
		text := fmt.Sprintf("%+v", v)
		for _, key := range []string{"CANARY", secret.Reveal()[6:], before.Reveal()[6:]} {
			if strings.Contains(text, key) {
				t.Errorf("%s has %q: %s", what, key, text)
			}
		}
	}
	kept := func(what string, a model.Attempt) {
		t.Helper()
		clean(what, *a.Failure)
		clean(what, a.Response.Headers)
		clean(what, string(a.Response.Body))
		if !a.Masked || !strings.Contains(string(a.Response.Body), "Bearer ********cdef") || a.Response.Get("X-Got-X-Env") != "prod" {
			t.Errorf("%s: %v %s", what, a.Masked, a.Response.Body)
		}
	}

	e, results := overTheWire(t, keyed)
	if _, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
		t.Fatal(err)
	}
	kept("a delivery", next(t, results).Attempt)

	s, m := house(t)
	h := keyed(s)
	ev, err := s.Mint("call.processed", "en")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Test(t.Context(), h, ev)
	if err != nil {
		t.Fatal(err)
	}
	kept("a test", got.Attempt)
	kept("a stored test", m.tests[0].Attempt)
	if _, err := s.Verify(t.Context(), h, nil); err != nil {
		t.Fatal(err)
	}
	v := m.verifications[0]
	clean("a verification", v)
	clean("a verification", *v.Failure)
}
