package model

import (
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"
)

const (
	auth    = "Bearer tok/EN+0123456789&ab\"cd=3f9a"
	bare    = "tok/EN+0123456789&ab\"cd=3f9a"
	signing = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	apiKey  = "k-0123456789abcdef-canary"
)

func keyed() Hook {
	return Hook{
		Authorization: NewSecret(auth), Secret: NewSecret(signing), OldSecret: NewSecret("whsec_b2xkc2VjcmV0b2xkc2VjcmV0b2xk"),
		Headers: []Header{{"X-Api-Key", apiKey}, {"Accept", "application/json"}, {"X-Env", "prod"}},
	}
}

// leaks reports that a text still says a key in a spelling of it.
func leaks(s string) bool {
	for _, form := range []string{s, html.UnescapeString(s), strings.ReplaceAll(s, `\/`, "/"), strings.ReplaceAll(s, `\"`, `"`)} {
		for _, k := range []string{"0123456789&ab", "0123456789\\u0026ab", "0123456789%26ab", "MDEyMzQ1", "b2xkc2Vj", "0123456789abcdef-can"} {
			if strings.Contains(form, k) {
				return true
			}
		}
	}
	return false
}

func TestAnEchoedKeyIsMaskedHoweverItIsWritten(t *testing.T) {
	quoted, _ := json.Marshal(map[string]string{"Authorization": auth, "X-Api-Key": apiKey})
	for name, echo := range map[string]string{
		"plain":      "Authorization: " + auth + "\n",
		"twice":      auth + auth,
		"bare":       "token=" + bare + ";",
		"json":       string(quoted),
		"json plain": `{"a":"` + strings.ReplaceAll(auth, `"`, `\"`) + `"}`,
		"json php":   `{"a":"` + strings.ReplaceAll(strings.ReplaceAll(auth, `"`, `\"`), "/", `\/`) + `"}`,
		"url":        "auth=" + url.QueryEscape(auth),
		"html":       "<td>" + html.EscapeString(auth),
		"secrets":    signing + " and whsec_b2xkc2VjcmV0b2xkc2VjcmV0b2xk",
		"header":     "X-Api-Key: " + apiKey,
		"cut":        `{"Authorization": "Bearer ` + bare[:20],
		"cut early":  `{"Authorization": "Bearer ` + bare[:5],
	} {
		out := string(KeysOf(keyed()).raw([]byte(echo)))
		if leaks(out) || !strings.Contains(out, "********") {
			t.Errorf("%s: %q", name, out)
		}
		if strings.HasPrefix(name, "json") && !json.Valid([]byte(out)) {
			t.Errorf("%s is no JSON any more: %q", name, out)
		}
	}
}

func TestWhatIsNoKeyStaysByteForByte(t *testing.T) {
	for _, text := range []string{"", "ok", "prod, application/json", "WWW-Authenticate: Bearer", "\xff\x00\xfe", "Bearer"} {
		if out := KeysOf(keyed()).raw([]byte(text)); string(out) != text {
			t.Errorf("%q became %q", text, out)
		}
	}
	if out := KeysOf(Hook{Authorization: NewSecret("abc")}).raw([]byte("abc abc")); string(out) != "abc abc" {
		t.Errorf("a value that occurs by chance was hidden: %q", out)
	}
	echo := []byte(auth)
	if KeysOf(keyed()).raw(echo); string(echo) != auth {
		t.Errorf("the text itself was changed: %q", echo)
	}
}

func TestRedactedCopiesLeaveTheOriginalAlone(t *testing.T) {
	a := Attempt{
		Request: []Header{{"Authorization", NewSecret(auth).Masked()}, {"webhook-id", "evt_1"}, {"X-Api-Key", apiKey},
			{"Accept", "application/json"}, {"X-Env", "prod"}},
		AuthFingerprint: keyed().AuthFingerprint(),
		Response:        &Response{Headers: []Header{{"X-Echo", auth}}, Body: []byte(auth)},
		Failure:         &Failure{Code: CodeProtocol, Detail: "got " + auth, RetryAfter: auth},
	}
	r := TestResult{Attempt: a}.Redacted(keyed()).Attempt
	v := Verification{FirstBytes: auth, Location: "https://x.example/?t=" + url.QueryEscape(auth), ContentType: auth, Failure: a.Failure}.Redacted(keyed())
	for _, s := range []string{
		r.Request[2].Value, r.Response.Headers[0].Value, string(r.Response.Body), r.Failure.Detail, r.Failure.RetryAfter,
		v.FirstBytes, v.Location, v.ContentType, v.Failure.Detail,
	} {
		if leaks(s) || !strings.Contains(s, "********") {
			t.Errorf("shown: %q", s)
		}
	}
	if r.Request[0] != a.Request[0] || r.Request[1] != a.Request[1] {
		t.Errorf("our own lines changed: %v", r.Request)
	}
	shown := HookView{Hook: keyed(), Verification: &Verification{FirstBytes: auth}, LastAttempt: &TestResult{Attempt: a}}.Redacted()
	if leaks(shown.Verification.FirstBytes) || leaks(string(shown.LastAttempt.Attempt.Response.Body)) {
		t.Errorf("shown: %+v", shown)
	}
	if a.Request[2].Value != apiKey || string(a.Response.Body) != auth || a.Failure.RetryAfter != auth {
		t.Error("the original was changed")
	}
	if once := (Header{"X-Api-Key", apiKey}).Masked(); once.Masked() != once {
		t.Errorf("a mask was masked: %v", once.Masked())
	}
}

// sentBy is an attempt of h whose receiver sent the text back, as older versions kept it.
func sentBy(h Hook, echo string) Attempt {
	return Attempt{
		AuthFingerprint: h.AuthFingerprint(), Request: append([]Header{{"Authorization", h.Authorization.Masked()}}, h.MaskedHeaders()...),
		Response: &Response{Status: 503, Headers: []Header{{"X-Echo", echo}}, Body: []byte(echo)},
		Failure:  &Failure{Code: CodeServerError, Detail: echo, RetryAfter: echo},
	}
}

// TestAnOldAnswerIsShownOnlyWhileItsKeysAreKnown promises that a key which is replaced or
// gone with its webhook does not come back from what was stored as it came.
func TestAnOldAnswerIsShownOnlyWhileItsKeysAreKnown(t *testing.T) {
	h := keyed()
	h.ID = "wh_1"
	newKey, newHeader := h.Clone(), h.Clone()
	newKey.Authorization = NewSecret("Bearer another-key-of-the-same-hook")
	newHeader.Headers[0].Value = "k-another-0123456789"
	for name, c := range map[string]struct {
		now   Hook
		shown bool
	}{"the same": {h, true}, "another key": {newKey, false}, "another header": {newHeader, false}, "deleted": {Hook{}, false}} {
		a := sentBy(h, "said "+auth+" and "+apiKey)
		got := a.Redacted(c.now)
		text := string(got.Response.Body) + got.Response.Get("X-Echo") + got.Failure.Detail + got.Failure.RetryAfter
		if leaks(text) || strings.Contains(text, "said") != c.shown || got.Response.Status != 503 {
			t.Errorf("%s: %q", name, text)
		}
		if got.Response.Truncated == c.shown {
			t.Errorf("%s: that something is missing is not said", name)
		}
		KeysOf(h).Mask(&a) // as it is stored today
		if got := a.Redacted(c.now); string(got.Response.Body) != "said Bearer ********3f9a and ********nary" || got.Response.Truncated {
			t.Errorf("%s, masked before: %q", name, got.Response.Body)
		}
	}
	if open := (Hook{ID: "wh_1"}); string(sentBy(open, "hello").Redacted(Hook{}).Response.Body) != "hello" {
		t.Error("what was sent without any key has nothing to hide")
	}
}

func BenchmarkMaskAnAnswerWithoutKeys(b *testing.B) {
	k := KeysOf(keyed())
	a := Attempt{Response: &Response{Body: []byte(`{"ok":true,"received":"evt_01HZZZZZZZZZZZZZZZZZZZZZZZ"}`), Headers: []Header{
		{"Content-Length", "58"}, {"Content-Type", "application/json; charset=utf-8"}, {"Date", "Thu, 12 Mar 2026 09:41:07 GMT"}, {"Server", "nginx/1.27"},
	}}}
	b.ReportAllocs()
	for b.Loop() {
		k.Mask(&a)
	}
}
