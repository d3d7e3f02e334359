package hooks

import (
	"math/rand"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
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
		d := open(t, f, uitest.Looks()[int(seed)*5])
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

// sent stands for the deliveries' tab: it shows what it was asked to filter by.
type sent struct {
	quiet
	expr string
}

func (s *sent) Filter(expr string) tea.Cmd { s.expr = expr; return nil }
func (s *sent) View() string               { return "deliveries of " + s.expr }

func withDeliveries(t *testing.T, f *fake) *uitest.Driver {
	t.Helper()
	return uitest.New(t, ui.New(ui.Options{Env: envOf(es80), Tabs: []ui.Tab{
		{Key: "webhooks", Number: 1, Title: func(w *text.Words) string { return w.Shell.Webhooks }, New: func(env *page.Env) page.Page { return New(env, f.verbs()) }},
		{Key: "deliveries", Number: 2, Title: func(w *text.Words) string { return w.Deliveries.Tab }, New: func(*page.Env) page.Page { return &sent{} }},
	}}), 80, 24)
}

func TestANewWebhookLeadsToItsDeliveries(t *testing.T) {
	d := withDeliveries(t, newFake()).Press("1")
	d.Type("crm prod").Press("tab").Paste(endpoint).Press("tab", "tab", "space", "ctrl+s")
	d.WaitFor("deliveries of hook:\"crm prod\"").Has("¡Eso es todo! Guardado y activo")
	d.Press("1").Has("crm prod", "● activo").Press("e", "end").Type("2").Press("ctrl+s")
	d.WaitFor("crm prod2").Lacks("deliveries of")
}

func TestADraftLeadsNowhere(t *testing.T) {
	d := withDeliveries(t, newFake()).Press("1")
	d.Type("crm").Press("tab").Paste(endpoint).Press("ctrl+d").WaitFor("Borrador guardado").Has("1 borrador").Lacks("deliveries of")
}

func TestAKeyLeadsToTheDeliveriesOfAWebhook(t *testing.T) {
	d := withDeliveries(t, few()).Press("down", "D").Has("deliveries of hook:bi-panel")
	d.Press("1", "enter").Has("Resumen").Press("D").Has("deliveries of hook:bi-panel")
}
