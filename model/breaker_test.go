package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	down    = &Failure{Code: CodeRefused}
	rejects = &Failure{Code: CodeAuthRejected, Reason: "401"}
)

func TestBreakerOpensProbesAndCloses(t *testing.T) {
	r, now := DefaultBreaker(), time.Unix(1000, 0)
	var b Breaker
	for range 4 {
		b = b.Record(r, PassNormal, down, now)
	}
	b = b.Record(r, PassNormal, rejects, now) // neither counts nor resets
	if b, p := b.Allow(now); p != PassNormal || b.State != BreakerClosed {
		t.Fatalf("after four failures: %+v", b)
	}
	b = b.Record(r, PassNormal, down, now)
	if b.State != BreakerOpen || !b.Until.Equal(now.Add(30*time.Second)) {
		t.Fatalf("after five: %+v", b)
	}
	if _, p := b.Allow(b.Until.Add(-1)); p != PassNone {
		t.Fatal("open lets something through")
	}
	now = b.Until
	for i := range r.Closes {
		var p, second Pass
		if b, p = b.Allow(now); p != PassProbe {
			t.Fatalf("probe %d: %v", i, p)
		}
		if _, second = b.Allow(now); second != PassNone {
			t.Fatal("two probes at once")
		}
		b = b.Record(r, p, nil, now)
	}
	if b.State != BreakerClosed || b.Failures != 0 || b.Cooldown != 0 {
		t.Fatalf("after three probes: %+v", b)
	}
}

// However often a person asks for a probe, an outage is not made longer by it.
func TestAHurriedProbeThatFailsDoublesNothing(t *testing.T) {
	r, now := DefaultBreaker(), time.Unix(1000, 0)
	b := Breaker{}.open(r, now)
	for range 6 {
		b = b.Hurry(now)
		var p Pass
		if b, p = b.Allow(now); p != PassProbe {
			t.Fatalf("no probe: %+v", b)
		}
		b = b.Record(r, p, down, now)
		if b.State != BreakerOpen || b.Cooldown != 30*time.Second || !b.Until.Equal(now.Add(30*time.Second)) {
			t.Fatalf("after a hurried probe: %+v", b)
		}
	}
	now = b.Until
	if same := b.Hurry(now); same != b {
		t.Errorf("hurried past its end: %+v", same)
	}
	b, _ = b.Allow(now)
	if b = b.Record(r, PassProbe, down, now); b.Cooldown != time.Minute {
		t.Errorf("after a probe in its time: %+v", b)
	}
	if closed := (Breaker{}).Hurry(now); closed != (Breaker{}) {
		t.Errorf("a closed one: %+v", closed)
	}
}

func TestBreakerCooldownDoublesToItsMaximum(t *testing.T) {
	r, now := DefaultBreaker(), time.Unix(1000, 0)
	b := Breaker{}.open(r, now)
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		if b.Cooldown != want {
			t.Fatalf("cooldown %v, want %v", b.Cooldown, want)
		}
		var p Pass
		b, p = b.Allow(b.Until)
		b = b.Record(r, p, down, b.Until)
	}
}

// From open only half-open follows, and only Closes successful probes lead to closed.
func TestBreakerNeverSkipsHalfOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, now := DemoBreaker(), time.Unix(1000, 0)
		var b Breaker
		var out []Pass
		probes := 0 // successful in a row since the last opening
		t.Repeat(map[string]func(*rapid.T){
			"wait": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "by")))
			},
			"send": func(t *rapid.T) {
				before := b
				var p Pass
				b, p = b.Allow(now)
				switch {
				case before.State == BreakerOpen && now.Before(before.Until) && p != PassNone:
					t.Fatal("sent while open")
				case before.State == BreakerOpen && b.State == BreakerClosed:
					t.Fatal("open became closed")
				case p == PassProbe && before.Probing:
					t.Fatal("two probes")
				case p == PassNormal && b.State != BreakerClosed:
					t.Fatal("a normal attempt while not closed")
				}
				if p != PassNone {
					out = append(out, p)
				}
			},
			"answer": func(t *rapid.T) {
				if len(out) == 0 {
					t.Skip("nothing is out")
				}
				i := rapid.IntRange(0, len(out)-1).Draw(t, "which")
				p := out[i]
				out = append(out[:i], out[i+1:]...)
				f := rapid.SampledFrom([]*Failure{nil, down, rejects}).Draw(t, "result")
				before := b
				b = b.Record(r, p, f, now)
				if p == PassProbe && f == nil {
					probes++
				}
				if b.State == BreakerOpen {
					probes = 0
				}
				if before.State == BreakerOpen && b != before {
					t.Fatalf("a late result changed an open breaker: %+v to %+v", before, b)
				}
				if before.State == BreakerHalfOpen && b.State == BreakerClosed && probes < r.Closes {
					t.Fatalf("closed after %d probes", probes)
				}
				if b.Cooldown > r.Max {
					t.Fatalf("cooldown %v", b.Cooldown)
				}
			},
		})
	})
}

func TestClassifyEveryStatus(t *testing.T) {
	special := map[int]Code{
		400: CodeJSONNotAccepted, 401: CodeAuthRejected, 403: CodeAuthRejected, 404: CodeHTTPNotFound, 405: CodePostNotAllowed,
		407: CodeProxy, 410: CodeHTTPNotFound, 415: CodeJSONNotAccepted, 422: CodeJSONNotAccepted, 429: CodeRateLimited,
	}
	family := map[int]Code{0: CodeProtocol, 1: CodeHTTPError, 3: CodeRedirect, 4: CodeHTTPError, 5: CodeServerError, 6: CodeProtocol, 9: CodeProtocol}
	for status := range 1000 {
		f := ClassifyStatus(status)
		if status/100 == 2 {
			if f != nil || f.Retried() || f.FeedsBreaker() {
				t.Errorf("%d is a success, got %+v", status, f)
			}
			continue
		}
		want, ok := special[status]
		if !ok {
			want = family[status/100]
		}
		if want == "" {
			want = CodeProtocol
		}
		if f == nil || f.Code != want || f.Status() != status {
			t.Errorf("%d: %+v, want %s", status, f, want)
		}
		if f.Retried() != (status != 410) || f.Gone() != (status == 410) {
			t.Errorf("%d: retried %v, gone %v", status, f.Retried(), f.Gone())
		}
		feeds := status == 408 || status == 429 || status/100 == 5 || want == CodeProtocol
		if f.FeedsBreaker() != feeds {
			t.Errorf("%d: feeds the breaker %v, want %v", status, f.FeedsBreaker(), feeds)
		}
	}
}

func TestWhatFeedsTheBreaker(t *testing.T) {
	for _, c := range []Code{CodeDNS, CodeRefused, CodeUnreachable, CodeReset, CodeTimeout, CodeTLS, CodeProtocol} {
		if !(&Failure{Code: c}).FeedsBreaker() {
			t.Errorf("%s does not", c)
		}
	}
	for _, c := range []Code{CodeCancelled, CodeLocal, CodeProxy, CodeBlockedAddress, CodeInvalidURL, CodeRedirect, CodeAuthRejected} {
		if (&Failure{Code: c}).FeedsBreaker() {
			t.Errorf("%s does", c)
		}
	}
}
