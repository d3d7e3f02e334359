package compare

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
)

// shelf has the history of webhooks, and nothing else.
type shelf struct {
	Reader
	history []model.Change
}

func (s shelf) History(context.Context, string) ([]model.Change, error) { return s.history, nil }

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

// side is an attempt of a webhook with that key, made so long after noon.
func side(hook, key string, revision int64, after time.Duration) Side {
	h := model.Hook{ID: hook, Authorization: model.NewSecret(key)}
	v := model.DeliveryView{Delivery: model.Delivery{ID: "dlv_" + hook, HookID: hook, Hook: "of " + hook, Type: "call.tag.added"}}
	return Of(v, &model.Attempt{N: 1, URL: "https://crm.example/in", Revision: revision, AuthFingerprint: h.AuthFingerprint(), StartedAt: noon.Add(after),
		Request: []model.Header{{Name: "Authorization", Value: h.Authorization.Masked()}}, Response: &model.Response{Status: 200}})
}

// TestBetweenTwoWebhooksNothingIsSaidOfTheConfiguration promises no false cause: each
// webhook salts the fingerprints of its keys and counts its revisions for itself.
func TestBetweenTwoWebhooksNothingIsSaidOfTheConfiguration(t *testing.T) {
	r := shelf{history: []model.Change{{At: noon.Add(time.Hour), Revision: 7, Kind: model.ChangeEdited}}}
	for _, lang := range []text.Lang{text.EN, text.ES} {
		w := text.For(lang)
		for name, other := range map[string]Side{
			"the same key": side("wh_b", "Bearer one-key-for-both", 3, 0), "another revision": side("wh_b", "Bearer one-key-for-both", 7, 0),
			"another key": side("wh_b", "Bearer another-key-here", 3, 0),
		} {
			c, err := Sides(t.Context(), r, side("wh_a", "Bearer one-key-for-both", 3, time.Minute), other)
			if err != nil {
				t.Fatal(err)
			}
			if said := c.Findings(w, noon); len(said) > 0 || len(c.Changes) > 0 || len(c.Between()) > 0 {
				t.Errorf("%s: %q, %d changes", name, said, len(c.Changes))
			}
			if notes := c.Notes(w); len(notes) != 1 || !strings.Contains(notes[0], "of wh_b") {
				t.Errorf("%s: %q", name, notes)
			}
			for _, e := range c.Tell(w) {
				if e.Label == w.Deliveries.RevisionOf || strings.Contains(e.Value, other.Attempt.AuthFingerprint) {
					t.Errorf("%s: %+v", name, e)
				}
			}
		}
	}
}

// TestTwoAttemptsAreComparedInEitherOrder promises the changes between them, and that it
// is said when the other one is the later.
func TestTwoAttemptsAreComparedInEitherOrder(t *testing.T) {
	r := shelf{history: []model.Change{
		{At: noon.Add(10 * time.Minute), Revision: 4, Kind: model.ChangeEdited}, {At: noon.Add(-time.Hour), Revision: 3, Kind: model.ChangeCreated},
	}}
	old, young := side("wh_a", "Bearer the-first-key-of-it", 3, 0), side("wh_a", "Bearer the-second-key-of-it", 4, time.Hour)
	w := text.For(text.EN)
	for _, c := range []struct {
		this, other Side
		later       bool
	}{{young, old, false}, {old, young, true}} {
		got, err := Sides(t.Context(), r, c.this, c.other)
		if err != nil {
			t.Fatal(err)
		}
		if changes := got.Between(); len(changes) != 1 || changes[0].Revision != 4 {
			t.Errorf("later %v: %+v", c.later, changes)
		}
		if got.Later != c.later || slices.Contains(got.Notes(w), w.Delivery.OtherLater) != c.later {
			t.Errorf("later %v: %v %q", c.later, got.Later, got.Notes(w))
		}
		if said := got.Findings(w, noon); len(said) == 0 || !strings.Contains(said[0], "Authorization changed") {
			t.Errorf("%q", said)
		}
	}
}
