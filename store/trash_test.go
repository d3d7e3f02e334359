package store_test

import (
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

func TestDeletedWebhooksAreListedWhileTheyCanBeRestored(t *testing.T) {
	f := newFiles(t)
	o := f.options()
	now := storetest.Epoch().Add(model.UndoWindow)
	o.Now = func() time.Time { return now }
	d, err := store.Open(f.db, o)
	fatal(t, err)
	defer d.Close()
	for i, ago := range []time.Duration{2 * time.Hour, time.Hour, model.UndoWindow + time.Second} {
		h := putHook(t, d, i+1)
		fatal(t, d.DeleteHook(t.Context(), h.ID, now.Add(-ago)))
	}
	putHook(t, d, 9)
	list, err := d.DeletedHooks(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != storetest.Hook(2).ID || list[1].ID != storetest.Hook(1).ID {
		t.Fatalf("%v, %v", list, err)
	}
	if !list[0].DeletedAt.Equal(now.Add(-time.Hour)) || list[0].Name != storetest.Hook(2).Name {
		t.Errorf("%+v", list[0])
	}
}
