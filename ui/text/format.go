package text

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Number is a whole number with its thousands grouped: "12.431", "12,431".
func (l Lang) Number(n int) string {
	digits := strconv.Itoa(n)
	mark := byte(',')
	if l == ES {
		mark = '.'
	}
	whole := len(digits)
	if n < 0 {
		whole--
	}
	out := make([]byte, 0, len(digits)+whole/3)
	for i := range len(digits) {
		if left := len(digits) - i; left%3 == 0 && left < whole {
			out = append(out, mark)
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// Decimal is x with at most one digit after the comma or point.
func (l Lang) Decimal(x float64) string {
	return message.NewPrinter(l.tag()).Sprint(number.Decimal(x, number.MaxFractionDigits(1)))
}

// Count is a number and its noun: "1 nueva", "12 nuevas", "1.000.000 de nuevas".
// Many is Spanish only; golang.org/x/text knows older rules without it (CLDR 38
// brought it for whole millions).
func (l Lang) Count(n int, one, many, other string) string {
	word := other
	switch {
	case n == 1:
		word = one
	case l == ES && n != 0 && n%1_000_000 == 0:
		word = many
	}
	return l.Number(n) + " " + word
}

// Duration is d in at most two units: "84 ms", "1,2 s", "4 min 12 s", "3 d 4 h".
func (l Lang) Duration(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 0:
		return "-" + l.Duration(-d)
	case d == 0:
		return "0 ms"
	case d < time.Millisecond:
		return l.Decimal(max(0.1, d.Seconds()*1000)) + " ms"
	case d < time.Second:
		return l.Number(int(d.Milliseconds())) + " ms"
	case d < 59950*time.Millisecond: // above, one decimal would say 60
		return l.Decimal(d.Seconds()) + " s"
	case d.Round(time.Second) < time.Hour:
		return twoUnits(d.Round(time.Second), time.Minute, "min", time.Second, "s")
	case d.Round(time.Minute) < day:
		return twoUnits(d.Round(time.Minute), time.Hour, "h", time.Minute, "min")
	}
	return twoUnits(d.Round(time.Hour), day, "d", time.Hour, "h")
}

func twoUnits(d, big time.Duration, bigName string, small time.Duration, smallName string) string {
	s := fmt.Sprintf("%d %s", d/big, bigName)
	if rest := d % big / small; rest > 0 {
		s += fmt.Sprintf(" %d %s", rest, smallName)
	}
	return s
}

// Percent is part of a whole that is not 0, to the nearest tenth: "99,9 %", "100 %".
// What is not all or nothing is never rounded to it.
func (l Lang) Percent(part, of int64) string {
	p := math.Round(float64(part)/float64(of)*1000) / 10
	if part > 0 && part < of {
		p = min(max(p, 0.1), 99.9)
	}
	return l.Decimal(p) + " %"
}

// Size is a number of bytes: "512 B", "4,1 KiB", "1 MiB".
func (l Lang) Size(n int64) string {
	switch {
	case n < 1<<10:
		return l.Number(int(n)) + " B"
	case n < 1<<20:
		return l.Decimal(float64(n)/(1<<10)) + " KiB"
	case n < 1<<30:
		return l.Decimal(float64(n)/(1<<20)) + " MiB"
	}
	return l.Decimal(float64(n)/(1<<30)) + " GiB"
}

// Ago is t seen from now, in one unit: "hace 2 h", "in 41 s", "ahora".
func (l Lang) Ago(t, now time.Time) string {
	d := now.Sub(t)
	past, future, still := "%s ago", "in %s", "now"
	if l == ES {
		past, future, still = "hace %s", "en %s", "ahora"
	}
	form := past
	if d < 0 {
		form, d = future, -d
	}
	switch {
	case d < time.Second:
		return still
	case d < time.Minute:
		return fmt.Sprintf(form, fmt.Sprintf("%d s", d/time.Second))
	case d < time.Hour:
		return fmt.Sprintf(form, fmt.Sprintf("%d min", d/time.Minute))
	case d < 24*time.Hour:
		return fmt.Sprintf(form, fmt.Sprintf("%d h", d/time.Hour))
	}
	return fmt.Sprintf(form, fmt.Sprintf("%d d", d/(24*time.Hour)))
}

// DateTime, Date and Clock are t in the local zone: ISO day, 24 hours.
func DateTime(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }
func Date(t time.Time) string     { return t.Local().Format(time.DateOnly) }
func Clock(t time.Time) string    { return t.Local().Format(time.TimeOnly) }

// Brief is t in at most 11 columns: its time if it is of the day of now, "11-16 14:06"
// otherwise.
func Brief(t, now time.Time) string {
	if Date(t) == Date(now) {
		return Clock(t)
	}
	return t.Local().Format("01-02 15:04")
}

// The same for who holds the words.
func (w *Words) Number(n int) string             { return w.Lang.Number(n) }
func (w *Words) Duration(d time.Duration) string { return w.Lang.Duration(d) }
func (w *Words) Size(n int64) string             { return w.Lang.Size(n) }
func (w *Words) Ago(t, now time.Time) string     { return w.Lang.Ago(t, now) }
