package sender

import (
	"errors"
	"time"

	"hooktop/model"
)

// Snapshot is what the engine is doing now, its webhooks in order of their ids.
func (e *Engine) Snapshot() model.EngineSnapshot {
	wall := e.sender.now()
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	s := model.EngineSnapshot{
		Running: e.phase == engineRunning, Beginning: e.phase == engineNew, Stalled: e.stalled > 0, Skew: wall.Sub(now).Round(time.Second),
		InFlight: e.flying, Saving: e.saving, Sent: e.meter.total, Recovered: e.recovered, Rate: e.meter.rate(now),
		Hooks: make([]model.HookSnapshot, 0, len(e.lanes)),
	}
	if e.lastErr != nil {
		s.Err = e.lastErr.Error()
		var f *model.Fault
		if errors.As(e.lastErr, &f) {
			s.Code = f.Code
		}
	}
	for _, l := range e.ordered() {
		ready := l.waiting() + l.after.len()
		s.Ready += ready
		if l.gone {
			continue
		}
		h := model.HookSnapshot{
			HookID: l.id, State: l.hook.State, Breaker: l.breaker, Failing: l.streak,
			InFlight: l.flying, Ready: ready, Sent: l.sent, NextAt: l.next(),
		}
		switch {
		case ready > 0 && l.resume.After(now):
			h.NextAt = l.resume
		case l.breaker.State == model.BreakerOpen && h.NextAt.Before(l.breaker.Until):
			h.NextAt = l.breaker.Until
		}
		s.Hooks = append(s.Hooks, h)
	}
	return s
}

// meterSpan is how many seconds the rate is taken over.
const meterSpan = 10

// meter counts attempts, in all and by second.
type meter struct {
	total  int64
	first  int64 // second of the first attempt
	second [meterSpan + 1]int64
	counts [meterSpan + 1]int64
}

func (m *meter) count(now time.Time) {
	s := now.Unix()
	if m.total == 0 {
		m.first = s
	}
	m.total++
	i := s % int64(len(m.second))
	if m.second[i] != s {
		m.second[i], m.counts[i] = s, 0
	}
	m.counts[i]++
}

// rate is attempts per second over the last whole seconds.
func (m *meter) rate(now time.Time) float64 {
	s, sum := now.Unix(), int64(0)
	for i, at := range m.second {
		if at < s && at >= s-meterSpan {
			sum += m.counts[i]
		}
	}
	span := min(s-m.first, meterSpan)
	if m.total == 0 || span <= 0 {
		return 0
	}
	return float64(sum) / float64(span)
}
