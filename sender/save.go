package sender

import (
	"context"
	"errors"
	"slices"

	"hooktop/model"
)

// Save checks and stores h as mode says (R24). Faults of what was given and
// conflicts are errors, and then nothing is stored; a verification that fails is
// none: the webhook is saved as a draft and the history says why. A webhook that
// is active or paused stays so, whatever its receiver says. When ctx ends during
// the verification, nothing is stored and the error is CodeCancelled.
func (s *Sender) Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error) {
	h = h.Clone()
	h.Events = model.NormalizeEvents(h.Events)
	old, exists, err := s.stored(ctx, h.ID)
	if err != nil {
		return model.Saved{}, err
	}
	h.State, h.Reason = model.HookDraft, ""
	if exists {
		h.State, h.Reason = old.State, old.Reason
	}
	if err := s.mayPut(ctx, h, old.Hook, mode); err != nil {
		return model.Saved{}, err
	}
	p := plan{hook: h, kind: model.ChangeEdited}
	switch mode {
	case model.SaveDraft:
		p.draft("")
	default:
		if err := s.activate(ctx, &p, mode, watch); err != nil {
			return model.Saved{}, err
		}
	}
	stored, err := s.carryOut(ctx, p, old.Hook, exists)
	if err != nil {
		return model.Saved{Verification: p.verification}, err
	}
	return model.Saved{
		Hook: stored, Verification: p.verification,
		Activated: stored.State == model.HookActive, Created: !exists,
	}, nil
}

// plan is what a save will store.
type plan struct {
	hook         model.Hook
	kind         model.ChangeKind
	reason       string // a failure code
	verification *model.Verification
}

// draft makes it a draft. A disabled webhook that is merely kept stays disabled.
func (p *plan) draft(why model.Code) {
	if why == "" && p.hook.State == model.HookDisabled {
		return
	}
	if p.hook.State != model.HookDraft || why != "" {
		p.kind = model.ChangeDrafted
	}
	p.hook.State, p.hook.Reason, p.reason = model.HookDraft, "", string(why)
}

// running reports whether it receives events already, which no save changes.
func (p *plan) running() bool {
	return p.hook.State == model.HookActive || p.hook.State == model.HookPaused
}

// mayPut finds what would keep h from being stored, before anything is sent.
func (s *Sender) mayPut(ctx context.Context, h, old model.Hook, mode model.SaveMode) error {
	checked := h
	checked.State = model.HookActive
	if mode == model.SaveDraft {
		checked.State = model.HookDraft // needs no triggers
	}
	if err := s.check(checked); err != nil {
		return err
	}
	switch {
	case old.ID == "" && h.Revision != 0: // deleted meanwhile
		return &model.Fault{Code: model.CodeNotFound, Field: model.FieldName, Value: h.Name}
	case h.Revision != old.Revision:
		return &model.Fault{Code: model.CodeConflict, Field: model.FieldName, Value: h.Name}
	}
	other, err := s.hooks.Hook(ctx, h.Name)
	var fault *model.Fault
	switch {
	case err == nil && other.ID != h.ID && other.Name == h.Name:
		return &model.Fault{Code: model.CodeNameTaken, Field: model.FieldName, Value: h.Name}
	case err != nil && !(errors.As(err, &fault) && fault.Code == model.CodeNotFound):
		return err
	}
	return nil
}

// activate decides the state of a webhook that shall be active.
func (s *Sender) activate(ctx context.Context, p *plan, mode model.SaveMode, watch func(model.Verification)) error {
	last, err := s.lastVerification(ctx, p.hook)
	if err != nil {
		return err
	}
	verified := p.hook.VerifyState(last).OK()
	var why model.Code
	if !verified && mode == model.SaveActivate {
		v, err := s.Verify(ctx, p.hook, watch)
		if err != nil {
			return err
		}
		p.verification, verified = &v, v.OK
		if v.Failure != nil {
			why = v.Failure.Code
		}
		if why == model.CodeCancelled {
			return &model.Fault{Code: model.CodeCancelled, Err: context.Cause(ctx)}
		}
	}
	switch {
	case p.running():
	case verified:
		p.kind = model.ChangeActivated
		p.hook.State, p.hook.Reason = model.HookActive, ""
	case mode == model.SaveUnverified:
		p.kind = model.ChangeUnverified
		p.hook.State, p.hook.Reason = model.HookActive, ""
	default:
		p.draft(why)
	}
	return nil
}

// carryOut stores the plan in one transaction: the history of a new webhook begins
// with its creation, whatever its state is.
func (s *Sender) carryOut(ctx context.Context, p plan, old model.Hook, exists bool) (model.Hook, error) {
	ctx = context.WithoutCancel(ctx) // what was decided is stored
	fields := deltas(old, p.hook)
	if !exists {
		fields = nil
		if p.kind == model.ChangeEdited {
			p.kind = model.ChangeCreated
		}
	} else if len(fields) == 0 && p.hook.State == old.State && p.kind == model.ChangeEdited && same(old, p.hook) {
		return old, nil
	}
	return s.put(ctx, p.hook, model.Change{Kind: p.kind, Reason: p.reason, Fields: fields})
}

// same reports whether what deltas does not show is equal too.
func same(a, b model.Hook) bool {
	return a.OldSecret.Equal(b.OldSecret) && a.OldSecretUntil.Equal(b.OldSecretUntil) &&
		slices.Equal(a.Retry.Waits, b.Retry.Waits) && a.Retry.Name == b.Retry.Name && a.Limits == b.Limits
}
