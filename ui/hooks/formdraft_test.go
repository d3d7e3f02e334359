package hooks

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

// drawer is the drafts in memory.
type drawer struct {
	mu     sync.Mutex
	drafts map[string]string
	wrote  int
}

func (d *drawer) Keep(id string, data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drafts[id], d.wrote = string(data), d.wrote+1
	return nil
}

func (d *drawer) Kept() (out []Draft, _ error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, data := range d.drafts {
		out = append(out, Draft{ID: id, At: at.Add(-177 * 60e9), Data: []byte(data)})
	}
	return out, nil
}

func (d *drawer) Drop(id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.drafts, id)
	return nil
}

func (d *drawer) has(id string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts[id]
}

// drafting opens the form on a webhook, or on a new one, above a list.
func drafting(t *testing.T, f *fake, d *drawer, l look, keys ...string) *uitest.Driver {
	t.Helper()
	v := f.verbs()
	v.Drafts = d
	now := at
	return openOn(t, l, func(env *page.Env) page.Page {
		env.Now = func() time.Time { // it goes on, or a question that opens by itself stays deaf
			now = now.Add(time.Second)
			return now
		}
		return New(env, v)
	}).Press(keys...)
}

func TestADraftOutlivesTheProgram(t *testing.T) {
	box := &drawer{drafts: map[string]string{}}
	d := drafting(t, few(), box, es80, "n")
	d.Type("crm-prod").Press("tab").Paste("https://ana:hunter2@crm.example.com/in").Press("tab").Type("Bearer canary-77").
		Press("tab", "space").Fire()
	if kept := box.has("new"); !strings.Contains(kept, "crm.example.com") || !strings.Contains(kept, "call.processed") {
		t.Fatalf("kept %q", kept)
	} else if strings.Contains(kept, "canary") || strings.Contains(kept, "hunter2") {
		t.Errorf("a key is kept: %q", kept)
	}
	// the program ends here, by whatever
	d = drafting(t, few(), box, es80, "n").Has("Se conservó un borrador de crm-prod (12:03:00)", "Las claves no se guardan con él")
	d.Press("r").Has("https://crm.example.com/in", "[x] Llamada creada y procesada").Lacks("Bearer")
	d.Press("ctrl+s").WaitFor("Guardado y activo")
	if kept := box.has("new"); kept != "" {
		t.Errorf("after the save it is still kept: %q", kept)
	}
}

func TestADraftIsKeptOfEachWebhookApart(t *testing.T) {
	v := crm()
	v.Headers = []model.Header{{Name: "X-Api-Key", Value: "canary-of-a-header-77"}}
	box := &drawer{drafts: map[string]string{}}
	drafting(t, newFake(v), box, es80, "e", "end").Type("2").Fire()
	if kept := box.has(v.ID); !strings.Contains(kept, "crm-prod2") || strings.Contains(kept, "canary") {
		t.Fatalf("kept %q", kept)
	}
	drafting(t, newFake(v), box, es80, "n").Lacks("Se conservó")
	f := newFake(v)
	drafting(t, f, box, es80, "e", "r", "ctrl+s").WaitFor("crm-prod2")
	if h, _ := f.sees(v.ID); len(h.Headers) != 1 || h.Headers[0].Value != v.Headers[0].Value || h.Authorization.Reveal() != v.Authorization.Reveal() {
		t.Errorf("the stored keys were lost: %+v", h.Headers)
	}
}

func TestADraftEndsWithItsForm(t *testing.T) {
	for name, leave := range map[string][]string{"discarded": {"esc", "d"}, "saved": {"ctrl+s"}, "typed back": {"backspace"}} {
		box := &drawer{drafts: map[string]string{}}
		d := drafting(t, few(), box, es80, "e", "end").Type("2").Fire()
		if box.has("wh_01CRM") == "" {
			t.Fatalf("%s: nothing is kept", name)
		}
		d.Press(leave...).Fire()
		d.Wait(func() bool { return box.has("wh_01CRM") == "" })
	}
}

func TestADraftCanBeDeclined(t *testing.T) {
	box := &drawer{drafts: map[string]string{"new": `{"Name":"crm\u001b[31m"}`}}
	drafting(t, few(), box, en80, "n").Has("A draft of crm␛[31m from 12:03:00 was kept").Press("esc").Has("New webhook")
	drafting(t, few(), box, en80, "n", "d").Has("New webhook").Lacks("was kept")
	if box.has("new") != "" {
		t.Error("what was discarded is still kept")
	}
	box.drafts["new"] = "no JSON"
	drafting(t, few(), box, en80, "n").Has("New webhook").Lacks("was kept")
}

func TestKeepingADraftTakesTurns(t *testing.T) {
	box := &drawer{drafts: map[string]string{}}
	d := drafting(t, few(), box, es80, "n").Type("a name that is typed letter by letter")
	timers := 0
	for _, a := range d.Timers() {
		if _, ok := a.Msg.(draftDueMsg); ok && a.Wait == draftEvery {
			timers++
		}
	}
	if d.Fire(); timers != 1 || box.wrote != 1 {
		t.Errorf("%d timers, written %d times", timers, box.wrote)
	}
	if d.Fire(); box.wrote != 1 || slices.ContainsFunc(d.Timers(), func(a page.AfterMsg) bool { _, ok := a.Msg.(draftDueMsg); return ok }) {
		t.Errorf("at rest it is written %d times", box.wrote)
	}
}

func TestGoldenDraft(t *testing.T) {
	goldens(t, "form-draft", func(t *testing.T, l look) *uitest.Driver {
		return drafting(t, few(), &drawer{drafts: map[string]string{"new": `{"Name":"crm-prod"}`}}, l, "n")
	})
}
