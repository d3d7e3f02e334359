package sender

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"hooktop/model"
)

// chaos does to an engine what people, receivers and disks do, by chance.
type chaos struct {
	*bench
	rand  *rand.Rand
	calm  bool // receivers answer 200 from now on
	twice []string
	air   map[string]bool // deliveries in flight
	done  []func()        // of recalls
}

// answerByChance watches that no delivery is sent twice at once.
func (c *chaos) answerByChance(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
	c.mu.Lock()
	if c.air[w.DeliveryID] {
		c.twice = append(c.twice, w.DeliveryID)
	}
	c.air[w.DeliveryID] = true
	took := time.Duration(c.rand.IntN(3000)) * time.Millisecond
	status := []int{200, 200, 500, 404, 429}[c.rand.IntN(5)]
	if c.calm {
		status = 200
	}
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.air, w.DeliveryID)
		c.mu.Unlock()
	}()
	return after(took, answers(status))(ctx, h, w)
}

func (c *chaos) act() {
	id := []string{"a", "b", "c"}[c.chance(3)]
	states := []model.HookState{model.HookActive, model.HookActive, model.HookPaused, model.HookDisabled}
	switch c.chance(8) {
	case 0, 1, 2:
		for range c.chance(40) {
			_, _ = c.Emit(c.t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, "")
		}
	case 3:
		c.change(id, func(h *model.Hook) { h.State = states[c.chance(4)] })
	case 4:
		c.change(id, func(h *model.Hook) { h.Concurrency, h.Rate = 1+c.chance(8), float64(c.chance(3)*20) })
	case 5:
		c.breakDisk(c.chance(2) == 0)
	case 6:
		c.Wake(id)
	case 7:
		ctx, cancel := context.WithTimeout(c.t.Context(), time.Second)
		if done, err := c.Recall(ctx, id); err == nil {
			c.done = append(c.done, done)
		}
		cancel()
	}
	if c.chance(2) == 0 {
		for _, done := range c.done {
			done()
		}
		c.done = nil
	}
	c.wait(time.Duration(c.chance(20_000)) * time.Millisecond)
}

func (c *chaos) chance(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rand.IntN(n)
}

func (c *chaos) breakDisk(broken bool) {
	c.ledger.mu.Lock()
	defer c.ledger.mu.Unlock()
	c.broken = nil
	if broken {
		c.broken = errDisk
	}
}

// Whatever happens, every accepted event reaches every webhook it matched, no
// delivery is in flight twice at once, and no attempt is recorded twice.
func TestNothingIsLostWhateverHappens(t *testing.T) {
	for seed := range uint64(25) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			var hooks []model.Hook
			for _, id := range []string{"a", "b", "c"} {
				h := activeHook(id)
				h.Retry.Waits = make([]time.Duration, 50)
				for i := 1; i < 50; i++ {
					h.Retry.Waits[i] = time.Duration(i) * 10 * time.Second
				}
				hooks = append(hooks, h)
			}
			l := newLedger(hooks...)
			inTime(t, l, func(b *bench) {
				c := &chaos{bench: b, rand: rand.New(rand.NewPCG(seed, 1)), air: map[string]bool{}}
				b.answer = c.answerByChance
				b.start()
				for range 60 {
					c.act()
				}
				for _, done := range c.done {
					done()
				}
				c.mu.Lock()
				c.calm = true
				c.mu.Unlock()
				c.breakDisk(false)
				for _, h := range hooks {
					b.change(h.ID, func(h *model.Hook) { h.State, h.Concurrency, h.Rate = model.HookActive, 0, 0 })
				}
				b.wait(3 * time.Hour)
				if got := b.states(); len(l.rows) < 20 || got[model.DeliveryDelivered] != len(l.rows) {
					b.t.Errorf("%d deliveries: %v; %+v", len(l.rows), got, b.Snapshot())
				}
				if len(c.twice) > 0 {
					b.t.Errorf("in flight twice at once: %v", c.twice)
				}
				seen := map[string]bool{}
				for _, a := range b.attempts() {
					key := fmt.Sprint(a.DeliveryID, a.N)
					if seen[key] {
						b.t.Errorf("attempt %s recorded twice", key)
					}
					seen[key] = true
				}
				for id, most := range b.most {
					if most > 8 {
						b.t.Errorf("%s: %d at once", id, most)
					}
				}
				if s := b.Snapshot(); s.InFlight+s.Ready+s.Saving != 0 || s.Stalled {
					b.t.Errorf("not at rest: %+v", s)
				}
			}, func(c *EngineConfig) { c.Ready = 30 })
		})
	}
}
