package model

import (
	"slices"
	"strings"
)

// VerificationType is the event type that Verify sends; it is no trigger.
const VerificationType = "webhook.verification"

// Trigger is one toggle of the form: a key and the event types it stands for.
type Trigger struct {
	Key    string   // "call.tag"
	Events []string // "call.tag.added", "call.tag.removed"
}

// Mark is how much of a trigger a webhook has chosen.
type Mark int

const (
	MarkNone Mark = iota // [ ]
	MarkSome             // [~]
	MarkAll              // [x]
)

// Mark derives the toggle from a webhook's event types.
func (t Trigger) Mark(events []string) Mark {
	n := 0
	for _, e := range t.Events {
		if slices.Contains(events, e) {
			n++
		}
	}
	switch n {
	case 0:
		return MarkNone
	case len(t.Events):
		return MarkAll
	}
	return MarkSome
}

// Toggle returns events with the whole trigger set, or cleared if it was whole.
func (t Trigger) Toggle(events []string) []string {
	if t.Mark(events) == MarkAll {
		return without(events, t.Events)
	}
	return NormalizeEvents(append(slices.Clone(events), t.Events...))
}

// ToggleEvent returns events with one event type flipped.
func ToggleEvent(events []string, typ string) []string {
	if slices.Contains(events, typ) {
		return without(events, []string{typ})
	}
	return NormalizeEvents(append(slices.Clone(events), typ))
}

// NormalizeEvents sorts and removes duplicates; the result is never shared.
func NormalizeEvents(events []string) []string {
	out := slices.Clone(events)
	slices.Sort(out)
	return slices.Compact(out)
}

func without(events, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(events), func(e string) bool { return slices.Contains(gone, e) })
}

// Catalogue is the closed set of event types that are loaded, grouped into
// triggers. It is data: the embedded eleven first, in the article's order, then
// the user's own.
type Catalogue struct{ triggers []Trigger }

// NewCatalogue groups event types by TriggerKey, keeping the order given.
func NewCatalogue(types []string) Catalogue {
	var c Catalogue
	for _, typ := range types {
		key := TriggerKey(typ)
		i := slices.IndexFunc(c.triggers, func(t Trigger) bool { return t.Key == key })
		if i < 0 {
			c.triggers = append(c.triggers, Trigger{Key: key})
			i = len(c.triggers) - 1
		}
		if !slices.Contains(c.triggers[i].Events, typ) {
			c.triggers[i].Events = append(c.triggers[i].Events, typ)
		}
	}
	return c
}

// processed is an event and a toggle of its own: the end of a call, not one of the
// changes that are grouped.
const processed = "call.processed"

// TriggerKey is the toggle an event type belongs to: all its dotted words but the
// last ("call.tag.added" -> "call.tag", "order.paid" -> "order"). call.processed is
// its own.
func TriggerKey(typ string) string {
	if i := strings.LastIndexByte(typ, '.'); i > 0 && typ != processed {
		return typ[:i]
	}
	return typ
}

// Triggers lists the toggles in order. The result must not be changed.
func (c Catalogue) Triggers() []Trigger { return c.triggers }

// Types lists all event types in order.
func (c Catalogue) Types() []string {
	var out []string
	for _, t := range c.triggers {
		out = append(out, t.Events...)
	}
	return out
}

// Has reports whether the event type is loaded.
func (c Catalogue) Has(typ string) bool {
	return slices.ContainsFunc(c.triggers, func(t Trigger) bool { return slices.Contains(t.Events, typ) })
}

// Expand turns toggle keys, event types and the word "all" into event types. A word
// that is both means both. An unknown one is a Fault with code CodeUnknownEvent.
func (c Catalogue) Expand(words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		types := c.expandOne(w)
		if types == nil {
			return nil, &Fault{Code: CodeUnknownEvent, Field: FieldTriggers, Value: w}
		}
		out = append(out, types...)
	}
	return NormalizeEvents(out), nil
}

func (c Catalogue) expandOne(word string) []string {
	if word == "all" {
		return c.Types()
	}
	types := slices.Clone(c.Events(word))
	if c.Has(word) {
		types = append(types, word)
	}
	return types
}

// Events lists the event types of the toggle with that key; nil for none. The result
// must not be changed.
func (c Catalogue) Events(key string) []string {
	for _, t := range c.triggers {
		if t.Key == key {
			return t.Events
		}
	}
	return nil
}

// Chosen counts the triggers of which at least one event type is chosen.
func (c Catalogue) Chosen(events []string) int {
	n := 0
	for _, t := range c.triggers {
		if t.Mark(events) != MarkNone {
			n++
		}
	}
	return n
}
