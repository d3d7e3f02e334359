package sender

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mccutchen/go-httpbin/v2/httpbin"

	"hooktop/model"
)

func verify(t testing.TB, s *Sender, h model.Hook) model.Verification {
	t.Helper()
	v, err := s.Verify(t.Context(), h, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestR10_Any2xxIsVerified(t *testing.T) {
	s, m := house(t)
	for _, code := range []int{200, 201, 202, 204, 299} {
		h := hookTo(s, receive(t, status(code)).URL)
		v := verify(t, s, h)
		if !v.OK || v.Failure != nil || v.HTTPStatus != code || h.VerifyState(&v) != model.Verified {
			t.Errorf("%d: %+v", code, v)
		}
		if stored, _ := m.Verifications(t.Context(), h.ID); len(stored) != 1 {
			t.Errorf("%d: %d verifications stored", code, len(stored))
		}
	}
}

func TestR10_PassesOnReceiversNobodyHereWrote(t *testing.T) {
	s, _ := house(t)
	bin := httptest.NewServer(httpbin.New())
	defer bin.Close()
	for _, path := range []string{"/post", "/anything", "/status/200"} {
		v := verify(t, s, hookTo(s, bin.URL+path))
		if !v.OK || v.Echo != model.EchoNone { // httpbin's echo is nested: no echo
			t.Errorf("%s: ok %v, echo %q, %+v", path, v.OK, v.Echo, v.Failure)
		}
	}
	inbox := receive(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/plain") })
	if v := verify(t, s, hookTo(s, inbox.URL)); !v.OK || len(v.Warnings) != 0 {
		t.Errorf("empty text body: %+v", v)
	}
}

// challengeOf reads the challenge of a verification request.
func challengeOf(r *http.Request) string {
	var body struct{ Challenge string }
	_ = json.NewDecoder(r.Body).Decode(&body)
	return body.Challenge
}

func TestR9_EchoIsFoundWhereItCounts(t *testing.T) {
	s, _ := house(t)
	answer := func(kind, format string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprintf(w, format, challengeOf(r))
		}
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    model.Echo
	}{
		"json":           {answer("application/json", `{"x":[{"challenge":"no"}],"challenge":%q}`), model.EchoJSON},
		"text":           {answer("text/plain", "%s\n"), model.EchoText},
		"form":           {answer("application/x-www-form-urlencoded", "a=b&challenge=%s"), model.EchoForm},
		"form as text":   {answer("text/plain", "challenge=%s"), model.EchoForm},
		"nested":         {answer("application/json", `{"json":{"challenge":%q}}`), model.EchoNone},
		"within a page":  {answer("text/html", "<p>%s</p>"), model.EchoNone},
		"form in a page": {answer("text/html", "?a=b&challenge=%s&c"), model.EchoNone},
		"trailing":       {answer("application/json", `{"challenge":%q} x`), model.EchoNone},
		"mirror":         {func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }, model.EchoJSON},
		"header": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Validation-Token", r.Header.Get("Validation-Token"))
		}, model.EchoHeader},
	} {
		h := hookTo(s, receive(t, c.handler).URL)
		v := verify(t, s, h)
		if !v.OK || v.Echo != c.want {
			t.Errorf("%s: ok %v, echo %q, want %q", name, v.OK, v.Echo, c.want)
		}
		if (h.VerifyState(&v) == model.VerifiedEcho) != (c.want != model.EchoNone) {
			t.Errorf("%s: %s", name, h.VerifyState(&v))
		}
	}
}

// guarded answers 200 to the right Authorization and refused to any other.
func guarded(key string, refused int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != key {
			w.WriteHeader(refused)
		}
	}
}

func TestR28_KeyIsTriedWithoutIt(t *testing.T) {
	s, _ := house(t)
	const key = "Bearer sesame-open-0001"
	for _, c := range []struct {
		handler http.HandlerFunc
		want    model.KeyCheck
		state   model.StepState
	}{
		{guarded(key, 401), model.KeyEnforced, model.StepOK},
		{guarded(key, 403), model.KeyEnforced, model.StepOK},
		{guarded(key, 500), model.KeyUnknown, model.StepWarn},
		{status(200), model.KeyOpen, model.StepWarn},
	} {
		in := receive(t, c.handler)
		h := hookTo(s, in.URL)
		h.Authorization, h.Secret = model.NewSecret(key), generate(t)
		v := verify(t, s, h)
		if !v.OK || v.Key != c.want || stepState(&v, model.StepKey) != c.state {
			t.Errorf("want %s: %s %+v", c.want, v.Key, v.Steps)
		}
		if slices.Contains(v.Warnings, model.WarnKeyOpen) != (c.want == model.KeyOpen) {
			t.Errorf("%s: warnings %v", c.want, v.Warnings)
		}
		with, without := in.requests()[0], in.requests()[1]
		if with.header.Get("Authorization") != key || with.header.Get("webhook-signature") == "" {
			t.Error("the first request must carry the key and the signature")
		}
		if without.header.Get("Authorization") != "" || without.header.Get("webhook-signature") != "" || without.body != with.body {
			t.Error("the second request must differ in key and signature only")
		}
	}
}

func TestR28_NoKeyNoSecondRequest(t *testing.T) {
	in := receive(t, status(200))
	s, _ := house(t)
	if v := verify(t, s, hookTo(s, in.URL)); v.Key != model.KeySkipped || stepState(&v, model.StepKey) != model.StepSkipped {
		t.Errorf("%+v", v)
	}
	off, _ := house(t, func(c *Config) { c.SkipKeyCheck = true })
	h := hookTo(off, in.URL)
	h.Authorization = model.NewSecret("k")
	if v := verify(t, off, h); v.Key != model.KeySkipped {
		t.Errorf("switched off: %s", v.Key)
	}
	if n := len(in.requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestR9_StatusesAreToldApart(t *testing.T) {
	s, _ := house(t)
	for _, c := range []struct {
		status int
		want   model.Code
	}{
		{301, model.CodeRedirect}, {302, model.CodeRedirect}, {303, model.CodeRedirect}, {307, model.CodeRedirect}, {308, model.CodeRedirect},
		{400, model.CodeJSONNotAccepted}, {401, model.CodeAuthMissing}, {403, model.CodeAuthMissing},
		{404, model.CodeHTTPNotFound}, {410, model.CodeHTTPNotFound}, {405, model.CodePostNotAllowed},
		{415, model.CodeJSONNotAccepted}, {422, model.CodeJSONNotAccepted}, {429, model.CodeRateLimited},
		{500, model.CodeServerError}, {502, model.CodeServerError}, {503, model.CodeServerError}, {418, model.CodeHTTPError},
	} {
		in := receive(t, status(c.status, "Location", "https://other.example/x", "Retry-After", "7"))
		h := hookTo(s, in.URL)
		v := verify(t, s, h)
		if v.OK || v.Failure == nil || v.Failure.Code != c.want || v.HTTPStatus != c.status || h.VerifyState(&v) != model.VerifyFailed {
			t.Errorf("%d: %+v", c.status, v)
			continue
		}
		if stepState(&v, model.StepPost) != model.StepFailed || stepState(&v, model.StepEcho) != model.StepSkipped {
			t.Errorf("%d: steps %+v", c.status, v.Steps)
		}
		if (v.Location != "") != (c.want == model.CodeRedirect) {
			t.Errorf("%d: location %q", c.status, v.Location)
		}
		if (v.Failure.RetryAfter == "7") != (c.status == 429 || c.status == 503) {
			t.Errorf("%d: retry after %q", c.status, v.Failure.RetryAfter)
		}
		if len(in.requests()) != 1 {
			t.Errorf("%d: %d requests", c.status, len(in.requests()))
		}
	}
}

func TestR10_PagesForPeopleAreWarnedOf(t *testing.T) {
	s, _ := house(t)
	for _, kind := range []string{"text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml", ""} {
		in := receive(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{kind}
			if kind == "" {
				w.Header()["Content-Type"] = nil
			}
			_, _ = io.WriteString(w, "<!DOCTYPE html><title>SPA</title>")
		})
		v := verify(t, s, hookTo(s, in.URL))
		if !v.OK || !slices.Contains(v.Warnings, model.WarnHTML) || stepState(&v, model.StepPost) != model.StepWarn {
			t.Errorf("%q: %+v", kind, v)
		}
		if !strings.HasPrefix(v.FirstBytes, "<!DOCTYPE html>") {
			t.Errorf("%q: first bytes %q", kind, v.FirstBytes)
		}
	}
}

func TestVerifyRequestIsTheSampleWithItsOwnValues(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	h := hookTo(s, in.URL)
	h.Name = `CRM "ñ" <&> \ fin`
	verify(t, s, h)
	r := in.requests()[0]
	var body struct {
		ID, Type, Challenge string
		Test                bool
		Webhook             struct{ ID, Name string }
	}
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Fatal(err)
	}
	if body.ID != r.header.Get("webhook-id") || body.Challenge != r.header.Get("Validation-Token") || len(body.Challenge) != 32 ||
		body.Webhook.ID != h.ID || body.Webhook.Name != h.Name || body.Type != model.VerificationType || !body.Test {
		t.Errorf("%+v", body)
	}
	if !strings.Contains(r.body, "\n  \"schema_version\": \"1\",\n") || !strings.Contains(r.body, `<&>`) || !strings.HasSuffix(r.body, "}\n") {
		t.Errorf("the sample was encoded anew:\n%s", r.body)
	}
	if r.header.Get("X-Hooktop-Delivery") != "" || r.header.Get("X-Hooktop-Event") != model.VerificationType {
		t.Errorf("%v", r.header)
	}
}

func TestVerifyCanSendASample(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	h := hookTo(s, in.URL)
	v, err := s.VerifySample(t.Context(), h, "call.processed", nil)
	if err != nil || !v.OK {
		t.Fatalf("%+v, %v", v, err)
	}
	r := in.requests()[0]
	if r.header.Get("X-Hooktop-Event") != "call.processed" || r.header.Get("X-Hooktop-Test") != "true" ||
		strings.Contains(r.body, "challenge") || !strings.Contains(r.body, r.header.Get("webhook-id")) {
		t.Errorf("%v\n%s", r.header, r.body)
	}
	if vs, _ := s.Verifications(t.Context(), h.ID); len(vs) != 1 {
		t.Errorf("stored %v", vs)
	}
	var fault *model.Fault
	if _, err := s.VerifySample(t.Context(), h, "call.nothing", nil); !errors.As(err, &fault) || fault.Code != model.CodeUnknownEvent {
		t.Errorf("got %v", err)
	}
}

func TestVerifyTellsEveryStepAsItGoes(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, receive(t, status(200)).URL)
	h.Authorization = model.NewSecret("k")
	var mu sync.Mutex
	var seen []model.Verification
	v, err := s.Verify(t.Context(), h, func(v model.Verification) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, v)
		v.Steps[0].State = "spoilt" // a copy: nobody else sees it
	})
	if err != nil {
		t.Fatal(err)
	}
	rank := map[model.StepState]int{model.StepPending: 0, model.StepRunning: 1}
	ran := map[model.StepName]bool{}
	for i, now := range seen {
		if len(now.Steps) != 7 {
			t.Fatalf("%d steps", len(now.Steps))
		}
		for j, step := range now.Steps[1:] {
			ran[step.Name] = ran[step.Name] || step.State == model.StepRunning
			if i == 0 {
				continue
			}
			before, ok := rank[seen[i-1].Steps[j+1].State]
			after, still := rank[step.State]
			if !ok && still || ok && still && after < before {
				t.Errorf("%s went back to %s", step.Name, step.State)
			}
		}
	}
	for _, name := range []model.StepName{model.StepConnect, model.StepPost, model.StepKey} {
		if !ran[name] {
			t.Errorf("%s was never seen running", name)
		}
	}
	want := []model.StepState{model.StepOK, model.StepSkipped, model.StepOK, model.StepSkipped, model.StepOK, model.StepSkipped, model.StepWarn}
	for i, step := range v.Steps {
		if step.State != want[i] {
			t.Errorf("%s: %s, want %s", step.Name, step.State, want[i])
		}
	}
}

func TestVerifyNoticesClocksThatDiffer(t *testing.T) {
	s, _ := house(t)
	for offset, want := range map[time.Duration]bool{0: false, 50 * time.Second: false, 5 * time.Minute: true, -5 * time.Minute: true} {
		in := receive(t, status(200, "Date", time.Now().Add(offset).UTC().Format(http.TimeFormat)))
		if v := verify(t, s, hookTo(s, in.URL)); slices.Contains(v.Warnings, model.WarnClockSkew) != want {
			t.Errorf("%s: %v", offset, v.Warnings)
		}
	}
}
