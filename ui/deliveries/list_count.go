package deliveries

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
)

// Pauses between two counts of the same: what a filter matches, all there is, and
// how far a replay has come.
const (
	countPause = 5 * time.Second
	everyPause = countPause // the two numbers stand beside each other
	jobPause   = 500 * time.Millisecond
)

// counter counts what a filter matches, slice by slice, and rests as long as it has
// worked. It can be stopped at any time; only answers to its newest count are taken.
type counter struct {
	of     *list
	pause  time.Duration // at least so long after a count before the next one
	filter model.Filter

	gen     int
	stop    context.CancelFunc
	began   time.Time
	sum     model.Tally // of the count that runs
	old     model.Tally // of the last whole one
	has     bool        // old is one of this filter
	running bool
	idle    bool // may count again at once
	stale   bool // something has changed since the count began
	err     error
}

// tallyMsg is one slice of a count, and idleMsg the end of the rest after it.
type tallyMsg struct {
	to    *counter
	gen   int
	ctx   context.Context // of the count, for its next slice
	slice model.Tally
	next  model.Cursor
	err   error
}

type idleMsg struct {
	to  *counter
	gen int
}

// count forgets what was counted and begins with another filter.
func (c *counter) count(f model.Filter) tea.Cmd {
	c.forget()
	c.filter = f
	return c.begin()
}

// forget stops counting and knows nothing any more.
func (c *counter) forget() {
	c.halt()
	c.sum, c.old, c.has, c.err = model.Tally{}, model.Tally{}, false, nil
}

// halt stops counting; what has been counted stays.
func (c *counter) halt() {
	if c.stop != nil {
		c.stop()
	}
	c.gen++
	c.stop, c.running, c.idle, c.stale = nil, false, false, false
}

func (c *counter) begin() tea.Cmd {
	c.halt()
	ctx, stop := context.WithCancel(c.of.ctx)
	c.stop, c.running, c.began, c.sum, c.err = stop, true, c.of.env.Now(), model.Tally{}, nil
	return c.slice(ctx, "")
}

// slice counts one stretch and rests as long as that took.
func (c *counter) slice(ctx context.Context, from model.Cursor) tea.Cmd {
	m, f, v := tallyMsg{to: c, gen: c.gen, ctx: ctx}, c.filter, c.of.v
	return func() tea.Msg {
		began := time.Now()
		m.slice, m.next, m.err = v.Tally(ctx, f, from)
		if m.next != "" && m.err == nil {
			m.err = hold(ctx, time.Since(began))
		}
		return m
	}
}

// took adds a slice and goes on with the next one.
func (c *counter) took(m tallyMsg) tea.Cmd {
	if m.gen != c.gen {
		return nil
	}
	if m.err != nil {
		c.halt()
		c.err = m.err
		return nil
	}
	c.sum = c.sum.Add(m.slice)
	if m.next != "" {
		return c.slice(m.ctx, m.next)
	}
	c.stop()
	c.old, c.has, c.running = c.sum, true, false
	return after(max(c.pause, share*c.of.env.Now().Sub(c.began)), idleMsg{c, c.gen})
}

// touch says that something has changed: it is counted again when its rest is over.
func (c *counter) touch() tea.Cmd {
	if !c.idle {
		c.stale = true
		return nil
	}
	return c.begin()
}

// rested ends the rest after a count.
func (c *counter) rested(m idleMsg) tea.Cmd {
	if m.gen != c.gen || c.running {
		return nil
	}
	c.idle = true
	if !c.stale {
		return nil
	}
	return c.begin()
}

// tally is what is known: the last whole count while a newer one runs.
func (c *counter) tally() (t model.Tally, whole bool) {
	if c.has {
		return c.old, true
	}
	return c.sum, false
}
