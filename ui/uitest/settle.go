//go:build !race

package uitest

import "time"

// settle is how long a command may be silent before it is taken for one that waits
// for something outside, and parked for Wait. A loaded machine must not park one
// that merely had no turn yet.
const settle = 250 * time.Millisecond
