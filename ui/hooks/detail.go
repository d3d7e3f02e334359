package hooks

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// keepTests is how many tests the detail shows.
const keepTests = 50

// tab is a section of the detail.
type tab int

const (
	tabSummary tab = iota
	tabTriggers
	tabAttempts
	tabHistory
	tabChecks
	tabs // how many there are
)

// detail is a webhook's own page: what it is and what has happened to it (R6).
type detail struct {
	env *page.Env
	v   Verbs
	id  string
	do  deeds

	seen    detailMsg // as last read
	reading int
	wait    widget.Wait // for the first read
	cause   bool
	ctx     context.Context
	leave   context.CancelFunc

	tab    tab
	rows   [tabs]widget.Rows
	lines  map[string]widget.Line // of the tab shown, by row id
	side   *side
	width  int
	height int
}

// detailMsg is an answer to read.
type detailMsg struct {
	to      *detail
	n       int
	hook    model.HookView
	cut     breakers
	tests   []model.TestResult
	history []model.Change
	checks  []model.Verification
	err     error
}

// redact hides the webhook's keys wherever its receiver has echoed them. What was
// read may be someone else's memory: it is replaced, not changed.
func (m *detailMsg) redact() {
	m.hook, m.tests, m.checks = m.hook.Redacted(), slices.Clone(m.tests), slices.Clone(m.checks)
	for i := range m.tests {
		m.tests[i] = m.tests[i].Redacted(m.hook.Hook)
	}
	for i := range m.checks {
		m.checks[i] = m.checks[i].Redacted(m.hook.Hook)
	}
}

// detailSlowMsg says that the answer is still due.
type detailSlowMsg struct {
	to *detail
	n  int
}

func newDetail(env *page.Env, v Verbs, id string) page.Page {
	d := &detail{env: env, v: v, id: id, side: newSide(env, v)}
	d.side.short = true
	d.do = deeds{env, v, d}
	d.ctx, d.leave = context.WithCancel(context.Background())
	d.rows[tabSummary].Plain, d.rows[tabHistory].Plain = true, true
	return d
}

func (d *detail) Init() tea.Cmd { return d.read() }

// read reads the webhook and all that is remembered about it.
func (d *detail) read() tea.Cmd {
	d.reading++
	n, ctx := d.reading, d.ctx
	if d.seen.to == nil {
		d.wait.Begin(d.env.Now())
	}
	return tea.Batch(func() tea.Msg {
		m := detailMsg{to: d, n: n}
		var errs [4]error
		m.hook, errs[0] = d.v.Hook(ctx, d.id)
		m.tests, errs[1] = d.v.Tests(ctx, d.id, keepTests)
		m.history, errs[2] = d.v.History(ctx, d.id)
		m.checks, errs[3] = d.v.Verifications(ctx, d.id)
		m.err = errors.Join(errs[:]...)
		m.cut = d.v.breakers(ctx)
		m.redact()
		return m
	}, page.After(page.Patience, detailSlowMsg{d, n}))
}

func (d *detail) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case detailMsg:
		if m.to != d || m.n != d.reading {
			return nil
		}
		d.wait.End()
		if m.err != nil { // keep what was there
			d.seen.err, d.seen.to = m.err, d
			return nil
		}
		m.cut = m.cut.since(d.seen.cut)
		d.seen = m
		d.lay()
		return d.show()
	case detailSlowMsg:
		if m.to == d && m.n == d.reading && d.wait.Last() {
			return d.env.Tick(m)
		}
	case doneMsg:
		return d.changed(m)
	case savedMsg, verifiedMsg:
		return changed
	case changedMsg, sentMsg, saveDoneMsg:
		return d.read()
	case page.RestyledMsg:
		d.lay()
		return d.show()
	}
	return d.side.Update(msg)
}

// changed follows a verb. A webhook that this page deleted takes the page with it;
// the list says so, because it stays to undo it.
func (d *detail) changed(m doneMsg) tea.Cmd {
	if m.from == any(d) && m.did == didDelete && m.err == nil {
		d.leave()
		return tea.Sequence(d.env.PopWith(d, nil), d.do.said(m))
	}
	return tea.Batch(d.do.said(m), d.read())
}

// Leave stops what still reads.
func (d *detail) Leave() tea.Cmd {
	d.leave()
	return nil
}

func (d *detail) ready() bool { return d.seen.hook.ID != "" }

func (d *detail) SetSize(width, height int) {
	d.width, d.height = width, height
	d.lay()
}

func (d *detail) wide() bool { return d.width >= sideBySide }

func (d *detail) bodyWidth() int {
	if !d.wide() {
		return d.width
	}
	return d.width - sideWidth(d.width) - 3
}

// lay builds the lines of the tab shown.
func (d *detail) lay() {
	height := d.height - detailHead
	d.side.SetSize(sideWidth(d.width), height)
	if d.hint() != "" {
		height--
	}
	r := &d.rows[d.tab]
	r.SetSize(d.bodyWidth(), height, 1)
	ids, lines := d.build()
	d.lines = lines
	r.SetIDs(ids)
}

// turn goes n tabs to the right, or to the left.
func (d *detail) turn(n int) tea.Cmd {
	d.tab = (d.tab + tab(n) + tabs) % tabs
	d.lay()
	return d.show()
}

// show lets the sample beside follow the trigger under the cursor, even where it
// is not drawn: then it is there at once when the screen grows.
func (d *detail) show() tea.Cmd {
	if !d.ready() {
		return nil
	}
	typ := ""
	if d.tab == tabTriggers {
		typ = d.rows[d.tab].Selected()
		for _, t := range d.v.Catalogue().Triggers() {
			if t.Key == typ {
				typ = t.Events[0]
			}
		}
	}
	return d.side.Show(d.seen.hook, typ)
}

func (d *detail) move(by func()) tea.Cmd {
	by()
	return d.show()
}

func (d *detail) Typing() bool { return false }

func (d *detail) Title() string { return nameOf(d.seen.hook.Hook) }
