package model

import (
	"testing"
	"time"
)

func TestR10_VerifiedIsLostWithTheURLAndAgesWithTheKey(t *testing.T) {
	h := Hook{ID: "wh_1", URL: "https://example.com/a", Authorization: NewSecret("key")}
	ok := Verification{OK: true, URLFingerprint: h.URLFingerprint(), AuthFingerprint: h.AuthFingerprint()}
	with := func(change func(*Verification)) *Verification { v := ok; change(&v); return &v }
	moved, rekeyed, keyless, other := h, h, h, h
	moved.URL += "/"
	rekeyed.Authorization = NewSecret("key2")
	keyless.Authorization = Secret{}
	other.ID = "wh_2"
	for _, c := range []struct {
		name string
		hook Hook
		last *Verification
		want VerifyState
	}{
		{"never", h, nil, Unverified},
		{"2xx", h, &ok, Verified},
		{"2xx with echo", h, with(func(v *Verification) { v.Echo = EchoJSON }), VerifiedEcho},
		{"failed", h, with(func(v *Verification) { v.OK = false }), VerifyFailed},
		{"another URL", moved, &ok, Unverified},
		{"another URL, failed before", moved, with(func(v *Verification) { v.OK = false }), Unverified},
		{"another key", rekeyed, &ok, VerifyStale},
		{"no key any more", keyless, &ok, VerifyStale},
		{"another key, with echo", rekeyed, with(func(v *Verification) { v.Echo = EchoText }), VerifyStale},
		{"another webhook's verification", other, &ok, Unverified},
	} {
		got := c.hook.VerifyState(c.last)
		if got != c.want || got.OK() != (c.want == Verified || c.want == VerifiedEcho) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	h := Hook{Events: []string{"a"}, Headers: []Header{{"X-A", "1"}}, Retry: Schedule{Waits: []time.Duration{1}}}
	c := h.Clone()
	c.Events[0], c.Headers[0].Value, c.Retry.Waits[0] = "b", "2", 2
	if h.Events[0] != "a" || h.Headers[0].Value != "1" || h.Retry.Waits[0] != 1 {
		t.Errorf("%+v", h)
	}
}

func TestLimitsDefaultWhatIsZero(t *testing.T) {
	got := Limits{Headers: 7}.OrDefaults()
	if got != (Limits{Connect: 5e9, TLS: 5e9, Headers: 7, Total: 30e9}) {
		t.Errorf("%+v", got)
	}
}
