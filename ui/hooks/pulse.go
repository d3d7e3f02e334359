package hooks

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

const (
	pulseSpan  = time.Hour
	pulseStep  = 5 * time.Minute
	pulseWait  = 10 * time.Second // between two measurements
	pulseShare = 100              // of the time measuring takes at most this part
)

// pulse is how a webhook fared in the last hour.
type pulse struct {
	attempts      []float64 // by step, oldest first
	delivered, of int64
}

type (
	pulseMsg struct {
		to   *list
		of   map[string]pulse // by the webhook's id; who could not be read is left out
		took time.Duration
	}
	pulseDueMsg struct{ to *list }
	secondMsg   struct{ to *list }
)

// measure reads the last hour of every webhook, and again after a rest.
func (l *list) measure() tea.Cmd {
	if l.v.Health == nil {
		return nil
	}
	ids := make([]string, len(l.all))
	for i, h := range l.all {
		ids[i] = h.ID
	}
	until := l.env.Now().Truncate(time.Minute).Add(time.Minute)
	return func() tea.Msg {
		began := time.Now()
		m := pulseMsg{to: l, of: make(map[string]pulse, len(ids))}
		for _, id := range ids {
			s, err := l.v.Series(context.Background(), id, until.Add(-pulseSpan), until, pulseStep)
			if err == nil {
				m.of[id] = pulseOf(s)
			}
		}
		m.took = time.Since(began)
		return m
	}
}

func pulseOf(s model.Series) pulse {
	p := pulse{delivered: s.Total.Delivered, of: s.Total.Delivered + s.Total.Failed}
	for _, at := range s.Points {
		p.attempts = append(p.attempts, float64(at.Delivered+at.Failed))
	}
	return p
}

func (l *list) measured(m pulseMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	l.pulses = m.of
	return page.After(max(pulseWait, pulseShare*m.took), pulseDueMsg{l})
}

// breakers are those that are not closed. What cannot be read is as if there were
// none: the webhooks themselves are read from the same file.
func (v Verbs) breakers(ctx context.Context) map[string]model.Breaker {
	if v.Health == nil {
		return nil
	}
	open, err := v.Breakers(ctx)
	if err != nil {
		return nil
	}
	return open
}

// count lets the clocks under the rows run while there is one.
func (l *list) count() tea.Cmd {
	if l.counting {
		return nil
	}
	for _, h := range l.all {
		if b := l.cut[h.ID]; tripped(h, b) && b.Until.After(l.env.Now()) {
			cmd := l.env.Tick(secondMsg{l})
			l.counting = cmd != nil
			return cmd
		}
	}
	return nil
}
