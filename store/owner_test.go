package store_test

import (
	"errors"
	"testing"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// Of all who have a file open one sends, until it closes, whatever becomes of other
// files beside; those who only look do not keep it out.
func TestOneSends(t *testing.T) {
	f := newFiles(t)
	owned := func(want bool) {
		t.Helper()
		if got, err := store.Owned(f.db); got != want || err != nil {
			t.Errorf("owned: %t, %v", got, err)
		}
	}
	owned(false)
	first, second := f.open(t), f.open(t)
	owned(false)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				_, _ = store.Owned(f.db)
			}
		}
	}()
	_, err := first.Recover(t.Context(), storetest.Epoch())
	close(stop)
	<-done
	fatal(t, err)
	_, err = first.Recover(t.Context(), storetest.Epoch())
	fatal(t, err)
	owned(true)
	var fault *model.Fault
	if _, err := second.Recover(t.Context(), storetest.Epoch()); !errors.As(err, &fault) || fault.Code != model.CodeStoreLocked || fault.Field != model.FieldOwner {
		t.Errorf("a second one sends: %v", err)
	}
	owned(true)
	fatal(t, first.Close())
	owned(false)
	_, err = second.Recover(t.Context(), storetest.Epoch())
	fatal(t, err)
	owned(true)
	fatal(t, second.Close())
	owned(false)
}
