package sender

import (
	"context"
	"testing"
	"time"

	"hooktop/model"
)

// TestDueWorkComesSoonAfterSleep promises that what came due while the machine slept
// is sent soon after, though timers stood still, and nothing earlier than planned.
func TestDueWorkComesSoonAfterSleep(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		var night time.Duration
		b.Engine.slept = func() time.Duration {
			b.mu.Lock()
			defer b.mu.Unlock()
			return night
		}
		b.answer = func(_ context.Context, _ *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			if w.N > 1 {
				return model.OutcomeDelivered, nil
			}
			return model.OutcomeFailed, &model.Failure{Code: model.CodeHTTPError, RetryAfter: "7200"}
		}
		b.start()
		b.emit(1)
		b.wait(time.Minute)
		b.mu.Lock()
		night += time.Hour
		b.mu.Unlock()
		b.wait(time.Minute)
		if n := len(b.started("a")); n != 1 {
			b.t.Fatalf("%d attempts an hour early", n)
		}
		b.mu.Lock()
		night += 8 * time.Hour
		b.mu.Unlock()
		b.wait(coarse)
		if n := len(b.started("a")); n != 2 {
			b.t.Fatalf("%d attempts soon after it was due", n)
		}
		b.mu.Lock()
		night += time.Hour
		b.mu.Unlock()
		b.emit(1) // before anybody has noticed
		b.wait(0)
		b.wait(90 * time.Minute)
		if n := len(b.started("a")); n != 3 {
			b.t.Errorf("%d attempts: a wait was counted from before the sleep", n)
		}
	})
}
