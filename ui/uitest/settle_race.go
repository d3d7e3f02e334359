//go:build race

package uitest

import "time"

// settle is longer under the race detector, which slows everything.
const settle = time.Second
