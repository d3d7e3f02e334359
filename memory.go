package main

import (
	"os"
	"runtime/debug"
)

// What a program gives to memory for less of collecting it: the live heap is a few MB,
// and the collector would run for every few MB more. Below the limit it runs more
// seldom; the program stays at about 60 MB. Screens hold more that lives.
const (
	servePercent, serveLimit   = 400, 33 << 20 // bytes of all that the runtime holds
	screenPercent, screenLimit = 200, 32 << 20
)

// collect sets the garbage collector, unless the environment does.
func collect(percent int, limit int64) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}
