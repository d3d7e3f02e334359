package model

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

func failed(status int) *Failure { return ClassifyStatus(status) }

func ruling(o Outcome, f *Failure, step int) Ruling {
	s, _ := Preset(PresetDemo)
	return Ruling{Outcome: o, Failure: f, Step: step, Schedule: s, Rules: DefaultBreaker(), Pass: PassNormal, Chance: 0.5, Now: noon}
}

func TestVerdicts(t *testing.T) {
	reset := &Failure{Code: CodeReset}
	cases := []struct {
		name    string
		r       Ruling
		state   DeliveryState
		wait    time.Duration
		disable DisableReason
	}{
		{"delivered", ruling(OutcomeDelivered, nil, 1), DeliveryDelivered, 0, ""},
		{"first failure", ruling(OutcomeFailed, failed(500), 1), DeliveryRetrying, time.Second, ""},
		{"fourth failure", ruling(OutcomeFailed, failed(404), 4), DeliveryRetrying, 8 * time.Second, ""},
		{"schedule used up", ruling(OutcomeFailed, failed(500), 5), DeliveryDead, 0, ""},
		{"gone", ruling(OutcomeFailed, failed(410), 1), DeliveryDead, 0, DisabledGone},
		{"unknown is retried", ruling(OutcomeUnknown, reset, 2), DeliveryRetrying, 2 * time.Second, ""},
		{"redirect is retried", ruling(OutcomeFailed, failed(302), 1), DeliveryRetrying, time.Second, ""},
		{"interrupted", ruling(OutcomeInterrupted, &Failure{Code: CodeCancelled}, 5), DeliveryQueued, 0, ""},
		{"interrupted without a cause", ruling(OutcomeInterrupted, nil, 5), DeliveryQueued, 0, ""},
	}
	for _, c := range cases {
		v, _, _ := Decide(c.r)
		if v.State != c.state || v.Disable != c.disable {
			t.Errorf("%s: %+v", c.name, v)
		}
		wantNext := c.state == DeliveryRetrying || c.state == DeliveryQueued
		if v.NextAt.IsZero() == wantNext || (wantNext && v.NextAt.Sub(noon) != c.wait) {
			t.Errorf("%s: next at %v, want in %v", c.name, v.NextAt, c.wait)
		}
	}
}

// The plan of a verdict keeps to its jitter, and never comes earlier than the
// receiver asked; only a used-up schedule and a 410 kill.
func TestVerdictIsNeverTooEarly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := ruling(OutcomeFailed, nil, rapid.IntRange(1, MaxAttempts+1).Draw(t, "step"))
		r.Schedule = anySchedule(t)
		r.Chance = rapid.Float64Range(0, 0.999999).Draw(t, "chance")
		r.Failure = failed(rapid.SampledFrom([]int{429, 503}).Draw(t, "status"))
		asked := rapid.Int64Range(-10, 1e12).Draw(t, "asked")
		r.Failure.RetryAfter = strconv.FormatInt(asked, 10)
		v, _, _ := Decide(r)
		if r.Step >= len(r.Schedule.Waits) {
			if v.State != DeliveryDead || !v.NextAt.IsZero() {
				t.Fatalf("after the last attempt: %+v", v)
			}
			return
		}
		wait := v.NextAt.Sub(noon)
		step := r.Schedule.Waits[r.Step]
		honoured := MaxRetryAfter
		if asked < int64(MaxRetryAfter/time.Second) {
			honoured = time.Duration(max(asked, 0)) * time.Second
		}
		if v.State != DeliveryRetrying || wait < honoured || float64(wait) < 0.8*float64(step)-1 {
			t.Fatalf("%+v in %v: step %v, asked %v", v, wait, step, honoured)
		}
		if float64(wait) > max(1.2*float64(step), 1.2*float64(honoured))+float64(time.Millisecond) {
			t.Fatalf("%v is too late: step %v, asked %v", wait, step, honoured)
		}
	})
}

// Whatever happens, the breaker is half open before it closes again, and every
// state but closed, and every return from one, is in a verdict.
func TestVerdictsKeepTheBreaker(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := ruling("", nil, 1)
		kept := Breaker{}
		for range rapid.IntRange(1, 80).Draw(t, "attempts") {
			r.Now = r.Now.Add(time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "pause")))
			before, pass := r.Breaker.Allow(r.Now)
			if r.Breaker.State == BreakerOpen && before.State == BreakerClosed {
				t.Fatal("closed without a probe")
			}
			r.Breaker, r.Pass = before, pass
			if pass == PassNone {
				continue
			}
			r.Outcome, r.Failure = OutcomeFailed, failed(rapid.SampledFrom([]int{500, 404, 429}).Draw(t, "status"))
			switch rapid.IntRange(0, 3).Draw(t, "luck") {
			case 0:
				r.Outcome, r.Failure = OutcomeInterrupted, &Failure{Code: CodeCancelled}
			case 1, 2:
				r.Outcome, r.Failure = OutcomeDelivered, nil
			}
			v, next, _ := Decide(r)
			if r.Breaker.State == BreakerOpen && next.State == BreakerClosed {
				t.Fatal("open to closed")
			}
			if v.Breaker != nil {
				kept = *v.Breaker
			}
			if (next.State == BreakerOpen) != (kept.State == BreakerOpen) {
				t.Fatalf("the store keeps %+v, it is %+v", kept, next)
			}
			r.Breaker = next
		}
	})
}

func TestFiveDaysOfFailureDisable(t *testing.T) {
	var s Streak
	for i := range 9 {
		s = s.Record(failed(404), noon.Add(time.Duration(i)*12*time.Hour))
	}
	late := noon.Add(6 * 24 * time.Hour)
	if s.Failing(late) {
		t.Error("nine attempts are not ten")
	}
	r := ruling(OutcomeFailed, failed(404), 1)
	r.Streak, r.Now = s, late
	if v, _, _ := Decide(r); v.Disable != DisabledFailing || v.State != DeliveryRetrying {
		t.Errorf("ten attempts in six days: %+v", v)
	}
	r.Now = noon.Add(FailingFor - time.Second)
	if v, _, _ := Decide(r); v.Disable != "" {
		t.Errorf("before five days: %+v", v)
	}
	r.Now = late
	for _, f := range []*Failure{{Code: CodeLocal}, {Code: CodeProxy}, {Code: CodeBlockedAddress}} {
		r.Failure = f
		if v, _, after := Decide(r); v.Disable != "" || after != s {
			t.Errorf("%s says nothing about the receiver: %+v", f.Code, v)
		}
	}
	if s.Record(nil, late) != (Streak{}) {
		t.Error("a success ends the streak")
	}
}
