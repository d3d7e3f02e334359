package sender

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"hooktop/model"
)

func save(t testing.TB, s *Sender, h model.Hook, mode model.SaveMode) model.Saved {
	t.Helper()
	saved, err := s.Save(t.Context(), h, mode, nil)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// kinds lists a webhook's history, oldest first.
func kinds(t testing.TB, s *Sender, id string) []model.ChangeKind {
	t.Helper()
	all, err := s.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []model.ChangeKind
	for _, c := range slices.Backward(all) {
		out = append(out, c.Kind)
	}
	return out
}

func equalKinds(t testing.TB, s *Sender, id string, want ...model.ChangeKind) {
	t.Helper()
	if got := kinds(t, s, id); !slices.Equal(got, want) {
		t.Errorf("history %v, want %v", got, want)
	}
}

// switchable is a receiver whose status can be changed.
func switchable(t testing.TB) (*inbox, *atomic.Int32) {
	var code atomic.Int32
	code.Store(200)
	return receive(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(int(code.Load())) }), &code
}

func TestR24_SavingVerifiesAndActivates(t *testing.T) {
	s, _ := house(t)
	in, _ := switchable(t)
	saved := save(t, s, hookTo(s, in.URL), model.SaveActivate)
	if !saved.Activated || !saved.Created || saved.Hook.State != model.HookActive || saved.Verification == nil || !saved.Verification.OK {
		t.Errorf("%+v", saved)
	}
	if len(in.requests()) != 1 {
		t.Errorf("%d requests", len(in.requests()))
	}
	equalKinds(t, s, saved.Hook.ID, model.ChangeCreated, model.ChangeActivated)
}

func TestR24_AVerificationUpToDateIsNotRepeated(t *testing.T) {
	s, _ := house(t)
	in, _ := switchable(t)
	h := hookTo(s, in.URL)
	verify(t, s, h)
	saved := save(t, s, h, model.SaveActivate)
	if !saved.Activated || saved.Verification != nil || len(in.requests()) != 1 {
		t.Errorf("%+v after %d requests", saved, len(in.requests()))
	}
	h = saved.Hook
	h.Name = "renamed"
	if saved = save(t, s, h, model.SaveActivate); len(in.requests()) != 1 || saved.Hook.Name != "renamed" {
		t.Errorf("a new name verified again")
	}
	h = saved.Hook
	h.Authorization = model.NewSecret("k") // out of date
	if saved = save(t, s, h, model.SaveActivate); saved.Verification == nil {
		t.Error("a new key must be verified")
	}
	h = saved.Hook
	h.URL += "/other"
	if saved = save(t, s, h, model.SaveActivate); saved.Verification == nil {
		t.Error("a new URL must be verified")
	}
	equalKinds(t, s, h.ID, model.ChangeCreated, model.ChangeActivated, model.ChangeEdited, model.ChangeEdited, model.ChangeEdited)
}

func TestR24_AFailureSavesADraftWithTheReason(t *testing.T) {
	s, m := house(t)
	in, code := switchable(t)
	code.Store(404)
	saved := save(t, s, hookTo(s, in.URL), model.SaveActivate)
	if saved.Activated || saved.Hook.State != model.HookDraft || saved.Verification.Failure.Code != model.CodeHTTPNotFound {
		t.Errorf("%+v", saved)
	}
	equalKinds(t, s, saved.Hook.ID, model.ChangeCreated, model.ChangeDrafted)
	if last := m.changes[len(m.changes)-1]; last.Reason != string(model.CodeHTTPNotFound) {
		t.Errorf("reason %q", last.Reason)
	}
	saved = save(t, s, saved.Hook, model.SaveUnverified)
	if !saved.Activated || len(in.requests()) != 1 {
		t.Errorf("without verification: %+v", saved)
	}
	equalKinds(t, s, saved.Hook.ID, model.ChangeCreated, model.ChangeDrafted, model.ChangeUnverified)
}

func TestR24_ActiveAndPausedStayWhateverTheReceiverSays(t *testing.T) {
	s, _ := house(t)
	in, code := switchable(t)
	h := save(t, s, hookTo(s, in.URL), model.SaveActivate).Hook
	code.Store(500)
	for _, state := range []model.HookState{model.HookActive, model.HookPaused} {
		if state == model.HookPaused {
			h, _ = s.Pause(t.Context(), h.ID)
		}
		h.URL += "/x"
		saved := save(t, s, h, model.SaveActivate)
		if saved.Hook.State != state || saved.Verification == nil || saved.Verification.OK {
			t.Errorf("%s: %+v", state, saved)
		}
		view, err := s.Hook(t.Context(), h.ID)
		if err != nil || view.VerifyState() != model.VerifyFailed {
			t.Errorf("%s: %s %v", state, view.VerifyState(), err)
		}
		h = saved.Hook
	}
}

func TestR24_ADisabledOneIsActivatedOrDrafted(t *testing.T) {
	s, _ := house(t)
	in, code := switchable(t)
	for want, status := range map[model.HookState]int32{model.HookActive: 200, model.HookDraft: 503} {
		h := hookTo(s, in.URL)
		h.Name = string(want)
		code.Store(200)
		h = save(t, s, h, model.SaveActivate).Hook
		h, err := s.Disable(t.Context(), h.ID)
		if err != nil || h.Reason != model.DisabledByUser {
			t.Fatal(h.Reason, err)
		}
		if kept := save(t, s, h, model.SaveDraft).Hook; kept.State != model.HookDisabled {
			t.Errorf("merely kept, but %s", kept.State)
		}
		code.Store(status)
		h.URL += "/new"
		if saved := save(t, s, h, model.SaveActivate); saved.Hook.State != want || saved.Hook.Reason != "" {
			t.Errorf("%d: %s %q", status, saved.Hook.State, saved.Hook.Reason)
		}
	}
}

func TestR13_ActiveNeedsATrigger(t *testing.T) {
	s, m := house(t)
	in := receive(t, status(200))
	h := hookTo(s, in.URL)
	h.Events = nil
	for _, mode := range []model.SaveMode{model.SaveActivate, model.SaveUnverified} {
		_, err := s.Save(t.Context(), h, mode, nil)
		isFault(t, err, model.CodeNoTriggers, model.FieldTriggers)
	}
	if len(m.hooks) != 0 || len(in.requests()) != 0 {
		t.Error("a fault must store and send nothing")
	}
	saved := save(t, s, h, model.SaveDraft)
	if saved.Hook.State != model.HookDraft {
		t.Errorf("%+v", saved)
	}
	_, err := s.Enable(t.Context(), h.ID)
	isFault(t, err, model.CodeNoTriggers, model.FieldTriggers)
}

func TestR7_FaultsAreFoundBeforeAnythingIsSent(t *testing.T) {
	s, m := house(t)
	in := receive(t, status(200))
	first := save(t, s, hookTo(s, in.URL), model.SaveDraft).Hook
	for name, c := range map[string]struct {
		change func(h *model.Hook)
		code   model.Code
		field  model.Field
	}{
		"no name":    {func(h *model.Hook) { h.Name = " " }, model.CodeNameEmpty, model.FieldName},
		"taken":      {func(h *model.Hook) { h.Name = first.Name }, model.CodeNameTaken, model.FieldName},
		"url":        {func(h *model.Hook) { h.URL = "ftp://x" }, model.CodeURLScheme, model.FieldURL},
		"auth":       {func(h *model.Hook) { h.Authorization = model.NewSecret("a\r\nb") }, model.CodeAuthControl, model.FieldAuth},
		"header":     {func(h *model.Hook) { h.Headers = []model.Header{{Name: "Host", Value: "x"}} }, model.CodeHeaderForbidden, model.FieldHeader},
		"secret":     {func(h *model.Hook) { h.Secret = model.NewSecret("nope") }, model.CodeSecretFormat, model.FieldSecret},
		"event":      {func(h *model.Hook) { h.Events = []string{"call.unknown"} }, model.CodeUnknownEvent, model.FieldTriggers},
		"old":        {func(h *model.Hook) { *h = first; h.Revision = 7 }, model.CodeConflict, model.FieldName},
		"is deleted": {func(h *model.Hook) { h.Revision = 3 }, model.CodeNotFound, model.FieldName},
	} {
		h := hookTo(s, in.URL)
		h.Name = "other"
		c.change(&h)
		for _, mode := range []model.SaveMode{model.SaveDraft, model.SaveActivate} {
			_, err := s.Save(t.Context(), h, mode, nil)
			if err == nil {
				t.Errorf("%s: saved", name)
			}
			isFault(t, err, c.code, c.field)
		}
	}
	if len(m.hooks) != 1 || len(in.requests()) != 0 {
		t.Errorf("%d webhooks, %d requests", len(m.hooks), len(in.requests()))
	}
}

func TestSaveIsNotCutInHalf(t *testing.T) {
	s, m := house(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	h := hookTo(s, "http://"+dialogue(t, func(c *net.TCPConn) { cancel(); silence(c) }))
	_, err := s.Save(ctx, h, model.SaveActivate, nil)
	isFault(t, err, model.CodeCancelled, "")
	if len(m.hooks) != 0 || len(m.verifications) != 0 {
		t.Errorf("%+v", m)
	}
}

// A save that is cut off while the key is tried has not verified anything.
func TestSaveCutOffWhileTheKeyIsTriedStoresNothing(t *testing.T) {
	s, m := house(t)
	var stop atomic.Value
	in := receive(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			stop.Load().(context.CancelFunc)()
			<-r.Context().Done()
		}
	})
	cancellable := func() context.Context {
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		stop.Store(cancel)
		return ctx
	}
	h := hookTo(s, in.URL)
	h.Authorization = model.NewSecret("Bearer sesame-open-0001")
	v, err := s.Verify(cancellable(), h, nil)
	if err != nil || v.OK || v.Failure == nil || v.Failure.Code != model.CodeCancelled {
		t.Errorf("verify: %+v %v", v, err)
	}
	_, err = s.Save(cancellable(), h, model.SaveActivate, nil)
	isFault(t, err, model.CodeCancelled, "")
	if len(m.hooks) != 0 || len(m.verifications) != 0 {
		t.Errorf("%+v", m)
	}
}

// flaky fails the second write of a webhook.
type flaky struct {
	*memory
	puts int
}

func (f *flaky) PutHook(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error) {
	if f.puts++; f.puts == 2 {
		return model.Hook{}, &model.Fault{Code: model.CodeStoreFull}
	}
	return f.memory.PutHook(ctx, h, c)
}

func TestR24_CreatingIsOneWrite(t *testing.T) {
	f := &flaky{}
	s, m := house(t, func(c *Config) { f.memory = c.Hooks.(*memory); c.Hooks = f })
	in, _ := switchable(t)
	saved := save(t, s, hookTo(s, in.URL), model.SaveActivate)
	if f.puts != 1 || saved.Hook.State != model.HookActive || saved.Hook.Revision != 1 || len(m.hooks) != 1 {
		t.Errorf("%d writes: %+v", f.puts, saved)
	}
	equalKinds(t, s, saved.Hook.ID, model.ChangeCreated, model.ChangeActivated)
}

func TestHistoryShowsMasksOnly(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	h := save(t, s, hookTo(s, in.URL), model.SaveDraft).Hook
	const canary = "CANARY-0123456789abcdef"
	h.Authorization = model.NewSecret("Bearer " + canary)
	h.Secret = model.NewSecret("whsec_" + "Q0FOQVJZLTAxMjM0NTY3ODlhYmNkZWY=")
	h.Headers = []model.Header{{Name: "X-Api-Key", Value: canary}}
	h.Events = []string{"call.tag.added", "call.processed"}
	saved := save(t, s, h, model.SaveDraft)
	if _, err := s.RotateSecret(t.Context(), h.ID, model.Secret{}, 0); err != nil {
		t.Fatal(err)
	}
	all, _ := s.History(t.Context(), h.ID)
	if text := fmt.Sprintf("%+v", all); strings.Contains(text, canary) || strings.Contains(text, "Q0FOQVJZ") {
		t.Error(text)
	}
	var fields []model.Field
	for _, d := range all[1].Fields {
		fields = append(fields, d.Field)
	}
	if want := []model.Field{model.FieldAuth, model.FieldTriggers, model.FieldSecret, model.FieldHeader}; !slices.Equal(fields, want) {
		t.Errorf("fields %v, want %v", fields, want)
	}
	before, _ := s.History(t.Context(), h.ID)
	current, _ := s.Hook(t.Context(), h.ID)
	save(t, s, current.Hook, model.SaveDraft)
	if after, _ := s.History(t.Context(), h.ID); len(after) != len(before) {
		t.Error("saving without a change leaves no entry")
	}
	if saved.Created {
		t.Error("created twice")
	}
}

func TestADiscardedVerificationLeavesTheStoredOne(t *testing.T) {
	s, _ := house(t)
	in, _ := switchable(t)
	h := save(t, s, hookTo(s, in.URL), model.SaveActivate).Hook
	edited := h.Clone()
	edited.URL += "/tried"
	verify(t, s, edited) // and then esc
	for _, name := range []string{h.ID, h.Name} {
		v, err := s.Hook(t.Context(), name)
		if err != nil || v.VerifyState() != model.Verified {
			t.Errorf("%s %v", v.VerifyState(), err)
		}
	}
	if all, err := s.Hooks(t.Context()); err != nil || all[0].VerifyState() != model.Verified {
		t.Errorf("%+v %v", all, err)
	}
	save(t, s, edited, model.SaveActivate)
	if len(in.requests()) != 2 {
		t.Errorf("%d requests", len(in.requests()))
	}
}
