package deliveries

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/compare"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// diff is the page that compares an attempt with another one or with a sample.
type diff struct {
	ctx  context.Context
	env  *page.Env
	v    Verbs
	this compare.Side

	what    compare.Against
	gen     int  // identity of the comparison asked for
	ready   bool // made is the one asked for
	made    compare.Comparison
	err     error           // why it could not be made
	entries []compare.Entry // of made
	rows    widget.Rows     // of the lines
	lines   []diffLine
	cause   bool
	width   int
	height  int
}

// diffMsg is a comparison that was made, and said.
type diffMsg struct {
	to      *diff
	gen     int
	made    compare.Comparison
	err     error
	entries []compare.Entry
}

// newDiff compares the attempt shown of a delivery that was read.
func newDiff(ctx context.Context, env *page.Env, v Verbs, view model.DeliveryView, a *model.Attempt) *diff {
	return &diff{ctx: ctx, env: env, v: v, this: compare.Of(view, a), what: compare.Againsts}
}

func (d *diff) Init() tea.Cmd { return d.compare(compare.Againsts) }

// compare begins to compare with something; Againsts is what tells most.
func (d *diff) compare(what compare.Against) tea.Cmd {
	d.gen++
	d.ready, d.cause = false, false
	if what != compare.Againsts {
		d.what = what
	}
	m, v, ctx, this, w := diffMsg{to: d, gen: d.gen}, d.v, d.ctx, d.this, d.env.Words
	return func() tea.Msg {
		if what == compare.Againsts {
			m.made, m.err = compare.First(ctx, v, this, compare.Sample(string(w.Lang)))
		} else {
			m.made, m.err = compare.With(ctx, v, this, what)
		}
		if m.err == nil && !m.made.None {
			m.entries = m.made.Tell(w)
		}
		return m
	}
}

func (d *diff) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case diffMsg:
		if m.to != d || m.gen != d.gen {
			return nil
		}
		d.ready, d.made, d.err, d.entries, d.what = true, m.made, m.err, m.entries, m.made.With
		d.lay()
		d.rows.Home()
	case page.RestyledMsg:
		return d.compare(d.what)
	}
	return nil
}

func (d *diff) SetSize(width, height int) {
	d.width, d.height = width, height
	d.lay()
}

// turn compares with the next thing in the list.
func (d *diff) turn(n compare.Against) func() tea.Cmd {
	return func() tea.Cmd { return d.compare((d.what%compare.Againsts + n + compare.Againsts) % compare.Againsts) }
}

// jump goes to the next difference, or the one before.
func (d *diff) jump(by int) func() tea.Cmd {
	return func() tea.Cmd {
		for i := d.rows.At() + by; i >= 0 && i < len(d.lines); i += by {
			if d.lines[i].stop {
				d.rows.Move(i - d.rows.At() + 3*by) // what is around it shall be seen too
				d.rows.Select(strconv.Itoa(i))
				break
			}
		}
		return nil
	}
}

func (d *diff) Typing() bool { return false }

func (d *diff) Title() string { return d.env.Words.Delivery.Compare }

// Actions lists what one can compare with, and the ways through the differences.
func (d *diff) Actions() []page.Action {
	w, all := d.env.Words.Delivery, d.env.Words
	do := w.Do
	if d.ready && d.err != nil {
		return []page.Action{
			offer(page.Act("diff.reload", all.Hooks.Do.Reload, func() tea.Cmd { return d.compare(d.what) }, "r"), true, true),
			offer(page.Act("diff.cause", all.Hooks.Do.Cause, func() tea.Cmd { d.cause = !d.cause; return nil }, "enter"), true, true),
		}
	}
	shown := d.ready && !d.made.None
	out := []page.Action{
		offer(page.Act("diff.nextagainst", do.NextAgainst, d.turn(1), "tab", "right", "l"), true, true),
		page.Act("diff.prevagainst", do.PrevAgainst, d.turn(-1), "shift+tab", "left", "h"),
		offer(page.Act("diff.next", do.NextDiff, d.jump(1), "n"), true, shown),
		offer(page.Act("diff.prev", do.PrevDiff, d.jump(-1), "N"), false, shown),
		offer(page.Act("diff.copy", do.CopyDiff, func() tea.Cmd { return func() tea.Msg { return d.copy() } }, "y"), true, shown),
	}
	for i, words := range []struct{ Label, Help string }{do.Previous, do.Success, do.SampleES, do.SampleEN} {
		out = append(out, page.Act([]string{"diff.previous", "diff.success", "diff.samplees", "diff.sampleen"}[i], words,
			func() tea.Cmd { return d.compare(compare.Against(i)) }, string(rune('1'+i))))
	}
	move := func(by func()) tea.Cmd { by(); return nil }
	return append(append(out, widget.Moves(all, &d.rows, move)...),
		page.Act("move.home", all.Hooks.Do.Home, func() tea.Cmd { return move(d.rows.Home) }, "g", "home"),
		page.Act("move.end", all.Deliveries.Do.End, func() tea.Cmd { return move(d.rows.End) }, "G", "end"))
}

// Wheel implements page.Pointer.
func (d *diff) Wheel(n int) tea.Cmd {
	d.rows.Move(n)
	return nil
}

// Click implements page.Pointer: it chooses what to compare with, or a line.
func (d *diff) Click(x, y int, _ bool) tea.Cmd {
	if y == 1 {
		if i, ok := (pen{d.env}).tabAt(d.names(), int(d.what), d.width, x); ok {
			return d.compare(compare.Against(i))
		}
		return nil
	}
	if id, ok := d.rows.Hit(y - detailHead); ok {
		d.rows.Select(id)
	}
	return nil
}
