package hooks

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

const endpoint = "https://crm.example.com/hooks/empower"

// form80 opens the form on a new webhook.
func form80(t *testing.T, f *fake, l look) *uitest.Driver {
	t.Helper()
	return openOn(t, l, func(env *page.Env) page.Page { return &below{newForm(env, f.verbs(), f.New())} })
}

// editing opens the form on a stored webhook.
func editing(t *testing.T, f *fake, l look, name string) *uitest.Driver {
	t.Helper()
	v, _ := f.sees(name)
	return openOn(t, l, func(env *page.Env) page.Page { return &below{newForm(env, f.verbs(), v.Hook)} })
}

// below is a first page that pushes another at once: a form needs one to return to.
type below struct{ first page.Page }

func (b *below) Init() tea.Cmd            { return func() tea.Msg { return page.PushMsg{Page: b.first} } }
func (b *below) Update(m tea.Msg) tea.Cmd { return nil }
func (b *below) View() string             { return "the page below" }
func (b *below) SetSize(int, int)         {}
func (b *below) Cursor() *tea.Cursor      { return nil }
func (b *below) Actions() []page.Action   { return nil }
func (b *below) Title() string            { return "below" }
func (b *below) Typing() bool             { return false }

// filled is a form with everything that activation needs.
func filled(t *testing.T, f *fake, l look) *uitest.Driver {
	t.Helper()
	return fill(form80(t, f, l))
}

func fill(d *uitest.Driver) *uitest.Driver {
	return d.Type("crm-prod").Press("tab").Paste(endpoint).Press("tab").
		Type("Bearer 0123456789abcdef3f9a").Press("tab", "space")
}

func failsWith(code model.Code, reason string) *model.Verification {
	v := unverifiedBy(model.Hook{}, &model.Failure{Code: code, Reason: reason, Host: "crm.example.com:443"})
	return &v
}

func TestGoldenForm(t *testing.T) {
	states := map[string]func(t *testing.T, l look) *uitest.Driver{
		"form-new": func(t *testing.T, l look) *uitest.Driver { return form80(t, newFake(), l) },
		"form-filled": func(t *testing.T, l look) *uitest.Driver {
			return filled(t, newFake(), l).Press("down", "right", "down")
		},
		"form-edit": func(t *testing.T, l look) *uitest.Driver { return editing(t, few(), l, "crm-prod") },
		"form-faults": func(t *testing.T, l look) *uitest.Driver {
			return form80(t, newFake(), l).Press("tab").Paste("ftp://ana:x@h/").Press("tab").Type(" key ").Press("ctrl+s")
		},
		"form-failed": func(t *testing.T, l look) *uitest.Driver {
			f := newFake()
			f.answer = failsWith(model.CodeAuthRejected, "401")
			return filled(t, f, l).Press("ctrl+s")
		},
		"form-advanced": func(t *testing.T, l look) *uitest.Driver {
			d := filled(t, newFake(), l)
			for range 7 {
				d.Press("down")
			}
			return d.Press("enter").Press("down", "down", "down").Type("X-Env: prod")
		},
		"form-discard": func(t *testing.T, l look) *uitest.Driver {
			d := drafting(t, few(), &drawer{drafts: map[string]string{}}, l, "n")
			return fill(d).Press("esc")
		},
		"form-saving": func(t *testing.T, l look) *uitest.Driver {
			f := newFake()
			f.hold = make(chan struct{})
			f.progress = []model.Verification{{Steps: steps(3, model.StepRunning)}}
			d := filled(t, f, l).Press("ctrl+s").Fire().Wait(func() bool { return true })
			t.Cleanup(func() { close(f.hold) })
			return d
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) { goldens(t, name, state) })
	}
}

func TestR07_AddWebhookBeginsWithAName(t *testing.T) {
	f := newFake()
	d := form80(t, f, es80).Has("Nuevo webhook", "Nombre")
	if c := d.View().Cursor; c == nil || !strings.HasPrefix(strings.TrimSpace(d.Line(c.Y)), "▌ Nombre") {
		t.Errorf("the real cursor is not on the name: %+v", c)
	}
	d.Type("crm-prod").Press("ctrl+d")
	if h, ok := f.sees("crm-prod"); ok {
		t.Errorf("a draft without a URL was stored: %+v", h)
	}
	d.Press("esc")
	form80(t, f, es80).Type("crm-prod").Press("tab").Paste(endpoint).Press("ctrl+d").Has("Borrador guardado", "the page below")
	if h, _ := f.sees("crm-prod"); h.State != model.HookDraft || h.URL != endpoint {
		t.Errorf("stored %+v", h.Hook)
	}
}

func TestR08_TheURLFieldShowsWhatItWants(t *testing.T) {
	d := form80(t, newFake(), es80).Has("URL", "https://webhook.site/...")
	d.Press("tab").Paste("  " + endpoint + " \n")
	d.Has("hooks/empower")
	f := newFake()
	form80(t, f, es80).Type("a").Press("tab").Paste("\n " + endpoint + "\t\n").Press("ctrl+d")
	if h, _ := f.sees("a"); h.URL != endpoint {
		t.Errorf("blanks around a pasted URL stayed: %q", h.URL)
	}
}

func TestR09_EnterOnTheURLVerifiesIt(t *testing.T) {
	f := newFake()
	form80(t, f, es80).Type("crm-prod").Press("tab").Paste(endpoint).Press("enter")
	if !slices.Contains(f.called(), "Verify crm-prod") {
		t.Errorf("calls: %v", f.called())
	}
	g := newFake()
	form80(t, g, es80).Type("crm-prod").Press("tab").Paste(endpoint).Press("tab", "tab", "v")
	if !slices.Contains(g.called(), "Verify crm-prod") {
		t.Errorf("v on the triggers: calls: %v", g.called())
	}
}

func TestR10_VerifiedStandsBesideTheURL(t *testing.T) {
	f := newFake()
	d := form80(t, f, es80).Type("crm-prod").Press("tab").Paste(endpoint).Has("! Sin verificar")
	d.Press("enter").WaitFor("Verificado").Press("enter")
	d.Has("✓ Verificado", "200 · 84 ms · text/plain · TLS 63 d")
	d.Type("x").Has("! Sin verificar").Lacks("✓ Verificado")
	d.Press("backspace").Has("✓ Verificado")
	d.Press("tab").Type("Bearer abc").Has("! Caducada", "ha cambiado desde que se verificó")
}

func TestR11_R12_AuthorizationIsMaskedUntilRevealed(t *testing.T) {
	const token = "Bearer 0123456789abcdef3f9a"
	f := newFake()
	d := form80(t, f, es80).Type("crm-prod").Press("tab").Paste(endpoint).Press("tab").Type(token)
	d.Lacks("0123456789").Has("[***************************")
	d.Press("ctrl+t").Has(token)
	if n := len(d.Timers()); n == 0 || d.Timers()[n-1].Wait != revealFor {
		t.Errorf("no timer hides it again: %v", d.Timers())
	}
	d.Fire().Lacks("0123456789")
	d.Press("ctrl+t").Has(token).Press("ctrl+t").Lacks("0123456789")
	d.Press("ctrl+t").Press("tab").Lacks("0123456789").Has("[Bearer ********3f9a")
	d.Press("ctrl+d")
	if h, _ := f.sees("crm-prod"); h.Authorization.Reveal() != token {
		t.Error("what was typed is not what was stored")
	}
	if strings.Contains(strings.Join(f.called(), " "), "0123456789") {
		t.Error("the token was printed")
	}
}

func TestR12_WhetherTheKeyIsEnforcedStandsBelowIt(t *testing.T) {
	for key, want := range map[model.KeyCheck]string{
		model.KeyEnforced: "✓ comprobada: sin la clave", model.KeyOpen: "! su receptor acepta peticiones sin la clave",
	} {
		f := newFake()
		v := verifiedBy(model.Hook{})
		v.Key = key
		f.answer = &v
		d := form80(t, f, es80).Type("crm-prod").Press("tab").Paste(endpoint).Press("tab").Type("Bearer abc").Press("shift+tab", "enter")
		d.WaitFor("Verificado").Press("enter").Has(want)
	}
}

func TestR13_TriggersAreToggledOneByOne(t *testing.T) {
	f := newFake()
	d := form80(t, f, es80).Type("a").Press("tab").Paste(endpoint).Press("tab", "tab").Has("marcados 0 de 7")
	d.Press("space", "down", "space").Has("marcados 2 de 7", "[x] Etiqueta añadida o eliminada")
	d.Press("right", "down", "space").Has("[~] Etiqueta añadida o eliminada", "[ ] Etiqueta añadida ")
	d.Press("+").Has("marcados 7 de 7").Press("-").Has("marcados 0 de 7")
	d.Press("space").Press("ctrl+d")
	if h, _ := f.sees("a"); !slices.Equal(h.Events, []string{"call.tag.added"}) {
		t.Errorf("events %v", h.Events)
	}
}

func TestR14_to_R20_AllSevenTriggersAreOnTheForm(t *testing.T) {
	names := map[look][]string{
		es80: {"Llamada creada y procesada", "Etiqueta añadida o eliminada", "Marcador añadido o eliminado", "Nota añadida o eliminada",
			"Momento añadido o eliminado", "Resumen modificado", "Puntuación modificada"},
		en80: {"Call created and processed", "Tag added or removed", "Flag added or removed", "Note added or removed",
			"Moment added or removed", "Summary changed", "Score changed"},
	}
	for l, want := range names {
		f := newFake()
		form80(t, f, l).Has(want...).Has("call.processed", "call.tag", "call.flag", "call.note", "call.moment", "call.summary", "call.score")
	}
	f := newFake()
	form80(t, f, es80).Type("a").Press("tab").Paste(endpoint).Press("tab", "tab", "+").Press("ctrl+s")
	if h, _ := f.sees("a"); !slices.Equal(h.Events, model.NormalizeEvents(allEvents())) {
		t.Errorf("events %v", h.Events)
	}
}

func TestR21_TheFormCopiesTheTriggersPayload(t *testing.T) {
	f := newFake()
	v := f.verbs()
	f2 := newForm(envOf(es80), v, f.New()).(*form)
	f2.focus(triggerPrefix + "call.tag")
	run(f2, f2.mintSample())
	m, ok := f2.copySample()().(page.CopyMsg)
	if !ok || string(m.Data) != string(f2.sample.event.Body) || !strings.Contains(string(m.Data), `"type": "call.tag.added"`) {
		t.Errorf("copied %q", m.Data)
	}
	f2.SetSize(120, 40)
	if !strings.Contains(uitest.Strip(f2.View()), `"id": "`+f2.sample.event.ID+`"`) {
		t.Error("the payload beside the form is not the one that is copied")
	}
}

// run gives what a command answers to the page.
func run(p page.Page, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range m {
			run(p, c)
		}
	case page.AfterMsg:
	default:
		run(p, p.Update(m))
	}
}

func TestR24_SavingVerifiesAndActivates(t *testing.T) {
	f := newFake()
	d := filled(t, f, es80).Press("ctrl+s").WaitFor("the page below")
	if h, _ := f.sees("crm-prod"); h.State != model.HookActive {
		t.Errorf("stored %v", h.State)
	}
	d.Has("¡Eso es todo! Guardado y activo")
}

func TestR24_AFailedVerificationKeepsADraftAndSaysWhy(t *testing.T) {
	f := newFake()
	f.answer = failsWith(model.CodeAuthRejected, "401")
	d := filled(t, f, es80).Press("ctrl+s").WaitFor("Guardado como borrador")
	d.Has("ctrl+g activa sin verificar", "✗ Falló la verificación", "401")
	if h, _ := f.sees("crm-prod"); h.State != model.HookDraft {
		t.Errorf("state %v", h.State)
	}
	d.Press("ctrl+g").WaitFor("Guardado y activo")
	if h, _ := f.sees("crm-prod"); h.State != model.HookActive || len(f.hooks) != 1 {
		t.Errorf("state %v of %d webhooks", h.State, len(f.hooks))
	}
	if !slices.Contains(f.called(), "Save crm-prod unverified") {
		t.Errorf("calls %v", f.called())
	}
}

func TestR24_EscAfterAFailedVerificationLeavesTheDraft(t *testing.T) {
	f := newFake()
	f.answer = failsWith(model.CodeRefused, "")
	d := filled(t, f, es80).Press("ctrl+s").WaitFor("Guardado como borrador").Press("esc").Has("the page below")
	if _, ok := f.sees("crm-prod"); !ok || slices.ContainsFunc(f.called(), func(c string) bool { return strings.HasPrefix(c, "Forget") }) {
		t.Errorf("the draft is gone; calls %v\n%s", f.called(), d.Screen())
	}
}

func TestR26_PlainHTTPIsAcceptedAndWarned(t *testing.T) {
	f := newFake()
	f.warnings = []model.Warning{model.WarnHTTP}
	d := form80(t, f, es80).Type("a").Press("tab").Paste("http://crm.example.com/in").Press("tab")
	d.Has(text.For(text.ES).Warning(model.WarnHTTP)[:20])
	d.Press("ctrl+d").Has("Borrador guardado")
}

func TestR29_TheSampleStandsBesideTheTriggers(t *testing.T) {
	d := form80(t, newFake(), look{W: 120, H: 40, Lang: text.EN}).Press("tab", "tab", "tab", "down")
	d.Has("Payload example: call.tag.added", `"call_id": "10126872918086418832"`)
}

func TestR30_TheFlowClosesWithTheArticlesWords(t *testing.T) {
	filled(t, newFake(), es80).Press("ctrl+s").WaitFor("¡Eso es todo! Guardado y activo")
	filled(t, newFake(), en80).Press("ctrl+s").WaitFor("That's it! Saved and active")
}
