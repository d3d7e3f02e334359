//go:build !linux

package sender

import "time"

// slept is not known here: what comes due while the machine sleeps comes late by as
// much.
func slept() time.Duration { return 0 }
