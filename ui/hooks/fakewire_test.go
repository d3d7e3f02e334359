package hooks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hooktop/model"
)

func (f *fake) Check(_ context.Context, _ model.Hook) ([]model.Warning, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.warnings, f.enter("Check")
}

func (f *fake) Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error) {
	f.mu.Lock()
	err := f.enter("Verify", h.Name)
	v := verifiedBy(h)
	if f.answer != nil {
		v = *f.answer
	}
	progress, hold := f.progress, f.hold
	f.mu.Unlock()
	if err != nil {
		return model.Verification{}, err
	}
	for _, p := range progress {
		if watch != nil {
			watch(p)
		}
	}
	if !wait(ctx, hold) {
		v = unverifiedBy(h, &model.Failure{Code: model.CodeCancelled})
	}
	v.HookID, v.URLFingerprint, v.AuthFingerprint = h.ID, h.URLFingerprint(), h.AuthFingerprint()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.verifications[h.ID] = append([]model.Verification{v}, f.verifications[h.ID]...)
	if i := f.index(h.ID); i >= 0 {
		f.hooks[i].Verification = &v
	}
	return v, nil
}

func (f *fake) VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error) {
	f.mu.Lock()
	if err := f.enter("VerifySample", h.Name, typ); err != nil {
		f.mu.Unlock()
		return model.Verification{}, err
	}
	f.answer = f.sampled
	f.mu.Unlock()
	return f.Verify(ctx, h, watch)
}

func (f *fake) Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error) {
	f.mu.Lock()
	err := f.enter("Test", h.Name, ev.Type)
	hold, failure, reply := f.hold, f.failure, f.reply
	f.mu.Unlock()
	if err != nil {
		return model.TestResult{}, err
	}
	if !wait(ctx, hold) {
		failure = &model.Failure{Code: model.CodeCancelled}
	}
	res := &model.Response{Status: 200, Proto: "HTTP/1.1", Body: []byte("ok"), BodyRead: 2, ContentLength: 2,
		Headers: []model.Header{{Name: "Content-Type", Value: "text/plain"}}}
	if reply != nil {
		res = reply(ev)
	}
	r := testOf(h, ev, res, failure)
	r.Unkept = f.unkept
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tests[h.ID] = append([]model.TestResult{r}, f.tests[h.ID]...)
	if i := f.index(h.ID); i >= 0 {
		f.hooks[i].LastAttempt = &r
	}
	return r, nil
}

// wait holds until hold is closed, and reports false if ctx ended first.
func wait(ctx context.Context, hold chan struct{}) bool {
	if hold == nil {
		return true
	}
	select {
	case <-hold:
		return true
	case <-ctx.Done():
		return false
	}
}

func (f *fake) NewSecret() (model.Secret, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return model.NewSecret("whsec_ZnJlc2gtZnJlc2gtZnJlc2gtZnJlc2gtZnJlc2gtZnI="), f.enter("NewSecret")
}

func (f *fake) Catalogue() model.Catalogue {
	return model.NewCatalogue([]string{
		"call.processed", "call.tag.added", "call.tag.removed", "call.flag.added", "call.flag.removed",
		"call.note.added", "call.note.removed", "call.moment.added", "call.moment.removed",
		"call.summary.changed", "call.score.changed",
	})
}

func (f *fake) Mint(typ, lang string) (model.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.Catalogue().Has(typ) {
		return model.Event{}, &model.Fault{Code: model.CodeUnknownEvent, Field: model.FieldTriggers, Value: typ}
	}
	f.minted++
	id := fmt.Sprintf("evt_%026d", f.minted)
	body := fmt.Sprintf("{\n  \"id\": %q,\n  \"type\": %q,\n  \"timestamp\": \"2026-03-14T15:00:00.000Z\",\n  \"test\": true,\n"+
		"  \"call_details\": {\n    \"call_id\": \"10126872918086418832\",\n    \"language\": %q\n  },\n  \"call_score\": null\n}\n", id, typ, lang)
	return model.Event{ID: id, Type: typ, Body: []byte(body), Test: true, CreatedAt: at}, nil
}

func (f *fake) Own(typ string, body []byte) (model.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.minted++
	return model.Event{ID: fmt.Sprintf("evt_%026d", f.minted), Type: typ, Body: slices.Clone(body), Test: true, CreatedAt: at},
		f.enter("Own", typ)
}

func (f *fake) Label(key, lang string) string {
	es := map[string]string{
		"call.processed": "Llamada creada y procesada", "call.tag": "Etiqueta añadida o eliminada",
		"call.flag": "Marcador añadido o eliminado", "call.note": "Nota añadida o eliminada",
		"call.moment": "Momento añadido o eliminado", "call.summary": "Resumen modificado", "call.score": "Puntuación modificada",
		"call.tag.added": "Etiqueta añadida", "call.tag.removed": "Etiqueta eliminada",
		"call.flag.added": "Marcador añadido", "call.flag.removed": "Marcador eliminado",
		"call.note.added": "Nota añadida", "call.note.removed": "Nota eliminada",
		"call.moment.added": "Momento añadido", "call.moment.removed": "Momento eliminado",
		"call.summary.changed": "Resumen modificado", "call.score.changed": "Puntuación modificada",
	}
	en := map[string]string{
		"call.processed": "Call created and processed", "call.tag": "Tag added or removed",
		"call.flag": "Flag added or removed", "call.note": "Note added or removed",
		"call.moment": "Moment added or removed", "call.summary": "Summary changed", "call.score": "Score changed",
		"call.tag.added": "Tag added", "call.tag.removed": "Tag removed",
		"call.flag.added": "Flag added", "call.flag.removed": "Flag removed",
		"call.note.added": "Note added", "call.note.removed": "Note removed",
		"call.moment.added": "Moment added", "call.moment.removed": "Moment removed",
		"call.summary.changed": "Summary changed", "call.score.changed": "Score changed",
	}
	if lang == "en" {
		return en[key]
	}
	return es[key]
}

func (f *fake) Page(key, lang string) string {
	return "# " + f.Label(key, lang) + "\n\n| `" + key + "` | string |\n|---|---|\n| id | `evt_…` |\n\nTexto con *énfasis*.\n"
}

// steps are all seven, those before n done, n running (or failed), the rest waiting.
func steps(n int, last model.StepState) []model.Step {
	names := []model.StepName{model.StepURL, model.StepDNS, model.StepConnect, model.StepTLS, model.StepPost, model.StepEcho, model.StepKey}
	out := make([]model.Step, len(names))
	for i, name := range names {
		out[i] = model.Step{Name: name, State: model.StepOK, Took: time.Duration(i*i+1) * time.Millisecond}
		switch {
		case i == n:
			out[i].State = last
		case i > n && last == model.StepFailed:
			out[i] = model.Step{Name: name, State: model.StepSkipped}
		case i > n:
			out[i] = model.Step{Name: name, State: model.StepPending}
		}
	}
	return out
}

// verifiedBy is a good verification of h.
func verifiedBy(h model.Hook) model.Verification {
	return model.Verification{
		HookID: h.ID, At: at.Add(-2 * time.Hour), Steps: steps(7, model.StepOK), OK: true, Key: model.KeySkipped,
		HTTPStatus: 200, Latency: 84 * time.Millisecond, RemoteAddr: "203.0.113.7:443", TLSExpiry: at.Add(63 * 24 * time.Hour),
		ContentType: "text/plain", FirstBytes: "ok",
		URLFingerprint: h.URLFingerprint(), AuthFingerprint: h.AuthFingerprint(),
	}
}

// unverifiedBy is a verification of h that failed at the POST.
func unverifiedBy(h model.Hook, why *model.Failure) model.Verification {
	return model.Verification{
		HookID: h.ID, At: at.Add(-time.Minute), Steps: steps(4, model.StepFailed), Failure: why, Key: model.KeySkipped,
		Latency: 31 * time.Millisecond, URLFingerprint: h.URLFingerprint(), AuthFingerprint: h.AuthFingerprint(),
	}
}

// testOf is the result of a test of h.
func testOf(h model.Hook, ev model.Event, res *model.Response, why *model.Failure) model.TestResult {
	r := model.TestResult{Event: ev}
	r.Attempt = model.Attempt{
		DeliveryID: "dlv_" + ev.ID, N: 1, StartedAt: at.Add(-3 * time.Minute), Method: "POST", URL: h.URL, Revision: h.Revision,
		AuthFingerprint: h.AuthFingerprint(), Masked: true, Outcome: model.OutcomeDelivered, Failure: why, Response: res, RemoteAddr: "203.0.113.7:443",
		Request: []model.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: h.Authorization.Masked()}},
		Timings: model.Timings{DNS: time.Millisecond, Connect: 9 * time.Millisecond, Wait: 60 * time.Millisecond, Body: time.Millisecond, Total: 84 * time.Millisecond},
	}
	r.Delivery = model.Delivery{
		ID: r.Attempt.DeliveryID, EventID: ev.ID, HookID: h.ID, Hook: h.Name, Type: ev.Type, State: model.DeliveryDelivered, Attempts: 1,
		CreatedAt: r.Attempt.StartedAt, DoneAt: r.Attempt.StartedAt.Add(84 * time.Millisecond), Duration: 84 * time.Millisecond, Test: true,
	}
	if res != nil {
		r.Delivery.HTTPStatus = res.Status
	}
	if why != nil {
		r.Attempt.Outcome, r.Delivery.State, r.Delivery.Error = model.OutcomeFailed, model.DeliveryDead, why.Code
	}
	return r
}
