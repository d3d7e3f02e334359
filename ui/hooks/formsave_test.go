package hooks

import (
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

// saving is a form whose save runs until the answer is given.
func saving(t *testing.T, f *fake, d *uitest.Driver) (*uitest.Driver, func()) {
	t.Helper()
	f.mu.Lock()
	f.hold = make(chan struct{})
	f.mu.Unlock()
	d.Press("ctrl+s").Has("guardando")
	return d, func() { close(f.hold) }
}

func TestNothingElseCanBeOpenedWhileASaveRuns(t *testing.T) {
	f := newFake()
	d, answer := saving(t, f, filled(t, f, es80))
	for _, key := range []string{"t", "i", "v"} {
		d.Press(key).Has("Nuevo webhook").Lacks("PRUEBA")
	}
	answer()
	d.WaitFor("the page below")
}

func TestASaveThatEndsTakesItsOwnPageAway(t *testing.T) {
	f := newFake()
	var env *page.Env
	d := openOn(t, es80, func(e *page.Env) page.Page {
		env = e
		return &below{newForm(env, f.verbs(), f.New())}
	})
	d.Type("crm-prod").Press("tab").Paste(endpoint).Press("tab", "tab", "space")
	d, answer := saving(t, f, d)
	d.Send(page.PushMsg{Page: &quiet{}}).Has("quiet") // however it got there
	answer()
	d.WaitFor("the page below")
}

func TestWhatIsTypedDuringASaveStaysTyped(t *testing.T) {
	f := few()
	d, answer := saving(t, f, editing(t, f, es80, "crm-prod").Press("tab").Type("/v2").Press("shift+tab"))
	d.Type("-new")
	answer()
	d.WaitFor("Guardado y activo").Has("crm-prod-new", "cambios sin guardar").Lacks("the page below")
	if h, _ := f.sees("crm-prod"); !strings.HasSuffix(h.URL, "/v2") {
		t.Errorf("stored %+v", h.Hook)
	}
	d.Press("ctrl+s").WaitFor("the page below")
	if _, ok := f.sees("crm-prod-new"); !ok {
		t.Error("what was typed meanwhile cannot be saved")
	}
}

func TestASaveSaysWhatTheWebhookIsNow(t *testing.T) {
	rejected := failsWith(model.CodeAuthRejected, "401")
	for name, c := range map[string]struct {
		hook   string
		key    string
		url    string
		answer *model.Verification
		says   []string
		lacks  string
	}{
		"paused":             {"bi-panel", "ctrl+s", "", nil, []string{"Guardado; sigue pausado", "the page below"}, "borrador"},
		"paused, url fails":  {"bi-panel", "ctrl+s", "/v2", rejected, []string{"sigue pausado, pero la verificación falló", "401"}, "¡Eso es todo!"},
		"active, url fails":  {"crm-prod", "ctrl+s", "/v2", rejected, []string{"sigue activo, pero la verificación falló", "401"}, "¡Eso es todo!"},
		"active":             {"crm-prod", "ctrl+s", "", nil, []string{"¡Eso es todo! Guardado y activo"}, "falló"},
		"disabled, draft":    {"datalake", "ctrl+d", "", nil, []string{"Guardado; sigue desactivado"}, "Borrador"},
		"disabled, rejected": {"datalake", "ctrl+s", "/v2", rejected, []string{"Guardado como borrador", "ctrl+g"}, "the page below"},
		"active, draft":      {"crm-prod", "ctrl+d", "", nil, []string{"Borrador guardado"}, "activo"},
	} {
		t.Run(name, func(t *testing.T) {
			f := few()
			f.answer = c.answer
			d := editing(t, f, look{W: 200, H: 60, Lang: es80.Lang}, c.hook).Type("2").Press("tab").Type(c.url).Press(c.key)
			for _, s := range c.says {
				d.WaitFor(s)
			}
			d.Lacks(c.lacks)
		})
	}
}

func TestABlankBehindTheNameIsNoChange(t *testing.T) {
	f := newFake()
	f.answer = failsWith(model.CodeRefused, "")
	form80(t, f, es80).Type("crm ").Press("tab").Paste(endpoint).Press("tab", "tab", "space", "ctrl+s").
		WaitFor("Guardado como borrador").Press("esc").Has("the page below")
}

func TestAClockStandsWithoutMotion(t *testing.T) {
	env := envOf(es80)
	env.Motion = false
	f := newForm(env, newFake().verbs(), crm().Hook).(*form)
	f.job = &saveJob{}
	if cmd := f.Update(saveTickMsg{f.job}); cmd != nil {
		t.Error("it asks for the next second")
	}
	env.Motion = true
	if _, ok := f.Update(saveTickMsg{f.job})().(page.AfterMsg); !ok {
		t.Error("with motion the clock stands too")
	}
	p := newVerify(env, newFake().verbs(), crm().Hook).(*verify)
	env.Motion = false
	p.running, p.run = true, 1
	if cmd := p.Update(verifyTickMsg{p, 1}); cmd != nil {
		t.Error("the checklist asks for the next second")
	}
}

// A certificate file that cannot be read does not hide the mistakes before it.
func TestSavingGoesToTheFirstMistakeOfAll(t *testing.T) {
	f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1", Name: "crm", URL: "https://example.com"}).(*form)
	f.SetSize(80, 40)
	f.adv.limits[0].SetValue("banana")
	f.adv.ca.SetValue("/no/such/file")
	run(f, f.save(model.SaveActivate))
	if f.issues[f.at] == nil || f.at == idCA || f.issues[idCA] == nil || len(f.issues) < 2 {
		t.Errorf("the focus is on %q of %d mistakes", f.at, len(f.issues))
	}
}
