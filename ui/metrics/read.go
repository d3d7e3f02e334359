package metrics

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// most is how many webhooks get figures of their own: each costs a read.
const most = 200

// share is how many times longer than a read the rest after it is, so that reading
// by itself costs less than a twentieth of a core however many webhooks there are.
const share = 24

// readMsg is what was read for one identity.
type readMsg struct {
	to     *screen
	gen    int
	hooks  []model.HookView
	series map[string]model.Series
	took   time.Duration
	err    error
}

type slowMsg struct {
	to  *screen
	gen int
}

// changedMsg says that something has changed and that there was a rest since the
// last read.
type changedMsg struct{ to *screen }

// reading is the read under way and what comes after it. One read runs at a time; a
// person's wish ends the one before.
type reading struct {
	gen     int                // identity of what is asked for
	stop    context.CancelFunc // nil: none runs
	took    time.Duration      // the last one
	watched bool               // somebody waits for a change
	changed bool               // something did, while a read was under way
}

// load reads the stretch chosen and makes every older answer stale.
func (s *screen) load() tea.Cmd {
	if s.reading.stop != nil {
		s.reading.stop()
	}
	ctx, stop := context.WithCancel(s.ctx)
	s.reading.gen++
	s.reading.stop, s.reading.changed = stop, false
	if !s.ready {
		s.wait.Begin(s.env.Now())
		s.err = nil // it is about the read before
	}
	gen, t := s.reading.gen, s.stretch()
	since, until := t.bounds(s.env.Now())
	read := func() tea.Msg {
		defer stop()
		began := time.Now()
		m := readMsg{to: s, gen: gen}
		m.hooks, m.series, m.err = s.v.figures(ctx, since, until, t.step)
		m.took = time.Since(began)
		return m
	}
	return tea.Batch(read, page.After(page.Patience, slowMsg{s, gen}))
}

// figures are the webhooks and what was counted of each, and of all under "".
func (v Verbs) figures(ctx context.Context, since, until time.Time, step time.Duration) ([]model.HookView, map[string]model.Series, error) {
	hooks, err := v.Hooks(ctx)
	if err != nil {
		return nil, nil, err
	}
	hooks = hooks[:min(len(hooks), most)]
	series := map[string]model.Series{}
	if series[""], err = v.Series(ctx, "", since, until, step); err != nil {
		return nil, nil, err
	}
	for _, h := range hooks {
		if series[h.ID], err = v.Series(ctx, h.ID, since, until, step); err != nil {
			return nil, nil, err
		}
	}
	return hooks, series, nil
}

func (s *screen) took(m readMsg) tea.Cmd {
	if m.to != s || m.gen != s.reading.gen {
		return nil
	}
	s.reading.stop, s.reading.took = nil, m.took
	s.wait.End()
	s.err = m.err
	if m.err == nil {
		s.ready, s.cause = true, false
		s.hooks, s.series, s.read = m.hooks, m.series, s.env.Now()
	}
	s.lay()
	return s.watch()
}

// changed reads again; while a read is under way it is repeated after that one.
func (s *screen) changed() tea.Cmd {
	s.reading.watched = false
	if s.reading.stop != nil {
		s.reading.changed = true
		return nil
	}
	return s.load()
}

// watch waits for a change, if there was none, and then for a rest.
func (s *screen) watch() tea.Cmd {
	if s.changes == nil || s.reading.watched {
		return nil
	}
	s.reading.watched = true
	changed := s.reading.changed
	rest := max(s.stretch().rest, share*s.reading.took)
	return func() tea.Msg {
		if !changed {
			select {
			case <-s.ctx.Done():
				return nil
			case _, ok := <-s.changes:
				if !ok {
					return nil
				}
			}
		}
		t := time.NewTimer(rest)
		defer t.Stop()
		select {
		case <-s.ctx.Done():
			return nil
		case <-t.C:
			return changedMsg{s}
		}
	}
}

// giveUp ends a first read that takes too long; the screen says how to repeat it, and
// does so by itself after the next change and a rest as after any read.
func (s *screen) giveUp() tea.Cmd {
	s.reading.stop()
	s.reading.stop = nil
	s.reading.gen++
	s.reading.took = s.wait.Lasted(s.env.Now())
	s.wait.End()
	s.err = context.Canceled
	return tea.Batch(s.watch(), func() tea.Msg { return nil })
}

// Interrupt implements page.Interrupter.
func (s *screen) Interrupt() tea.Cmd {
	if !s.wait.Long() {
		return nil
	}
	return s.giveUp()
}
