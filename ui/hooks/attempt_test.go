package hooks

import (
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestAttemptGoldens(t *testing.T) {
	f := newFake()
	reply, failure := rejected()
	ev, _ := f.Mint("call.tag.added", "es")
	bad := testOf(crm().Hook, ev, reply(ev), failure)
	good := testOf(crm().Hook, ev, &model.Response{Status: 200, Proto: "HTTP/1.1", Body: []byte("ok")}, nil)
	none := testOf(crm().Hook, ev, nil, &model.Failure{Code: model.CodeTimeout, Reason: "headers", Host: "crm.example.com:443"})
	none.Attempt.Outcome = model.OutcomeUnknown
	for name, c := range map[string]struct {
		r    model.TestResult
		keys []string
	}{
		"attempt-response": {bad, nil}, "attempt-request": {good, []string{"left"}}, "attempt-timing": {good, []string{"right"}}, "attempt-unknown": {none, nil},
	} {
		goldens(t, name, func(t *testing.T, l look) *uitest.Driver {
			return openOn(t, l, func(env *page.Env) page.Page { return &below{newAttempt(env, f.verbs(), c.r)} }).Press(c.keys...)
		})
	}
}

func TestAttemptSaysThatTheOutcomeIsUnknown(t *testing.T) {
	f := newFake()
	ev, _ := f.Mint("call.tag.added", "es")
	r := testOf(crm().Hook, ev, nil, &model.Failure{Code: model.CodeTimeout, Reason: "headers"})
	r.Attempt.Outcome = model.OutcomeUnknown
	d := openOn(t, es80, func(env *page.Env) page.Page { return &below{newAttempt(env, f.verbs(), r)} })
	d.Has(text.For(text.ES).Outcome(model.OutcomeUnknown), "PRUEBA", "POST https://crm.example.com")
	d.Press("right").Has("No llegó ninguna respuesta").Press("right").Has("DNS", "9 ms", "total")
	d.Press("y").Has("carga útil (JSON exacto)")
}
