package deliveries

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// beat is how long a reading is held back, so that a burst of changes costs one
// drawing and not one each; busyBeat is that where one change follows the other: ten
// drawings a second are all that anyone can read.
const (
	beat     = 33 * time.Millisecond
	busyBeat = 100 * time.Millisecond
)

// share is how many times longer than a reading the rest after it is: a search that
// takes long leaves the machine to the sender.
const share = 9

// paneBeat is how long the pane stays with a delivery while the list follows rows that
// come one after the other: nobody reads a body in less.
const paneBeat = time.Second

// ask is what a reading shall bring. gen is the identity of what the list shows:
// an answer of an older one is stale.
type ask struct {
	gen    int
	filter model.Filter
	limit  int      // rows of the newest page
	stood  []string // rows on the screen that may have changed, where the list stands
	pane   bool     // the selected delivery is shown beside the list
	chosen string   // its id; empty: the newest
	known  model.Delivery
}

// asks hands the newest ask to the command that waits for changes: what the screen
// needs is known when it reads, not when it begins to wait.
type asks struct {
	mu  sync.Mutex
	now ask
}

func (a *asks) put(v ask) { a.mu.Lock(); a.now = v; a.mu.Unlock() }
func (a *asks) get() ask  { a.mu.Lock(); defer a.mu.Unlock(); return a.now }

// freshMsg is the newest page, and the rows asked for as they are now.
type freshMsg struct {
	to      *list
	gen     int
	watched bool // it came from watch, which has to be armed again
	busy    bool // and one change follows the other
	newest  stretch
	full    bool // as many rows as were asked for
	stood   []model.Delivery
	chosen  *recordMsg // the selected delivery, if it is another one or has changed
	err     error
}

// read reads the newest page at once and makes every older answer stale.
func (l *list) read() tea.Cmd {
	l.gen++
	l.reading, l.seek.stopped = false, false
	if l.seek.stop != nil {
		l.seek.stop()
	}
	if !l.ready {
		l.wait.Begin(l.env.Now())
		l.err = nil // it is about the read before
	}
	l.want()
	n := l.gen
	ctx, stop := context.WithCancel(l.ctx)
	l.stop = stop
	return tea.Batch(func() tea.Msg {
		defer stop()
		return l.fetch(ctx, l.asks.get())
	}, after(page.Patience, slowMsg{l, n}))
}

// watch waits for a change, reads, holds the answer back for a beat and gives one
// message. Whoever takes it arms it again.
func (l *list) watch() tea.Cmd {
	if l.changes == nil {
		return nil
	}
	armed := l.answered
	return func() tea.Msg {
		select {
		case <-l.ctx.Done():
			return nil
		case _, ok := <-l.changes:
			if !ok {
				return nil
			}
		}
		began := time.Now()
		m := l.fetch(l.ctx, l.asks.get())
		m.watched, m.busy = true, l.beat > 0 && began.Sub(armed) < busyBeat
		took := time.Since(began)
		if hold(l.ctx, pace(l.beat, began.Sub(armed), took)) != nil {
			return nil
		}
		return m
	}
}

// pace is how long a reading is held back that took so long, where the change came so
// long after the answer before. No beat: not at all.
func pace(beat, waited, took time.Duration) time.Duration {
	if beat > 0 && waited < busyBeat {
		beat = busyBeat - min(waited, busyBeat-beat)
	}
	return max(beat, share*took)
}

func (l *list) fetch(ctx context.Context, a ask) freshMsg {
	m := freshMsg{to: l, gen: a.gen}
	m.newest.rows, m.newest.next, m.err = l.v.Page(ctx, a.filter, "", a.limit)
	m.full = len(m.newest.rows) >= a.limit
	m.newest.short = !m.full && m.newest.next != ""
	if m.err == nil && len(a.stood) > 0 {
		m.stood, _, m.err = l.v.Page(ctx, model.Filter{IDs: a.stood}, "", len(a.stood))
	}
	if d, ok := a.selected(m); ok && m.err == nil && !sameState(d, a.known) {
		view, err := l.v.shown(ctx, d.ID)
		m.chosen = &recordMsg{to: &l.pane.rec, id: d.ID, view: view, err: err}
	}
	return m
}

// selected is the delivery that the pane will show.
func (a ask) selected(m freshMsg) (model.Delivery, bool) {
	if !a.pane {
		return model.Delivery{}, false
	}
	for _, rows := range [][]model.Delivery{m.newest.rows, m.stood} {
		for _, d := range rows {
			if a.chosen == "" || a.chosen == d.ID {
				return d, true
			}
		}
	}
	return model.Delivery{}, false
}

// sameState reports that nothing has happened between the two.
func sameState(a, b model.Delivery) bool {
	return a.ID == b.ID && a.State == b.State && a.Attempts == b.Attempts
}

// hold waits for d unless ctx ends first.
func hold(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// moreMsg is a stretch below or above the window.
type moreMsg struct {
	to   *list
	gen  int
	up   bool
	page stretch
	err  error
}

// more reads on where the selection comes near an edge of the window, one stretch
// at a time. A list that follows only fills its screen.
func (l *list) more() tea.Cmd {
	if l.reading || !l.ready || l.seek.stopped {
		return nil
	}
	near := max(2*l.screen(), 20)
	if l.follow {
		near = l.screen()
	}
	from, ok := l.win.below()
	up := false
	if ok = ok && l.rows.Len()-l.rows.At() <= near; !ok {
		from, up = l.win.over()
		ok = up && l.rows.At() < near
	}
	if !ok {
		return nil
	}
	l.reading = true
	gen, filter := l.gen, l.filter
	ctx, stop := context.WithCancel(l.ctx)
	l.seek.stop = stop
	return func() tea.Msg {
		defer stop()
		m := moreMsg{to: l, gen: gen, up: up, page: stretch{from: from}}
		m.page.rows, m.page.next, m.err = l.v.Page(ctx, filter, from, pageRows)
		return m
	}
}

func (l *list) tookMore(m moreMsg) tea.Cmd {
	if m.to != l || m.gen != l.gen || l.seek.stopped {
		return nil
	}
	l.reading = false
	switch {
	case m.err != nil:
		l.err = m.err
		return nil
	case m.up && l.win.prepend(m.page), !m.up && l.win.append(m.page):
		l.rows.SetIDs(l.win.ids())
	}
	if l.follow {
		l.rows.Home()
	}
	l.want()
	return tea.Batch(l.more(), l.show())
}

// screen is how many rows the screen has room for.
func (l *list) screen() int {
	if l.width < wideEnough {
		return max(l.bodyHeight()/2, 1)
	}
	return max(l.bodyHeight(), 1)
}

// fewRows are read even where the screen has room for less: a delivery that is opened
// leads to those beside it.
const fewRows = 20

// pageRows is how many of the newest rows are read: what the screen shows and the one
// below, and where the list stands enough to count what is new.
func (l *list) pageRows() int {
	if !l.follow || l.frozen {
		return pageRows
	}
	return min(max(l.screen()+1, fewRows), pageRows) // all of them are new the next time
}

// searching reports that the screen is not full because the file is still being
// looked through.
func (l *list) searching() bool {
	_, below := l.win.below()
	return below && l.reading && l.rows.Len() < l.screen()
}

// statsMsg is an answer to count; countMsg says that it is time to count again.
type statsMsg struct {
	to    *list
	stats model.Stats
	err   error
}

type countMsg struct{ to *list }

// count reads today's counts, at most once a second and one at a time.
func (l *list) count() tea.Cmd {
	if l.counting {
		l.uncounted = true
		return nil
	}
	l.counting, l.uncounted = true, false
	now := l.env.Now().Local()
	y, mo, d := now.Date()
	since := time.Date(y, mo, d, 0, 0, 0, 0, now.Location())
	return func() tea.Msg {
		s, err := l.v.Stats(l.ctx, "", since)
		return statsMsg{l, s, err}
	}
}

func (l *list) counted(m statsMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	if m.err == nil && !l.frozen {
		l.stats = m.stats
	}
	return after(time.Second, countMsg{l})
}

func (l *list) countAgain(m countMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	l.counting = false
	if !l.uncounted {
		return nil
	}
	return l.count()
}
