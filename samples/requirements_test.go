package samples

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hooktop/model"
)

var languages = []string{spanish, english}

func load(t *testing.T) *Set {
	t.Helper()
	set, warnings, err := Load(nil)
	if err != nil || len(warnings) != 0 {
		t.Fatalf("Load(nil) = %v, %v", warnings, err)
	}
	return set
}

// body decodes a sample without touching its numbers.
func body(t *testing.T, set *Set, typ, lang string) map[string]any {
	t.Helper()
	b, err := set.Body(typ, lang)
	if err != nil {
		t.Fatalf("Body(%q, %q): %v", typ, lang, err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var fields map[string]any
	if err := d.Decode(&fields); err != nil {
		t.Fatalf("%s %s: %v", typ, lang, err)
	}
	return fields
}

func types(set *Set) []string {
	return append(set.Catalogue().Types(), model.VerificationType)
}

func TestR13_SevenTriggersCanBeSwitchedOneByOne(t *testing.T) {
	c := load(t).Catalogue()
	want := []string{"call.processed", "call.tag", "call.flag", "call.note", "call.moment", "call.summary", "call.score"}
	var keys []string
	for _, trigger := range c.Triggers() {
		keys = append(keys, trigger.Key)
		chosen := trigger.Toggle(nil)
		if trigger.Mark(chosen) != model.MarkAll || c.Chosen(chosen) != 1 {
			t.Errorf("toggling %s chose %v", trigger.Key, chosen)
		}
	}
	if !slices.Equal(keys, want) {
		t.Errorf("triggers = %v, want %v", keys, want)
	}
	if n := len(c.Types()); n != 11 {
		t.Errorf("%d event types, want 11", n)
	}
	if c.Has(model.VerificationType) {
		t.Error("the verification is offered as an event")
	}
}

// trigger checks one line of the article: the toggle, its events in order, its
// words, and the member that its bodies carry.
func trigger(t *testing.T, key, es, en, member string, events ...string) {
	t.Helper()
	set := load(t)
	i := slices.IndexFunc(set.Catalogue().Triggers(), func(tr model.Trigger) bool { return tr.Key == key })
	if i < 0 {
		t.Fatalf("no trigger %s", key)
	}
	if got := set.Catalogue().Triggers()[i].Events; !slices.Equal(got, events) {
		t.Errorf("events = %v, want %v", got, events)
	}
	if got := set.Label(key, "es"); got != es {
		t.Errorf("es label = %q, want %q", got, es)
	}
	if got := set.Label(key, "en"); got != en {
		t.Errorf("en label = %q, want %q", got, en)
	}
	for _, typ := range events {
		for _, lang := range languages {
			if got := body(t, set, typ, lang); got["type"] != typ || got[member] == nil {
				t.Errorf("%s %s: type %v, %s %v", typ, lang, got["type"], member, got[member])
			}
		}
	}
}

func TestR14_CallCreatedAndProcessed(t *testing.T) {
	trigger(t, "call.processed", "Llamada creada y procesada", "Call created and processed", "call_details", "call.processed")
}

func TestR15_TagAddedOrRemoved(t *testing.T) {
	trigger(t, "call.tag", "Etiqueta añadida o eliminada", "Tag added or removed", "tag", "call.tag.added", "call.tag.removed")
	added, removed := pair(t, "call.tag")
	name := added["tag"].(map[string]any)["name"]
	if !slices.Contains(added["tags"].([]any), name) || slices.Contains(removed["tags"].([]any), name) {
		t.Errorf("tags after: added %v, removed %v", added["tags"], removed["tags"])
	}
}

func TestR16_FlagAddedOrRemoved(t *testing.T) {
	trigger(t, "call.flag", "Marcador añadido o eliminado", "Flag added or removed", "flag", "call.flag.added", "call.flag.removed")
	counts(t, "call.flag", "flags_count")
}

func TestR17_NoteAddedOrRemoved(t *testing.T) {
	trigger(t, "call.note", "Nota añadida o eliminada", "Note added or removed", "note", "call.note.added", "call.note.removed")
	counts(t, "call.note", "notes_count")
	_, removed := pair(t, "call.note")
	if text, ok := removed["note"].(map[string]any)["text"]; !ok || text != nil {
		t.Errorf("a removed note repeats its text: %v", text)
	}
}

func TestR18_MomentAddedOrRemoved(t *testing.T) {
	trigger(t, "call.moment", "Momento añadido o eliminado", "Moment added or removed", "moment", "call.moment.added", "call.moment.removed")
	counts(t, "call.moment", "moments_count")
}

func TestR19_SummaryChanged(t *testing.T) {
	trigger(t, "call.summary", "Resumen modificado", "Summary changed", "summary", "call.summary.changed")
	b := body(t, load(t), "call.summary.changed", "es")
	before := b["previous"].(map[string]any)["summary"].(map[string]any)
	if before["text"] == b["summary"].(map[string]any)["text"] {
		t.Error("the summary did not change")
	}
	if first := body(t, load(t), "call.processed", "es")["summary"].(map[string]any); first["text"] != before["text"] {
		t.Error("what the summary was before is not what the call was processed with")
	}
}

func TestR20_ScoreChanged(t *testing.T) {
	trigger(t, "call.score", "Puntuación modificada", "Score changed", "call_score", "call.score.changed")
	b := body(t, load(t), "call.score.changed", "en")
	before := b["previous"].(map[string]any)["call_score"].(map[string]any)
	first := body(t, load(t), "call.processed", "en")["call_score"].(map[string]any)
	if before["score"] != first["score"] || before["percent"] != first["percent"] {
		t.Errorf("previous %v, processed with %v/%v", before, first["score"], first["percent"])
	}
	if b["call_score"].(map[string]any)["score"] == before["score"] {
		t.Error("the score did not change")
	}
}

// pair returns the Spanish bodies of a toggle's two directions.
func pair(t *testing.T, key string) (added, removed map[string]any) {
	set := load(t)
	return body(t, set, key+".added", "es"), body(t, set, key+".removed", "es")
}

func counts(t *testing.T, key, member string) {
	t.Helper()
	added, removed := pair(t, key)
	a, _ := added[member].(json.Number).Int64()
	r, _ := removed[member].(json.Number).Int64()
	if a-r != 1 {
		t.Errorf("%s: %d after adding, %d after removing", member, a, r)
	}
}

// call_score may be absent or null (the article says "usually"); in the sample of
// a scored call it is there, and events that are not about the score lack it.
func TestR23_CallDetailsAndCallScoreAreTopLevel(t *testing.T) {
	set := load(t)
	for _, lang := range languages {
		b := body(t, set, "call.processed", lang)
		for _, member := range []string{"call_details", "call_score"} {
			if _, ok := b[member].(map[string]any); !ok {
				t.Errorf("%s: %s is %T, want a top-level object", lang, member, b[member])
			}
		}
		if page := set.Page("call.processed", lang); !strings.Contains(page, "`call_score`") || !strings.Contains(page, "`null`") {
			t.Errorf("%s: the page does not say that call_score may be null", lang)
		}
	}
	for _, typ := range set.Catalogue().Types() {
		b := body(t, set, typ, "en")
		_, scored := b["call_score"]
		if want := typ == "call.processed" || typ == "call.score.changed"; scored != want {
			t.Errorf("%s: has call_score %v, want %v", typ, scored, want)
		}
		if b["call_details"] == nil {
			t.Errorf("%s: no call_details", typ)
		}
	}
}

func TestR29_EveryTriggerHasAnExampleAndAPage(t *testing.T) {
	set := load(t)
	for _, typ := range set.Catalogue().Types() {
		for _, lang := range languages {
			b, err := set.Body(typ, lang)
			if err != nil || len(b) < 800 || len(b) > 4096 {
				t.Errorf("%s %s: %d bytes, %v; want 0.8 to 4 KB", typ, lang, len(b), err)
			}
			if !json.Valid(b) || bytes.Contains(b, []byte("\t")) || !bytes.HasPrefix(b, []byte("{\n  \"id\"")) {
				t.Errorf("%s %s is not pretty-printed JSON with two spaces", typ, lang)
			}
			page := set.Page(typ, lang)
			for member := range body(t, set, typ, lang) {
				if !strings.Contains(page, "`"+member+"`") {
					t.Errorf("page of %s in %s does not name %s", typ, lang, member)
				}
			}
			if !strings.Contains(page, "`"+typ+"`") {
				t.Errorf("page of %s in %s does not name the event", typ, lang)
			}
		}
	}
}
