package store

import (
	"testing"

	"hooktop/store/storetest"
)

// BenchmarkSealAttempt is what encryption adds to a delivery.
func BenchmarkSealAttempt(b *testing.B) {
	s, err := newSealer(make([]byte, keySize))
	if err != nil {
		b.Fatal(err)
	}
	a := storetest.Test("wh_1", 1, nil).Attempt
	for b.Loop() {
		if _, _, err := s.sealAttempt(nil, "dlv_01HZZZZZZZZZZZZZZZZZZZZZZZ", &a); err != nil {
			b.Fatal(err)
		}
	}
}
