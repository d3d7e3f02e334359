package sender

import (
	"context"
	"slices"
	"time"

	"hooktop/model"
	"hooktop/sender/sign"
)

// move is one transition of a webhook's state. A webhook that is there already
// stays as it is; any other state makes the transition impossible.
type move struct {
	from []model.HookState
	to   model.HookState
	kind model.ChangeKind
}

// Enable makes a draft or disabled webhook active without asking its receiver. The
// history says so when it is not verified.
func (s *Sender) Enable(ctx context.Context, nameOrID string) (model.Hook, error) {
	return s.transit(ctx, nameOrID, move{
		from: []model.HookState{model.HookDraft, model.HookDisabled}, to: model.HookActive, kind: model.ChangeActivated,
	})
}

// Disable holds the webhook's deliveries; new events leave a decision only.
func (s *Sender) Disable(ctx context.Context, nameOrID string) (model.Hook, error) {
	return s.transit(ctx, nameOrID, move{
		from: []model.HookState{model.HookActive, model.HookPaused}, to: model.HookDisabled, kind: model.ChangeDisabled,
	})
}

// Pause queues the webhook's deliveries until it is resumed.
func (s *Sender) Pause(ctx context.Context, nameOrID string) (model.Hook, error) {
	return s.transit(ctx, nameOrID, move{
		from: []model.HookState{model.HookActive}, to: model.HookPaused, kind: model.ChangePaused,
	})
}

// Resume lets a paused webhook send again.
func (s *Sender) Resume(ctx context.Context, nameOrID string) (model.Hook, error) {
	return s.transit(ctx, nameOrID, move{
		from: []model.HookState{model.HookPaused}, to: model.HookActive, kind: model.ChangeResumed,
	})
}

// transit makes a move. An impossible one is a *model.Fault of FieldState whose
// Value is the state the webhook is in.
func (s *Sender) transit(ctx context.Context, nameOrID string, m move) (model.Hook, error) {
	v, err := s.Hook(ctx, nameOrID)
	if err != nil {
		return model.Hook{}, err
	}
	h := v.Hook.Clone()
	switch {
	case h.State == m.to:
		return h, nil
	case !slices.Contains(m.from, h.State):
		return h, &model.Fault{Code: model.CodeConflict, Field: model.FieldState, Value: string(h.State)}
	}
	h.State, h.Reason = m.to, ""
	c := model.Change{Kind: m.kind}
	switch m.kind {
	case model.ChangeDisabled:
		h.Reason = model.DisabledByUser
		c.Reason = string(h.Reason)
	case model.ChangeActivated:
		if f := s.check(h); f != nil {
			return v.Hook, f
		}
		if !v.VerifyState().OK() {
			c.Kind = model.ChangeUnverified
		}
	}
	return s.put(ctx, h, c)
}

// check finds the first fault of a webhook as its state demands.
func (s *Sender) check(h model.Hook) error {
	if faults := model.CheckHook(h, s.samples.Catalogue()); len(faults) > 0 {
		return faults[0]
	}
	if h.Condition == "" {
		return nil
	}
	_, err := compile(h.Condition)
	return err
}

// put stores a webhook with its history entry.
func (s *Sender) put(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error) {
	now := s.now()
	if h.Revision == 0 {
		h.CreatedAt = now
	}
	h.UpdatedAt = now
	c.HookID, c.At, c.Revision = h.ID, now, h.Revision+1
	return s.hooks.PutHook(ctx, h, c)
}

// RotateSecret gives a webhook a new signing secret; the zero secret means a
// generated one. For keep (0 to model.MaxOverlap) the old one signs too.
func (s *Sender) RotateSecret(ctx context.Context, id string, secret model.Secret, keep time.Duration) (model.Hook, error) {
	if keep < 0 || keep > model.MaxOverlap {
		return model.Hook{}, &model.Fault{
			Code: model.CodeLimit, Field: model.FieldSecret, Value: keep.String(), Limit: int(model.MaxOverlap.Hours()),
		}
	}
	if _, f := model.CheckSecret(secret.Reveal()); f != nil {
		return model.Hook{}, f
	}
	v, err := s.hooks.Hook(ctx, id)
	if err != nil {
		return model.Hook{}, err
	}
	if secret.IsZero() {
		if secret, err = sign.Generate(); err != nil {
			return model.Hook{}, err
		}
	}
	h := v.Hook.Clone()
	h.OldSecret, h.OldSecretUntil = h.Secret, s.now().Add(keep)
	if keep == 0 || h.Secret.IsZero() {
		h.OldSecret, h.OldSecretUntil = model.Secret{}, time.Time{}
	}
	h.Secret = secret
	return s.put(ctx, h, model.Change{Kind: model.ChangeSecretRotated, Fields: deltas(v.Hook, h)})
}
