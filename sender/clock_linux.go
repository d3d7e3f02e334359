package sender

import (
	"time"

	"golang.org/x/sys/unix"
)

// slept is how long the machine has been suspended since it was started, which Go's
// monotonic clock leaves out (clock_gettime(2)).
func slept() time.Duration {
	var boot, awake unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &boot) != nil || unix.ClockGettime(unix.CLOCK_MONOTONIC, &awake) != nil {
		return 0
	}
	return time.Duration(boot.Nano() - awake.Nano())
}
