package main

import (
	"os"
	"runtime/debug"
)

// What a program that only sends gives to memory for less of collecting it: the
// live heap is a few MB, and the collector would run for every few MB more. Below
// the limit it runs five times more seldom; the program stays at about 60 MB.
const (
	collectPercent = 400
	collectLimit   = 24 << 20 // bytes of all that the runtime holds
)

// collectSeldom sets the garbage collector, unless the environment does.
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectLimit)
	}
}
