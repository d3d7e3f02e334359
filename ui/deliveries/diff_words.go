package deliveries

import (
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
)

// findings say in words what differs, the likeliest cause first, and since when.
func (c comparison) findings(w *text.Words, now time.Time) []string {
	words := w.Delivery
	if c.sample() || c.this.attempt == nil {
		return []string{words.BodyDiffers(len(c.request.Deltas), c.request.More)}
	}
	var out []string
	a, b := c.other.attempt, c.this.attempt
	list := between(c.changes, a.Revision, b.Revision)
	said := func(what string, at time.Time) {
		if !at.IsZero() {
			what += " " + w.Ago(at, now)
		}
		if a.Revision != b.Revision {
			what += " (" + words.Revisions(min(a.Revision, b.Revision), max(a.Revision, b.Revision)) + ")"
		}
		out = append(out, what)
	}
	if a.AuthFingerprint != b.AuthFingerprint {
		what := words.KeyChanged
		switch {
		case a.AuthFingerprint == "":
			what = words.KeyAdded
		case b.AuthFingerprint == "":
			what = words.KeyRemoved
		}
		said(what, touched(list, model.FieldAuth))
	}
	if a.URL != b.URL {
		said(words.URLChanged, touched(list, model.FieldURL))
	}
	if names := fields(w, list, model.FieldAuth, model.FieldURL); len(names) > 0 {
		said(words.ConfigChanged(strings.Join(names, ", ")), list[0].At)
	}
	if len(out) == 0 && a.Revision == b.Revision {
		out = append(out, words.ConfigSame(b.Revision))
	}
	t := teller{w: w}
	if before, after := t.answer(a), t.answer(b); before != after {
		out = append(out, words.StatusChanged(text.Continue(before), text.Continue(after)))
	}
	if len(c.request.Deltas) > 0 {
		out = append(out, words.BodyDiffers(len(c.request.Deltas), c.request.More))
	}
	return out
}

// notes say what a person should know of what is compared with.
func (c comparison) notes(w *text.Words) []string {
	var out []string
	if c.what == againstSuccess && c.other.view.Type != c.this.view.Type {
		out = append(out, w.Delivery.OtherType(text.Clean(c.other.view.Type)))
	}
	if c.later {
		out = append(out, w.Delivery.Later)
	}
	return out
}
