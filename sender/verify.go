package sender

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"hooktop/model"
)

// Bounds of what a verification keeps and notices.
const (
	firstBytes = 256
	maxSkew    = time.Minute // RELIABILITY.md S14
)

// Verify tries the webhook's URL as it stands in h: the static check, one POST
// that decides, the echo in its answer, and the same POST without the key
// (DOMAIN.md 4.3). It never retries. A failure is in the result, which is stored;
// an error means that nothing was tried or that the result could not be stored. A
// verification that ctx ended has CodeCancelled and is not stored. watch (may be
// nil) must not block; every call has a copy of its own.
func (s *Sender) Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error) {
	return s.verify(ctx, h, model.VerificationType, watch)
}

// VerifySample is Verify with the sample of an event type for a body, for receivers
// that take only what they know (DOMAIN.md 4.3). It is marked as a test.
func (s *Sender) VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error) {
	if typ != model.VerificationType && !s.samples.Catalogue().Has(typ) {
		return model.Verification{}, &model.Fault{Code: model.CodeUnknownEvent, Field: model.FieldTriggers, Value: typ}
	}
	return s.verify(ctx, h, typ, watch)
}

func (s *Sender) verify(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error) {
	if f := checkRequest(h); f != nil {
		return model.Verification{}, f
	}
	c := newChecklist(model.Verification{
		HookID: h.ID, At: s.now(), Key: model.KeySkipped,
		URLFingerprint: h.URLFingerprint(), AuthFingerprint: h.AuthFingerprint(),
	}, watch)
	if err := s.probe(ctx, h, typ, c); err != nil {
		return model.Verification{}, err
	}
	v := c.finish()
	if v.Failure != nil && v.Failure.Code == model.CodeCancelled {
		return v, nil
	}
	if err := s.records.PutVerification(context.WithoutCancel(ctx), v); err != nil {
		return v, fmt.Errorf("put verification: %w", err)
	}
	return v, nil
}

// checkRequest finds the first fault that would keep a request from being built,
// but for the URL, which is a verification's own business.
func checkRequest(h model.Hook) error {
	for _, f := range model.CheckHook(h, model.Catalogue{}) {
		switch f.Field {
		case model.FieldAuth, model.FieldSecret, model.FieldHeader, model.FieldTimeout, model.FieldCA:
			return f
		}
	}
	return nil
}

// probe runs the steps with a body of that type. An error is one of ours: of the
// store or of the samples.
func (s *Sender) probe(ctx context.Context, h model.Hook, typ string, c *checklist) error {
	if ok, err := s.probeURL(ctx, h, c); !ok || err != nil {
		return err
	}
	challenge := newChallenge()
	ev, err := s.verificationEvent(h, typ, challenge)
	if err != nil {
		return err
	}
	e := envelope{event: ev, token: challenge, fresh: true}
	r := recipeOf(&h)
	a := s.wire.attempt(ctx, r, e, c.reached)
	c.change(func(v *model.Verification) { s.reach(v, h, a) })
	if a.Outcome != model.OutcomeDelivered {
		return nil
	}
	c.change(func(v *model.Verification) {
		v.Echo = echoOf(a.Response, challenge)
		state := model.StepSkipped
		if v.Echo != model.EchoNone {
			state = model.StepOK
		}
		setStep(v, model.StepEcho, state, 0)
	})
	if s.skipKey || (h.Authorization.IsZero() && h.Secret.IsZero()) {
		return nil
	}
	c.set(model.StepKey, model.StepRunning, 0)
	e.bare = true
	b := s.wire.attempt(ctx, r, e, nil)
	c.change(func(v *model.Verification) { keyed(v, b) })
	return nil
}

// probeURL is the static step; ok means that the URL can be tried.
func (s *Sender) probeURL(ctx context.Context, h model.Hook, c *checklist) (ok bool, err error) {
	start := time.Now()
	c.set(model.StepURL, model.StepRunning, 0)
	warnings, err := s.Check(ctx, h)
	var fault *model.Fault
	switch {
	case errors.As(err, &fault) && fault.Field == model.FieldURL:
		c.change(func(v *model.Verification) {
			v.Failure = &model.Failure{Code: model.CodeInvalidURL, Reason: string(fault.Code), Detail: fault.Value}
			setStep(v, model.StepURL, model.StepFailed, time.Since(start))
		})
		return false, nil
	case ctx.Err() != nil:
		c.change(func(v *model.Verification) { v.Failure = &model.Failure{Code: model.CodeCancelled} })
		return false, nil
	case err != nil:
		return false, err
	}
	c.change(func(v *model.Verification) {
		v.Warnings = warnings
		if u, err := target(h.URL); err == nil && u.Hostname() != typedHost(h.URL) {
			v.ASCIIHost = u.Hostname()
		}
		state := model.StepOK
		if len(warnings) > 0 {
			state = model.StepWarn
		}
		setStep(v, model.StepURL, state, time.Since(start))
	})
	return true, nil
}

// reach writes what the deciding POST came to.
func (s *Sender) reach(v *model.Verification, h model.Hook, a model.Attempt) {
	v.OK = a.Outcome == model.OutcomeDelivered
	v.Failure, v.Latency = a.Failure, a.Timings.Total
	v.RemoteAddr, v.TLSExpiry = a.RemoteAddr, a.TLSExpiry
	took := map[model.StepName]time.Duration{
		model.StepDNS: a.Timings.DNS, model.StepConnect: a.Timings.Connect, model.StepTLS: a.Timings.TLS,
		model.StepPost: a.Timings.Total - a.Timings.DNS - a.Timings.Connect - a.Timings.TLS,
	}
	for i := range v.Steps {
		step := &v.Steps[i]
		if d, ok := took[step.Name]; ok && step.State != model.StepSkipped {
			step.Took = d
		}
	}
	if r := a.Response; r != nil {
		v.HTTPStatus, v.ContentType = r.Status, r.Get("Content-Type")
		v.FirstBytes = string(r.Body[:min(len(r.Body), firstBytes)])
		if r.Status/100 == 3 {
			v.Location = r.Get("Location")
		}
		if skewed(r, s.now()) {
			v.Warnings = append(v.Warnings, model.WarnClockSkew)
		}
	}
	settle(v, h, a)
}

// settle puts the steps of the deciding POST in their last state.
func settle(v *model.Verification, h model.Hook, a model.Attempt) {
	if h.TLS.SkipVerify && stepState(v, model.StepTLS) == model.StepOK {
		setStep(v, model.StepTLS, model.StepWarn, a.Timings.TLS)
	}
	state := model.StepOK
	switch {
	case !v.OK:
		state = model.StepFailed
	case isHTML(a.Response):
		v.Warnings = append(v.Warnings, model.WarnHTML)
		state = model.StepWarn
	}
	if a.Failure != nil && a.Failure.Code == model.CodeTLS && stepState(v, model.StepTLS) == model.StepOK {
		// TLS 1.3: the receiver refuses our certificate after the handshake.
		setStep(v, model.StepTLS, model.StepFailed, a.Timings.TLS)
		setStep(v, model.StepPost, model.StepSkipped, 0)
		return
	}
	for i := range v.Steps { // the one that was running
		if v.Steps[i].State == model.StepRunning {
			v.Steps[i].State = state
			return
		}
	}
	setStep(v, model.StepPost, state, 0) // no phase began at all
}

// keyed writes what the POST without the key came to. One that was cut off leaves
// the verification undone: nobody knows whether the key is enforced.
func keyed(v *model.Verification, a model.Attempt) {
	v.Key = model.KeyUnknown
	if a.Outcome == model.OutcomeInterrupted {
		v.OK, v.Failure = false, a.Failure
		setStep(v, model.StepKey, model.StepFailed, a.Timings.Total)
		return
	}
	state := model.StepWarn
	switch {
	case a.Outcome == model.OutcomeDelivered:
		v.Key = model.KeyOpen
		v.Warnings = append(v.Warnings, model.WarnKeyOpen)
	case a.Failure != nil && a.Failure.Code == model.CodeAuthRejected:
		v.Key, state = model.KeyEnforced, model.StepOK
	}
	setStep(v, model.StepKey, state, a.Timings.Total)
}

// isHTML reports whether an answer is a page for people, by its content type or,
// without one, by how it begins.
func isHTML(r *model.Response) bool {
	kind := r.Get("Content-Type")
	if kind == "" && len(r.Body) > 0 {
		kind = http.DetectContentType(r.Body)
	}
	media, _, err := mime.ParseMediaType(kind)
	if err != nil {
		media = strings.ToLower(kind)
	}
	return strings.HasPrefix(media, "text/html") || strings.HasPrefix(media, "application/xhtml")
}

// skewed reports whether the receiver's clock and ours are too far apart for
// signatures to be trusted.
func skewed(r *model.Response, now time.Time) bool {
	date, err := http.ParseTime(r.Get("Date"))
	return err == nil && now.Sub(date).Abs() > maxSkew
}
