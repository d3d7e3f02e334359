package deliveries

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Widths at which the layout changes (UX: 79/80 and 119/120 columns).
const (
	wideEnough = 80  // one line per delivery
	sideBySide = 120 // the selected delivery beside the list
	threePanes = 180 // and its body beside that
)

// after is page.After, which tests can see.
func after(wait time.Duration, msg tea.Msg) tea.Cmd { return page.After(wait, msg) }

// list is the root page: the deliveries, newest first.
type list struct {
	ctx     context.Context
	env     *page.Env
	v       Verbs
	changes <-chan struct{}
	beat    time.Duration
	asks    asks

	answered time.Time // when watch last gave an answer
	busy     bool      // changes come one after the other
	turned   time.Time // when the pane last showed another delivery
	later    bool      // it will look again

	win    window
	rows   widget.Rows
	news   news
	follow bool // the newest row is shown and selected, whatever arrives
	frozen bool // nothing that arrives is shown

	filter model.Filter
	query  string // filter as it was typed
	led    string // the one that another screen led here with
	about  string // the call it is about, when a key chose it
	field  *widget.Field
	fault  error // of what is typed
	quick  int
	past   []view // where esc goes back to

	marks  marks
	found  counter // what the filter matches
	every  counter // all there is
	picked counter // what is marked by a filter
	groups groups
	spark  spark
	job    job
	edits  edits

	gen     int                // identity of what is asked for
	shown   int                // and of what the window holds
	reading bool               // a stretch at an edge
	stop    context.CancelFunc // of the newest read
	wait    widget.Wait        // for the first one
	ready   bool
	err     error
	cause   bool
	seek    seeking
	wanted  string // selected the last time; empty: nothing is awaited

	stats               model.Stats
	counting, uncounted bool

	pane    *pane
	side    bool // the pane has the focus
	zoom    bool // what has the focus stands alone
	drawn   map[string]drawn
	drawnOn string // the day they were drawn: a time of another one is a date
	width   int
	height  int
}

// edits are the bodies that were handed to the editor.
type edits struct {
	n   int
	id  string // of the one that is awaited; empty: none is
	typ string
}

// paneMsg says that the pane has stayed long enough.
type paneMsg struct{ to *list }

type slowMsg struct {
	to *list
	n  int
}

// New makes the page of the deliveries tab. ctx ends all it reads and waits for.
func New(ctx context.Context, env *page.Env, v Verbs) page.Page { return newList(ctx, env, v) }

func newList(ctx context.Context, env *page.Env, v Verbs) *list {
	l := &list{ctx: ctx, env: env, v: v, beat: beat, follow: true, field: widget.NewField(), pane: newPane(ctx, env, v), marks: unmarked()}
	l.found = counter{of: l, pause: countPause}
	l.every = counter{of: l, pause: everyPause}
	l.picked = counter{of: l, pause: countPause}
	l.groups.rows.Notes = l.groupNotes
	l.groups.counter = counter{of: l, pause: countPause}
	l.job.counter = counter{of: l, pause: jobPause}
	return l
}

func (l *list) Init() tea.Cmd {
	l.changes = l.v.Changes(l.ctx)
	return tea.Batch(l.read(), l.watch(), l.count(), l.recount())
}

// took takes a reading: the list follows it, or stands and counts what is new.
func (l *list) took(m freshMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	var again tea.Cmd
	if m.watched {
		l.answered = time.Now()
		again = l.watch()
	}
	if m.gen != l.gen {
		return again
	}
	l.wait.End()
	l.err, l.busy = m.err, m.busy
	if m.err != nil {
		return again
	}
	first := !l.ready
	l.ready, l.cause = true, false
	switch {
	case l.frozen && !first:
		l.news.take(m.newest.rows, m.full)
		return again
	case l.follow || first:
		if l.shown != l.gen {
			l.win, l.shown = window{}, l.gen
		}
		l.win.renew(m.newest)
		l.news.reset(m.newest.rows)
		l.rows.SetIDs(l.win.ids())
		l.rows.Home()
		l.restored()
	default:
		l.win.update(m.newest.rows)
		l.win.update(m.stood)
		l.news.take(m.newest.rows, m.full)
	}
	l.want()
	if m.chosen != nil {
		l.turned = time.Now()
	}
	return tea.Batch(again, l.count(), l.changed(m.watched), l.more(), l.pane.bring(m.chosen), l.show())
}

// changed counts and measures anew what may have changed, in their own time.
func (l *list) changed(watched bool) tea.Cmd {
	if !watched {
		return l.measure()
	}
	cmds := []tea.Cmd{l.measure()}
	if l.query != "" || l.grouped() {
		cmds = append(cmds, l.found.touch())
	}
	if l.query != "" {
		cmds = append(cmds, l.every.touch())
	}
	return tea.Batch(cmds...)
}

// want says what the next reading shall bring.
func (l *list) want() {
	a := ask{gen: l.gen, filter: l.filter, pane: l.pairs() && !l.stays(), known: l.pane.row, limit: l.pageRows()}
	if !l.follow && !l.frozen {
		a.chosen = l.rows.Selected()
		for _, id := range l.rows.Visible() {
			if !l.win.byID[id].State.Done() {
				a.stood = append(a.stood, id)
			}
		}
	}
	l.asks.put(a)
}

// waits shows after a while that reading takes long, and then the seconds.
func (l *list) waits(m slowMsg) tea.Cmd {
	if m.to != l || m.n != l.gen || !l.wait.Last() {
		return nil
	}
	return l.env.Tick(m)
}

// giveUp ends a first read that takes too long; the screen says how to repeat it.
func (l *list) giveUp() tea.Cmd {
	l.stop()
	l.gen++
	l.want()
	l.wait.End()
	l.err = context.Canceled
	return func() tea.Msg { return nil }
}

// selected is the delivery under the cursor.
func (l *list) selected() (model.Delivery, bool) {
	d, ok := l.win.byID[l.rows.Selected()]
	return d, ok
}

// move runs a movement. Leaving the newest row makes the list stand.
func (l *list) move(by func()) tea.Cmd {
	by()
	if l.rows.At() > 0 {
		l.follow = false
	}
	l.want()
	return tea.Batch(l.more(), l.show())
}

// newest goes to the newest row and follows from there.
func (l *list) newest() tea.Cmd {
	l.follow = true
	l.rows.Home()
	if l.frozen {
		return l.show()
	}
	return l.read()
}

// freeze makes the view stand still, or lets it live again.
func (l *list) freeze() tea.Cmd {
	l.frozen = !l.frozen
	if l.frozen {
		l.want()
		return nil
	}
	return l.read()
}

// Frozen implements page.Freezer.
func (l *list) Frozen() bool { return l.frozen }

// show brings the pane up to date with the selection. Where it is not drawn and
// the list follows, nothing is read for it.
func (l *list) show() tea.Cmd {
	defer l.want()
	l.pane.behind = l.stays() && l.rows.Selected() != l.pane.row.ID
	if l.stays() {
		if l.later {
			return nil
		}
		l.later = true
		return after(paneBeat, paneMsg{l})
	}
	d, ok := l.selected()
	if !ok {
		return l.pane.clear()
	}
	if d.ID != l.pane.row.ID {
		l.turned = time.Now()
	}
	return l.pane.show(d, l.pairs() || !l.follow)
}

// stays reports that the pane keeps what it shows for the moment.
func (l *list) stays() bool {
	return l.busy && l.follow && l.pane.rec.has() && time.Since(l.turned) < paneBeat
}

func (l *list) wide() bool { return l.width >= sideBySide }

// pairs reports that the pane is drawn, beside the list or alone.
func (l *list) pairs() bool { return l.wide() && !l.grouped() && (!l.zoom || l.side) }

// alone reports that the pane is all there is.
func (l *list) alone() bool { return l.pairs() && l.zoom }

// focus gives the pane the focus, where it is drawn, or takes it back.
func (l *list) focus(side bool) tea.Cmd {
	l.side = side && l.wide() && !l.grouped()
	l.pane.Focus(l.side)
	return nil
}

// paneAt is where the pane is drawn.
func (l *list) paneAt() (x, y int) {
	if !l.alone() {
		x = l.listWidth() + 3
	}
	return x, l.headHeight() - 1
}

// zooms shows what has the focus alone, or both again.
func (l *list) zooms() tea.Cmd {
	l.zoom = !l.zoom
	l.lay()
	return l.show()
}

// paneWidth is what the pane takes of a screen: 47 of 120 columns; from threePanes on
// enough to split itself, 99 of 200.
func (l *list) paneWidth() int {
	switch {
	case l.alone():
		return l.width
	case l.width >= threePanes:
		return splitFrom + 1 + (l.width-threePanes)/8
	}
	return 47 + max(l.width-sideBySide, 0)/2
}

// listWidth is what the rows may take: all of it, or what the pane leaves.
func (l *list) listWidth() int {
	if !l.pairs() || l.alone() {
		return l.width
	}
	return l.width - l.paneWidth() - 3
}

func (l *list) SetSize(width, height int) {
	l.width, l.height = width, height
	l.focus(l.side)
	l.lay()
	l.want()
}

// lay gives the rows, the groups and the pane their room.
func (l *list) lay() {
	tall := 1
	if l.width < wideEnough {
		tall = 2
	}
	l.rows.SetSize(l.listWidth(), l.bodyHeight(), tall)
	l.layGroups()
	l.groups.rows.SetSize(l.width, l.bodyHeight(), tall)
	l.pane.SetSize(l.paneWidth(), l.paneHeight())
	l.drawn = nil
}

func (l *list) Title() string { return l.env.Words.Deliveries.Tab }
