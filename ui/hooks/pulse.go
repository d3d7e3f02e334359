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

// breakers are those that are not closed, by the webhook's id; or what was known of
// them before, where they cannot be read.
type breakers struct {
	of      map[string]model.Breaker
	unknown bool // how they are now
}

func (v Verbs) breakers(ctx context.Context) breakers {
	if v.Health == nil {
		return breakers{}
	}
	open, err := v.Breakers(ctx)
	return breakers{open, err != nil}
}

// since keeps what was known before of what is unknown now.
func (b breakers) since(before breakers) breakers {
	if b.unknown {
		b.of = before.of
	}
	return b
}

// count lets the clocks under the rows run while there is one.
func (l *list) count() tea.Cmd {
	if l.counting {
		return nil
	}
	for _, h := range l.all {
		if b := l.cut.of[h.ID]; tripped(h, b) && b.Until.After(l.env.Now()) {
			cmd := l.env.Tick(secondMsg{l})
			l.counting = cmd != nil
			return cmd
		}
	}
	return nil
}
