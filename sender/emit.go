package sender

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"hooktop/model"
)

// staleTries is how often Emit decides again when the webhooks change meanwhile.
const staleTries = 5

// MintEvent returns a real event of the type: its sample with a fresh id and time
// and "test": false written in place.
func (s *Sender) MintEvent(typ, lang string) (model.Event, error) {
	if !s.samples.Catalogue().Has(typ) {
		return model.Event{}, unknownEvent(typ)
	}
	body, err := s.samples.Body(typ, lang)
	if err != nil {
		return model.Event{}, fmt.Errorf("read sample: %w", err)
	}
	ev := model.Event{ID: s.newID("evt_"), Type: typ, CreatedAt: s.now()}
	ev.Body = model.Stamp(bytes.Clone(body), ev.ID, ev.CreatedAt, false)
	ev.Subject = model.Subject(ev.Body)
	return ev, nil
}

func unknownEvent(typ string) error {
	return &model.Fault{Code: model.CodeUnknownEvent, Field: model.FieldTriggers, Value: typ}
}

// Emit accepts an event: when it returns, the event is on disk with the decision
// about every webhook and a delivery for each that matched, which the engine sends
// if it runs. Id and time are given when they are missing. The key (may be empty)
// makes a repetition harmless. ev.Body belongs to the engine from then on and must
// not be changed. Errors a person can mend are *model.Fault.
//
// Once the store has the event a cancelled ctx changes nothing: nobody could tell
// whether the event was accepted.
func (e *Engine) Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error) {
	if err := e.check(&ev, key); err != nil {
		return model.Accepted{}, err
	}
	for try := 1; ; try++ {
		if err := ctx.Err(); err != nil {
			return model.Accepted{}, err
		}
		f, err := e.fleetNow(ctx)
		if err != nil {
			return model.Accepted{}, err
		}
		accepted, err := e.ingest(ctx, f, ev, key)
		if !errors.Is(err, model.ErrStale) || try == staleTries {
			return accepted, err
		}
		if err := e.renew(ctx, f); err != nil {
			return model.Accepted{}, err
		}
	}
}

// check completes an event and finds what is wrong with it.
func (e *Engine) check(ev *model.Event, key string) error {
	if !e.sender.samples.Catalogue().Has(ev.Type) {
		return unknownEvent(ev.Type)
	}
	subject, f := model.InspectBody(ev.Body)
	if f != nil {
		return f
	}
	if ev.ID == "" {
		ev.ID = e.sender.newID("evt_")
	} else if !isID(ev.ID) {
		return &model.Fault{Code: model.CodeEventID, Field: model.FieldID, Value: ev.ID}
	}
	if key != "" && !isKey(key) {
		return &model.Fault{Code: model.CodeEventID, Field: model.FieldIdempotency, Value: key}
	}
	ev.Test = false
	ev.Subject = cmp.Or(subject, ev.Subject) // the body knows best
	if ev.CreatedAt.IsZero() {
		ev.CreatedAt = e.sender.now()
	}
	return nil
}

// isID accepts what can travel as webhook-id: 1 to 128 letters, digits, "-" and
// "_". A dot would make the signed text ambiguous.
func isID(s string) bool {
	return s != "" && len(s) <= 128 && strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	}) < 0
}

// isKey accepts a given key, and that of a line of a batch, whose number follows a
// space: no given key can be the same.
func isKey(s string) bool {
	key, line, batch := strings.Cut(s, " ")
	return model.IsKey(key) && (!batch || line != "" && len(line) < 20 && strings.Trim(line, "0123456789") == "")
}

// ingest decides against one set of webhooks and stores the event with that.
func (e *Engine) ingest(ctx context.Context, f *fleet, ev model.Event, key string) (model.Accepted, error) {
	in := model.Ingest{Event: ev, Key: key, Hooks: f.revision}
	var lanes []*lane
	in.Decisions, lanes = f.decide(ctx, ev)
	if err := ctx.Err(); err != nil {
		return model.Accepted{}, err // a condition may have been cut short by it
	}
	now := e.Now()
	in.Deliveries = make([]model.Delivery, len(lanes))
	d := 0
	for i := range in.Decisions {
		if in.Decisions[i].Result != model.DecisionMatched {
			continue
		}
		in.Decisions[i].DeliveryID = e.sender.newID("dlv_")
		in.Deliveries[d] = model.Delivery{
			ID: in.Decisions[i].DeliveryID, EventID: ev.ID, HookID: in.Decisions[i].HookID, Hook: in.Decisions[i].Hook,
			Type: ev.Type, State: model.DeliveryQueued, NextAt: now, CreatedAt: ev.CreatedAt,
		}
		d++
	}
	e.reserve(lanes, in.Deliveries)
	accepted, err := e.outbox.Ingest(context.WithoutCancel(ctx), in)
	e.admit(lanes, in, err == nil && !accepted.Duplicate)
	if accepted.Duplicate || isGone(err) {
		e.lookAgain(in.Deliveries)
	}
	return accepted, err
}

// isGone recognises an answer that leaves open whether the event is in the file.
func isGone(err error) bool {
	if err == nil {
		return false
	}
	var f *model.Fault
	return errors.As(err, &f) && f.Code == model.CodeStoreGone
}

// lookAgain claims deliveries that may have come into the outbox unseen: when the
// file was gone at the end of their ingest and is back.
func (e *Engine) lookAgain(deliveries []model.Delivery) {
	ids := make([]string, len(deliveries))
	for i := range deliveries {
		ids[i] = deliveries[i].HookID
	}
	if len(ids) > 0 { // none would be all
		e.Wake(ids...)
	}
}
