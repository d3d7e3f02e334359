package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// signals returns a context that the first SIGHUP, SIGINT, SIGQUIT or SIGTERM
// cancels, and which of them it was (0: none). The second one of a kind has its
// usual effect, so that nothing can hold the program.
func signals() (ctx context.Context, caught func() int, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var got atomic.Int32
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case s := <-ch:
			if n, ok := s.(syscall.Signal); ok {
				got.Store(int32(n))
			}
			signal.Stop(ch)
			cancel()
		case <-done:
		}
	}()
	return ctx, func() int { return int(got.Load()) }, func() { signal.Stop(ch); close(done); cancel() }
}
