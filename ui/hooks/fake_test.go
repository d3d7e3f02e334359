package hooks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"hooktop/model"
)

// at is the time it always is in these tests.
var at = time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)

// fake is all verbs in memory, with scripted answers. Its zero values answer at
// once and well: Verify says 200, Test says 200.
type fake struct {
	mu            sync.Mutex
	hooks         []model.HookView
	deleted       map[string]model.HookView
	changes       map[string][]model.Change
	verifications map[string][]model.Verification
	tests         map[string][]model.TestResult
	minted        int
	calls         []string // "Save crm-prod activate", "Delete wh_1", ...

	faults   map[string]error                  // by verb: "Hooks", "Save", ...
	progress []model.Verification              // what watch is told, in order
	answer   *model.Verification               // what Verify comes to; nil: verifiedBy
	sampled  *model.Verification               // what VerifySample comes to
	reply    func(model.Event) *model.Response // what Test's receiver answers; nil: 200
	failure  *model.Failure                    // why Test's attempt failed
	unkept   model.Code                        // why a test was not kept
	warnings []model.Warning                   // of Check
	hold     chan struct{}                     // Verify and Test wait until it is closed
	series   map[string][]model.Point          // of the last hour, by id
	breakers map[string]model.Breaker
}

// newFake has these webhooks; verbs wraps it for the screens.
func newFake(hooks ...model.HookView) *fake {
	return &fake{
		hooks: hooks, deleted: map[string]model.HookView{}, changes: map[string][]model.Change{},
		verifications: map[string][]model.Verification{}, tests: map[string][]model.TestResult{},
		faults: map[string]error{},
	}
}

func (f *fake) verbs() Verbs {
	return Verbs{Book: f, Record: f, Wire: f, Keys: f, Samples: f, Health: f}
}

// enter notes the call and answers the scripted fault.
func (f *fake) enter(verb string, words ...string) error {
	f.calls = append(f.calls, strings.TrimSpace(verb+" "+strings.Join(words, " ")))
	return f.faults[verb]
}

// called returns what was called so far.
func (f *fake) called() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// sees finds the webhook as it is stored now.
func (f *fake) sees(nameOrID string) (model.HookView, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := f.index(nameOrID)
	if i < 0 {
		return model.HookView{}, false
	}
	return f.hooks[i], true
}

func (f *fake) index(nameOrID string) int {
	return slices.IndexFunc(f.hooks, func(h model.HookView) bool { return h.ID == nameOrID || h.Name == nameOrID })
}

func (f *fake) New() model.Hook {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.minted++
	return model.Hook{ID: fmt.Sprintf("wh_NEW%d", f.minted), State: model.HookDraft}
}

func (f *fake) Hooks(context.Context) ([]model.HookView, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Hooks"); err != nil {
		return nil, err
	}
	return slices.Clone(f.hooks), nil
}

func (f *fake) Hook(_ context.Context, nameOrID string) (model.HookView, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Hook", nameOrID); err != nil {
		return model.HookView{}, err
	}
	i := f.index(nameOrID)
	if i < 0 {
		return model.HookView{}, &model.Fault{Code: model.CodeNotFound, Value: nameOrID}
	}
	return f.hooks[i], nil
}

// Save decides as sender.Save does: a webhook that is active or paused stays so
// whatever its receiver says, one that is disabled and merely kept stays disabled,
// and a save that was cancelled stores nothing.
func (f *fake) Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error) {
	last, old, err := f.beforeSave(h, mode)
	if err != nil {
		return model.Saved{}, err
	}
	h = h.Clone()
	h.State, h.Reason = model.HookDraft, ""
	if old != nil {
		h.State, h.Reason = old.State, old.Reason
	}
	saved := model.Saved{Created: old == nil}
	verified := h.VerifyState(last).OK()
	if mode == model.SaveActivate && !verified {
		v, err := f.Verify(ctx, h, watch)
		if err != nil {
			return model.Saved{}, err
		}
		if v.Failure != nil && v.Failure.Code == model.CodeCancelled {
			return model.Saved{}, &model.Fault{Code: model.CodeCancelled, Err: context.Cause(ctx)}
		}
		saved.Verification, last, verified = &v, &v, v.OK
	}
	running := h.State == model.HookActive || h.State == model.HookPaused
	switch {
	case mode == model.SaveDraft && h.State != model.HookDisabled, mode == model.SaveActivate && !verified && !running:
		h.State, h.Reason = model.HookDraft, ""
	case mode != model.SaveDraft && !running:
		h.State, h.Reason = model.HookActive, ""
	}
	h.Revision++
	h.UpdatedAt = at
	saved.Hook, saved.Activated = h, h.State == model.HookActive
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := f.index(h.ID); i >= 0 {
		f.hooks[i].Hook, f.hooks[i].Verification = h, last
		return saved, nil
	}
	f.hooks = append(f.hooks, model.HookView{Hook: h, Verification: last})
	return saved, nil
}

// beforeSave is the newest verification and the webhook as it is stored; nil: none.
func (f *fake) beforeSave(h model.Hook, mode model.SaveMode) (last *model.Verification, old *model.Hook, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Save", h.Name, string(mode)); err != nil {
		return nil, nil, err
	}
	if i := f.index(h.ID); i >= 0 {
		stored := f.hooks[i].Hook
		last, old = f.hooks[i].Verification, &stored
		if h.Revision != stored.Revision {
			return nil, nil, &model.Fault{Code: model.CodeConflict, Field: model.FieldName, Value: h.Name}
		}
	}
	if vs := f.verifications[h.ID]; len(vs) > 0 {
		last = &vs[0]
	}
	return last, old, nil
}

func (f *fake) state(verb, id string, to model.HookState) (model.Hook, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(verb, id); err != nil {
		return model.Hook{}, err
	}
	i := f.index(id)
	if i < 0 {
		return model.Hook{}, &model.Fault{Code: model.CodeNotFound, Value: id}
	}
	f.hooks[i].State, f.hooks[i].Reason = to, ""
	if to == model.HookDisabled {
		f.hooks[i].Reason = model.DisabledByUser
	}
	return f.hooks[i].Hook, nil
}

func (f *fake) Enable(_ context.Context, id string) (model.Hook, error) {
	return f.state("Enable", id, model.HookActive)
}

func (f *fake) Disable(_ context.Context, id string) (model.Hook, error) {
	return f.state("Disable", id, model.HookDisabled)
}

func (f *fake) Pause(_ context.Context, id string) (model.Hook, error) {
	return f.state("Pause", id, model.HookPaused)
}

func (f *fake) Resume(_ context.Context, id string) (model.Hook, error) {
	return f.state("Resume", id, model.HookActive)
}

func (f *fake) Delete(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Delete", id); err != nil {
		return err
	}
	i := f.index(id)
	if i < 0 {
		return &model.Fault{Code: model.CodeNotFound, Value: id}
	}
	f.deleted[id] = f.hooks[i]
	f.hooks = slices.Delete(slices.Clone(f.hooks), i, i+1)
	return nil
}

func (f *fake) Restore(_ context.Context, id string) (model.Hook, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Restore", id); err != nil {
		return model.Hook{}, err
	}
	h, ok := f.deleted[id]
	if !ok {
		return model.Hook{}, &model.Fault{Code: model.CodeNotFound, Value: id}
	}
	delete(f.deleted, id)
	f.hooks = append(f.hooks, h)
	return h.Hook, nil
}

func (f *fake) History(_ context.Context, id string) ([]model.Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changes[id], f.enter("History", id)
}

func (f *fake) Verifications(_ context.Context, id string) ([]model.Verification, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.verifications[id], f.enter("Verifications", id)
}

func (f *fake) Tests(_ context.Context, id string, limit int) ([]model.TestResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.tests[id]
	return all[:min(len(all), limit)], f.enter("Tests", id)
}

func (f *fake) Forget(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.verifications, id)
	delete(f.tests, id)
	return f.enter("Forget", id)
}
