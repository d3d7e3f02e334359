package page

import "time"

// Patience is how long reading may take before a screen says so.
const Patience = 150 * time.Millisecond
