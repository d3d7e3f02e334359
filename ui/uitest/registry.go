package uitest

import (
	"slices"
	"testing"

	"hooktop/ui/page"
)

// CheckPage fails the test if the actions a page offers now break the rules of the
// key map. Call it for every state of a page that changes its actions.
func CheckPage(t testing.TB, p page.Page) {
	t.Helper()
	CheckActions(t, p.Actions(), page.ReservedKeys()...)
}

// CheckActions fails the test unless every action has a name, words and a deed, no
// two enabled ones share a key, and every key can be typed on any keyboard.
// reserved are keys that none may have.
func CheckActions(t testing.TB, actions []page.Action, reserved ...string) {
	t.Helper()
	ids, owner := map[string]bool{}, map[string]string{}
	for _, a := range actions {
		if a.ID == "" || a.Label == "" || a.Help == "" {
			t.Errorf("action %q: label %q, help %q: all three are needed", a.ID, a.Label, a.Help)
		}
		if ids[a.ID] {
			t.Errorf("action %q exists twice", a.ID)
		}
		ids[a.ID] = true
		if a.Do == nil && !a.Off {
			t.Errorf("action %q does nothing", a.ID)
		}
		checkKeys(t, a)
		for _, k := range a.Keys {
			if slices.Contains(reserved, k) {
				t.Errorf("action %q has %q, which is the shell's", a.ID, k)
			}
			if other, ok := owner[k]; ok && !a.Off {
				t.Errorf("actions %q and %q share %q", other, a.ID, k)
			}
			if !a.Off {
				owner[k] = a.ID
			}
		}
	}
}

// checkKeys refuses names Bubble Tea never sends, keys that terminals cannot tell
// from others, and keys that need AltGr or are dead on a Spanish keyboard unless
// there is another way.
func checkKeys(t testing.TB, a page.Action) {
	t.Helper()
	never := []string{"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+["}
	hard := []string{"[", "]", "{", "}", "\\", "|", "@", "#", "~", "`", "^"}
	easy := len(a.Keys) == 0
	for _, k := range a.Keys {
		if slices.Contains(never, k) {
			t.Errorf("action %q: a terminal cannot tell %q from another key", a.ID, k)
		}
		if got := Key(k).String(); got != k {
			t.Errorf("action %q: key %q would arrive as %q", a.ID, k, got)
		}
		easy = easy || !slices.Contains(hard, k)
	}
	if !easy {
		t.Errorf("action %q: %v cannot be typed on every keyboard", a.ID, a.Keys)
	}
}
