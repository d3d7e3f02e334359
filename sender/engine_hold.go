package sender

import (
	"context"
	"slices"
	"time"

	"hooktop/model"
)

// holds reports whether nothing of the lane may be sent now, however long it
// waits. An open breaker sets the timer for the end of its cooldown.
func (e *Engine) holds(l *lane, now time.Time) bool {
	if e.phase != engineRunning || !l.sends() || e.recalled(l) {
		return true
	}
	if l.breaker.State == model.BreakerOpen && now.Before(l.breaker.Until) {
		e.wakeAt(l.breaker.Until, now)
		return true
	}
	return false
}

// settle gives back what may not be sent, or sends what may.
func (e *Engine) settle(l *lane, now time.Time) {
	if e.holds(l, now) {
		e.recall(l)
		return
	}
	e.pump(l, now)
}

// forget gives back what is ready for deleted webhooks.
func (e *Engine) forget(hookIDs []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, id := range hookIDs {
		if l := e.lanes[id]; l != nil {
			l.gone = true
			e.recall(l)
		}
	}
}

// everyHook stands for all webhooks among those that are recalled.
const everyHook = ""

// recalled reports whether the lane is held by a Recall.
func (e *Engine) recalled(l *lane) bool {
	return len(e.recalls) > 0 && e.recalls[l.id]+e.recalls[everyHook] > 0
}

// among are the lanes of these webhooks that there are.
func (e *Engine) among(hookIDs []string) []*lane {
	return slices.DeleteFunc(e.ordered(), func(l *lane) bool {
		return !slices.Contains(hookIDs, l.id) && !slices.Contains(hookIDs, everyHook)
	})
}

// Recall gives back to the outbox all that is ready for these webhooks, or for all
// when none is named, and claims nothing until done is called: for verbs that
// change deliveries in the outbox, such as Cancel. What is in flight goes on. It
// holds also for webhooks that the engine has not read yet, and over Start.
func (e *Engine) Recall(ctx context.Context, hookIDs ...string) (done func(), err error) {
	if len(hookIDs) == 0 {
		hookIDs = []string{everyHook}
	}
	e.mu.Lock()
	var waits []chan struct{}
	for _, id := range hookIDs {
		e.recalls[id]++
	}
	for _, l := range e.among(hookIDs) {
		c := make(chan struct{})
		l.turned = append(l.turned, c)
		waits = append(waits, c)
		e.recall(l)
	}
	e.mu.Unlock()
	done = func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		now := e.Now()
		for _, id := range hookIDs {
			if e.recalls[id]--; e.recalls[id] == 0 {
				delete(e.recalls, id)
			}
		}
		for _, l := range e.among(hookIDs) {
			l.doubt(now)
			e.settle(l, now)
		}
	}
	for _, c := range waits {
		select {
		case <-c:
		case <-ctx.Done():
			done()
			return func() {}, ctx.Err()
		}
	}
	return done, nil
}

// cleared tells Recall that nothing is ready and nothing away.
func (l *lane) cleared() {
	for _, c := range l.turned {
		close(c)
	}
	l.turned = nil
}
