package metrics

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// most is how many webhooks get figures of their own: each costs a read.
const most = 200

// readMsg is what was read for one identity.
type readMsg struct {
	to     *screen
	gen    int
	hooks  []model.HookView
	series map[string]model.Series
	err    error
}

type slowMsg struct {
	to  *screen
	gen int
}

// changedMsg says that something has changed and that there was a rest since the
// last read.
type changedMsg struct{ to *screen }

// load reads the stretch chosen and makes every older answer stale.
func (s *screen) load() tea.Cmd {
	s.gen++
	s.since, s.slow = s.env.Now(), false
	gen, t := s.gen, s.stretch()
	since, until := t.bounds(s.since)
	read := func() tea.Msg {
		m := readMsg{to: s, gen: gen, series: map[string]model.Series{}}
		if m.hooks, m.err = s.v.Hooks(s.ctx); m.err != nil {
			return m
		}
		m.hooks = m.hooks[:min(len(m.hooks), most)]
		if m.series[""], m.err = s.v.Series(s.ctx, "", since, until, t.step); m.err != nil {
			return m
		}
		for _, h := range m.hooks {
			if m.series[h.ID], m.err = s.v.Series(s.ctx, h.ID, since, until, t.step); m.err != nil {
				return m
			}
		}
		return m
	}
	return tea.Batch(read, page.After(patience, slowMsg{s, gen}))
}

func (s *screen) took(m readMsg) tea.Cmd {
	if m.to != s || m.gen != s.gen {
		return nil
	}
	s.since, s.slow, s.err = time.Time{}, false, m.err
	if m.err == nil {
		s.ready, s.cause = true, false
		s.hooks, s.series, s.read = m.hooks, m.series, s.env.Now()
	}
	s.lay()
	return nil
}

// watch waits for a change and then for a rest.
func (s *screen) watch() tea.Cmd {
	if s.changes == nil {
		return nil
	}
	rest := s.stretch().rest
	return func() tea.Msg {
		select {
		case <-s.ctx.Done():
			return nil
		case _, ok := <-s.changes:
			if !ok {
				return nil
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
