package text

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hooktop/model"
)

// Message is an error in three parts, all clean: what happened, the raw cause if
// there is one (shown one level down), and one hint that cures it.
type Message struct{ What, Why, Cure string }

// String is what fits on a line: what happened and the cure.
func (m Message) String() string { return strings.TrimSpace(m.What + " " + m.Cure) }

// Problem is the pattern of a Message. In braces: host (with its port); name (the
// host alone); status ("401: " or nothing); retry; value (quoted); raw (not quoted);
// got (": " and the value quoted, or nothing); limit; size (the limit in bytes); at
// (line and column, or nothing); and what Where has.
type Problem struct{ What, Cure string }

// ProblemWords have a problem for each code, and for "code.reason" where a reason,
// a field or a missing value makes a difference.
type ProblemWords struct {
	ByCode      map[string]Problem
	Unknown     Problem // not one of ours
	Cancelled   Problem
	TooLate     Problem
	At          string // takes line and column
	Until       string // takes a time as the receiver wrote it
	Open, Close string // quotes
	Host        string // stands for a host that is not known
	// Where a cure is found: on the screens, and at the shell (AtShell).
	Where, Shell map[string]string
}

// AtShell returns the words whose cures name flags and commands instead of parts of
// the screens.
func (w *Words) AtShell() *Words {
	shell := *w
	shell.Problem.Where = w.Problem.Shell
	return &shell
}

// maxValue is how much of a value a sentence quotes, in characters.
const maxValue = 80

// Fault is the message for an error of a verb: the *model.Fault in its chain, a
// cancellation, or anything else.
func (w *Words) Fault(err error) Message {
	var f *model.Fault
	p := w.Problem.Unknown
	why := ""
	switch {
	case err == nil:
		return Message{}
	case errors.As(err, &f):
		return w.fault(f)
	case errors.Is(err, context.Canceled):
		p = w.Problem.Cancelled
	case errors.Is(err, context.DeadlineExceeded):
		p = w.Problem.TooLate
	default:
		why = Clean(err.Error())
	}
	return Message{What: p.What, Why: why, Cure: p.Cure}
}

func (w *Words) fault(f *model.Fault) Message {
	var reasons []string
	if f.Field == model.FieldState {
		reasons = append(reasons, f.Value)
	}
	switch {
	case f.Field == model.FieldOwner && f.Value != "":
		reasons = append(reasons, "pid")
	case f.Field == model.FieldFilter:
		key, _, _ := strings.Cut(strings.TrimPrefix(f.Value, "!"), ":")
		reasons = append(reasons, key)
	}
	reasons = append(reasons, string(f.Field))
	switch {
	case f.Limit > 0:
		reasons = append(reasons, "limit")
	case f.Value != "":
		reasons = append(reasons, "value")
	}
	value := short(Clean(f.Value))
	switch {
	case f.Code == model.CodeUsage: // a sentence already
		value = Clean(f.Value)
	case f.Field == model.FieldState:
		value = w.HookState(model.HookState(f.Value))
	}
	at := ""
	if f.Line > 0 {
		at = fmt.Sprintf(w.Problem.At, f.Line, f.Col)
	}
	p := w.problem(string(f.Code), reasons...)
	m := w.say(p, value, "{limit}", w.Number(f.Limit), "{size}", w.Size(int64(f.Limit)), "{at}", at,
		"{host}", w.Problem.Host, "{name}", w.Problem.Host, "{status}", "", "{retry}", "")
	if strings.HasPrefix(p.What, "{host}") || strings.HasPrefix(p.What, "{status}") { // a failure's code as a fault
		m.What = capital(m.What)
	}
	if f.File != "" {
		m.What = short(Clean(f.File)) + ": " + Continue(m.What)
	}
	if f.Err != nil {
		m.Why = Clean(f.Err.Error())
	}
	return m
}

// Failure is the message for why an attempt or a verification got no 2xx; zero for
// nil.
func (w *Words) Failure(f *model.Failure) Message {
	if f == nil {
		return Message{}
	}
	code, reasons := string(f.Code), []string{f.Reason}
	if f.Code == model.CodeInvalidURL || f.Code == model.CodeLocal {
		if _, ok := w.Problem.ByCode[f.Reason]; ok {
			code = f.Reason // the fault that kept the request from being built
		}
	}
	if f.RetryAfter != "" {
		reasons = append(reasons, "after")
	}
	host, status := w.Problem.Host, ""
	if f.Host != "" {
		host = short(Clean(f.Host))
	}
	if n := f.Status(); n > 0 {
		status = strconv.Itoa(n) + ": "
	}
	p := w.problem(code, reasons...)
	m := w.say(p, "", "{host}", host, "{name}", bareHost(host), "{status}", status, "{retry}", w.retry(f.RetryAfter))
	if status == "" && (f.Host == "" || !strings.HasPrefix(strings.TrimPrefix(p.What, "{status}"), "{host}")) {
		m.What = capital(m.What) // but never a host's name
	}
	m.Why = Clean(f.Detail)
	return m
}

// problem looks for the code with a reason, then for the code, then gives up on
// words: a code of a newer program shows itself.
func (w *Words) problem(code string, reasons ...string) Problem {
	for _, r := range reasons {
		if p, ok := w.Problem.ByCode[code+"."+r]; ok {
			return p
		}
	}
	if p, ok := w.Problem.ByCode[code]; ok {
		return p
	}
	return Problem{What: w.Problem.Unknown.What + " (" + strings.NewReplacer("{", "", "}", "").Replace(Clean(code)) + ")", Cure: w.Problem.Unknown.Cure}
}

// say fills a pattern; value and the replacements are clean.
func (w *Words) say(p Problem, value string, pairs ...string) Message {
	quoted, got := "", ""
	if value != "" {
		quoted = w.Problem.Open + value + w.Problem.Close
		got = ": " + quoted
	}
	for at, where := range w.Problem.Where {
		pairs = append(pairs, "{"+at+"}", where)
	}
	r := strings.NewReplacer(append(pairs, "{value}", quoted, "{got}", got, "{raw}", value)...)
	return Message{What: tidy(r.Replace(p.What)), Cure: tidy(r.Replace(p.Cure))}
}

// bareHost is a host without its port; a name has none.
func bareHost(s string) string {
	if host, _, err := net.SplitHostPort(s); err == nil {
		return host
	}
	return s
}

// retry is a Retry-After as people read it: seconds as a duration, a date as it is.
func (w *Words) retry(v string) string {
	if n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 32); err == nil && n >= 0 {
		return w.Duration(time.Duration(n) * time.Second)
	}
	return fmt.Sprintf(w.Problem.Until, short(Clean(v)))
}

// tidy closes the gaps that empty values left.
func tidy(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), " .", ".")
}

// Continue makes a sentence go on after a colon: its first letter is small unless
// the word is an abbreviation.
func Continue(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// capital makes the first letter a capital.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// short cuts a value that is too long to quote.
func short(s string) string {
	runes := []rune(s)
	if len(runes) <= maxValue {
		return s
	}
	return string(runes[:maxValue-1]) + "…"
}
