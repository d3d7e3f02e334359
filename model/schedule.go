package model

import (
	"strconv"
	"strings"
	"time"
)

// Schedule is a retry plan: the waits before attempts 1..n. Nominal waits never
// decrease.
type Schedule struct {
	Name  string          // preset name, or "custom"
	Waits []time.Duration // Waits[0] precedes the first attempt
}

// Names of schedules.
const (
	PresetStandard = "standard" // Standard Webhooks' advice, 75 h 35 m 5 s
	PresetSvix     = "svix"
	PresetDemo     = "demo"
	PresetNone     = "none" // one attempt
	CustomSchedule = "custom"
)

// Bounds of a schedule and of what a receiver may ask for.
const (
	MaxAttempts   = 50
	MaxWait       = 7 * 24 * time.Hour
	MaxRetryAfter = 24 * time.Hour
)

// Preset returns the schedule of that name.
func Preset(name string) (Schedule, bool) {
	const s, m, h = time.Second, time.Minute, time.Hour
	var waits []time.Duration
	switch name {
	case PresetStandard:
		waits = []time.Duration{0, 5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h}
	case PresetSvix:
		waits = []time.Duration{0, 5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 10 * h}
	case PresetDemo:
		waits = []time.Duration{0, 1 * s, 2 * s, 4 * s, 8 * s}
	case PresetNone:
		waits = []time.Duration{0}
	default:
		return Schedule{}, false
	}
	return Schedule{Name: name, Waits: waits}, true
}

// ParseSchedule reads a preset name or a list of waits such as "0,5s,5m,2h".
// Value of the fault is the entry at fault.
func ParseSchedule(text string) (Schedule, *Fault) {
	text = strings.TrimSpace(text)
	if s, ok := Preset(text); ok {
		return s, nil
	}
	s := Schedule{Name: CustomSchedule}
	for entry := range strings.SplitSeq(text, ",") {
		entry = strings.TrimSpace(entry)
		d, err := time.ParseDuration(entry)
		if err != nil {
			return Schedule{}, &Fault{Code: CodeSchedule, Field: FieldRetry, Value: entry, Err: err}
		}
		s.Waits = append(s.Waits, d)
	}
	if f := CheckSchedule(s); f != nil {
		return Schedule{}, f
	}
	return s, nil
}

// CheckSchedule accepts the zero schedule (the default) and 1 to MaxAttempts waits
// of 0 to MaxWait that never decrease.
func CheckSchedule(s Schedule) *Fault {
	if len(s.Waits) > MaxAttempts {
		return &Fault{Code: CodeSchedule, Field: FieldRetry, Limit: MaxAttempts}
	}
	last := time.Duration(0)
	for _, d := range s.Waits {
		if d < last || d > MaxWait {
			return &Fault{Code: CodeSchedule, Field: FieldRetry, Value: shortDuration(d)}
		}
		last = d
	}
	return nil
}

// OrDefault is the schedule itself, or the standard one when none is set.
func (s Schedule) OrDefault() Schedule {
	if len(s.Waits) == 0 {
		s, _ = Preset(PresetStandard)
	}
	return s
}

// String is what ParseSchedule reads: the preset's name or the list of waits.
func (s Schedule) String() string {
	if s.Name != "" && s.Name != CustomSchedule {
		return s.Name
	}
	entries := make([]string, len(s.Waits))
	for i, d := range s.Waits {
		entries[i] = shortDuration(d)
	}
	return strings.Join(entries, ",")
}

// shortDuration is d without trailing zero units: "2h", not "2h0m0s".
func shortDuration(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// Next is the wait after n attempts have been made; not ok when the schedule is
// used up. Chance in [0,1) places the jitter: +-20 % of the step. A receiver's
// Retry-After (0: none) can only lengthen the wait: to min(it, 24 h) and 0-20 % on
// top, so that it is never earlier than asked.
func (s Schedule) Next(n int, retryAfter time.Duration, chance float64) (wait time.Duration, ok bool) {
	waits := s.OrDefault().Waits
	if n < 0 || n >= len(waits) {
		return 0, false
	}
	chance = min(max(chance, 0), 1)
	wait = scale(waits[n], 0.8+0.4*chance)
	if retryAfter > 0 {
		wait = max(wait, scale(min(retryAfter, MaxRetryAfter), 1+0.2*chance))
	}
	return wait, true
}

func scale(d time.Duration, by float64) time.Duration { return time.Duration(float64(d) * by) }

// ParseRetryAfter reads a Retry-After header: seconds or an HTTP date (RFC 9110,
// section 10.2.3). Garbage, negative and past values are 0; nothing is more than
// MaxRetryAfter.
func ParseRetryAfter(v string, now time.Time) time.Duration {
	v = strings.TrimSpace(v)
	if v != "" && strings.Trim(v, "0123456789") == "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n > int64(MaxRetryAfter/time.Second) {
			return MaxRetryAfter
		}
		return time.Duration(n) * time.Second
	}
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", time.RFC850, time.ANSIC} {
		if at, err := time.Parse(layout, v); err == nil {
			return min(max(at.Sub(now), 0), MaxRetryAfter)
		}
	}
	return 0
}
