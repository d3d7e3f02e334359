package sender

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hooktop/model"
)

func TestStatesMoveAsTheyMay(t *testing.T) {
	type verb func(context.Context, string) (model.Hook, error)
	s, m := house(t)
	h := save(t, s, hookTo(s, "http://127.0.0.1:1/"), model.SaveDraft).Hook
	verbs := map[string]verb{"enable": s.Enable, "disable": s.Disable, "pause": s.Pause, "resume": s.Resume}
	const impossible = model.HookState("")
	table := map[model.HookState]map[string]model.HookState{
		model.HookDraft:    {"enable": model.HookActive, "disable": impossible, "pause": impossible, "resume": impossible},
		model.HookActive:   {"enable": model.HookActive, "disable": model.HookDisabled, "pause": model.HookPaused, "resume": model.HookActive},
		model.HookPaused:   {"enable": impossible, "disable": model.HookDisabled, "pause": model.HookPaused, "resume": model.HookActive},
		model.HookDisabled: {"enable": model.HookActive, "disable": model.HookDisabled, "pause": impossible, "resume": impossible},
	}
	for from, moves := range table {
		for name, to := range moves {
			m.hooks[0].State, m.hooks[0].Reason = from, ""
			before := len(m.changes)
			got, err := verbs[name](t.Context(), h.Name)
			switch {
			case to == impossible:
				isFault(t, err, model.CodeConflict, model.FieldState)
				if m.hooks[0].State != from || len(m.changes) != before {
					t.Errorf("%s of %s changed it", name, from)
				}
			case err != nil || got.State != to || (len(m.changes) == before) != (from == to):
				t.Errorf("%s of %s: %s, %d entries, %v", name, from, got.State, len(m.changes)-before, err)
			case to == model.HookDisabled && from != to && got.Reason != model.DisabledByUser:
				t.Errorf("%s of %s: reason %q", name, from, got.Reason)
			}
		}
	}
	_, err := s.Pause(t.Context(), "wh_none")
	isFault(t, err, model.CodeNotFound, "")
}

func TestR25_DeletionCanBeUndone(t *testing.T) {
	s, _ := house(t)
	h := save(t, s, hookTo(s, "http://127.0.0.1:1/"), model.SaveDraft).Hook
	if err := s.Delete(t.Context(), h.Name); err != nil {
		t.Fatal(err)
	}
	if all, _ := s.Hooks(t.Context()); len(all) != 0 {
		t.Error("still listed")
	}
	if _, err := s.Restore(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	if v, err := s.Hook(t.Context(), h.Name); err != nil || v.URL != h.URL {
		t.Errorf("%+v %v", v, err)
	}
	equalKinds(t, s, h.ID, model.ChangeCreated, model.ChangeDeleted, model.ChangeRestored)
}

func TestRotationKeepsTheOldSecretForAWhile(t *testing.T) {
	at := time.Date(2026, 3, 12, 9, 41, 7, 0, time.UTC)
	s, m := house(t, func(c *Config) { c.Now = func() time.Time { return at } })
	h := save(t, s, hookTo(s, "http://127.0.0.1:1/"), model.SaveDraft).Hook
	first, err := s.RotateSecret(t.Context(), h.ID, model.Secret{}, time.Hour)
	if err != nil || first.Secret.IsZero() || !first.OldSecret.IsZero() {
		t.Fatalf("first secret: %v %v", first.OldSecret, err)
	}
	chosen := generate(t)
	second, err := s.RotateSecret(t.Context(), h.Name, chosen, 24*time.Hour)
	if err != nil || !second.Secret.Equal(chosen) || !second.OldSecret.Equal(first.Secret) || !second.OldSecretUntil.Equal(at.Add(24*time.Hour)) {
		t.Errorf("%+v %v", second, err)
	}
	third, err := s.RotateSecret(t.Context(), h.ID, model.Secret{}, 0)
	if err != nil || !third.OldSecret.IsZero() || third.Secret.Equal(chosen) {
		t.Errorf("%+v %v", third, err)
	}
	for _, keep := range []time.Duration{-1, model.MaxOverlap + 1} {
		_, err := s.RotateSecret(t.Context(), h.ID, model.Secret{}, keep)
		isFault(t, err, model.CodeLimit, model.FieldSecret)
	}
	_, err = s.RotateSecret(t.Context(), h.ID, model.NewSecret("plain"), 0)
	isFault(t, err, model.CodeSecretFormat, model.FieldSecret)
	if last := m.changes[len(m.changes)-1]; last.Kind != model.ChangeSecretRotated || len(last.Fields) != 1 {
		t.Errorf("%+v", last)
	}
}

// Whatever is done in whatever order, an active webhook has a trigger, only a
// disabled one has a reason, and every revision has its line in the history.
func TestStatesHoldTogether(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, m := house(t)
		ctx := context.Background()
		h := hookTo(s, "ftp://unreachable") // verification never leaves the machine
		h.URL = "http://127.0.0.1:1/"
		h.Limits = model.Limits{}
		if _, err := s.Save(ctx, h, model.SaveDraft, nil); err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			v, err := s.Hook(ctx, h.ID)
			if err != nil {
				r.Fatal(err)
			}
			edit := v.Hook
			edit.Events = rapid.SampledFrom([][]string{nil, {"call.processed"}, {"call.tag.added", "call.tag.removed"}}).Draw(r, "events")
			switch rapid.SampledFrom([]string{"enable", "disable", "pause", "resume", "draft", "activate", "unverified"}).Draw(r, "verb") {
			case "enable":
				_, err = s.Enable(ctx, h.ID)
			case "disable":
				_, err = s.Disable(ctx, h.ID)
			case "pause":
				_, err = s.Pause(ctx, h.ID)
			case "resume":
				_, err = s.Resume(ctx, h.ID)
			case "draft":
				_, err = s.Save(ctx, edit, model.SaveDraft, nil)
			case "activate":
				_, err = s.Save(ctx, edit, model.SaveActivate, nil)
			case "unverified":
				_, err = s.Save(ctx, edit, model.SaveUnverified, nil)
			}
			var f *model.Fault
			if err != nil && !errors.As(err, &f) {
				r.Fatal(err)
			}
			now := m.hooks[0]
			if now.State == model.HookActive && len(now.Events) == 0 {
				r.Fatal("active without a trigger")
			}
			if (now.Reason != "") != (now.State == model.HookDisabled) {
				r.Fatalf("%s with reason %q", now.State, now.Reason)
			}
			if int(now.Revision) != len(m.changes) {
				r.Fatalf("revision %d after %d entries", now.Revision, len(m.changes))
			}
		}
	})
}
