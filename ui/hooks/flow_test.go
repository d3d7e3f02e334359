package hooks

import (
	"math/rand"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
)

func TestIntegratorKeysFromNothingToActive(t *testing.T) {
	f := newFake()
	d := open(t, f, es80)
	keys := 0
	press := func(names ...string) {
		keys += len(names)
		d.Press(names...)
	}
	press("1")
	d.Type("crm-prod")
	press("tab")
	d.Paste(endpoint)
	press("enter") // verify
	d.WaitFor("Verificado")
	press("enter", "tab")
	d.Type("Bearer 0123456789abcdef3f9a")
	press("tab", "space", "t")
	d.Has("PRUEBA", "call_details")
	press("enter")
	d.WaitFor("✓ 200")
	press("y", "j", "esc")
	press("ctrl+s")
	d.WaitFor("¡Eso es todo! Guardado y activo").Has("crm-prod", "activo")
	t.Logf("%d keys beside typed text", keys)
	if keys > 25 {
		t.Errorf("%d keys beside typed text, at most 25", keys)
	}
	if h, _ := f.sees("crm-prod"); h.State != model.HookActive {
		t.Errorf("state %v", h.State)
	}
}

func TestTrialActionsHaveNoCollisions(t *testing.T) {
	f := newFake()
	env := envOf(es80)
	reply, failure := rejected()
	pages := map[string]page.Page{
		"trial": aTrial(f, crm().Hook), "attempt": newAttempt(env, f.verbs(), testOf(crm().Hook, model.Event{}, reply(model.Event{}), failure)),
	}
	for _, id := range []string{idName, idURL, idAuth, "trigger:call.tag", "trigger:call.processed", idAdvanced, idSecret, idSkip} {
		p := newForm(env, f.verbs(), model.Hook{ID: "wh_1"}).(*form)
		p.focus(id)
		pages["form at "+id] = p
	}
	for name, p := range pages {
		seen := map[string]string{}
		for _, a := range p.Actions() {
			if a.Label == "" || a.Do == nil {
				t.Errorf("%s: %s has no label or does nothing", name, a.ID)
			}
			if a.Off {
				continue
			}
			for _, k := range a.Keys {
				if seen[k] != "" {
					t.Errorf("%s: %s is %s and %s", name, k, seen[k], a.ID)
				}
				seen[k] = a.ID
			}
		}
	}
}

func TestFormTestAndAttemptSurviveAnyKeys(t *testing.T) {
	t.Chdir(t.TempDir()) // a payload may be saved
	keys := []string{"tab", "shift+tab", "up", "down", "left", "right", "enter", "esc", "space", "backspace", "home", "end", "pgup", "pgdown",
		"ctrl+s", "ctrl+d", "ctrl+g", "ctrl+t", "ctrl+y", "ctrl+o", "ctrl+u", "ctrl+k", "ctrl+w", "f1", "+", "-", "a", "b", "c", "d", "e", "f", "g",
		"h", "i", "j", "k", "l", "o", "r", "t", "v", "y", "1", "G", "J", "K", "n", "/", ":"}
	for seed := range int64(3) {
		r := rand.New(rand.NewSource(seed))
		f := few()
		f.reply, f.failure = rejected()
		d := open(t, f, looks()[int(seed)*5])
		for i := range 500 {
			switch {
			case i%97 == 0:
				d.Resize(1+r.Intn(160), 1+r.Intn(50))
			case i%31 == 0:
				d.Paste("{\"a\": 1}\n")
			default:
				d.Press(keys[r.Intn(len(keys))])
			}
			d.Fits()
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, i)
			}
		}
	}
}
