package model

import (
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
)

// A value shorter than leastNeedle occurs in a text by chance, and hiding it would
// only say where. A text that was cut may end in a value's beginning: leastTail of
// it are enough to hide them.
const (
	leastNeedle = 6
	leastTail   = 4
	stars       = "********"
)

// Masked returns the header as it may be shown: its value may be a key. A mask
// stays as it is.
func (h Header) Masked() Header {
	if !strings.Contains(h.Value, stars) {
		h.Value = NewSecret(h.Value).Masked()
	}
	return h
}

// MaskedHeaders are the webhook's own headers as they may be shown.
func (h Hook) MaskedHeaders() []Header {
	out := make([]Header, len(h.Headers))
	for i, own := range h.Headers {
		out[i] = own.Masked()
	}
	return out
}

// Redact returns text as it may be shown: a receiver that echoes its request says
// the webhook's keys, and each stands here as its mask, also where it is written as
// in JSON, a URL or HTML, and where the text was cut within it. Without any, text
// itself is returned; it is never changed.
func Redact(text []byte, h Hook) []byte {
	s := string(text)
	if out := redactorOf(h).text(s); out != s {
		return []byte(out)
	}
	return text
}

// Redacted is the verification as it may be shown.
func (v Verification) Redacted(h Hook) Verification {
	r := redactorOf(h)
	v.Failure = r.failure(v.Failure)
	v.ContentType, v.FirstBytes, v.Location = r.text(v.ContentType), r.text(v.FirstBytes), r.text(v.Location)
	return v
}

// Redacted is the attempt as it may be shown.
func (a Attempt) Redacted(h Hook) Attempt {
	r := redactorOf(h)
	a.Failure = r.failure(a.Failure)
	a.Request = slices.Clone(a.Request)
	for i, line := range a.Request {
		if !ForbiddenHeader(line.Name) { // a webhook's own: all others are ours
			a.Request[i] = line.Masked()
		}
	}
	if a.Response == nil {
		return a
	}
	res := *a.Response
	res.Headers = slices.Clone(res.Headers)
	for i := range res.Headers {
		res.Headers[i].Value = r.text(res.Headers[i].Value)
	}
	res.Body = Redact(res.Body, h)
	a.Response = &res
	return a
}

// Redacted is the result as it may be shown.
func (r TestResult) Redacted(h Hook) TestResult {
	r.Attempt = r.Attempt.Redacted(h)
	return r
}

// redactor hides the keys of one webhook.
type redactor struct {
	keys    []string          // the longest first
	replace *strings.Replacer // every spelling of a key by the same spelling of its mask
}

func redactorOf(h Hook) redactor {
	var r redactor
	for _, s := range []Secret{h.Authorization, h.Secret, h.OldSecret} {
		r.add(s.Reveal())
	}
	for _, own := range h.Headers {
		if len(own.Value) >= maskedFrom && !strings.HasPrefix(strings.ToLower(own.Name), "accept") {
			r.add(own.Value)
		}
	}
	slices.SortStableFunc(r.keys, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, k := range r.keys {
		mask := NewSecret(k).Masked()
		for _, spell := range spellings {
			pairs = append(pairs, spell(k), strings.ReplaceAll(spell(mask), "%2A", "*"))
		}
	}
	r.replace = strings.NewReplacer(pairs...)
	return r
}

// add notes what is secret of a value: not the scheme before it, nor our prefix.
func (r *redactor) add(value string) {
	word, rest, ok := strings.Cut(value, " ")
	switch {
	case ok && knownScheme(word):
		value = strings.TrimSpace(rest)
	case ok && len(rest) >= leastNeedle:
		r.keys = append(r.keys, rest) // a scheme we do not know, perhaps
	}
	value = strings.TrimPrefix(value, SecretPrefix)
	if len(value) >= leastNeedle {
		r.keys = append(r.keys, value)
	}
}

// spellings are the ways in which a receiver may write a value it was sent.
var spellings = []func(string) string{
	func(s string) string { return s },
	jsonText,
	func(s string) string { return jsonPlain.Replace(jsonText(s)) },
	func(s string) string { return strings.ReplaceAll(jsonText(s), "/", `\/`) },
	func(s string) string { return strings.ReplaceAll(jsonPlain.Replace(jsonText(s)), "/", `\/`) },
	url.QueryEscape,
	url.PathEscape,
	html.EscapeString,
}

// jsonText is s between the quotes of a JSON string; jsonPlain undoes the escapes
// that only Go writes.
func jsonText(s string) string {
	b, _ := json.Marshal(s) // a string always has one
	return string(b[1 : len(b)-1])
}

var jsonPlain = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

func (r redactor) text(s string) string {
	if len(r.keys) == 0 {
		return s
	}
	s = r.replace.Replace(s)
	for _, k := range r.keys {
		for n := min(len(k)-1, len(s)); n >= leastTail; n-- {
			if strings.HasSuffix(s, k[:n]) {
				return s[:len(s)-n] + stars
			}
		}
	}
	return s
}

func (r redactor) failure(f *Failure) *Failure {
	if f == nil {
		return nil
	}
	out := *f
	out.Detail, out.RetryAfter = r.text(f.Detail), r.text(f.RetryAfter)
	return &out
}

// Redacted is the webhook with what is known of it as they may be shown. The
// configuration stays whole: it is edited and sent with.
func (v HookView) Redacted() HookView {
	if v.Verification != nil {
		last := v.Verification.Redacted(v.Hook)
		v.Verification = &last
	}
	if v.LastAttempt != nil {
		last := v.LastAttempt.Redacted(v.Hook)
		v.LastAttempt = &last
	}
	return v
}
