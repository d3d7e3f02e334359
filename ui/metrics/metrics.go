// Package metrics has the screen of rates, latencies and causes: over all webhooks
// and for each, for the last hour up to the last 30 days. Everything comes from what
// the store counts as it goes, never from a walk through the deliveries.
package metrics

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Verbs is all this screen can do beyond drawing.
type Verbs struct {
	Archive
	Live
}

// Archive reads. Errors a person can mend are *model.Fault.
type Archive interface {
	// Hooks lists the webhooks that are not deleted, oldest first.
	Hooks(ctx context.Context) ([]model.HookView, error)
	// Series are counts and latencies in equal steps; hookID may be empty for all
	// webhooks.
	Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error)
}

// Live tells that something has changed, never what.
type Live interface {
	// Changes gives a channel that has a value whenever something may have changed
	// since the last one was taken; nil: nothing will ever be told. It is closed
	// when ctx ends.
	Changes(ctx context.Context) <-chan struct{}
}

// Widths at which the layout changes, as on the other screens.
const (
	wideEnough = 80  // charts and a table of columns
	sideBySide = 120 // causes and the slowest beside them
)

// panel is a list on the screen; keys go to the one in front.
type panel int

const (
	panelHooks panel = iota
	panelCauses
	panelSlowest
	panels // how many there are
)

// screen is the root page of its tab.
type screen struct {
	ctx     context.Context
	env     *page.Env
	v       Verbs
	changes <-chan struct{}

	span    int // of spans
	series  map[string]model.Series
	hooks   []model.HookView
	read    time.Time // when what is shown was read
	reading reading
	wait    widget.Wait // for the first one
	ready   bool
	err     error
	cause   bool

	panel  panel
	rows   [panels]widget.Rows
	width  int
	height int
}

// New makes the page of the metrics tab. ctx ends all it reads and waits for.
func New(ctx context.Context, env *page.Env, v Verbs) page.Page {
	s := &screen{ctx: ctx, env: env, v: v}
	s.rows[panelCauses].Notes = func(id string) int { return max(len(s.causeRow(id))-1, 0) }
	return s
}

func (s *screen) Init() tea.Cmd {
	s.changes = s.v.Changes(s.ctx)
	return s.load()
}

func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case readMsg:
		return s.took(m)
	case slowMsg:
		if m.to == s && m.gen == s.reading.gen && s.wait.Last() {
			return s.env.Tick(m)
		}
	case changedMsg:
		if m.to == s {
			return s.changed()
		}
	case page.RestyledMsg:
		s.lay()
	}
	return nil
}

// stretch is what a person can look back on, in steps that are few enough for a
// column each on a screen of 80.
type stretch struct {
	step  time.Duration
	steps int
	rest  time.Duration // between two reads, at least
}

func stretches() []stretch {
	return []stretch{
		{time.Minute, 60, 2 * time.Second},
		{30 * time.Minute, 48, 10 * time.Second},
		{3 * time.Hour, 56, time.Minute},
		{12 * time.Hour, 60, 2 * time.Minute},
	}
}

func (s *screen) stretch() stretch { return stretches()[s.span] }

// bounds are the first and the last moment of the stretch: whole steps of the local
// day, the last of them the one that is running.
func (t stretch) bounds(now time.Time) (since, until time.Time) {
	now = now.Local()
	y, mo, d := now.Date()
	day := time.Date(y, mo, d, 0, 0, 0, 0, now.Location())
	until = day.Add(now.Sub(day).Truncate(t.step) + t.step)
	return until.Add(-time.Duration(t.steps) * t.step), until
}

// look shows another stretch.
func (s *screen) look(n int) tea.Cmd {
	n = min(max(n, 0), len(stretches())-1)
	if n == s.span {
		return nil
	}
	s.span = n
	return s.load()
}

// chosen is the id of the webhook whose figures are shown; empty: all of them.
func (s *screen) chosen() string {
	if id := s.rows[panelHooks].Selected(); id != all {
		return id
	}
	return ""
}

// of is the series of a webhook, or of all.
func (s *screen) of(hookID string) model.Series { return s.series[hookID] }

func (s *screen) wide() bool { return s.width >= sideBySide }

func (s *screen) Title() string { return s.env.Words.Metrics.Tab }

func (s *screen) Typing() bool { return false }

func (s *screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.lay()
}

// Keep implements page.Keeper.
func (s *screen) Keep() map[string]string {
	return map[string]string{"stretch": names[s.span], "hook": s.chosen()}
}

// Restore implements page.Keeper.
func (s *screen) Restore(kept map[string]string) {
	for i, name := range names {
		if kept["stretch"] == name {
			s.span = i
		}
	}
	if id := kept["hook"]; id != "" {
		s.rows[panelHooks].SetIDs([]string{all, id})
		s.rows[panelHooks].Select(id)
	}
}

// names of the stretches where they are kept.
var names = [...]string{"1h", "24h", "7d", "30d"}

// Click and Wheel implement page.Pointer.
func (s *screen) Click(x, y int, again bool) tea.Cmd {
	for p, at := range s.places() {
		r := &s.rows[p]
		if x < at.x || x >= at.x+at.width || y < at.y || y >= at.y+at.height {
			continue
		}
		s.panel = panel(p)
		if id, ok := r.Hit(y - at.y); ok && !(again && id == r.Selected()) {
			r.Select(id)
			s.lay()
			return nil
		} else if !ok {
			return nil
		}
		return s.open()
	}
	return nil
}

func (s *screen) Wheel(n int) tea.Cmd { return s.move(func() { s.rows[s.panel].Move(n) }) }
