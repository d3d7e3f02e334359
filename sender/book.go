package sender

import (
	"context"
	"errors"
	"fmt"

	"hooktop/model"
)

// Hooks lists the webhooks that are not deleted, oldest first.
func (s *Sender) Hooks(ctx context.Context) ([]model.HookView, error) {
	views, err := s.hooks.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	for i := range views {
		if err := s.relevant(ctx, &views[i]); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// Hook finds one by id or name.
func (s *Sender) Hook(ctx context.Context, nameOrID string) (model.HookView, error) {
	v, err := s.hooks.Hook(ctx, nameOrID)
	if err != nil {
		return v, err
	}
	return v, s.relevant(ctx, &v)
}

// relevant replaces the newest verification of a stored webhook by the newest one
// of what is stored: a form may have verified a URL or a key that was then
// discarded.
func (s *Sender) relevant(ctx context.Context, v *model.HookView) error {
	if v.Verification == nil || fits(v.Hook, *v.Verification) {
		return nil
	}
	last, err := s.lastVerification(ctx, v.Hook)
	v.Verification = last
	return err
}

// lastVerification is the newest verification of the webhook as it stands in h:
// of this URL and Authorization, else of this URL, else of any; nil for none.
func (s *Sender) lastVerification(ctx context.Context, h model.Hook) (*model.Verification, error) {
	all, err := s.records.Verifications(ctx, h.ID)
	if err != nil {
		return nil, fmt.Errorf("list verifications: %w", err)
	}
	var url, newest *model.Verification
	for i := range all { // newest first
		v := &all[i]
		switch {
		case fits(h, *v):
			return v, nil
		case url == nil && v.URLFingerprint == h.URLFingerprint():
			url = v
		case newest == nil:
			newest = v
		}
	}
	if url != nil {
		return url, nil
	}
	return newest, nil
}

func fits(h model.Hook, v model.Verification) bool {
	return v.URLFingerprint == h.URLFingerprint() && v.AuthFingerprint == h.AuthFingerprint()
}

// stored finds the webhook of an id; ok is false when there is none.
func (s *Sender) stored(ctx context.Context, id string) (v model.HookView, ok bool, err error) {
	v, err = s.hooks.Hook(ctx, id)
	var fault *model.Fault
	if errors.As(err, &fault) && fault.Code == model.CodeNotFound {
		return model.HookView{}, false, nil
	}
	return v, err == nil && v.ID == id, err
}

// Delete can be undone by Restore for model.UndoWindow.
func (s *Sender) Delete(ctx context.Context, nameOrID string) error {
	v, err := s.hooks.Hook(ctx, nameOrID)
	if err != nil {
		return err
	}
	return s.hooks.DeleteHook(ctx, v.ID, s.now())
}

// Restore brings a deleted webhook back as it was; by id only.
func (s *Sender) Restore(ctx context.Context, id string) (model.Hook, error) {
	return s.hooks.RestoreHook(ctx, id, s.now())
}

// History lists what happened to a webhook, newest first.
func (s *Sender) History(ctx context.Context, id string) ([]model.Change, error) {
	return s.records.History(ctx, id)
}

// Verifications lists the last verifications of a webhook, newest first.
func (s *Sender) Verifications(ctx context.Context, id string) ([]model.Verification, error) {
	return s.records.Verifications(ctx, id)
}

// Tests lists the last tests of a webhook, newest first.
func (s *Sender) Tests(ctx context.Context, id string, limit int) ([]model.TestResult, error) {
	return s.records.Tests(ctx, id, limit)
}

// Forget drops tests and verifications of a webhook that was never saved.
func (s *Sender) Forget(ctx context.Context, id string) error { return s.records.Forget(ctx, id) }
