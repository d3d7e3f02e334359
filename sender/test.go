package sender

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"hooktop/model"
)

// Test sends ev.Body byte for byte, once, whatever the webhook's state and
// triggers, and remembers what came of it outside the outbox. A receiver's failure
// is in the result, and so is that it could not be remembered; an error means that
// nothing was sent.
func (s *Sender) Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error) {
	if f := model.CheckURL(h.URL); f != nil {
		return model.TestResult{}, f
	}
	if err := checkRequest(h); err != nil {
		return model.TestResult{}, err
	}
	if err := s.checkEvent(ev.Type, ev.Body); err != nil {
		return model.TestResult{}, err
	}
	ev.Body, ev.Test = bytes.Clone(ev.Body), true
	ev.CreatedAt = s.now()
	if ev.ID == "" {
		ev.ID = s.newID("evt_")
	}
	id := s.newID("dlv_")
	a := s.wire.attempt(ctx, recipeOf(&h), envelope{event: ev, delivery: id, n: 1, fresh: true}, nil)
	t := model.TestResult{Event: ev, Delivery: s.tested(h, ev, id, a), Attempt: a}
	if err := s.records.PutTest(context.WithoutCancel(ctx), t); err != nil {
		s.log.Error("put test", "hook", h.ID, "delivery", id, "err", err) // it was sent: no error
		t.Unkept = codeOf(err)
	}
	return t, nil
}

// codeOf is the code of the store's error.
func codeOf(err error) model.Code {
	var f *model.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return model.CodeStoreIO
}

// tested is the delivery of a test: terminal after its one attempt.
func (s *Sender) tested(h model.Hook, ev model.Event, id string, a model.Attempt) model.Delivery {
	d := model.Delivery{
		ID: id, EventID: ev.ID, HookID: h.ID, Hook: h.Name, Type: ev.Type,
		State: model.DeliveryDead, Attempts: 1, CreatedAt: ev.CreatedAt, DoneAt: s.now(),
		Duration: a.Timings.Total, Test: true,
	}
	switch a.Outcome {
	case model.OutcomeDelivered:
		d.State = model.DeliveryDelivered
	case model.OutcomeInterrupted:
		d.State = model.DeliveryCancelled
	}
	if a.Response != nil {
		d.HTTPStatus = a.Response.Status
	}
	if a.Failure != nil {
		d.Error = a.Failure.Code
	}
	return d
}

// checkEvent finds what is wrong with a body to send as an event of a type.
func (s *Sender) checkEvent(typ string, body []byte) error {
	if !s.samples.Catalogue().Has(typ) {
		return &model.Fault{Code: model.CodeUnknownEvent, Field: model.FieldTriggers, Value: typ}
	}
	if f := model.CheckBody(body); f != nil {
		return f
	}
	return nil
}

// Mint returns a test event of the type: its sample with a fresh id and time
// written in place.
func (s *Sender) Mint(typ, lang string) (model.Event, error) {
	body, err := s.samples.Body(typ, lang)
	if err != nil {
		return model.Event{}, fmt.Errorf("read sample: %w", err)
	}
	ev := model.Event{ID: s.newID("evt_"), Type: typ, Test: true, CreatedAt: s.now()}
	ev.Body = model.Stamp(bytes.Clone(body), ev.ID, ev.CreatedAt, true)
	ev.Subject = model.Subject(ev.Body)
	return ev, nil
}

// Own wraps a body of one's own as a test event; the bytes stay as they are.
func (s *Sender) Own(typ string, body []byte) (model.Event, error) {
	if err := s.checkEvent(typ, body); err != nil {
		return model.Event{}, err
	}
	return model.Event{
		ID: s.newID("evt_"), Type: typ, Subject: model.Subject(body),
		Body: bytes.Clone(body), Test: true, CreatedAt: s.now(),
	}, nil
}
