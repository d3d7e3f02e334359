package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// chores are what an owner does now and then beside sending.
type chores struct {
	life context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup
}

// every does a chore after a time, and again after the time it asks for, until end; one
// that panics after that first time again, and not at once.
func (c *chores) every(log *slog.Logger, name string, after time.Duration, do func(ctx context.Context) time.Duration) {
	if c.stop == nil {
		c.life, c.stop = context.WithCancel(context.Background())
	}
	once := func() (next time.Duration) {
		defer func() {
			if cause := recover(); cause != nil {
				log.Error("panic in "+name, "cause", fmt.Sprint(cause))
				next = max(after, takeEvery)
			}
		}()
		return do(c.life)
	}
	c.wg.Go(func() {
		for wait := after; pause(c.life, wait); wait = once() {
		}
	})
}

func (c *chores) end() {
	if c.stop != nil {
		c.stop()
	}
	c.wg.Wait()
}

// What history is kept (PRODUCT.md, "Numbers to keep").
const (
	keepDelivered = 30 * 24 * time.Hour
	keepDead      = 90 * 24 * time.Hour
	keepBytes     = 4 << 30
	pruneEvery    = 10 * time.Minute
	pruneSoon     = 30 * time.Second // after the start, and while no events are accepted
)

// prune makes room in the history.
func (w *owner) prune(ctx context.Context) time.Duration {
	n, err := w.db.Prune(ctx, w.engine.Now(), keepDelivered, keepDead, w.limit)
	if err != nil && ctx.Err() == nil {
		w.log.Error("prune", "err", err)
	} else if n > 0 {
		w.log.Info("pruned", "deliveries", n)
	}
	if w.db.Full() {
		return pruneSoon
	}
	return pruneEvery
}

// watchEvery is how often an owner looks whether it still is one.
const watchEvery = time.Second

// watch takes lock and socket again when their files were removed. Where another program
// was faster it waits: only one of them sends, whoever has the lock (store.Recover).
func (w *owner) watch(ctx context.Context) time.Duration {
	w.turns.Lock()
	defer w.turns.Unlock()
	if !w.lock.Held() {
		if err := w.lock.Again(); err != nil {
			return watchEvery
		}
		w.log.Warn("the lock's file was removed; locked anew")
	}
	if w.socket == nil || !w.socket.Present() {
		if w.socket != nil {
			_ = w.socket.Close(ctx)
			w.socket = nil
		}
		if err := w.reachable(); err != nil {
			w.log.Error("open socket anew", "err", err)
		}
	}
	return watchEvery
}
