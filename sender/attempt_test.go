package sender

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"hooktop/model"
	"hooktop/sender/sign"
)

// try makes one attempt with a small event.
func try(t testing.TB, s *Sender, h model.Hook) model.Attempt {
	t.Helper()
	ev := model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{"a":1}`)}
	return s.wire.attempt(t.Context(), recipeOf(&h), envelope{event: ev, delivery: "dlv_1", n: 3, fresh: true}, nil)
}

func TestR11_R12_AuthorizationTravelsAsTyped(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	for _, value := range []string{"Bearer  two  blanks", "raw-key", "ApiKey a:b=c,d", "Basic dTpw"} {
		h := hookTo(s, in.URL)
		h.Authorization = model.NewSecret(value)
		a := try(t, s, h)
		got := in.requests()[len(in.requests())-1].header["Authorization"]
		if len(got) != 1 || got[0] != value {
			t.Errorf("sent %q, arrived %q", value, got)
		}
		if recorded := model.HeaderValue(a.Request, "Authorization"); recorded != h.Authorization.Masked() {
			t.Errorf("recorded %q", recorded)
		}
		if a.AuthFingerprint != h.AuthFingerprint() {
			t.Errorf("fingerprint %q", a.AuthFingerprint)
		}
	}
}

func TestARejectedRequestWithoutAKeyIsToldApart(t *testing.T) {
	s, _ := house(t)
	for _, code := range []int{401, 403} {
		in := receive(t, status(code))
		h := hookTo(s, in.URL)
		if a := try(t, s, h); a.Failure.Code != model.CodeAuthMissing || a.Failure.Status() != code {
			t.Errorf("%d without a key: %+v", code, a.Failure)
		}
		h.Authorization = model.NewSecret("Bearer x")
		if a := try(t, s, h); a.Failure.Code != model.CodeAuthRejected {
			t.Errorf("%d with a key: %+v", code, a.Failure)
		}
	}
}

func TestR27_PostsJSONOnTheWire(t *testing.T) {
	at := time.Date(2026, 3, 12, 9, 41, 7, 0, time.UTC)
	s, _ := house(t, func(c *Config) { c.Now = func() time.Time { return at } })
	in := receive(t, status(204))
	h := hookTo(s, in.URL+"/a%2Fb?x=1&y=%20")
	h.Headers = []model.Header{{Name: "X-Team", Value: "ventas"}, {Name: "webhook-id", Value: "forged"}, {Name: "Host", Value: "evil"}}
	a := try(t, s, h)
	if a.Outcome != model.OutcomeDelivered || a.Failure != nil || a.Response.Status != 204 {
		t.Fatalf("%+v", a)
	}
	r := in.requests()[0]
	if r.method != "POST" || r.proto != "HTTP/1.1" || r.path != "/a%2Fb?x=1&y=%20" || r.body != `{"a":1}` {
		t.Errorf("arrived %+v", r)
	}
	want := map[string]string{
		"Content-Type": "application/json", "User-Agent": "hooktop/1.2.3", "Webhook-Id": "evt_1",
		"Webhook-Timestamp": "1773308467", "X-Hooktop-Event": "call.processed", "X-Hooktop-Attempt": "3",
		"X-Hooktop-Delivery": "dlv_1", "X-Team": "ventas", "Content-Length": "7",
	}
	for name, value := range want {
		if got := r.header[name]; len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if len(r.header) != len(want) {
		t.Errorf("headers nobody asked for: %v", r.header)
	}
	if a.RemoteAddr != in.Listener.Addr().String() || a.Timings.Total <= 0 || a.Timings.Connect <= 0 || a.TLSVersion != "" {
		t.Errorf("record %+v", a)
	}
}

func TestSignaturesVerifyWithTheOfficialLibrary(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	oldSecret, newSecret := generate(t), generate(t)
	h := hookTo(s, in.URL)
	h.Secret, h.OldSecret, h.OldSecretUntil = newSecret, oldSecret, time.Now().Add(time.Hour)
	try(t, s, h)
	h.OldSecretUntil = time.Now().Add(-time.Second)
	try(t, s, h)

	verifies := func(r arrived, secret model.Secret) bool {
		wh, err := standardwebhooks.NewWebhook(secret.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		return wh.Verify([]byte(r.body), r.header) == nil
	}
	during, after := in.requests()[0], in.requests()[1]
	if !verifies(during, newSecret) || !verifies(during, oldSecret) {
		t.Error("during a rotation both secrets must verify")
	}
	if !verifies(after, newSecret) || verifies(after, oldSecret) {
		t.Error("after a rotation only the new secret must verify")
	}
	after.body += " "
	if verifies(after, newSecret) {
		t.Error("another body must not verify")
	}
}

func generate(t testing.TB) model.Secret {
	t.Helper()
	secret, err := sign.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestOnly2xxIsSuccess(t *testing.T) {
	s, _ := house(t)
	in := receive(t, func(w http.ResponseWriter, r *http.Request) {
		code := 0
		for _, d := range strings.TrimPrefix(r.URL.Path, "/") {
			code = code*10 + int(d-'0')
		}
		w.WriteHeader(code)
	})
	h := hookTo(s, in.URL)
	for code := 200; code < 600; code++ {
		h.URL = in.URL + "/" + string([]byte{'0' + byte(code/100), '0' + byte(code/10%10), '0' + byte(code%10)})
		a := s.wire.attempt(t.Context(), recipeOf(&h), envelope{event: model.Event{ID: "evt_1", Type: "x", Body: []byte("{}")}}, nil)
		want := model.OutcomeFailed
		if code < 300 {
			want = model.OutcomeDelivered
		}
		if a.Outcome != want || a.Response == nil || a.Response.Status != code || (a.Failure == nil) != (code < 300) {
			t.Errorf("%d: %s %+v", code, a.Outcome, a.Failure)
		}
	}
	if n := len(in.requests()); n != 400 {
		t.Errorf("%d requests for 400 attempts", n)
	}
}

func TestRedirectsAreNeverFollowed(t *testing.T) {
	s, _ := house(t)
	trap := receive(t, status(200))
	for _, code := range []int{301, 302, 303, 307, 308} {
		in := receive(t, status(code, "Location", trap.URL))
		h := hookTo(s, in.URL)
		h.Authorization = model.NewSecret("Bearer canary-canary")
		a := try(t, s, h)
		if a.Failure == nil || a.Failure.Code != model.CodeRedirect || a.Response.Get("Location") != trap.URL {
			t.Errorf("%d: %+v", code, a.Failure)
		}
		if len(in.requests()) != 1 {
			t.Errorf("%d: %d requests", code, len(in.requests()))
		}
	}
	if len(trap.requests()) != 0 {
		t.Error("the trap was visited")
	}
}

func TestConnectionsServeAgainUnlessFresh(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	ev := model.Event{ID: "evt_1", Type: "call.processed", Body: []byte("{}")}
	send := func(h model.Hook, fresh bool) model.Attempt {
		return s.wire.attempt(t.Context(), recipeOf(&h), envelope{event: ev, fresh: fresh}, nil)
	}
	h := hookTo(s, in.URL)
	send(h, false)
	if a := send(h, false); a.Timings.Connect != 0 || a.RemoteAddr == "" {
		t.Errorf("second request connected anew: %+v", a.Timings)
	}
	if a := send(h, true); a.Timings.Connect == 0 {
		t.Error("a fresh request used an old connection")
	}
	if in.requests()[2].header.Get("Connection") != "" {
		t.Error("a fresh request says so on the wire")
	}
	h.AllowPrivate = true
	if a := send(h, false); a.Timings.Connect == 0 {
		t.Error("webhooks with other permissions must not share connections")
	}
}

func TestTransportsAreBounded(t *testing.T) {
	s, _ := house(t)
	for i := range 3 * maxTransports {
		h := model.Hook{Limits: model.Limits{Connect: time.Duration(i+1) * time.Millisecond}}
		if _, err := s.wire.pool.get(policyOf(h)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.wire.pool.kept); n != maxTransports {
		t.Errorf("%d transports kept", n)
	}
}

func TestIdempotencyKeyDoesNotResend(t *testing.T) {
	s, _ := house(t)
	in := receive(t, func(w http.ResponseWriter, _ *http.Request) {
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			c.Close()
		}
	})
	h := hookTo(s, in.URL)
	h.Headers = []model.Header{{Name: "Idempotency-Key", Value: "k"}}
	if a := try(t, s, h); a.Outcome != model.OutcomeUnknown || a.Failure.Code != model.CodeReset {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
	if n := len(in.requests()); n != 1 {
		t.Errorf("%d requests for one attempt", n)
	}
}

// What is recorded of a request has no value that may be a key.
func TestRecordedRequestShowsMasksOnly(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	h := hookTo(s, in.URL)
	h.Authorization = model.NewSecret("Bearer CANARY-0123456789abcdef")
	h.Headers = []model.Header{{Name: "x-api-key", Value: "CANARY-fedcba9876543210"}, {Name: "X-Env", Value: "CANARY"}}
	a := try(t, s, h)
	if got := in.requests()[0].header; got.Get("X-Api-Key") != "CANARY-fedcba9876543210" || got.Get("X-Env") != "CANARY" {
		t.Errorf("sent %v", got)
	}
	if text := fmt.Sprint(a.Request); strings.Contains(text, "CANARY") || !strings.Contains(text, "x-api-key") {
		t.Error(text)
	}
	if v := model.HeaderValue(a.Request, "X-Hooktop-Event"); v == "" || strings.Contains(v, "*") {
		t.Errorf("a header of ours reads %q", v)
	}
}
