package hooks

import (
	"slices"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

func TestAnUnverifiedDisabledWebhookIsVerifiedBeforeItIsEnabled(t *testing.T) {
	f := few()
	f.answer = failsWith(model.CodeAuthRejected, "401")
	d := open(t, f, es80).Press("down", "down", "down", "s").Has("Verificar y activar datalake", "✗ Falló la verificación")
	if h, _ := f.sees("datalake"); h.State == model.HookActive {
		t.Error("it was enabled although the verification failed")
	}
	d.Press("A").Has("¡Eso es todo!")
	if h, _ := f.sees("datalake"); h.State != model.HookActive {
		t.Errorf("it is %s", h.State)
	}
}

func TestASaveNamesItsWarnings(t *testing.T) {
	f := few()
	v := verifiedBy(crm().Hook)
	v.Warnings = []model.Warning{model.WarnHTML, model.WarnKeyOpen}
	f.answer = &v
	d := editing(t, f, look{W: 200, H: 60, Lang: es80.Lang}, "crm-prod").Press("tab").Type("/v2").Press("ctrl+s")
	d.WaitFor("Guardado y activo").Has("! ¡Eso es todo!", "página HTML", "acepta peticiones sin la clave")
	open(t, f, es80).Has("✓ ! hace")
}

func TestAWebhookDeletedMeanwhileIsSavedAsANewOne(t *testing.T) {
	f := few()
	d := editing(t, f, es80, "crm-prod").Type("2")
	f.faults["Save"] = &model.Fault{Code: model.CodeNotFound, Field: model.FieldName, Value: "crm-prod2"}
	d.Press("ctrl+s").WaitFor("Otro programa eliminó este webhook").Has("ctrl+s lo guarda como uno", "sin guardar")
	f.mu.Lock()
	delete(f.faults, "Save")
	f.hooks = nil
	f.mu.Unlock()
	d.Press("ctrl+s").WaitFor("the page below")
	if h, ok := f.sees("crm-prod2"); !ok || h.ID == crm().ID || h.State != model.HookActive {
		t.Errorf("stored %+v", h.Hook)
	}
}

func TestTheListFollowsOtherPrograms(t *testing.T) {
	f, told := few(), make(chan bool)
	defer close(told)
	d := openOn(t, es80, func(env *page.Env) page.Page {
		v := f.verbs()
		v.Changed = func() bool { return <-told }
		return New(env, v)
	}).Has("crm-prod")
	for _, name := range []string{"renamed", "renamed-again"} {
		f.mu.Lock()
		f.hooks[0].Name = name
		f.mu.Unlock()
		d.Lacks(name)
		told <- true
		d.WaitFor(name).Fire()
	}
}

func TestTheAddressOfARedirectCanBeTakenOver(t *testing.T) {
	const to = "https://www.example.com/hooks/empower"
	wide := look{W: 200, H: 60, Lang: es80.Lang}
	v := failing(crm().Hook)["redirected"]
	f := few()
	f.answer = &v
	d := open(t, f, wide).Press("v").Has("Redirige a: "+to, "l usa esa URL").Press("l")
	d.Has("Editar crm-prod", "cambios sin guardar", to)
	f.answer = nil
	d.Press("ctrl+s").WaitFor("4 webhooks")
	if h, _ := f.sees("crm-prod"); h.URL != to {
		t.Errorf("stored %s", h.URL)
	}
	f = newFake()
	f.answer = &v
	d = filled(t, f, wide).Press("ctrl+s").WaitFor("Guardado como borrador").Has("ctrl+r usa esa URL")
	d.Press("ctrl+r").Has("["+to).Lacks("ctrl+r usa", "Guardado como borrador")
	d = filled(t, f, wide).Press("shift+tab", "shift+tab", "enter").Has("l usa esa URL").Press("l")
	d.Has("Nuevo webhook", "["+to)
}

func TestOnlyAnAddressThatAWebhookMayHaveIsTakenOver(t *testing.T) {
	for _, location := range []string{"", "/hooks", "//evil.example/x", "ftp://crm.example.com/", "https://u:p@crm.example.com/",
		"javascript:alert(1)", "https://crm.example.com/\x1b[2J", "https://crm.example.com/\u202e"} {
		if got := redirected(&model.Verification{Location: location}); got != "" {
			t.Errorf("%q becomes %q", location, got)
		}
	}
}

func TestAReceiverThatKnowsOnlyItsEventsIsVerifiedWithASample(t *testing.T) {
	bad := unverifiedBy(crm().Hook, &model.Failure{Code: model.CodeHTTPError})
	bad.HTTPStatus = 422
	good := verifiedBy(crm().Hook)
	f := few()
	f.answer, f.sampled = &bad, &good
	d := open(t, f, look{W: 120, H: 40, Lang: es80.Lang}).Press("v").Has("✗ Falló", "c verifica con un ejemplo de call.processed")
	d.Press("c").Has("✓ Verificado").Lacks("c verifica")
	if !slices.Contains(f.called(), "VerifySample crm-prod call.processed") {
		t.Errorf("calls %q", f.called())
	}
	f = few()
	f.answer, f.sampled = &bad, &good
	open(t, f, es80).Press("down", "down", "s").Has("c con un ejemplo").Press("c").Has("¡Eso es todo!")
	if h, _ := f.sees("flujo-puntuación"); h.State != model.HookActive {
		t.Errorf("it is %s", h.State)
	}
	open(t, few(), es80).Press("v").Lacks("con un ejemplo")
}

func TestACopiedCurlCarriesTheSignatureAndSaysUntilWhen(t *testing.T) {
	r := testOf(crm().Hook, model.Event{ID: "evt_1", Body: []byte("{}")}, nil, nil)
	r.Attempt.Request = append(r.Attempt.Request, model.Header{Name: "webhook-timestamp", Value: "1773500220"},
		model.Header{Name: "webhook-signature", Value: "v1,c2lnbmF0dXJl"})
	t.Setenv("TZ", "UTC")
	got := string(copied(t, envOf(es80), newFake().verbs(), r, "c"))
	for _, want := range []string{"# La firma vale hasta las 15:02", "-H 'webhook-timestamp: 1773500220'", "-H 'webhook-signature: v1,c2lnbmF0dXJl'"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	p := aTrial(newFake(), crm().Hook)
	if got := curl(p.env.Words, p.preview(), true); !strings.HasPrefix(got, "# Sin firma") {
		t.Errorf("before it is sent:\n%s", got)
	}
}

func TestAPastedBodyKeepsNoCarriageReturns(t *testing.T) {
	f := newFake()
	var got string
	f.reply = func(ev model.Event) *model.Response { got = string(ev.Body); return &model.Response{Status: 200} }
	testing80(t, f, es80, crm().Hook).Paste("{\r  \"a\": 1,\r\n  \"b\": 2\n}\r").Press("enter").Has("✓ 200")
	if want := "{\n  \"a\": 1,\n  \"b\": 2\n}\n"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func TestAPromptStaysOpenWithWhatWentWrong(t *testing.T) {
	f := newFake()
	d := testing80(t, f, es80, crm().Hook).Press("o").Paste("/nowhere/body.json").Press("enter")
	d.WaitFor("No se puede leer").Type("b").Has("/nowhere/body.jsonb").Lacks("No se puede leer")
	d.Press("ctrl+u").Paste("/nowhere/else.json").Press("enter").WaitFor("No se puede leer").Press("esc").Lacks("No se puede leer")
}

func TestACancelledVerificationLeavesTheStateAsItWas(t *testing.T) {
	f := few()
	d := editing(t, f, es80, "crm-prod").Press("tab").Has("✓ Verificado")
	f.mu.Lock()
	f.hold = make(chan struct{})
	f.mu.Unlock()
	d.Press("enter").Press("ctrl+c").WaitFor("Cancelada").Press("enter").Has("Editar crm-prod", "✓ Verificado").Lacks("Falló")
}

func TestASaveThatRunsShowsNoOlderFailure(t *testing.T) {
	f := newFake()
	f.answer = failsWith(model.CodeRefused, "")
	d := filled(t, f, es80).Press("ctrl+s").WaitFor("✗ Falló la verificación")
	d, answer := saving(t, f, d)
	d.Lacks("Falló la verificación")
	answer()
	d.WaitFor("✗ Falló la verificación")
}

func TestPausingWhatReceivesNothingSaysSo(t *testing.T) {
	open(t, few(), es80).Press("down", "down", "down", "p").Has("«datalake» está desactivado", "s lo activa")
}

func TestTheTwinIsThatOfTheVerb(t *testing.T) {
	for state, want := range map[model.HookState][2]string{
		model.HookActive:   {"hooktop hook disable", "hooktop hook pause"},
		model.HookPaused:   {"hooktop hook disable", "hooktop hook resume"},
		model.HookDisabled: {"hooktop hook enable", "hooktop hook pause"},
	} {
		h := crm()
		h.State = state
		for _, a := range (deeds{env: envOf(es80)}).on(h, true) {
			if a.ID == "hook.toggle" && a.Twin != want[0] || a.ID == "hook.pause" && a.Twin != want[1] {
				t.Errorf("%s: %s is %q", state, a.ID, a.Twin)
			}
		}
	}
}

func TestOpeningTheAdvancedSectionMovesNoField(t *testing.T) {
	for _, l := range []look{es80, en80} {
		f := newForm(envOf(l), newFake().verbs(), crm().Hook).(*form)
		f.SetSize(80, 40)
		column := func() int { return strings.Index(uitest.Strip(f.View()), "[crm-prod") }
		before := column()
		f.adv.open = true
		f.relayout()
		if got := column(); got != before {
			t.Errorf("%s: from %d to %d", l, before, got)
		}
	}
}

func TestNothingIsCutInTheMiddleOnASmallScreen(t *testing.T) {
	small := look{W: 40, H: 12, Lang: es80.Lang}
	f := newFake()
	f.reply = func(model.Event) *model.Response {
		return &model.Response{Status: 200, Body: []byte(strings.Repeat("x", 1600)), Headers: []model.Header{{Name: "Content-Type", Value: "application/json"}}}
	}
	testing80(t, f, small, crm().Hook).Press("enter").Has("Respuesta · 200 · application/json\n")
	h := crm()
	h.Verification.Echo = model.EchoJSON
	h.Verification.At = at
	open(t, newFake(h), small).Lacks("…").Press("enter").Press("down", "down", "down", "down").Has("✓ Verificado · eco").Lacks("eco a")
	open(t, few(), small).Press("d").Has("«crm-prod» eliminado · u deshace").Lacks("…")
}

func TestWhatWasLeftOutAtTheStartIsSaid(t *testing.T) {
	d := openOn(t, look{W: 120, H: 40, Lang: es80.Lang}, func(env *page.Env) page.Page {
		v := few().verbs()
		v.Notices = []error{
			&model.Fault{Code: model.CodeBodyJSON, Field: model.FieldBody, File: "order.bad.json", Line: 2, Col: 3},
			&model.Fault{Code: model.CodeEventNoBody, Value: "order.none", File: "order.none.md"},
		}
		return New(env, v)
	}).Has("! ", "order.none").Press("!")
	d.Has("order.bad.json", "el cuerpo no es JSON válido", "order.none")
}
