package hooks

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Widths at which the layout changes (UX: 79/80 and 119/120 columns).
const (
	wideEnough = 80  // one line per webhook
	sideBySide = 120 // the detail and a sample beside the list
)

// list is the root page: all webhooks, or the first run when there are none.
type list struct {
	env *page.Env
	v   Verbs
	do  deeds

	all    []model.HookView // as last read
	byID   map[string]model.HookView
	rows   widget.Rows // over those that match the filter
	filter *widget.Field
	gone   []model.Hook // deleted from here, the last one at the end
	wanted string       // id to select when it has been read

	reading int                // identity of the newest read
	stop    context.CancelFunc // of the newest read
	wait    widget.Wait        // for the first one
	ready   bool               // something was read
	err     error              // why the newest read failed
	cause   bool               // the raw cause of err is shown

	pulses   map[string]pulse // of the last hour, by id
	cut      breakers
	counting bool // a second is being waited for

	first  firstRun
	side   *side
	width  int
	height int
}

// readMsg is an answer to read; slowMsg says that one is still due.
type readMsg struct {
	to    *list
	n     int
	hooks []model.HookView
	cut   breakers
	err   error
}

type slowMsg struct {
	to *list
	n  int
}

// New makes the page of the webhooks tab: the list, or the first run while it is empty.
func New(env *page.Env, v Verbs) page.Page {
	if v.Drafts != nil {
		v.desk = &desk{drafts: v.Drafts}
	}
	l := &list{env: env, v: v, filter: widget.NewField(), side: newSide(env, v)}
	l.do = deeds{env, v, l}
	l.rows.Notes = l.notes
	l.side.stands = l.stands
	return l
}

func (l *list) Init() tea.Cmd { return tea.Batch(l.read(), l.watch(), l.notices()) }

// notices says what was left out at the start; the log of messages keeps each.
func (l *list) notices() tea.Cmd {
	var cmds []tea.Cmd
	for _, err := range l.v.Notices {
		cmds = append(cmds, page.Toast(page.ToastWarn, l.env.Words.Fault(err).String()))
	}
	return tea.Sequence(cmds...)
}

// rereadEvery is how often changes make the pages read again at most.
const rereadEvery = 2 * time.Second

// storeMsg says that the store has changed; watchMsg that it is time to wait for
// the next change.
type (
	storeMsg struct{ to *list }
	watchMsg struct{ to *list }
)

// watch waits for changes of other programs and of the sender.
func (l *list) watch() tea.Cmd {
	if l.v.Changed == nil {
		return nil
	}
	return func() tea.Msg {
		if !l.v.Changed() {
			return nil
		}
		return storeMsg{l}
	}
}

// read reads all webhooks; a newer read makes this one's answer stale.
func (l *list) read() tea.Cmd {
	l.reading++
	n := l.reading
	if !l.ready {
		l.wait.Begin(l.env.Now())
		l.err = nil // it is about the read before
	}
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	return tea.Batch(func() tea.Msg {
		defer stop()
		hooks, err := l.v.Hooks(ctx)
		hooks = slices.Clone(hooks)
		for i := range hooks {
			hooks[i] = hooks[i].Redacted()
		}
		return readMsg{l, n, hooks, l.v.breakers(ctx), err}
	}, page.After(page.Patience, slowMsg{l, n}))
}

func (l *list) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return l.typed(msg)
	case readMsg:
		return l.took(m)
	case slowMsg:
		return l.waits(m)
	case doneMsg:
		return l.changed(m)
	case openMsg:
		return l.opened(m)
	case savedMsg:
		l.wanted = m.saved.Hook.ID
		return l.read()
	case changedMsg, verifiedMsg, sentMsg, saveDoneMsg:
		return l.read()
	case storeMsg:
		if m.to == l {
			return tea.Batch(changed, page.After(rereadEvery, watchMsg{l}))
		}
	case watchMsg:
		if m.to == l {
			return l.watch()
		}
	case draftsMsg:
		return l.announce(m)
	case pulseMsg:
		return l.measured(m)
	case pulseDueMsg:
		if m.to == l {
			return l.measure()
		}
	case secondMsg:
		if m.to == l {
			l.counting = false
			return l.count()
		}
	case page.RestyledMsg:
		l.lay()
		return l.show()
	}
	return l.side.Update(msg)
}

func (l *list) took(m readMsg) tea.Cmd {
	if m.to != l || m.n != l.reading {
		return nil
	}
	l.wait.End()
	l.err = m.err
	if m.err != nil {
		return nil
	}
	first := !l.ready
	l.ready, l.cause, l.all, l.cut = true, false, m.hooks, m.cut.since(l.cut)
	l.byID = make(map[string]model.HookView, len(m.hooks))
	for _, h := range m.hooks {
		l.byID[h.ID] = h
	}
	l.narrow()
	if l.rows.Select(l.wanted) {
		l.wanted = ""
	}
	cmds := []tea.Cmd{l.show(), l.count()}
	if first {
		cmds = append(cmds, l.measure(), l.findDrafts())
	}
	return tea.Batch(cmds...)
}

// waits shows after a while that reading takes long, and then the seconds.
func (l *list) waits(m slowMsg) tea.Cmd {
	if m.to != l || m.n != l.reading || !l.wait.Last() {
		return nil
	}
	return l.env.Tick(m)
}

// giveUp ends a first read that takes too long; the screen says how to repeat it.
func (l *list) giveUp() tea.Cmd {
	l.stop()
	l.reading++
	l.wait.End()
	l.err = context.Canceled
	return func() tea.Msg { return nil }
}

// Interrupt implements page.Interrupter.
func (l *list) Interrupt() tea.Cmd {
	if !l.wait.Long() {
		return nil
	}
	return l.giveUp()
}

// changed follows a verb, whichever page it was asked on.
func (l *list) changed(m doneMsg) tea.Cmd {
	if m.err == nil && m.did == didDelete {
		l.gone = append(l.gone, m.hook)
	}
	does := l.do
	if m.did == didRestore { // whoever deleted it may be gone: the list always says this
		does.from = m.from
	}
	if m.err == nil && m.did == didRestore {
		l.gone = without(l.gone, m.hook.ID)
		l.wanted = m.hook.ID
	}
	return tea.Batch(does.said(m), l.read())
}

func without(hooks []model.Hook, id string) []model.Hook {
	var out []model.Hook
	for _, h := range hooks {
		if h.ID != id {
			out = append(out, h)
		}
	}
	return out
}

// selected is the webhook under the cursor.
func (l *list) selected() (model.HookView, bool) {
	h, ok := l.byID[l.rows.Selected()]
	return h, ok
}

// empty reports that there is no webhook at all: the first run.
func (l *list) empty() bool { return l.ready && len(l.all) == 0 }

func (l *list) wide() bool { return l.width >= sideBySide }

// listWidth is what the rows may take: all of it, or what the side leaves.
func (l *list) listWidth() int {
	if !l.wide() {
		return l.width
	}
	return l.width - sideWidth(l.width) - 3
}

func (l *list) SetSize(width, height int) {
	l.width, l.height = width, height
	l.lay()
}

// lay gives the rows and the side their room.
func (l *list) lay() {
	tall := 1
	if l.width < wideEnough {
		tall = 2
	}
	l.rows.SetSize(l.listWidth(), l.bodyHeight(), tall)
	l.side.SetSize(sideWidth(l.width), l.height-l.headHeight())
}

// show brings the side up to date with the selection, even where it is not drawn:
// then it is there at once when the screen grows.
func (l *list) show() tea.Cmd {
	h, ok := l.selected()
	if !ok {
		return nil
	}
	return l.side.Show(h, "")
}

// move runs a movement and lets the side follow.
func (l *list) move(by func()) tea.Cmd {
	by()
	return l.show()
}

func (l *list) Title() string { return l.env.Words.Hooks.Path }
