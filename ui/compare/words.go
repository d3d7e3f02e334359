package compare

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
)

// Name is what is compared with, for people.
func (c Comparison) Name(w *text.Words) string {
	names := [Againsts + 1]string{Previous: w.Delivery.Previous, Success: w.Delivery.Success,
		SampleES: w.Delivery.SampleES, SampleEN: w.Delivery.SampleEN, Againsts: w.Delivery.Other}
	return names[c.With]
}

// About names a side, after its name: which attempt of which delivery, and when; empty
// without an attempt. The clock writes a time.
func (s Side) About(dot string, clock func(time.Time) string) string {
	if s.Attempt == nil {
		return ""
	}
	return strings.Join([]string{"", "#" + strconv.Itoa(s.Attempt.N), clock(s.Attempt.StartedAt), text.Clean(s.View.ID)}, " "+dot+" ")
}

// Missing says that there is nothing to compare with.
func (c Comparison) Missing(w *text.Words) string {
	switch c.With {
	case Previous:
		return w.Delivery.NoPrevious
	case Success:
		return w.Delivery.NoSuccess
	}
	return w.Delivery.NoSample
}

// Findings say in words what differs, the likeliest cause first, and since when.
func (c Comparison) Findings(w *text.Words, now time.Time) []string {
	words := w.Delivery
	if c.Sample() || c.This.Attempt == nil {
		return []string{words.BodyDiffers(len(c.Request.Deltas), c.Request.More)}
	}
	var out []string
	a, b := c.Other.Attempt, c.This.Attempt
	if !c.Elsewhere() {
		out = c.causes(w, now)
	}
	t := teller{w: w}
	if before, after := t.answer(a), t.answer(b); before != after {
		out = append(out, words.StatusChanged(text.Continue(before), text.Continue(after)))
	}
	if len(c.Request.Deltas) > 0 {
		out = append(out, words.BodyDiffers(len(c.Request.Deltas), c.Request.More))
	}
	return out
}

// causes say what of the webhook is another since, or that nothing is.
func (c Comparison) causes(w *text.Words, now time.Time) []string {
	words := w.Delivery
	var out []string
	a, b := c.Other.Attempt, c.This.Attempt
	list := between(c.Changes, a.Revision, b.Revision)
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
	return out
}

// Notes say what a person should know of what is compared with.
func (c Comparison) Notes(w *text.Words) []string {
	words, typ, later := w.Delivery, w.Delivery.OtherType, w.Delivery.Later
	var out []string
	if c.With == Againsts {
		typ, later = words.TypesDiffer, words.OtherLater
	}
	if c.Elsewhere() {
		out = append(out, words.OtherHook(text.Clean(c.Other.View.Hook)))
	}
	if !c.Sample() && c.Other.View.Type != c.This.View.Type {
		out = append(out, typ(text.Clean(c.Other.View.Type)))
	}
	if c.Later {
		out = append(out, later)
	}
	return out
}

// between are the changes that led from one revision to the other, newest first,
// whichever of them is the older.
func between(changes []model.Change, a, b int64) []model.Change {
	var out []model.Change
	for _, c := range changes {
		if c.Revision > min(a, b) && c.Revision <= max(a, b) {
			out = append(out, c)
		}
	}
	return out
}

// touched is when a field was changed last; zero: it was not.
func touched(changes []model.Change, f model.Field) time.Time {
	for _, c := range changes {
		if slices.ContainsFunc(c.Fields, func(d model.FieldDelta) bool { return d.Field == f }) {
			return c.At
		}
	}
	return time.Time{}
}

// fields are the names of all fields changed, each once.
func fields(w *text.Words, changes []model.Change, but ...model.Field) []string {
	var out []string
	for _, c := range changes {
		for _, d := range c.Fields {
			if name := w.Field(d.Field); !slices.Contains(but, d.Field) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}
