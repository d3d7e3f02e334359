package hooks

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

// failing is what Verify can come to, by name.
func failing(h model.Hook) map[string]model.Verification {
	stop := func(step int, why model.Failure, status int) model.Verification {
		v := unverifiedBy(h, &why)
		v.Steps, v.HTTPStatus = steps(step, model.StepFailed), status
		if status > 0 {
			v.ContentType, v.FirstBytes = "application/json", "{\"error\": \"no\"}\n"
		}
		return v
	}
	redirect := stop(4, model.Failure{Code: model.CodeRedirect, Host: "crm.example.com:443"}, 302)
	redirect.Location = "https://www.example.com/hooks/empower"
	return map[string]model.Verification{
		"dns":        stop(1, model.Failure{Code: model.CodeDNS, Host: "crm.example.com:443", Detail: "lookup crm.example.com: no such host"}, 0),
		"refused":    stop(2, model.Failure{Code: model.CodeRefused, Host: "crm.example.com:443", Detail: "dial tcp: connection refused"}, 0),
		"tls":        stop(3, model.Failure{Code: model.CodeTLS, Reason: model.TLSExpired, Host: "crm.example.com:443"}, 0),
		"rejected":   stop(4, model.Failure{Code: model.CodeAuthRejected, Host: "crm.example.com:443"}, 401),
		"throttled":  stop(4, model.Failure{Code: model.CodeRateLimited, Host: "crm.example.com:443", RetryAfter: "120"}, 429),
		"redirected": redirect,
	}
}

// verifying opens the verify page on the CRM's webhook with that answer.
func verifying(t *testing.T, l look, f *fake) *uitest.Driver {
	t.Helper()
	return openOn(t, l, func(env *page.Env) page.Page { return newVerify(env, f.verbs(), crm().Hook) })
}

func TestGoldenVerify(t *testing.T) {
	h := crm().Hook
	echo, open, page := verifiedBy(h), verifiedBy(h), verifiedBy(h)
	echo.Echo, echo.Key = model.EchoJSON, model.KeyEnforced
	open.Key, open.Warnings = model.KeyOpen, []model.Warning{model.WarnKeyOpen}
	open.Steps[6].State = model.StepWarn
	page.ContentType, page.FirstBytes = "text/html; charset=utf-8", "<!doctype html>\n<html><head><title>App</title></head>\n"
	page.Warnings = []model.Warning{model.WarnHTML}
	states := failing(h)
	states["ok"], states["echo"], states["key-open"], states["html"] = verifiedBy(h), echo, open, page
	for name, v := range states {
		t.Run(name, func(t *testing.T) {
			goldens(t, "verify-"+name, func(t *testing.T, l look) *uitest.Driver {
				f := few()
				f.answer = &v
				return verifying(t, l, f)
			})
		})
	}
	t.Run("running", func(t *testing.T) {
		goldens(t, "verify-running", func(t *testing.T, l look) *uitest.Driver {
			f := few()
			f.hold = make(chan struct{})
			t.Cleanup(func() { close(f.hold) })
			f.progress = []model.Verification{{Steps: steps(2, model.StepRunning)}}
			return verifying(t, l, f)
		})
	})
}

func TestR09_VerifyIsOneKeyAndShowsEveryStep(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("v")
	d.Has("Verificar crm-prod", "✓ URL", "✓ DNS", "✓ conexión", "✓ TLS", "✓ POST", "✓ eco", "200 text/plain")
	if c := f.called(); c[len(c)-2] != "Verify crm-prod" && c[len(c)-1] != "Verify crm-prod" {
		t.Errorf("calls %q", c)
	}
}

func TestR10_VerifiedIsSaidWhenTheURLIsRecognised(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("v").Has("✓ Verificado")
	d.Press("enter").Has("✓ hace")
	h := crm().Hook
	echo := verifiedBy(h)
	echo.Echo = model.EchoJSON
	f.answer = &echo
	d.Press("v").Has("✓ Verificado · eco")
	bad := failing(h)["rejected"]
	f.answer = &bad
	d.Press("r").Has("✗ Falló la verificación").Lacks("✓ Verificado")
	d.Press("enter").Has("✗ falló")
	open(t, few(), en80).Press("v").Has("✓ Verified")
}

func TestR28_AnOpenReceiverIsAWarning(t *testing.T) {
	f := few()
	v := verifiedBy(crm().Hook)
	v.Key, v.Warnings = model.KeyOpen, []model.Warning{model.WarnKeyOpen}
	v.Steps[6].State = model.StepWarn
	f.answer = &v
	verifying(t, es80, f).Has("su receptor acepta peticiones sin la clave", "! sin clave", "✓ Verificado")
	v.Key, v.Warnings = model.KeyEnforced, nil
	verifying(t, es80, f).Has("sin la clave, su receptor rechaza la petición")
}

func TestVerifyShowsTheRunningStepWithAClock(t *testing.T) {
	f := few()
	f.hold = make(chan struct{})
	f.progress = []model.Verification{{Steps: steps(1, model.StepRunning)}, {Steps: steps(2, model.StepRunning)}}
	now := at
	d := openOn(t, es80, func(env *page.Env) page.Page {
		env.Now = func() time.Time { return now }
		return newVerify(env, f.verbs(), crm().Hook)
	})
	d.WaitFor("… conexión").Has("✓ DNS", "· TLS", "0 s · ctrl+c cancela")
	now = at.Add(7 * time.Second)
	d.Fire().Has("7 s · ctrl+c cancela")
	close(f.hold)
	d.WaitFor("✓ Verificado")
}

func TestVerifyCanBeCancelledAndRepeated(t *testing.T) {
	f := few()
	f.hold = make(chan struct{})
	d := verifying(t, es80, f).Press("ctrl+c").WaitFor("Cancelada")
	close(f.hold)
	d.Press("r").WaitFor("✓ Verificado").Lacks("Cancelada")
}

func TestLeavingAVerifyThatRunsCancelsIt(t *testing.T) {
	f := few()
	f.hold = make(chan struct{})
	defer close(f.hold)
	d := open(t, f, es80).Press("v").Has("Verificar crm-prod").Press("esc")
	d.Has("4 webhooks").Wait(func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.verifications["wh_01CRM"]) == 1
	})
	if v := f.verifications["wh_01CRM"][0]; v.Failure == nil || v.Failure.Code != model.CodeCancelled {
		t.Errorf("it went on: %+v", v)
	}
}

func TestTheResultGoesToThePageBelow(t *testing.T) {
	f := few()
	below := &quiet{}
	var env *page.Env
	d := openOn(t, es80, func(e *page.Env) page.Page { env = e; return below })
	d.Send(page.PushMsg{Page: newVerify(env, f.verbs(), crm().Hook)}).Press("enter")
	for _, m := range below.got {
		if v, ok := m.(verifiedMsg); ok && v.hook.ID == "wh_01CRM" && v.result.OK {
			return
		}
	}
	t.Errorf("the page below got %v", below.got)
}

func TestAnswersOfAnOlderRunAreDropped(t *testing.T) {
	p := newVerify(envOf(es80), few().verbs(), crm().Hook).(*verify)
	p.SetSize(80, 22)
	p.Init()
	p.start(model.SaveActivate)
	bad := failing(crm().Hook)["dns"]
	p.Update(verifyDoneMsg{to: p, run: 1, result: &bad})
	p.Update(verifyStepMsg{to: p, run: 1, sofar: bad, next: func() tea.Msg { return nil }})
	if !p.running || p.now != nil {
		t.Error("the answer of an older run was taken")
	}
}

func TestAFailureHasWordsAHintAndItsCause(t *testing.T) {
	f := few()
	v := failing(crm().Hook)["dns"]
	f.answer = &v
	d := verifying(t, es80, f).Has("✗ DNS", "✗ Falló la verificación").Lacks("no such host")
	d.Press("i").Has("Causa: lookup crm.example.com: no such host")
	v = failing(crm().Hook)["redirected"]
	verifying(t, es80, f).Has("Redirige a: https://www.example.com/hooks/empower")
	v = failing(crm().Hook)["throttled"]
	verifying(t, es80, f).Has("Pide esperar: 120")
}

func TestAnAnswerCannotDraw(t *testing.T) {
	f := few()
	v := verifiedBy(crm().Hook)
	v.ContentType = "text/plain\x1b]0;owned\x07"
	v.FirstBytes = "a\rb\x1b[2J\x1b]52;c;aGk=\x07\u202e\xff\nnext"
	f.answer = &v
	for _, l := range uitest.Looks() {
		d := verifying(t, l, f).Press("G").Fits()
		if s := uitest.Strip(d.Raw()); containsAny(s, "\x1b\x07\r\u202e") {
			t.Errorf("%s: %q", l, s)
		}
	}
	verifying(t, es80, f).Has("│ a␍b␛[2J", "│ next")
}
