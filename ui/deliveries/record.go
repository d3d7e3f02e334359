package deliveries

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
)

// record reads one delivery with its attempts: one reading at a time, and of those
// asked for meanwhile only the newest.
type record struct {
	ctx   context.Context
	v     Verbs
	trace bool // the event's decisions are wanted too

	id     string // asked for last
	busy   bool
	again  bool
	view   model.DeliveryView // as last read; its id is empty before
	why    []model.Decision
	err    error
	failed string // the id err is about
}

// recordMsg is an answer to load.
type recordMsg struct {
	to   *record
	id   string
	view model.DeliveryView
	why  []model.Decision
	err  error
}

// load reads the delivery.
func (r *record) load(id string) tea.Cmd {
	r.id = id
	if r.busy {
		r.again = true
		return nil
	}
	r.busy, r.again = true, false
	return func() tea.Msg {
		m := recordMsg{to: r, id: id}
		m.view, m.err = r.v.shown(r.ctx, id)
		if m.err == nil && r.trace {
			_, m.why, m.err = r.v.Event(r.ctx, m.view.EventID)
		}
		return m
	}
}

// took takes an answer; fresh says that there is something new to draw.
func (r *record) took(m recordMsg) (cmd tea.Cmd, fresh bool) {
	if m.to != r {
		return nil, false
	}
	r.busy = false
	if r.again {
		cmd = r.load(r.id)
	}
	if m.id != r.id {
		return cmd, false
	}
	r.err, r.failed = m.err, m.id
	if m.err == nil {
		r.view, r.why = m.view, m.why
	}
	return cmd, true
}

// has reports that the delivery asked for has been read.
func (r *record) has() bool { return r.id != "" && r.view.ID == r.id }

// fault is why the delivery asked for could not be read.
func (r *record) fault() error {
	if r.failed != r.id {
		return nil
	}
	return r.err
}
