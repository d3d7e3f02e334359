package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func catalogue() Catalogue {
	return NewCatalogue([]string{"call.processed", "call.tag.added", "call.tag.removed", "call.summary.changed", "order.paid", "call.tag.added", "order.refunded", "order.item", "order.item.added"})
}

func TestEventsGroupIntoTriggers(t *testing.T) {
	var got []string
	for _, tr := range catalogue().Triggers() {
		got = append(got, tr.Key+"="+strings.Join(tr.Events, "+"))
	}
	want := "call.processed=call.processed call.tag=call.tag.added+call.tag.removed call.summary=call.summary.changed order=order.paid+order.refunded+order.item order.item=order.item.added"
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
}

func TestMarkIsDerivedFromTheEvents(t *testing.T) {
	tag := catalogue().Triggers()[1]
	for _, c := range []struct {
		events []string
		want   Mark
	}{
		{nil, MarkNone}, {[]string{"call.processed"}, MarkNone}, {[]string{"call.tag.removed"}, MarkSome}, {tag.Events, MarkAll},
	} {
		if got := tag.Mark(c.events); got != c.want {
			t.Errorf("%v: %v, want %v", c.events, got, c.want)
		}
	}
}

func TestExpandTakesTogglesEventsAndAll(t *testing.T) {
	c := catalogue()
	for words, want := range map[string]string{
		"call.tag":                      "call.tag.added call.tag.removed",
		"call.tag.added call.tag.added": "call.tag.added",
		"order.paid call.processed":     "call.processed order.paid",
		"all":                           "call.processed call.summary.changed call.tag.added call.tag.removed order.item order.item.added order.paid order.refunded",
		"order":                         "order.item order.paid order.refunded",
		"order.item":                    "order.item order.item.added",
		"call.summary":                  "call.summary.changed",
	} {
		got, err := c.Expand(strings.Fields(words))
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %v %v", words, got, err)
		}
	}
	var f *Fault
	if _, err := c.Expand([]string{"call.tag", "call.tags"}); !errors.As(err, &f) || f.Code != CodeUnknownEvent || f.Value != "call.tags" {
		t.Errorf("unknown word: %v", err)
	}
}

// Toggling sets or clears both directions, touches no other trigger, and never
// changes the list it was given.
func TestToggle(t *testing.T) {
	c := catalogue()
	rapid.Check(t, func(t *rapid.T) {
		events := NormalizeEvents(rapid.SliceOf(rapid.SampledFrom(c.Types())).Draw(t, "events"))
		tr := rapid.SampledFrom(c.Triggers()).Draw(t, "trigger")
		before := slices.Clone(events)
		once := tr.Toggle(events)
		if !slices.Equal(events, before) {
			t.Fatal("the list given was changed")
		}
		want := MarkAll
		if tr.Mark(before) == MarkAll {
			want = MarkNone
		}
		if tr.Mark(once) != want || !slices.IsSorted(once) {
			t.Fatalf("%v toggled to %v", before, once)
		}
		for _, other := range c.Triggers() {
			if other.Key != tr.Key && other.Mark(once) != other.Mark(before) {
				t.Fatalf("%s changed %s", tr.Key, other.Key)
			}
		}
		typ := rapid.SampledFrom(c.Types()).Draw(t, "type")
		if back := ToggleEvent(ToggleEvent(before, typ), typ); !slices.Equal(back, before) {
			t.Fatalf("%v flipped twice is %v", before, back)
		}
	})
}
