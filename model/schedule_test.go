package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPresets(t *testing.T) {
	want := map[string]struct {
		n     int
		total time.Duration
	}{
		PresetStandard: {10, 75*time.Hour + 35*time.Minute + 5*time.Second},
		PresetSvix:     {8, 27*time.Hour + 35*time.Minute + 5*time.Second},
		PresetDemo:     {5, 15 * time.Second},
		PresetNone:     {1, 0},
	}
	for _, name := range []string{PresetStandard, PresetSvix, PresetDemo, PresetNone} {
		s, f := ParseSchedule(name)
		if f != nil {
			t.Fatal(f)
		}
		var total time.Duration
		for _, d := range s.Waits {
			total += d
		}
		if len(s.Waits) != want[name].n || total != want[name].total {
			t.Errorf("%s: %d attempts in %v", name, len(s.Waits), total)
		}
		if f := CheckSchedule(s); f != nil || s.String() != name {
			t.Errorf("%s: %v, %s", name, f, s)
		}
	}
}

func TestParseSchedule(t *testing.T) {
	for in, want := range map[string]string{
		"0,5s,5m,2h":       "0,5s,5m,2h",
		" 0 , 1m30s,1m30s": "0,1m30s,1m30s",
		"10s":              "10s",
		"0,24h,168h":       "0,24h,168h",
		"500ms,1h0m1s":     "500ms,1h0m1s",
	} {
		s, f := ParseSchedule(in)
		if f != nil || s.String() != want || s.Name != CustomSchedule {
			t.Errorf("%q: %q %v", in, s.String(), f)
		}
	}
	for in, value := range map[string]string{
		"": "", "0,,5s": "", "often": "often", "0,5": "5", "0,-5s": "-5s", "0,5m,5s": "5s", "0,169h": "169h", "0,1e9h": "1e9h",
	} {
		if _, f := ParseSchedule(in); f == nil || f.Code != CodeSchedule || f.Field != FieldRetry || f.Value != value {
			t.Errorf("%q: %+v", in, f)
		}
	}
}

func anySchedule(t *rapid.T) Schedule {
	var s Schedule
	last := int64(0)
	for range rapid.IntRange(1, MaxAttempts).Draw(t, "attempts") {
		last = rapid.Int64Range(last, int64(MaxWait)).Draw(t, "wait")
		s.Waits = append(s.Waits, time.Duration(last))
	}
	return s
}

// The plan is bounded, keeps its jitter, and never comes earlier than the receiver asked.
func TestNextKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchedule(t)
		n := rapid.IntRange(-1, MaxAttempts+1).Draw(t, "n")
		asked := time.Duration(rapid.Int64().Draw(t, "asked"))
		chance := rapid.Float64Range(0, 0.999999).Draw(t, "chance")
		wait, ok := s.Next(n, asked, chance)
		if ok != (n >= 0 && n < len(s.Waits)) {
			t.Fatalf("attempt %d of %d: %v", n, len(s.Waits), ok)
		}
		if !ok {
			return
		}
		step := float64(s.Waits[n])
		honoured := min(max(asked, 0), MaxRetryAfter)
		if float64(wait) < 0.8*step-1 || wait < honoured {
			t.Fatalf("%v is too early: step %v, asked %v", wait, s.Waits[n], honoured)
		}
		if float64(wait) > max(1.2*step, 1.2*float64(honoured))+1 {
			t.Fatalf("%v is too late: step %v, asked %v", wait, s.Waits[n], honoured)
		}
	})
}

func TestAnySchedulePrintsAndParses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySchedule(t)
		again, f := ParseSchedule(s.String())
		if f != nil || again.String() != s.String() {
			t.Fatalf("%s: %s %v", s, again, f)
		}
	})
}

func TestZeroScheduleIsStandard(t *testing.T) {
	if wait, ok := (Schedule{}).Next(1, 0, 0.5); !ok || wait != 5*time.Second {
		t.Errorf("second attempt after %v, %v", wait, ok)
	}
	if _, ok := (Schedule{}).Next(10, 0, 0.5); ok {
		t.Error("an eleventh attempt")
	}
}

func TestParseRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 5 ": 5 * time.Second, "0": 0, "": 0,
		"-1": 0, "+5": 0, "1.5": 0, "1e18": 0, "soon": 0, "5, 6": 0, "\x1b": 0,
		"1000000000000000000": MaxRetryAfter, "99999999999999999999999": MaxRetryAfter, "86401": MaxRetryAfter,
		"Thu, 12 Mar 2026 09:01:00 GMT":    time.Minute,
		"Thursday, 12-Mar-26 09:01:00 GMT": time.Minute,
		"Thu Mar 12 09:01:00 2026":         time.Minute,
		"Thu, 12 Mar 2026 08:59:00 GMT":    0,
		"Thu, 12 Mar 2099 08:59:00 GMT":    MaxRetryAfter,
	} {
		if got := ParseRetryAfter(in, now); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func FuzzParseRetryAfter(f *testing.F) {
	f.Add("120")
	f.Add("Thu, 12 Mar 2026 09:01:00 GMT")
	f.Fuzz(func(t *testing.T, v string) {
		if got := ParseRetryAfter(v, time.Unix(1773306000, 0)); got < 0 || got > MaxRetryAfter {
			t.Errorf("%q: %v", v, got)
		}
	})
}
