package sender

import (
	"context"
	"fmt"
	"time"

	"hooktop/model"
)

// legacy is what an earlier run has left in the outbox.
type legacy struct {
	at        time.Time
	recovered int
	breakers  map[string]model.Breaker
	backlogs  []model.Backlog
}

// inherit recovers what an unclean stop left behind and reads what waits.
func (e *Engine) inherit(ctx context.Context) (legacy, error) {
	l := legacy{at: e.Now()}
	var err error
	if l.recovered, err = e.recovery.Recover(ctx, l.at); err != nil {
		return l, fmt.Errorf("recover deliveries: %w", err)
	}
	if err := e.reload(ctx); err != nil {
		return l, err
	}
	if l.breakers, err = e.recovery.Breakers(ctx); err != nil {
		return l, fmt.Errorf("read breakers: %w", err)
	}
	if l.backlogs, err = e.recovery.Backlogs(ctx); err != nil {
		return l, fmt.Errorf("read backlogs: %w", err)
	}
	return l, nil
}

// begin sends from there. The lock is held.
func (e *Engine) begin(from legacy) {
	e.recovered = from.recovered
	for id, b := range from.breakers {
		if l := e.lanes[id]; l != nil {
			l.restore(b, e.rules, from.at)
		}
	}
	e.learn(from.backlogs, from.at)
	for _, l := range e.lanes {
		e.pump(l, from.at)
	}
}
