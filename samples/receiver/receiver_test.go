package receiver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"go.uber.org/goleak"

	"hooktop/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	other  = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
	key    = "Bearer a-token-of-the-crm-1234"
)

// odd has what a careless copy would mend: spacing, key order, duplicates, a
// number that no float64 holds.
const odd = "{ \"b\":1,\n\n\t\"a\" : 14820057731904466213.10, \"b\":2 ,\"ñ\":\"\\u00e9\" }\r\n"

// post builds a request the way hooktop sends it.
func post(body string, set ...func(*http.Request)) *http.Request {
	req := httptest.NewRequest(http.MethodPost, "/hooks?x=1", strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	for _, f := range set {
		f(req)
	}
	return req
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// signed lets the official library sign.
func signed(t *testing.T, secret, id string, at time.Time, body string) func(*http.Request) {
	t.Helper()
	wh, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := wh.Sign(id, at, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return func(r *http.Request) {
		r.Header.Set("webhook-id", id)
		r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
		r.Header.Set("webhook-signature", signature)
	}
}

func serve(r *Receiver, req *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	return w
}

func last(t *testing.T, r *Receiver) Request {
	t.Helper()
	all := r.Requests()
	if len(all) == 0 {
		t.Fatal("nothing was recorded")
	}
	return all[len(all)-1]
}

func TestR27_AcceptsPostWithJSONOnly(t *testing.T) {
	for name, c := range map[string]struct {
		req    *http.Request
		status int
		why    Refusal
	}{
		"JSON":            {post(odd), 200, Accepted},
		"JSON in UTF-8":   {post("{}", header("Content-Type", "application/json; charset=utf-8")), 200, Accepted},
		"a JSON dialect":  {post("{}", header("Content-Type", "application/cloudevents+json")), 200, Accepted},
		"GET":             {httptest.NewRequest(http.MethodGet, "/", nil), 405, RefusedMethod},
		"PUT":             {httptest.NewRequest(http.MethodPut, "/", strings.NewReader("{}")), 405, RefusedMethod},
		"a form":          {post("a=1", header("Content-Type", "application/x-www-form-urlencoded")), 415, RefusedType},
		"no type":         {httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}")), 415, RefusedType},
		"compressed":      {post("{}", header("Content-Encoding", "gzip")), 415, RefusedType},
		"broken JSON":     {post("{"), 400, RefusedJSON},
		"empty":           {post(""), 400, RefusedJSON},
		"exactly 1 MiB":   {post(`"` + strings.Repeat("x", model.MaxBody-2) + `"`), 200, Accepted},
		"one byte beyond": {post(`"` + strings.Repeat("x", model.MaxBody-1) + `"`), 413, RefusedTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			r := New(Options{})
			w := serve(r, c.req)
			rec := last(t, r)
			if w.Code != c.status || rec.Status != c.status || rec.Refusal != c.why {
				t.Errorf("answered %d, recorded %d %q; want %d %q", w.Code, rec.Status, rec.Refusal, c.status, c.why)
			}
			if len(rec.Body) > model.MaxBody {
				t.Errorf("%d bytes kept", len(rec.Body))
			}
			if c.why != Accepted && !strings.Contains(w.Body.String(), string(c.why)) {
				t.Errorf("the answer does not name the mistake: %s", w.Body)
			}
		})
	}
}

func TestR28_ChecksTheAuthorizationKey(t *testing.T) {
	r := New(Options{Authorization: model.NewSecret(key)})
	for name, c := range map[string]struct {
		values []string
		status int
		want   Verdict
		answer string
	}{
		"right":         {[]string{key}, 200, OK, ""},
		"none":          {nil, 401, Missing, "authorization_missing"},
		"another":       {[]string{key + "x"}, 401, Wrong, "authorization_wrong"},
		"without word":  {[]string{"a-token-of-the-crm-1234"}, 401, Wrong, "authorization_wrong"},
		"other letters": {[]string{strings.ToLower(key)}, 401, Wrong, "authorization_wrong"},
		"twice":         {[]string{key, key}, 401, Wrong, "authorization_wrong"},
		"empty":         {[]string{""}, 401, Wrong, "authorization_wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(r, post("{}", func(req *http.Request) { req.Header["Authorization"] = c.values }))
			rec := last(t, r)
			if w.Code != c.status || rec.Auth != c.want || !strings.Contains(w.Body.String(), c.answer) {
				t.Errorf("%d, %q, %s; want %d, %q", w.Code, rec.Auth, w.Body, c.status, c.want)
			}
			if text := fmt.Sprintf("%+v", rec); strings.Contains(text, "a-token-of-the") {
				t.Errorf("the record shows the key: %s", text)
			}
		})
	}
}

func TestSignaturesOfTheOfficialLibrary(t *testing.T) {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	r := New(Options{Secrets: []model.Secret{model.NewSecret(secret), model.NewSecret(other)}, Now: func() time.Time { return now }})
	for name, c := range map[string]struct {
		set    []func(*http.Request)
		status int
		want   Verdict
	}{
		"first secret":  {[]func(*http.Request){signed(t, secret, "evt_1", now, odd)}, 200, OK},
		"second secret": {[]func(*http.Request){signed(t, other, "evt_2", now, odd)}, 200, OK},
		"5 minutes old": {[]func(*http.Request){signed(t, secret, "evt_3", now.Add(-5*time.Minute), odd)}, 200, OK},
		"older":         {[]func(*http.Request){signed(t, secret, "evt_4", now.Add(-5*time.Minute-time.Second), odd)}, 401, Stale},
		"ahead":         {[]func(*http.Request){signed(t, secret, "evt_5", now.Add(5*time.Minute+time.Second), odd)}, 401, Future},
		"other bytes":   {[]func(*http.Request){signed(t, secret, "evt_6", now, strings.TrimSpace(odd))}, 401, NoMatch},
		"other id":      {[]func(*http.Request){signed(t, secret, "evt_7", now, odd), header("webhook-id", "evt_8")}, 401, NoMatch},
		"other secret":  {[]func(*http.Request){signed(t, "whsec_aG9va3RvcC1hbm90aGVyLXNlY3JldC0xMjM0", "evt_9", now, odd)}, 401, NoMatch},
		"none":          {nil, 401, Missing},
		"no id":         {[]func(*http.Request){signed(t, secret, "evt_a", now, odd), func(r *http.Request) { r.Header.Del("webhook-id") }}, 401, Missing},
		"no number":     {[]func(*http.Request){signed(t, secret, "evt_b", now, odd), header("webhook-timestamp", "yesterday")}, 401, Malformed},
		"rotation":      {[]func(*http.Request){signed(t, secret, "evt_c", now, odd), func(r *http.Request) { r.Header.Set("webhook-signature", "v1,AAAA "+r.Header.Get("webhook-signature")) }}, 200, OK},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(r, post(odd, c.set...))
			if rec := last(t, r); w.Code != c.status || rec.Signature != c.want {
				t.Errorf("%d, %q; want %d, %q", w.Code, rec.Signature, c.status, c.want)
			}
		})
	}
}

func TestBothMistakesAreRecorded(t *testing.T) {
	r := New(Options{Authorization: model.NewSecret(key), Secrets: []model.Secret{model.NewSecret(secret)}})
	serve(r, post("{}"))
	if rec := last(t, r); rec.Auth != Missing || rec.Signature != Missing || rec.Refusal != RefusedAuthorization {
		t.Errorf("record %q %q %q", rec.Auth, rec.Signature, rec.Refusal)
	}
}

func TestKeepsWhatArrivedByteForByte(t *testing.T) {
	r := New(Options{})
	serve(r, post(odd, header("X-Hooktop-Event", "call.tag.added"), header("X-Hooktop-Attempt", "3"), header("X-Hooktop-Delivery", "dlv_1"),
		header("X-Hooktop-Test", "true"), header("webhook-id", "evt_1"), header("X-Own", "a  b"), header("Authorization", key)))
	rec := last(t, r)
	if string(rec.Body) != odd {
		t.Errorf("body %q", rec.Body)
	}
	if rec.Type != "call.tag.added" || rec.Attempt != 3 || rec.Delivery != "dlv_1" || !rec.Test || rec.ID != "evt_1" || rec.Header("x-own") != "a  b" || rec.Path != "/hooks?x=1" {
		t.Errorf("record %+v", rec)
	}
	if !rec.Authorization.Equal(model.NewSecret(key)) || rec.Header("Authorization") != model.NewSecret(key).Masked() {
		t.Errorf("Authorization kept as %q", rec.Header("Authorization"))
	}
}

func TestAReplayIsShownAsOneAndARetryIsNot(t *testing.T) {
	r := New(Options{Authorization: model.NewSecret(key)})
	if err := r.Script("500,200", Stay); err != nil {
		t.Fatal(err)
	}
	send := func(auth string) Request {
		serve(r, post("{}", header("webhook-id", "evt_1"), header("Authorization", auth)))
		return last(t, r)
	}
	for i, want := range []struct {
		auth   string
		status int
		seen   int
		replay bool
	}{{"wrong", 401, 0, false}, {key, 500, 0, false}, {key, 200, 1, false}, {key, 200, 2, true}} {
		if got := send(want.auth); got.Status != want.status || got.Seen != want.seen || got.Replay != want.replay {
			t.Errorf("request %d: status %d, seen %d, replay %v; want %+v", i, got.Status, got.Seen, got.Replay, want)
		}
	}
}

func TestKeepIsABound(t *testing.T) {
	r := New(Options{Keep: 3})
	for range 5 {
		serve(r, post("{}"))
	}
	if all := r.Requests(); len(all) != 3 || all[0].N != 3 || all[2].N != 5 {
		t.Errorf("kept %d, from %d", len(all), all[0].N)
	}
	r = New(Options{})
	r.maxSize = 10_000
	for range 5 {
		serve(r, post(`"`+strings.Repeat("x", 3000)+`"`))
	}
	if all := r.Requests(); len(all) != 3 || all[2].N != 5 {
		t.Errorf("%d bodies of 3 KB are kept, want the newest 3", len(all))
	}
	r.Clear()
	if len(r.Requests()) != 0 || r.size != 0 || len(r.ids) != 0 {
		t.Error("Clear left something")
	}
	for i := range maxIDs + 5 {
		serve(r, post("{}", header("webhook-id", strconv.Itoa(i))))
	}
	if len(r.ids) != maxIDs || len(r.idOrder) != maxIDs {
		t.Errorf("%d ids are remembered", len(r.ids))
	}
}

func TestEchoesTheChallengeOfAVerification(t *testing.T) {
	body := `{"type": "webhook.verification", "challenge": "a<b>&\u00e9"}`
	for name, c := range map[string]struct {
		echo   bool
		status int
		want   string
	}{
		"echo":          {true, 200, "a<b>&é"},
		"echo with 202": {true, 202, "a<b>&é"},
		"no echo":       {false, 200, ""},
		"told to fail":  {true, 503, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := New(Options{Echo: c.echo})
			r.Answer(c.status)
			w := serve(r, post(body))
			var got struct{ Challenge string }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Challenge != c.want || w.Code != c.status {
				t.Errorf("%d %s, %v", w.Code, w.Body, err)
			}
			if ct := w.Header().Get("Content-Type"); ct != "application/json" {
				t.Errorf("Content-Type %q", ct)
			}
		})
	}
	r := New(Options{Echo: true})
	if w := serve(r, post(`{"type": "call.processed", "challenge": "x"}`)); strings.Contains(w.Body.String(), "challenge") {
		t.Errorf("echoed an event: %s", w.Body)
	}
}

func TestWaitReturnsWhenRequestsHaveArrived(t *testing.T) {
	r := New(Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var senders sync.WaitGroup
	for range 20 {
		senders.Go(func() { serve(r, post("{}")) })
	}
	if err := r.Wait(ctx, 20); err != nil || len(r.Requests()) != 20 {
		t.Errorf("%v, %d requests", err, len(r.Requests()))
	}
	senders.Wait()
	gone, stop := context.WithCancel(ctx)
	stop()
	if err := r.Wait(gone, 21); err == nil {
		t.Error("Wait for a request that never comes returned nil")
	}
	ns := make([]int, 0, 20)
	for _, req := range r.Requests() {
		ns = append(ns, req.N)
	}
	if !slices.IsSorted(ns) || ns[19] != 20 {
		t.Errorf("numbers %v", ns)
	}
}

func FuzzServe(f *testing.F) {
	f.Add([]byte(odd), "application/json", "evt_1", "1614265330", "v1,AAAA")
	f.Fuzz(func(t *testing.T, body []byte, media, id, at, signature string) {
		r := New(Options{Secrets: []model.Secret{model.NewSecret(secret)}, Echo: true})
		req := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		req.Header = http.Header{"Content-Type": {media}, "Webhook-Id": {id}, "Webhook-Timestamp": {at}, "Webhook-Signature": {signature}}
		w := serve(r, req)
		if w.Code/100 == 2 {
			t.Errorf("accepted an unsigned body: %d", w.Code)
		}
		if got := last(t, r).Body; len(body) <= model.MaxBody && !bytes.Equal(got, body) {
			t.Errorf("%q is kept as %q", body, got)
		}
		if b, _ := io.ReadAll(w.Result().Body); !json.Valid(b) {
			t.Errorf("answer %q", b)
		}
	})
}
