package store_test

import (
	"fmt"
	"testing"

	"hooktop/model"
	"hooktop/store/storetest"
)

func BenchmarkPutTest(b *testing.B) {
	d := newFiles(b).open(b)
	body := make([]byte, 2<<10)
	n := 0
	for b.Loop() {
		n++
		fatal(b, d.PutTest(b.Context(), storetest.Test("wh_1", n, body)))
	}
}

// BenchmarkHooks1000 lists 1,000 webhooks that have been verified and tested.
func BenchmarkHooks1000(b *testing.B) {
	d := newFiles(b).open(b)
	for n := range 1000 {
		h, err := d.PutHook(b.Context(), storetest.Hook(n), model.Change{At: storetest.Epoch()})
		fatal(b, err)
		for i := range 2 {
			fatal(b, d.PutVerification(b.Context(), storetest.Verification(h.ID, storetest.Epoch())))
			fatal(b, d.PutTest(b.Context(), storetest.Test(h.ID, i, []byte(`{"type":"call.processed"}`))))
		}
	}
	for b.Loop() {
		list, err := d.Hooks(b.Context())
		if err != nil || len(list) != 1000 || list[999].LastAttempt == nil {
			b.Fatal(fmt.Errorf("%d webhooks: %w", len(list), err))
		}
	}
}
