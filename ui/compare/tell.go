package compare

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hooktop/model"
	"hooktop/ui/text"
)

// Mark says what an entry of a comparison is.
type Mark int

const (
	Note Mark = iota // a sentence
	Head             // of a section
	Same
	Old
	New
)

// Entry is one piece of a comparison before it is laid out. Its texts are clean.
type Entry struct {
	Mark  Mark
	Label string
	Value string
	Stop  bool // a difference begins here that one may look for
}

// maxShown bounds what is shown of one value, in bytes, and maxTold how many
// differences of one body: what is laid out within a key must stay small.
const (
	maxShown = 360
	maxTold  = 200
)

// teller says a comparison in words.
type teller struct {
	w   *text.Words
	out []Entry
}

func (t *teller) say(m Mark, label, value string) {
	t.out = append(t.out, Entry{Mark: m, Label: label, Value: value})
}

// pair is a value on both sides.
func (t *teller) pair(label, before, after string) {
	if before == after {
		t.say(Same, label, before)
		return
	}
	at := len(t.out)
	t.say(Old, label, before)
	t.say(New, label, after)
	t.out[at].Stop = true
}

// show cuts and cleans bytes of anyone's.
func (t *teller) show(raw []byte) string {
	if len(raw) <= maxShown {
		return text.Clean(string(raw))
	}
	n := maxShown
	for n > 0 && !utf8.RuneStart(raw[n]) {
		n--
	}
	return text.Clean(string(raw[:n])) + " " + t.w.Delivery.Left(len(raw)-n)
}

// or is s, or the word for nothing.
func (t *teller) or(s string) string {
	if s == "" {
		return t.w.Delivery.None
	}
	return text.Clean(s)
}

// Tell says the whole comparison, section by section.
func (c Comparison) Tell(w *text.Words) []Entry {
	t := &teller{w: w}
	words := w.Delivery
	if !c.Sample() && c.This.Attempt != nil {
		a, b := c.Other.Attempt, c.This.Attempt
		t.say(Head, words.Configuration, "")
		t.pair("URL", text.Clean(a.URL), text.Clean(b.URL))
		if c.Elsewhere() {
			t.pair("Authorization", t.mask(a), t.mask(b))
		} else {
			t.pair(w.Deliveries.RevisionOf, strconv.FormatInt(a.Revision, 10), strconv.FormatInt(b.Revision, 10))
			t.pair("Authorization", t.key(a), t.key(b))
		}
		t.say(Head, words.Result, "")
		t.pair(w.Deliveries.HTTP, t.answer(a), t.answer(b))
		t.headers(words.RequestHeaders, a.Request, b.Request)
	}
	t.body(words.RequestBody, c.Request, len(c.Other.Body), len(c.This.Body))
	if !c.Sample() && c.This.Attempt != nil {
		t.headers(words.ResponseHeaders, c.Other.Headers(), c.This.Headers())
		t.body(words.ResponseBody, c.Reply, len(c.Other.answer()), len(c.This.answer()))
		t.timings(c.Name(w)+" / "+words.ThisAttempt, c.Other.Attempt.Timings, c.This.Attempt.Timings)
	}
	return t.out
}

// key is the Authorization sent: its mask and its fingerprint, since two keys may look
// alike behind their masks.
func (t *teller) key(a *model.Attempt) string {
	if a.AuthFingerprint == "" {
		return t.mask(a)
	}
	return t.mask(a) + " (" + text.Clean(a.AuthFingerprint) + ")"
}

func (t *teller) mask(a *model.Attempt) string {
	return t.or(model.HeaderValue(a.Request, "Authorization"))
}

func (t *teller) answer(a *model.Attempt) string {
	switch {
	case a.Response != nil:
		return strconv.Itoa(a.Response.Status)
	case a.Failure != nil:
		return t.w.Failure(a.Failure).What
	}
	return t.w.Delivery.NoAnswer
}

// headers are said one by one. Those that are another one in every request come last,
// and the same ones by their names only.
func (t *teller) headers(title string, a, b []model.Header) {
	t.say(Head, title, "")
	var same []string
	later := teller{w: t.w}
	for _, h := range Headers(a, b) {
		name, to := t.show([]byte(h.Name)), t
		if passing(h.Name) {
			to = &later
		}
		switch {
		case h.After == nil:
			to.one(Old, name, []byte(*h.Before))
		case h.Before == nil:
			t.one(New, name, []byte(*h.After))
		case *h.Before == *h.After:
			same = append(same, name)
		default:
			to.pair(name, t.show([]byte(*h.Before)), t.show([]byte(*h.After)))
		}
	}
	for _, e := range later.out {
		e.Stop = false
		t.out = append(t.out, e)
	}
	switch {
	case len(same) > 0:
		t.say(Same, t.w.Delivery.Same, strings.Join(same, ", "))
	case len(a)+len(b) == 0:
		t.say(Same, t.w.Delivery.None, "")
	}
}

// passing reports a header that is another one in every request or answer: it is shown,
// and not what one looks for.
func passing(name string) bool {
	name = strings.ToLower(name)
	return name == "date" || strings.HasPrefix(name, "webhook-") || strings.HasPrefix(name, "x-hooktop-")
}

// one is a value on one side only.
func (t *teller) one(m Mark, label string, raw []byte) {
	t.say(m, label, t.show(raw))
	t.out[len(t.out)-1].Stop = true
}

// body lists the differences of a body.
func (t *teller) body(title string, d model.Diff, before, after int) {
	w := t.w.Delivery
	about := w.Differences(len(d.Deltas), d.More)
	switch {
	case len(d.Deltas) == 0:
		about = w.Same
	case !d.JSON:
		about += ", " + w.ByLine
	}
	t.say(Head, title, about+", "+t.w.Size(int64(before))+" / "+t.w.Size(int64(after)))
	for i, x := range d.Deltas {
		if i == maxTold {
			t.say(Note, w.Hidden(len(d.Deltas)-i, d.More), "")
			return
		}
		label := func(p *model.Place) string {
			if d.JSON {
				return text.Clean(p.String())
			}
			return strconv.Itoa(p.Line())
		}
		switch x.Kind {
		case model.DeltaRemoved:
			t.one(Old, label(x.From), x.Before)
		case model.DeltaAdded:
			t.one(New, label(x.To), x.After)
		default:
			t.one(Old, label(x.From), x.Before)
			t.say(New, label(x.To), t.show(x.After))
		}
		if !d.JSON && i > 0 && near(d.Deltas[i-1], x) { // one stretch of lines is one difference
			t.out[len(t.out)-1].Stop = false
		}
	}
}

// near reports that two lines of a text follow each other on the same side, or stand
// for each other.
func near(a, b model.Delta) bool {
	switch {
	case a.Kind == b.Kind && a.From != nil:
		return b.From.Line() == a.From.Line()+1
	case a.Kind == b.Kind:
		return b.To.Line() == a.To.Line()+1
	}
	return a.Kind == model.DeltaRemoved
}

// timings are numbers beside each other.
func (t *teller) timings(sides string, a, b model.Timings) {
	w := t.w.Trial
	t.say(Head, t.w.Deliveries.Timing, sides)
	for _, p := range []struct {
		name          string
		before, after time.Duration
	}{{w.DNS, a.DNS, b.DNS}, {w.Connect, a.Connect, b.Connect}, {w.TLS, a.TLS, b.TLS}, {w.Wait, a.Wait, b.Wait}, {w.Read, a.Body, b.Body}, {w.Total, a.Total, b.Total}} {
		sign := "+"
		if p.after < p.before {
			sign = ""
		}
		t.say(Same, p.name, t.w.Duration(p.before)+" / "+t.w.Duration(p.after)+"  ("+sign+t.w.Duration(p.after-p.before)+")")
	}
}
