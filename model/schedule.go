package model

import "time"

// Schedule is a retry plan: the waits before attempts 1..n. Nominal waits never
// decrease.
type Schedule struct {
	Name  string          // preset name, or "custom"
	Waits []time.Duration // Waits[0] precedes the first attempt
}
