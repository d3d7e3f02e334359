package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

func putGet(t *testing.T, s Store) {
	want := Hook(1)
	got := put(t, s, 1)
	want.Revision, want.UpdatedAt = 1, Epoch()
	same(t, "as returned", got, want)
	same(t, "secret", got.Authorization.Reveal(), "Bearer 0123456789abcdef")
	view := must[model.HookView](t)(s.Hook(t.Context(), want.ID))
	same(t, "as found", view, model.HookView{Hook: want})
	same(t, "as listed", must[[]model.HookView](t)(s.Hooks(t.Context())), []model.HookView{view})
}

func putBare(t *testing.T, s Store) {
	h := model.Hook{ID: "wh_1", Name: "n", State: model.HookDraft}
	got := must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
	h.Revision, h.CreatedAt, h.UpdatedAt = 1, Epoch(), Epoch()
	same(t, "as returned", got, h)
	same(t, "as found", must[model.HookView](t)(s.Hook(t.Context(), "n")).Hook, h)
	second := model.Hook{ID: "wh_2", Name: "m", State: model.HookActive}
	must[model.Hook](t)(s.PutHook(t.Context(), second, model.Change{At: Epoch(), Kind: model.ChangeActivated}))
	for id, want := range map[string]int{"wh_1": 1, "wh_2": 2} {
		all := must[[]model.Change](t)(s.History(t.Context(), id))
		same(t, "entries of "+id, len(all), want)
		same(t, "first entry of "+id, all[len(all)-1].Kind, model.ChangeCreated)
		same(t, "newest entry of "+id, all[0].Kind, []model.ChangeKind{model.ChangeCreated, model.ChangeActivated}[want-1])
	}
}

func update(t *testing.T, s Store) {
	h := put(t, s, 1)
	later := Epoch().Add(time.Minute)
	h.Name, h.Authorization, h.Headers, h.CreatedAt = "other", model.Secret{}, nil, later
	got := must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: later, Kind: model.ChangeEdited}))
	h.Revision, h.CreatedAt, h.UpdatedAt = 2, Epoch(), later
	same(t, "as returned", got, h)
	same(t, "as found", must[model.HookView](t)(s.Hook(t.Context(), "other")).Hook, h)
	_, err := s.Hook(t.Context(), "crm 1")
	refused(t, err, model.CodeNotFound)
}

func conflict(t *testing.T, s Store) {
	h := put(t, s, 1)
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited}))
	_, err := s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited})
	refused(t, err, model.CodeConflict)
	_, err = s.PutHook(t.Context(), Hook(1), model.Change{At: Epoch(), Kind: model.ChangeCreated})
	refused(t, err, model.CodeConflict)
	h.ID, h.Name = "wh_never", "never"
	_, err = s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited})
	refused(t, err, model.CodeNotFound)
	same(t, "changes", len(must[[]model.Change](t)(s.History(t.Context(), Hook(1).ID))), 2)
}

func race(t *testing.T, s Store) {
	h := put(t, s, 1)
	const writers = 16
	results := make(chan error, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			h := h.Clone()
			h.Name = fmt.Sprint("winner ", i)
			_, err := s.PutHook(context.Background(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited})
			results <- err
		})
	}
	wg.Wait()
	won := 0
	for range writers {
		if err := <-results; err == nil {
			won++
		} else {
			refused(t, err, model.CodeConflict)
		}
	}
	same(t, "winners", won, 1)
	same(t, "revision", must[model.HookView](t)(s.Hook(t.Context(), h.ID)).Revision, int64(2))
}

func names(t *testing.T, s Store) {
	put(t, s, 1)
	h := Hook(2)
	h.Name = Hook(1).Name
	_, err := s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated})
	refused(t, err, model.CodeNameTaken)
	h.Name = "CRM 1" // another name: letters count
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
}

func find(t *testing.T, s Store) {
	first := put(t, s, 1)
	h := Hook(2)
	h.Name = first.ID // a name that looks like an id
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
	same(t, "by id", must[model.HookView](t)(s.Hook(t.Context(), first.ID)).ID, first.ID)
	same(t, "by name", must[model.HookView](t)(s.Hook(t.Context(), "crm 1")).ID, first.ID)
	for _, no := range []string{"CRM 1", "crm", "", "crm 1 "} {
		_, err := s.Hook(t.Context(), no)
		refused(t, err, model.CodeNotFound)
	}
}

func deletion(t *testing.T, s Store) {
	h := put(t, s, 1)
	ok(t, s.DeleteHook(t.Context(), h.ID, Epoch()))
	_, err := s.Hook(t.Context(), h.ID)
	refused(t, err, model.CodeNotFound)
	same(t, "listed", len(must[[]model.HookView](t)(s.Hooks(t.Context()))), 0)
	refused(t, s.DeleteHook(t.Context(), h.ID, Epoch()), model.CodeNotFound)
	refused(t, s.DeleteHook(t.Context(), "wh_never", Epoch()), model.CodeNotFound)
	_, err = s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited})
	refused(t, err, model.CodeNotFound)

	_, err = s.RestoreHook(t.Context(), h.ID, Epoch().Add(model.UndoWindow+time.Second))
	refused(t, err, model.CodeNotFound)
	_, err = s.RestoreHook(t.Context(), "wh_never", Epoch())
	refused(t, err, model.CodeNotFound)
	got := must[model.Hook](t)(s.RestoreHook(t.Context(), h.ID, Epoch().Add(model.UndoWindow)))
	same(t, "restored", got, h)
	same(t, "restored twice", must[model.Hook](t)(s.RestoreHook(t.Context(), h.ID, Epoch())), h)
	same(t, "found", must[model.HookView](t)(s.Hook(t.Context(), "crm 1")).Hook, h)
}

func takenName(t *testing.T, s Store) {
	h := put(t, s, 1)
	ok(t, s.DeleteHook(t.Context(), h.ID, Epoch()))
	other := Hook(2)
	other.Name = h.Name
	must[model.Hook](t)(s.PutHook(t.Context(), other, model.Change{At: Epoch(), Kind: model.ChangeCreated}))
	_, err := s.RestoreHook(t.Context(), h.ID, Epoch())
	refused(t, err, model.CodeNameTaken)
}

func history(t *testing.T, s Store) {
	h := put(t, s, 1)
	fields := []model.FieldDelta{{Field: model.FieldName, Before: "a", After: "b\xff"}, {Field: model.FieldURL, Before: "<&>", After: ""}}
	h.State = model.HookDraft
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch().Add(1 * time.Second), Kind: model.ChangeDrafted, Reason: "dns", Fields: fields}))
	ok(t, s.DeleteHook(t.Context(), h.ID, Epoch().Add(2*time.Second)))
	must[model.Hook](t)(s.RestoreHook(t.Context(), h.ID, Epoch().Add(3*time.Second)))
	same(t, "history", must[[]model.Change](t)(s.History(t.Context(), h.ID)), []model.Change{
		{HookID: h.ID, At: Epoch().Add(3 * time.Second), Kind: model.ChangeRestored, Revision: 2},
		{HookID: h.ID, At: Epoch().Add(2 * time.Second), Kind: model.ChangeDeleted, Revision: 2},
		{HookID: h.ID, At: Epoch().Add(1 * time.Second), Kind: model.ChangeDrafted, Revision: 2, Reason: "dns", Fields: fields},
		{HookID: h.ID, At: Epoch(), Kind: model.ChangeCreated, Revision: 1},
	})
	same(t, "of nobody", len(must[[]model.Change](t)(s.History(t.Context(), "wh_never"))), 0)
}

func historyMasks(t *testing.T, s Store) {
	h := put(t, s, 1)
	h.Authorization = model.NewSecret("Bearer fedcba9876543210")
	must[model.Hook](t)(s.PutHook(t.Context(), h, model.Change{At: Epoch(), Kind: model.ChangeEdited, Fields: []model.FieldDelta{
		{Field: model.FieldAuth, Before: "Bearer 0123456789abcdef", After: h.Authorization.Reveal()},
		{Field: model.FieldSecret, Before: "whsec_bmV3", After: "whsec_bmV3"},
	}}))
	same(t, "fields", must[[]model.Change](t)(s.History(t.Context(), h.ID))[0].Fields, []model.FieldDelta{
		{Field: model.FieldAuth, Before: "Bearer ********cdef", After: "Bearer ********3210"},
		{Field: model.FieldSecret, Before: "********", After: "********"},
	})
}

func purge(t *testing.T, s Store) {
	gone, kept := put(t, s, 1), put(t, s, 2)
	put(t, s, 3)
	ok(t, s.DeleteHook(t.Context(), gone.ID, Epoch()))
	ok(t, s.DeleteHook(t.Context(), kept.ID, Epoch().Add(time.Hour)))
	ok(t, s.PutVerification(t.Context(), Verification(gone.ID, Epoch())))
	ok(t, s.PutTest(t.Context(), Test(gone.ID, 1, nil)))

	now := Epoch().Add(model.UndoWindow + time.Minute)
	same(t, "purged", must[int](t)(s.Purge(t.Context(), now)), 1)
	same(t, "purged again", must[int](t)(s.Purge(t.Context(), now)), 0)
	_, err := s.RestoreHook(t.Context(), gone.ID, Epoch())
	refused(t, err, model.CodeNotFound)
	same(t, "history", len(must[[]model.Change](t)(s.History(t.Context(), gone.ID))), 0)
	same(t, "verifications", len(must[[]model.Verification](t)(s.Verifications(t.Context(), gone.ID))), 0)
	same(t, "tests", len(must[[]model.TestResult](t)(s.Tests(t.Context(), gone.ID, 9))), 0)
	must[model.Hook](t)(s.RestoreHook(t.Context(), kept.ID, Epoch().Add(2*time.Hour)))
	same(t, "listed", len(must[[]model.HookView](t)(s.Hooks(t.Context()))), 2)
}

func cancelled(t *testing.T, s Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.PutHook(ctx, Hook(1), model.Change{At: Epoch()}); err == nil {
		t.Error("PutHook went on")
	}
	if _, err := s.Hooks(ctx); err == nil {
		t.Error("Hooks went on")
	}
	put(t, s, 1) // nothing of it was kept, and the store still works
}

func closed(t *testing.T, s Store) {
	ok(t, s.Close())
	ok(t, s.Close())
	if _, err := s.Hooks(t.Context()); err == nil {
		t.Error("Hooks of a closed store gives no error")
	}
	if err := s.DeleteHook(t.Context(), "x", Epoch()); err == nil {
		t.Error("DeleteHook of a closed store gives no error")
	}
}
