package hooks

import (
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
