package deliveries

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// deed is what a question about many deliveries is about.
type deed int

const (
	toReplay deed = iota
	toCancel
	toRetry
)

// Bounds of what is asked before many deliveries are replayed, cancelled or tried now.
const (
	typeFrom  = 100 // so many have to be confirmed by their number
	maxHosts  = 4   // receivers named
	lookFor   = 3 * time.Second
	usualRate = "5"
)

// bulk is a question about many deliveries: how many, whose receivers, how fast.
// Nothing is done before it is answered.
type bulk struct {
	of    *list
	deed  deed
	sel   model.Selection
	hooks []string // ids, where they are known already
	stop  context.CancelFunc

	n       int
	open    int // of those to be replayed, how many have not ended: they go on by themselves
	counted bool
	hosts   []string // "hooks.zapier.com (zapier-es)"; clean
	more    bool     // there are others
	err     error

	rate, number *widget.Field // number is asked for from typeFrom on
	focus        spot
	width        int
	height       int // 0: not drawn yet
}

// spot is a part of the question that can have the focus.
type spot int

const (
	spotCancel spot = iota
	spotRate
	spotNumber
	spotSend
	spotRetry // try now or cancel what has not ended, where that is all there is
	spotInstead
)

// lookedMsg is what a question was waiting for.
type lookedMsg struct {
	to    *bulk
	n     int
	open  int
	hosts []string
	more  bool
	err   error
}

// ask opens the question and counts. Nothing is changed by counting.
func (l *list) ask(what deed, sel model.Selection, hooks []string) tea.Cmd {
	ctx, stop := context.WithCancel(l.ctx)
	b := &bulk{of: l, deed: what, sel: sel, hooks: hooks, stop: stop, rate: widget.NewField(), number: widget.NewField()}
	b.rate.SetValue(usualRate)
	return tea.Batch(l.env.Open(b), b.look(ctx))
}

// askMarked asks about what is marked.
func (l *list) askMarked(what deed) tea.Cmd {
	var hooks []string
	for _, id := range l.marks.ids {
		if !slices.Contains(hooks, id) {
			hooks = append(hooks, id)
		}
	}
	slices.Sort(hooks)
	return l.ask(what, l.marks.selection(), hooks)
}

// askFilter asks about all that a filter matches up to now: what comes meanwhile is
// not meant.
func (l *list) askFilter(what deed, f model.Filter) tea.Cmd {
	return l.ask(what, allOf(f, l.env.Now()).selection(), nil)
}

// look is the dry run, and the receivers it is about.
func (b *bulk) look(ctx context.Context) tea.Cmd {
	v, m, sel, hooks, what := b.of.v, lookedMsg{to: b}, b.sel, b.hooks, b.deed
	return func() tea.Msg {
		switch what {
		case toCancel:
			m.n, m.err = v.Cancel(ctx, sel, true)
		case toRetry:
			m.n, m.err = v.Retry(ctx, sel, true)
		default:
			var made model.Replayed
			made, m.err = v.Replay(ctx, sel, 0, true)
			m.n = made.Count
			if m.err == nil {
				m.open, m.err = v.Cancel(ctx, sel, true)
			}
		}
		if m.err == nil && len(hooks) == 0 && len(sel.IDs) == 0 {
			hooks, m.more, m.err = v.receivers(ctx, sel.Filter)
		}
		for _, id := range hooks[:min(len(hooks), maxHosts)] {
			if h, err := v.Hook(ctx, id); err == nil {
				m.hosts = append(m.hosts, host(h.Hook.URL)+" ("+text.Clean(h.Hook.Name)+")")
			}
		}
		m.more = m.more || len(hooks) > maxHosts
		return m
	}
}

// receivers are the webhooks of what a filter matches; more says that the time was
// too short to look at all of it.
func (v Verbs) receivers(ctx context.Context, f model.Filter) (ids []string, more bool, err error) {
	began := time.Now()
	for from := model.Cursor(""); ; {
		t, next, err := v.Tally(ctx, f, from)
		if err != nil {
			return nil, false, err
		}
		for _, g := range t.Groups {
			if !slices.Contains(ids, g.HookID) {
				ids = append(ids, g.HookID)
			}
		}
		if from = next; next == "" || time.Since(began) > lookFor {
			return ids, next != "", nil
		}
	}
}

// host is that of a URL; clean.
func host(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return text.Clean(s)
	}
	return text.Clean(u.Host)
}

func (b *bulk) took(m lookedMsg) tea.Cmd {
	b.n, b.open, b.hosts, b.more, b.err, b.counted = m.n, m.open, m.hosts, m.more, m.err, m.err == nil
	return nil
}

// perSecond is the rate as typed; ok is false when it is none.
func (b *bulk) perSecond() (rate float64, ok bool) {
	s := strings.Replace(strings.TrimSpace(b.rate.Value()), ",", ".", 1)
	rate, err := strconv.ParseFloat(s, 64)
	return rate, err == nil && model.CheckRate(rate) == nil
}

// sure reports that nothing more has to be typed.
func (b *bulk) sure() bool {
	_, ok := b.perSecond()
	return b.counted && b.n > 0 && ok && (b.n < typeFrom || b.number.Value() == strconv.Itoa(b.n))
}

// do does what was asked. The marks have served.
func (b *bulk) do() tea.Cmd {
	l, v, ctx, sel := b.of, b.of.v, b.of.ctx, b.sel
	rate, _ := b.perSecond()
	deeds, w := l.do(), l.env.Words.Deliveries
	l.marks = unmarked()
	l.picked.forget()
	switch b.deed {
	case toCancel:
		return func() tea.Msg {
			n, err := v.Cancel(ctx, sel, false)
			return deeds.said(n, err, w.Cancelled, w.NotCancelled)
		}
	case toRetry:
		return func() tea.Msg {
			n, err := v.Retry(ctx, sel, false)
			return deeds.said(n, err, w.Retried, w.NotRetried)
		}
	}
	return func() tea.Msg {
		made, err := v.Replay(ctx, sel, rate, false)
		return startedMsg{l, made, err}
	}
}

// startedMsg is a replay of many that was accepted, or why not.
type startedMsg struct {
	to   *list
	made model.Replayed
	err  error
}

func (l *list) started(m startedMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	if m.err != nil || m.made.Count == 0 {
		said := l.do().said(m.made.Count, m.err, l.env.Words.Deliveries.Sent, l.env.Words.Deliveries.NotSent)
		return func() tea.Msg { return said }
	}
	return l.run(m.made)
}
