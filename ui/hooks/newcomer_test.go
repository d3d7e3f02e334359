package hooks

import (
	"slices"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
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
	d := editing(t, f, look{200, 60, es80.lang, false}, "crm-prod").Press("tab").Type("/v2").Press("ctrl+s")
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
	wide := look{200, 60, es80.lang, false}
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
	d := open(t, f, look{120, 40, es80.lang, false}).Press("v").Has("✗ Falló", "c verifica con un ejemplo de call.processed")
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
