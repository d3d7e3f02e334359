package sender

import (
	"testing"

	"go.uber.org/goleak"
)

// Every goroutine of the sender ends by itself.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
