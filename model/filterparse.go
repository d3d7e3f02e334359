package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Keys of the grammar. keyWord stands for words without one.
const (
	keyState  = "state"
	keyHook   = "hook"
	keyEvent  = "event"
	keyStatus = "status"
	keyError  = "error"
	keySince  = "since"
	keyUntil  = "until"
	keyTest   = "test"
	keyID     = "id"
	keyCall   = "call"
	keyReplay = "replay"
	keyWord   = ""
)

// ParseFilter reads the grammar of Filter. Times count back from now and dates are
// of its zone. Value of the fault is the word at fault.
func ParseFilter(text string, now time.Time) (Filter, *Fault) {
	if len(text) > MaxFilter || !utf8.ValidString(text) {
		return Filter{}, &Fault{Code: CodeFilterValue, Field: FieldFilter, Limit: MaxFilter}
	}
	var f Filter
	for text = strings.TrimLeft(text, " \t\r\n"); text != ""; text = strings.TrimLeft(text, " \t\r\n") {
		t, rest, fault := nextTerm(text)
		if fault != nil {
			return Filter{}, fault
		}
		if !f.take(t, now) {
			return Filter{}, &Fault{Code: CodeFilterValue, Field: FieldFilter, Value: t.raw}
		}
		text = rest
	}
	return f, nil
}

// term is one word of a filter.
type term struct {
	raw    string // as typed
	not    bool
	key    string
	values []string
}

// nextTerm reads the word that text begins with.
func nextTerm(text string) (t term, rest string, f *Fault) {
	all := text
	text, t.not = strings.CutPrefix(text, "!")
	if i := strings.IndexAny(text, ": \t\r\n\"!,"); i > 0 && text[i] == ':' && isKey(text[:i]) {
		t.key, text = text[:i], text[i+1:]
	}
	for {
		value, after, ok := nextValue(text, t.key != keyWord)
		if !ok {
			return t, "", &Fault{Code: CodeFilterQuote, Field: FieldFilter, Value: text}
		}
		t.values = append(t.values, value)
		if text, ok = strings.CutPrefix(after, ","); !ok || t.key == keyWord {
			text = after
			break
		}
	}
	t.raw = all[:len(all)-len(text)]
	switch t.key {
	case keyState, keyHook, keyEvent, keyStatus, keyError, keySince, keyUntil, keyTest, keyID, keyCall, keyReplay:
	case keyWord:
		if strings.TrimPrefix(t.raw, "!") == keyTest {
			t.key, t.values = keyTest, []string{"yes"}
		}
	default:
		return t, "", &Fault{Code: CodeFilterKey, Field: FieldFilter, Value: t.raw}
	}
	return t, text, nil
}

// isKey reports whether a word before a colon is meant as a key.
func isKey(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' }) < 0
}

// nextValue reads a quoted or plain value; ok is false when a quotation mark stays
// open or is followed by more of the word. A comma ends a value of a key.
func nextValue(text string, keyed bool) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		ends := " \t\r\n"
		if keyed {
			ends += ","
		}
		i := strings.IndexAny(text, ends)
		if i < 0 {
			i = len(text)
		}
		return text[:i], text[i:], true
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			rest = text[i+1:]
			return b.String(), rest, rest == "" || strings.ContainsAny(rest[:1], " \t\r\n") || (keyed && rest[0] == ',')
		case c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// take adds a term; false when a value is none of its key's.
func (f *Filter) take(t term, now time.Time) bool {
	for _, v := range t.values {
		if v == "" {
			return false
		}
		switch t.key {
		case keySince, keyUntil:
			at, ok := parseMoment(v, now)
			if !ok || len(t.values) > 1 {
				return false
			}
			f.bound((t.key == keySince) != t.not, at)
			continue
		case keyTest:
			yes := v == "yes"
			if (!yes && v != "no") || len(t.values) > 1 {
				return false
			}
			if yes = yes != t.not; f.Test != nil && *f.Test != yes {
				return false // both at once is nothing at all
			}
			f.Test = &yes
			continue
		case keyStatus:
			v = strings.ToLower(v)
			if !isStatus(v) {
				return false
			}
		case keyError:
			if !slices.Contains(Codes(), Code(v)) {
				return false
			}
		case keyState:
			if !slices.Contains(DeliveryStates(), DeliveryState(v)) {
				return false
			}
		}
		to := f
		if t.not {
			if f.Not == nil {
				f.Not = &Filter{}
			}
			to = f.Not
		}
		to.add(t.key, v)
	}
	return true
}

// bound narrows the stretch of time: not before at, or not after it.
func (f *Filter) bound(since bool, at time.Time) {
	switch {
	case since && at.After(f.Since):
		f.Since = at
	case !since && (f.Until.IsZero() || at.Before(f.Until)):
		f.Until = at
	}
}

// isStatus accepts a status of HTTP, or a class such as "5xx".
func isStatus(s string) bool {
	if len(s) != 3 || s[0] < '1' || s[0] > '5' {
		return false
	}
	n, err := strconv.Atoi(s[1:])
	return s[1:] == "xx" || (err == nil && n >= 0 && s[1] != '+' && s[1] != '-')
}

// parseMoment reads a time (RFC 3339, or without seconds or zone), a date, a time
// of today, or how long ago.
func parseMoment(s string, now time.Time) (time.Time, bool) {
	for unit, days := range map[string]int{"d": 1, "w": 7} {
		digits, ok := strings.CutSuffix(s, unit)
		if n, err := strconv.ParseUint(digits, 10, 12); ok && err == nil {
			return now.AddDate(0, 0, -days*int(n)).Round(0), true
		}
	}
	if d, err := time.ParseDuration(s); err == nil {
		return now.Add(-d).Round(0), d >= 0
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return at, at.Year() >= 1970
		}
	}
	if at, err := time.Parse("15:04", s); err == nil {
		y, m, d := now.Date()
		return time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, now.Location()), true
	}
	return time.Time{}, false
}

// String is what ParseFilter reads as the same filter.
func (f Filter) String() string {
	var words []string
	add := func(not, key, value string) {
		if key != keyWord {
			key += ":"
		}
		words = append(words, not+key+value)
	}
	lists := func(not string, f *Filter) {
		for _, s := range f.States {
			add(not, keyState, string(s))
		}
		for _, key := range []string{keyHook, keyEvent, keyStatus, keyError, keyID, keyCall, keyReplay, keyWord} {
			for _, v := range *f.list(key) {
				add(not, key, quoted(v, key != keyWord))
			}
		}
	}
	lists("", &f)
	if !f.Since.IsZero() {
		add("", keySince, f.Since.UTC().Format(time.RFC3339Nano))
	}
	if !f.Until.IsZero() {
		add("", keyUntil, f.Until.UTC().Format(time.RFC3339Nano))
	}
	if f.Test != nil && *f.Test {
		add("", keyTest, "yes")
	} else if f.Test != nil {
		add("", keyTest, "no")
	}
	if f.Not != nil {
		lists("!", f.Not)
	}
	return strings.Join(words, " ")
}

// quoted is the value with quotation marks when it needs them.
func quoted(v string, keyed bool) string {
	if !strings.ContainsAny(v, " \t\r\n\"") && v != "" &&
		(keyed && !strings.Contains(v, ",") || !keyed && v != keyTest && v[0] != '!' && !strings.Contains(v, ":")) {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}
