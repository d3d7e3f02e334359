package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"
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

// Redacted is the verification as it may be shown.
func (v Verification) Redacted(h Hook) Verification {
	k := KeysOf(h)
	v.Failure = k.failure(v.Failure)
	v.ContentType, v.FirstBytes, v.Location = k.text(v.ContentType), k.text(v.FirstBytes), k.text(v.Location)
	return v
}

// Redacted is the attempt as it may be shown. Of one that was stored as it came, and
// whose keys h has no more, nothing is left of what the receiver wrote: nobody knows
// what to hide in it. h may be zero, for a webhook that is gone.
func (a Attempt) Redacted(h Hook) Attempt {
	known := a.Masked || a.sentWith(h)
	a.Request = slices.Clone(a.Request)
	for i, line := range a.Request {
		if !ForbiddenHeader(line.Name) { // a webhook's own: all others are ours
			a.Request[i] = line.Masked()
		}
	}
	if a.Response != nil {
		res := *a.Response
		res.Headers = slices.Clone(res.Headers)
		if !known {
			res.Headers, res.Body, res.Truncated = nil, nil, true
		}
		a.Response = &res
	}
	if a.Failure != nil && !known {
		f := *a.Failure
		f.Detail, f.RetryAfter = "", ""
		a.Failure = &f
	}
	KeysOf(h).Mask(&a)
	return a
}

// sentWith reports that a request had the keys of h.
func (a *Attempt) sentWith(h Hook) bool {
	var own []Header
	for _, line := range a.Request {
		if !ForbiddenHeader(line.Name) {
			own = append(own, line.Masked())
		}
	}
	return a.AuthFingerprint == h.AuthFingerprint() && slices.Equal(own, h.MaskedHeaders())
}

// Redacted is the result as it may be shown.
func (r TestResult) Redacted(h Hook) TestResult {
	r.Attempt = r.Attempt.Redacted(h)
	return r
}

// Keys are the keys of a webhook, to be hidden where a receiver says them. They never
// change; many goroutines may use them at once.
type Keys struct {
	keys    []key             // the longest first
	replace *strings.Replacer // every spelling of a key by the same spelling of its mask
}

// key is one of them. A text that has neither its core nor its head has it in no
// spelling, whole or cut: that is soon seen, and nearly all texts are so.
type key struct {
	text           string
	core, head     string // the longest stretch that every spelling leaves alone; the first bytes
	coreIn, headIn []byte // the same, to be found in bytes
}

// KeysOf are all keys a webhook sends or signs with. Work them out once for many texts.
func KeysOf(h Hook) *Keys {
	k := &Keys{}
	for _, s := range []Secret{h.Authorization, h.Secret, h.OldSecret} {
		k.add(s.Reveal())
	}
	for _, own := range h.Headers {
		if len(own.Value) >= maskedFrom && !strings.HasPrefix(strings.ToLower(own.Name), "accept") {
			k.add(own.Value)
		}
	}
	slices.SortStableFunc(k.keys, func(a, b key) int { return cmp.Compare(len(b.text), len(a.text)) })
	var pairs []string
	for _, x := range k.keys {
		mask := NewSecret(x.text).Masked()
		for _, spell := range spellings {
			pairs = append(pairs, spell(x.text), strings.ReplaceAll(spell(mask), "%2A", "*"))
		}
	}
	k.replace = strings.NewReplacer(pairs...)
	return k
}

// Mask hides the keys in what came back of an attempt that was sent with them, and
// notes in it that it is done. It changes what a points to, but for bytes and failure.
func (k *Keys) Mask(a *Attempt) {
	a.Masked = true
	if len(k.keys) == 0 {
		return
	}
	a.Failure = k.failure(a.Failure)
	if a.Response == nil {
		return
	}
	for i := range a.Response.Headers {
		a.Response.Headers[i].Value = k.text(a.Response.Headers[i].Value)
	}
	a.Response.Body = k.raw(a.Response.Body)
}

// add notes what is secret of a value: not the scheme before it, nor our prefix.
func (k *Keys) add(value string) {
	word, rest, ok := strings.Cut(value, " ")
	switch {
	case ok && knownScheme(word):
		value = strings.TrimSpace(rest)
	case ok && len(rest) >= leastNeedle:
		k.keys = append(k.keys, keyOf(rest)) // a scheme we do not know, perhaps
	}
	value = strings.TrimPrefix(value, SecretPrefix)
	if len(value) >= leastNeedle {
		k.keys = append(k.keys, keyOf(value))
	}
}

func keyOf(text string) key {
	core := ""
	plain := func(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !plain(r) }) {
		if len(run) > len(core) {
			core = run
		}
	}
	head := text[:leastTail]
	return key{text, core, head, []byte(core), []byte(head)}
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

// text hides the keys in a text.
func (k *Keys) text(s string) string {
	for _, x := range k.keys {
		if strings.Contains(s, x.core) || strings.Contains(s[max(0, len(s)-len(x.text)):], x.head) {
			return k.hide(s)
		}
	}
	return s
}

// raw is text as it may be shown: a receiver that echoes its request says the webhook's
// keys, and each stands here as its mask, also where it is written as in JSON, a URL or
// HTML, and where the text was cut within it. Without any, text itself is returned; it is
// never changed.
func (k *Keys) raw(b []byte) []byte {
	for _, x := range k.keys {
		if bytes.Contains(b, x.coreIn) || bytes.Contains(b[max(0, len(b)-len(x.text)):], x.headIn) {
			s := string(b)
			if out := k.hide(s); out != s {
				return []byte(out)
			}
			return b
		}
	}
	return b
}

// hide replaces every key, and the beginning of one at the end.
func (k *Keys) hide(s string) string {
	s = k.replace.Replace(s)
	for _, x := range k.keys {
		for n := min(len(x.text)-1, len(s)); n >= leastTail; n-- {
			if strings.HasSuffix(s, x.text[:n]) {
				return s[:len(s)-n] + stars
			}
		}
	}
	return s
}

func (k *Keys) failure(f *Failure) *Failure {
	if f == nil || len(k.keys) == 0 {
		return f
	}
	out := *f
	out.Detail, out.RetryAfter = k.text(f.Detail), k.text(f.RetryAfter)
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
