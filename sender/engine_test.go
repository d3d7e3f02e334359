package sender

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
)

func TestEventsFanOut(t *testing.T) {
	l := newLedger(activeHook("a"), activeHook("b"))
	inTime(t, l, func(b *bench) {
		b.start()
		b.emit(10)
		b.wait(0)
		b.want(model.DeliveryDelivered, 20)
		if l.claims != 0 || l.releases != 0 {
			b.t.Errorf("%d claims and %d releases: the way is through memory", l.claims, l.releases)
		}
		if s := b.Snapshot(); s.Sent != 20 || s.InFlight+s.Ready+s.Saving != 0 || len(s.Hooks) != 2 || s.Hooks[0].Sent != 10 {
			b.t.Errorf("%+v", s)
		}
	})
}

func TestFailuresFollowTheSchedule(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = answers(404)
		b.start()
		b.emit(1)
		b.wait(2 * time.Hour)
		b.want(model.DeliveryDead, 1)
		want := []time.Duration{0, time.Minute, time.Hour + time.Minute}
		if got := b.started("a"); !slices.Equal(got, want) {
			b.t.Errorf("attempts at %v, want %v", got, want)
		}
		if a := b.attempts(); len(a) != 3 || a[2].N != 3 {
			b.t.Errorf("%+v", a)
		}
		if b.backlogs != 1 {
			b.t.Errorf("%d looks at the backlogs: planned retries are known", b.backlogs)
		}
	})
}

func TestRetryAfterIsHonoured(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			o, f := answers(503)(ctx, h, w)
			f.RetryAfter = "600"
			return o, f
		}
		b.start()
		b.emit(1)
		b.wait(10*time.Minute - 1)
		if n := len(b.started("a")); n != 1 {
			b.t.Errorf("%d attempts before the time asked for", n)
		}
		b.wait(2*time.Minute + 1)
		if n := len(b.started("a")); n != 2 {
			b.t.Errorf("%d attempts after it", n)
		}
	})
}

func TestGoneDisablesAtOnce(t *testing.T) {
	l := newLedger(activeHook("a"), activeHook("b"))
	inTime(t, l, func(b *bench) {
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			if h.ID == "a" {
				return after(time.Second, answers(410))(ctx, h, w)
			}
			return delivered(ctx, h, w)
		}
		b.start()
		b.emit(20)
		b.wait(10 * time.Second)
		if n := len(b.started("a")); n != 4 {
			b.t.Errorf("%d attempts, want the 4 that were in flight", n)
		}
		b.want(model.DeliveryDead, 4)
		b.want(model.DeliveryQueued, 16)
		b.want(model.DeliveryDelivered, 20)
		if h := l.hooks[0]; h.State != model.HookDisabled || h.Reason != model.DisabledGone {
			b.t.Errorf("%s, %s", h.State, h.Reason)
		}
		b.answer = delivered
		b.change("a", func(h *model.Hook) { h.State = model.HookActive })
		b.wait(0)
		b.want(model.DeliveryDelivered, 36)
	})
}

func TestBreakerHoldsInOrderAndProbes(t *testing.T) {
	h := activeHook("a")
	h.Concurrency = 1
	h.Retry = model.Schedule{Waits: []time.Duration{0, 24 * time.Hour}}
	l := newLedger(h)
	inTime(t, l, func(b *bench) {
		var sent []string
		healthy := false
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			sleep(ctx, time.Millisecond)
			if w.N == 1 {
				sent = append(sent, w.Event.ID)
			}
			if healthy {
				return model.OutcomeDelivered, nil
			}
			return answers(500)(ctx, h, w)
		}
		b.start()
		for i := range 20 {
			ev := model.Event{ID: fmt.Sprintf("evt_%02d", i), Type: "call.processed", Body: []byte(`{}`)}
			if _, err := b.Emit(b.t.Context(), ev, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		b.wait(29 * time.Second)
		if len(sent) != 5 {
			b.t.Errorf("%d attempts before the breaker opened", len(sent))
		}
		b.want(model.DeliveryQueued, 15)
		if got := l.breakers["a"]; got.State != model.BreakerOpen || got.Cooldown != 30*time.Second {
			b.t.Errorf("kept %+v", got)
		}
		b.wait(10 * time.Second)
		if len(sent) != 6 {
			b.t.Errorf("%d attempts: one probe after the cooldown", len(sent))
		}
		healthy = true
		b.emit(1)
		b.wait(time.Minute + time.Second)
		if got := l.breakers["a"]; got.State != model.BreakerClosed || len(sent) != 21 {
			b.t.Errorf("kept %+v after %d", got, len(sent))
		}
		if !slices.IsSorted(sent[:20]) {
			b.t.Errorf("out of order: %v", sent)
		}
		b.want(model.DeliveryRetrying, 6)
	})
}

// What a person has made due is tried at once; an open breaker lets its probe through
// then, and never more: the others follow when it has closed.
func TestTryNowDoesNotWaitForTheCooldown(t *testing.T) {
	h := activeHook("a")
	h.Concurrency = 1
	h.Retry = model.Schedule{Waits: []time.Duration{0, 24 * time.Hour, 24 * time.Hour}}
	l := newLedger(h)
	inTime(t, l, func(b *bench) {
		tries, healthy := 0, false
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			sleep(ctx, time.Millisecond)
			if tries++; healthy {
				return model.OutcomeDelivered, nil
			}
			return answers(500)(ctx, h, w)
		}
		b.start()
		b.emit(5) // which open the breaker
		b.wait(time.Second)
		now := func() {
			l.mu.Lock()
			for _, r := range l.rows {
				r.NextAt = b.Now()
			}
			l.mu.Unlock()
			b.TryNow("a")
			b.wait(time.Second)
		}
		now()
		if got := b.Snapshot().Hooks[0].Breaker; tries != 6 || got.State != model.BreakerOpen || got.Cooldown != 30*time.Second {
			b.t.Errorf("%d tries, then %+v: want one probe, which opens it for as long as before", tries, got)
		}
		healthy = true
		b.Wake("a") // not at a person's word
		b.wait(time.Second)
		if tries != 6 {
			b.t.Errorf("%d tries within the cooldown", tries)
		}
		now()
		b.want(model.DeliveryDelivered, 5)
		if got := l.breakers["a"]; tries != 11 || got.State != model.BreakerClosed {
			b.t.Errorf("%d tries, kept %+v", tries, got)
		}
		for _, f := range l.finished {
			if f.Attempt.N > 3 {
				b.t.Errorf("attempt %d of %s", f.Attempt.N, f.Attempt.DeliveryID)
			}
		}
	})
}

// Whoever enables a webhook says that it works again.
func TestEnablingForgetsTheBreaker(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = after(time.Millisecond, answers(500)) // all six are sent before it opens
		b.start()
		b.emit(6)
		b.wait(time.Second)
		if s := b.Snapshot().Hooks[0]; s.Breaker.State != model.BreakerOpen {
			b.t.Fatalf("%+v", s.Breaker)
		}
		b.change("a", func(h *model.Hook) { h.State = model.HookPaused })
		b.change("a", func(h *model.Hook) { h.State = model.HookActive })
		if s := b.Snapshot().Hooks[0]; s.Breaker.State != model.BreakerOpen {
			b.t.Errorf("a pause made it %+v", s.Breaker)
		}
		b.change("a", func(h *model.Hook) { h.State = model.HookDisabled })
		b.answer = delivered
		b.change("a", func(h *model.Hook) { h.State = model.HookActive })
		b.emit(1)
		b.wait(0)
		b.want(model.DeliveryDelivered, 1)
		if s := b.Snapshot().Hooks[0]; s.Breaker.State == model.BreakerOpen || s.Failing.Attempts != 0 {
			b.t.Errorf("%+v", s)
		}
	})
}

func TestProbesComeOneByOne(t *testing.T) {
	l := newLedger(activeHook("a"))
	l.breakers["a"] = model.Breaker{State: model.BreakerHalfOpen, Cooldown: time.Minute, Probing: true}
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.emit(30) // before the start: they wait in the outbox
		b.start()
		b.wait(2500 * time.Millisecond)
		if b.atOnce("a") != 1 || len(b.started("a")) != 3 {
			b.t.Errorf("%d attempts, %d at once", len(b.started("a")), b.atOnce("a"))
		}
		b.wait(time.Second)
		if b.atOnce("a") != 4 {
			b.t.Errorf("%d at once after closing", b.atOnce("a"))
		}
	})
}

func TestPauseQueuesAndResumeDrainsAtTheCap(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(10)
		b.wait(0)
		b.change("a", func(h *model.Hook) { h.State = model.HookPaused })
		b.emit(600)
		b.wait(time.Hour)
		b.want(model.DeliveryDelivered, 4) // were in flight
		b.want(model.DeliveryQueued, 606)
		b.change("a", func(h *model.Hook) { h.State = model.HookActive })
		b.wait(606 / 4 * time.Second)
		if b.atOnce("a") != 4 {
			b.t.Errorf("%d at once", b.atOnce("a"))
		}
		b.wait(2 * time.Second)
		b.want(model.DeliveryDelivered, 610)
	})
}

func TestFirstAttemptsComeBeforeOldRetries(t *testing.T) {
	h := activeHook("a")
	h.Concurrency = 1
	inTime(t, newLedger(h), func(b *bench) {
		var order []int
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			order = append(order, w.N)
			if w.N == 1 && len(order) <= 3 {
				return answers(404)(ctx, h, w)
			}
			return after(time.Second, delivered)(ctx, h, w)
		}
		b.start()
		b.emit(3)
		b.wait(59500 * time.Millisecond)
		b.emit(3)
		b.wait(time.Minute)
		if want := []int{1, 1, 1, 1, 1, 1, 2, 2, 2}; !slices.Equal(order, want) {
			b.t.Errorf("%v", order)
		}
	})
}

func TestConcurrencyAndRateAreNeverExceeded(t *testing.T) {
	slow, fast := activeHook("slow"), activeHook("fast")
	slow.Rate, fast.Concurrency = 2, 64
	inTime(t, newLedger(slow, fast), func(b *bench) {
		b.answer = after(300*time.Millisecond, delivered)
		b.start()
		b.emit(400)
		b.wait(10 * time.Second)
		if n := len(b.started("slow")); n < 20 || n > 21 {
			b.t.Errorf("%d in 10 s at 2/s", n)
		}
		for i, at := range b.started("slow")[1:] {
			if pause := at - b.started("slow")[i]; pause < 499*time.Millisecond {
				b.t.Errorf("two within %v", pause)
			}
		}
		if b.atOnce("fast") != 64 || len(b.started("fast")) != 400 {
			b.t.Errorf("fast: %d at once, %d sent", b.atOnce("fast"), len(b.started("fast")))
		}
		b.wait(200 * time.Second)
		b.want(model.DeliveryDelivered, 800)
	})
}

func TestEveryWebhookKeepsASlot(t *testing.T) {
	hooks := []model.Hook{activeHook("healthy")}
	for i := range 100 {
		hooks = append(hooks, activeHook(fmt.Sprintf("hung%03d", i)))
	}
	inTime(t, newLedger(hooks...), func(b *bench) {
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			if h.ID == "healthy" {
				return after(10*time.Millisecond, delivered)(ctx, h, w)
			}
			return after(30*time.Second, answers(504))(ctx, h, w)
		}
		b.start()
		b.emit(100)
		b.wait(300 * time.Millisecond)
		if n := len(b.started("healthy")); n != 100 || b.atOnce("healthy") != 4 {
			b.t.Errorf("the healthy one sent %d, %d at once", n, b.atOnce("healthy"))
		}
		if b.atOnceOverAll() > 64+101 {
			b.t.Errorf("%d in flight", b.atOnceOverAll())
		}
		b.wait(time.Hour)
		if b.atOnceOverAll() > 64+101 {
			b.t.Errorf("%d in flight", b.atOnceOverAll())
		}
	})
}

// Webhooks that worked until now and then hang have taken their slots before anybody
// could know; they slow a healthy one only until it shows.
func TestWebhooksThatBeginToHangSlowNobody(t *testing.T) {
	hooks := []model.Hook{activeHook("healthy")}
	for i := range 100 {
		h := activeHook(fmt.Sprintf("hung%03d", i))
		h.Events = []string{"call.tag.added"}
		hooks = append(hooks, h)
	}
	inTime(t, newLedger(hooks...), func(b *bench) {
		answer := after(10*time.Millisecond, delivered)
		b.answer = answer
		others := func() {
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.tag.added", Body: []byte(`{}`)}, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		b.start()
		b.emit(1)
		others()
		b.wait(time.Second)
		b.mu.Lock()
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			if h.ID != "healthy" {
				return after(30*time.Second, answers(504))(ctx, h, w)
			}
			return answer(ctx, h, w)
		}
		b.mu.Unlock()
		for range 5 {
			others()
		}
		b.wait(2 * time.Second)
		before := len(b.started("healthy"))
		for range 1000 {
			b.emit(1)
			b.wait(4 * time.Millisecond)
		}
		if n := len(b.started("healthy")) - before; n < 990 {
			b.t.Errorf("the healthy one sent %d of 1000 at 250/s", n)
		}
		if b.atOnceOverAll() > 64+32+101 {
			b.t.Errorf("%d in flight", b.atOnceOverAll())
		}
	})
}

func TestStopRecordsWhatItInterrupts(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Hour, delivered)
		b.start()
		b.emit(10)
		b.wait(0)
		began := time.Now()
		if err := b.Stop(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
		if took := time.Since(began); took != 5*time.Second {
			b.t.Errorf("stopped after %v", took)
		}
		b.want(model.DeliveryQueued, 10)
		for _, f := range l.finished {
			if f.Attempt.Outcome != model.OutcomeInterrupted || f.Verdict.State != model.DeliveryQueued {
				b.t.Errorf("%s -> %s", f.Attempt.Outcome, f.Verdict.State)
			}
		}
		if len(l.finished) != 4 {
			b.t.Errorf("%d results", len(l.finished))
		}
		b.emit(1) // still accepted: it waits
		b.want(model.DeliveryQueued, 11)
	})
	// The next engine sends them all; the interruption cost nothing of the schedule.
	inTime(t, l, func(b *bench) {
		b.answer = answers(404)
		b.start()
		b.wait(3 * time.Hour)
		b.want(model.DeliveryDead, 11)
		for _, r := range l.rows {
			if made := r.n - r.free; made != 3 {
				b.t.Errorf("%d attempts that count", made)
			}
		}
	})
}

func TestStopWaitsForWhatIsInFlight(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = after(2*time.Second, delivered)
		b.start()
		b.emit(10)
		b.wait(0)
		began := time.Now()
		if err := b.Stop(b.t.Context()); err != nil || time.Since(began) != 2*time.Second {
			b.t.Errorf("stopped after %v: %v", time.Since(began), err)
		}
		b.want(model.DeliveryDelivered, 4)
		b.want(model.DeliveryQueued, 6)
	})
}

func TestResultsOutliveAFullDisk(t *testing.T) {
	l := newLedger(activeHook("a"), activeHook("b"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(50)
		b.wait(0)
		l.mu.Lock()
		l.broken = errDisk
		l.mu.Unlock()
		b.wait(time.Minute)
		if n := len(b.started("a")) + len(b.started("b")); n > 16 { // 8 in flight, and 8 that took their slots
			b.t.Errorf("%d attempts although no result can be written", n)
		}
		if s := b.Snapshot(); !s.Stalled || s.Err != errDisk.Error() {
			b.t.Errorf("%+v", s)
		}
		if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); !errors.Is(err, errDisk) {
			b.t.Errorf("accepted: %v", err)
		}
		l.mu.Lock()
		l.broken = nil
		l.mu.Unlock()
		b.wait(time.Minute)
		b.want(model.DeliveryDelivered, 100)
		if s := b.Snapshot(); s.Stalled || s.Err != "" || s.Sent != 100 {
			b.t.Errorf("%+v", s)
		}
	})
}

func TestUnwrittenResultsAreNamedAtTheEnd(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(4)
		b.wait(0)
		l.mu.Lock()
		l.broken = errDisk
		l.mu.Unlock()
		if err := b.Stop(b.t.Context()); !errors.Is(err, errDisk) {
			b.t.Errorf("stopped with %v", err)
		}
		b.want(model.DeliverySending, 4) // found at the next start
	})
}

// Setting the clock stalls nothing and bursts nothing.
func TestClockSteps(t *testing.T) {
	for _, step := range []time.Duration{-time.Hour, time.Hour, -240 * time.Hour, 240 * time.Hour} {
		inTime(t, newLedger(activeHook("a")), func(b *bench) {
			b.answer = answers(404)
			b.start()
			b.emit(8)
			b.wait(30 * time.Second)
			b.mu.Lock()
			b.wall = step
			b.mu.Unlock()
			b.emit(8)
			b.wait(10 * time.Second)
			if n := len(b.started("a")); n != 16 {
				b.t.Errorf("%v: %d attempts just after the step", step, n)
			}
			b.wait(5 * time.Minute)
			if n := len(b.started("a")); n != 32 {
				b.t.Errorf("%v: %d attempts after the second wait", step, n)
			}
			if at := b.started("a")[16]; at != time.Minute {
				b.t.Errorf("%v: the retry came after %v", step, at)
			}
			b.wait(2 * time.Hour)
			b.want(model.DeliveryDead, 16)
			if s := b.Snapshot(); s.Skew != step {
				b.t.Errorf("skew %v, want %v", s.Skew, step)
			}
		})
	}
}

func TestStartTakesUpWhatWaits(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.emit(700)
		for id, r := range l.rows { // an unclean stop, and a plan for later
			switch {
			case r.order%10 == 0:
				l.rows[id].State = model.DeliverySending
			case r.order%10 == 1:
				l.rows[id].NextAt = time.Now().Add(time.Hour)
			}
		}
		b.start()
		b.wait(time.Minute)
		b.want(model.DeliveryDelivered, 630)
		if s := b.Snapshot(); s.Recovered != 70 {
			b.t.Errorf("recovered %d", s.Recovered)
		}
		looks := l.backlogs
		b.wait(50 * time.Minute)
		if l.backlogs != looks {
			b.t.Error("polls while nothing is due")
		}
		b.wait(10 * time.Minute)
		b.want(model.DeliveryDelivered, 700)
	})
}

func TestOverflowWaitsInTheOutboxInOrder(t *testing.T) {
	h := activeHook("a")
	h.Concurrency = 1
	inTime(t, newLedger(h), func(b *bench) {
		var order []string
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			order = append(order, w.Event.ID)
			return after(10*time.Millisecond, delivered)(ctx, h, w)
		}
		b.start()
		for i := range 1000 {
			ev := model.Event{ID: fmt.Sprintf("evt_%04d", i), Type: "call.processed", Body: []byte(`{}`)}
			if _, err := b.Emit(b.t.Context(), ev, ""); err != nil {
				b.t.Fatal(err)
			}
			b.wait(time.Millisecond)
			if s := b.Snapshot(); s.Ready > 2*50 {
				b.t.Fatalf("%d ready", s.Ready)
			}
		}
		b.wait(time.Minute)
		b.want(model.DeliveryDelivered, 1000)
		late := 0
		for i := 1; i < len(order); i++ {
			if order[i] < order[i-1] {
				late++
			}
		}
		if late > 10 {
			b.t.Errorf("%d out of order", late)
		}
	}, func(c *EngineConfig) { c.Ready = 50 })
}

func TestRecallGivesBackWhatIsReady(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(20)
		done, err := b.Recall(b.t.Context(), "a")
		if err != nil {
			b.t.Fatal(err)
		}
		b.want(model.DeliveryQueued, 16)
		l.mu.Lock()
		for _, r := range l.rows {
			if r.State == model.DeliveryQueued {
				r.State = model.DeliveryCancelled
			}
		}
		l.mu.Unlock()
		b.emit(1)
		b.wait(time.Minute)
		b.want(model.DeliveryQueued, 1)
		done()
		b.wait(time.Minute)
		b.want(model.DeliveryCancelled, 16)
		b.want(model.DeliveryDelivered, 5)
	})
}

// What is recalled before the engine has read its webhooks, or starts, is held too.
func TestRecallHoldsOverTheStart(t *testing.T) {
	for name, hookIDs := range map[string][]string{"all": nil, "one": {"a"}} {
		t.Run(name, func(t *testing.T) {
			l := newLedger(activeHook("a"))
			for n := range 20 { // from an earlier run
				id := fmt.Sprint("dlv", n)
				l.rows[id] = &row{order: n, Delivery: model.Delivery{ID: id, HookID: "a", State: model.DeliveryQueued}}
			}
			inTime(t, l, func(b *bench) {
				done, err := b.Recall(b.t.Context(), hookIDs...)
				if err != nil {
					b.t.Fatal(err)
				}
				b.start()
				b.wait(time.Minute)
				b.want(model.DeliveryQueued, 20)
				if n := len(b.started("a")); n > 0 {
					b.t.Errorf("%d were sent while recalled", n)
				}
				done()
				b.wait(time.Minute)
				b.want(model.DeliveryDelivered, 20)
			})
		})
	}
}

// What was planned and is cancelled does not stand for what comes instead.
func TestWhatIsLaterIsFoundAfterARecall(t *testing.T) {
	for name, c := range map[string]struct{ takes, then time.Duration }{
		"planned":   {0, 2 * time.Minute},                  // the third attempt is an hour away
		"in flight": {30 * time.Second, 105 * time.Second}, // the second one, which fails after that
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger(activeHook("a"))
			inTime(t, l, func(b *bench) {
				b.answer = after(c.takes, answers(503))
				b.start()
				b.emit(3)
				b.wait(c.then)
				done, err := b.Recall(b.t.Context())
				if err != nil {
					b.t.Fatal(err)
				}
				now := b.Engine.Now().Add(time.Minute)
				l.mu.Lock()
				for _, r := range l.rows {
					r.State = model.DeliveryCancelled
				}
				for n := range 3 { // replays at a rate
					id := fmt.Sprint("dlv_replay", n)
					l.order++
					l.rows[id] = &row{order: l.order, Delivery: model.Delivery{ID: id, HookID: "a", State: model.DeliveryQueued, NextAt: now.Add(time.Duration(n) * 10 * time.Second)}}
				}
				l.onFinish = func(f *model.Finish) error {
					if l.rows[f.Attempt.DeliveryID].State == model.DeliveryCancelled {
						f.Verdict.State = model.DeliveryCancelled // it stays so
					}
					return nil
				}
				l.mu.Unlock()
				done()
				b.wait(59 * time.Second)
				b.mu.Lock()
				b.answer = delivered
				b.mu.Unlock()
				b.Wake()
				b.wait(time.Minute)
				b.want(model.DeliveryCancelled, 3)
				b.want(model.DeliveryDelivered, 3)
			})
		})
	}
}

func TestUnknownOutcomesAreRetried(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			if w.N == 1 {
				panic("a bug of ours")
			}
			return delivered(ctx, h, w)
		}
		b.start()
		b.emit(1)
		b.wait(2 * time.Minute)
		b.want(model.DeliveryDelivered, 1)
		if a := b.attempts(); len(a) != 2 || a[0].Outcome != model.OutcomeUnknown {
			b.t.Errorf("%+v", a)
		}
	})
}

func TestDeletedAndChangedWebhooks(t *testing.T) {
	l := newLedger(activeHook("a"), activeHook("b"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(20)
		b.wait(0)
		b.change("a", func(h *model.Hook) { h.DeletedAt = time.Now() })
		b.change("b", func(h *model.Hook) { h.Concurrency = 16 })
		b.wait(1500 * time.Millisecond)
		if len(b.started("a")) != 4 || b.atOnce("b") != 16 {
			b.t.Errorf("deleted: %d sent; changed: %d at once", len(b.started("a")), b.atOnce("b"))
		}
		b.wait(time.Minute)
		if s := b.Snapshot(); len(s.Hooks) != 1 {
			b.t.Errorf("%+v", s.Hooks)
		}
		synctest.Wait()
	})
}

// TestADeletedWebhookGetsWhatIsInFlight promises that nothing more is sent to a
// webhook once it is deleted, whenever the webhooks are read anew.
func TestADeletedWebhookGetsWhatIsInFlight(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		b.emit(20)
		b.wait(0)
		l.mu.Lock()
		b.set("a", func(h *model.Hook) { h.DeletedAt = time.Now() })
		l.mu.Unlock()
		read := make(chan struct{})
		l.onFleet = func() { <-read }
		b.HooksChanged("a")
		b.wait(time.Minute)
		close(read)
		b.wait(time.Minute)
		if n := len(b.started("a")); n != 4 {
			b.t.Errorf("%d sent, 4 were in flight", n)
		}
		b.want(model.DeliveryQueued, 16)
	})
}

func TestMemoryIsBoundedByBytes(t *testing.T) {
	inTime(t, newLedger(activeHook("a"), activeHook("b")), func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		body := []byte(`"` + strings.Repeat("x", 1000) + `"`)
		for range 100 {
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
				b.t.Fatal(err)
			}
			if b.held > 10_000+2*4*len(body) {
				b.t.Fatalf("%d bytes kept ready", b.held)
			}
		}
		b.wait(time.Hour)
		b.change("a", func(h *model.Hook) { h.State = model.HookPaused })
		for range 100 {
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		b.change("a", func(h *model.Hook) { h.State = model.HookActive })
		for range 60 {
			b.wait(time.Second)
			if b.held > 10_000+2*len(body) {
				b.t.Fatalf("%d bytes kept ready", b.held)
			}
		}
		b.wait(time.Hour)
		b.want(model.DeliveryDelivered, 400)
	}, func(c *EngineConfig) { c.ReadyBytes = 10_000 })
}

// TestRoomIsKeptForQuickWebhooks promises that what waits for hung webhooks leaves memory
// for the deliveries of a healthy one: they are taken directly, not claimed later.
func TestRoomIsKeptForQuickWebhooks(t *testing.T) {
	l := newLedger(activeHook("healthy"))
	for i := range 10 {
		h := activeHook(fmt.Sprint("hung-", i))
		h.Events = []string{"call.tag.added"}
		l.hooks = append(l.hooks, h)
	}
	inTime(t, l, func(b *bench) {
		b.answer = func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
			wait := time.Hour
			if h.ID == "healthy" {
				wait = 100 * time.Millisecond
			}
			return after(wait, delivered)(ctx, h, w)
		}
		b.start()
		b.emit(1)
		b.wait(time.Second) // it has proven itself
		body := []byte(`"` + strings.Repeat("x", 98) + `"`)
		for range 50 {
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.tag.added", Body: body}, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		if n := b.states()[model.DeliveryQueued]; n == 0 {
			b.t.Fatal("the hung ones do not fill what they may have")
		}
		b.wait(2 * slowAfter)
		b.emit(20) // more than are in flight and first in line
		l.mu.Lock()
		defer l.mu.Unlock()
		for id, r := range l.rows {
			if r.HookID == "healthy" && r.State == model.DeliveryQueued {
				b.t.Errorf("%s went to the outbox", id)
			}
		}
	}, func(c *EngineConfig) { c.ReadyBytes = 40_000 })
}

// TestDeliveriesOfOneEventShareItsBody promises that the memory counts a body once,
// whoever it waits for, until the last of them is gone.
func TestDeliveriesOfOneEventShareItsBody(t *testing.T) {
	l := newLedger()
	for i := range 10 {
		l.hooks = append(l.hooks, activeHook(fmt.Sprint(i)))
	}
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Minute, delivered)
		b.start()
		body := []byte(`"` + strings.Repeat("x", 10_000) + `"`)
		for range 20 { // the first four of each webhook are sent at once
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		if n := b.states()[model.DeliveryQueued]; n > 0 {
			b.t.Errorf("%d of 200 went to the outbox", n)
		}
		if most := 20*len(body) + 200*readyBytes; b.held == 0 || b.held > most {
			b.t.Errorf("%d bytes held, want %d at most", b.held, most)
		}
		b.wait(time.Hour)
		b.want(model.DeliveryDelivered, 200)
	}, func(c *EngineConfig) { c.ReadyBytes = 400_000 })
}

// Webhooks that are resumed all at once share the memory, whatever waits for them.
func TestClaimsShareTheMemory(t *testing.T) {
	l := newLedger()
	for i := range 6 {
		h := activeHook(fmt.Sprint(i))
		h.State = model.HookPaused
		l.hooks = append(l.hooks, h)
	}
	inTime(t, l, func(b *bench) {
		b.answer = after(time.Second, delivered)
		b.start()
		body := []byte(`"` + strings.Repeat("x", 1<<20-10) + `"`)
		for range 60 {
			if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
				b.t.Fatal(err)
			}
		}
		l.mu.Lock()
		for _, h := range l.hooks {
			l.set(h.ID, func(h *model.Hook) { h.State = model.HookActive })
		}
		l.mu.Unlock()
		b.HooksChanged()
		for range 20 {
			b.wait(time.Second)
			if held := b.held; held > b.bytes+6*len(body) {
				b.t.Fatalf("%d MiB kept ready", held>>20)
			}
		}
		b.want(model.DeliveryDelivered, 360)
	})
}

func TestTheRateFollowsTheWebhook(t *testing.T) {
	h := activeHook("a")
	h.Rate = 1
	inTime(t, newLedger(h), func(b *bench) {
		b.start()
		b.emit(100)
		b.wait(9500 * time.Millisecond)
		if n := len(b.started("a")); n != 10 {
			b.t.Errorf("%d in 9.5 s at 1/s", n)
		}
		b.change("a", func(h *model.Hook) { h.Rate = 10 })
		b.wait(2 * time.Second)
		if n := len(b.started("a")); n < 29 || n > 31 {
			b.t.Errorf("%d after 2 s at 10/s", n)
		}
		b.change("a", func(h *model.Hook) { h.Rate = 0 })
		b.wait(0)
		if n := len(b.started("a")); n != 100 {
			b.t.Errorf("%d without a limit", n)
		}
	})
}

func TestARefusedResultStopsNobody(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		l.onFinish = func(*model.Finish) error {
			l.onFinish = nil
			return &model.Fault{Code: model.CodeNotFound}
		}
		b.start()
		b.emit(10)
		b.wait(0)
		b.want(model.DeliveryDelivered, 9)
		if s := b.Snapshot(); s.Stalled || s.Saving != 0 {
			b.t.Errorf("%+v", s)
		}
	})
}
