package main

import (
	"os"
	"runtime"
	"sync"
)

// processors are those that the Go code of a screen runs on. One is enough for a screen
// that only watches while nobody touches it: with more of them each goroutine that wakes
// another wakes a thread as well, which takes a tenth of the processor time. What SQLite
// reads does not count.
type processors struct {
	mu    sync.Mutex
	sends bool
}

// calm says that nobody touches the screen, or that somebody does again.
func (p *processors) calm(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.use(on && !p.sends)
}

// send says that the program begins to send, which may take all.
func (p *processors) send() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sends = true
	p.use(false)
}

// use sets them, unless the environment does.
func (p *processors) use(one bool) {
	switch {
	case os.Getenv("GOMAXPROCS") != "":
	case one:
		runtime.GOMAXPROCS(1)
	default:
		runtime.SetDefaultGOMAXPROCS()
	}
}
