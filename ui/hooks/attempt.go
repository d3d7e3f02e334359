package hooks

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// Tabs of an attempt.
const (
	tabRequest = iota
	tabResponse
	tabTiming
	tabCount
)

// attempt shows one request and what came of it.
type attempt struct {
	env *page.Env
	v   Verbs
	r   model.TestResult

	tab           int
	headers, body [2]*widget.Body // of the request and of the response
	width, height int
}

// newAttempt makes the page for one attempt.
func newAttempt(env *page.Env, v Verbs, r model.TestResult) page.Page {
	a := &attempt{env: env, v: v, r: r, tab: tabResponse}
	for i := range a.body {
		a.headers[i], a.body[i] = widget.NewBody(widget.BodyExact), widget.NewBody(widget.BodyPretty)
		a.headers[i].Frame, a.body[i].Frame = true, true
	}
	a.body[tabRequest].SetMode(widget.BodyExact)
	if r.Attempt.Response == nil {
		a.tab = tabRequest
	}
	return a
}

// Init lays the bodies out.
func (a *attempt) Init() tea.Cmd {
	cmds := []tea.Cmd{a.headers[0].SetBytes(headerBytes(a.r.Attempt.Request)), a.body[0].SetBytes(a.r.Event.Body)}
	if r := a.r.Attempt.Response; r != nil {
		cmds = append(cmds, a.headers[1].SetBytes(headerBytes(r.Headers)), a.body[1].SetBytes(r.Body))
	}
	a.lay()
	return tea.Batch(cmds...)
}

// Update passes finished layouts on.
func (a *attempt) Update(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for i := range a.body {
		cmds = append(cmds, a.headers[i].Update(msg), a.body[i].Update(msg))
	}
	a.lay()
	return tea.Batch(cmds...)
}

// Title is the breadcrumb.
func (a *attempt) Title() string {
	return text.Clean(a.r.Event.Type) + " " + a.env.Theme.Sym.Dot + " " + text.Clean(a.r.Delivery.Hook)
}

// Typing is never.
func (a *attempt) Typing() bool { return false }

// Cursor stands on the tab shown.
func (a *attempt) Cursor() *tea.Cursor { return tea.NewCursor(0, len(a.head())-1) }

// SetSize lays the page out anew.
func (a *attempt) SetSize(width, height int) {
	a.width, a.height = width, height
	a.lay()
}

func (a *attempt) lay() {
	if a.width == 0 {
		return
	}
	room := max(a.height-len(a.head())-1, 0)
	for i := range a.body {
		split(a.headers[i], a.body[i], a.width, room)
	}
}

// Actions are the keys of the page.
func (a *attempt) Actions() []page.Action {
	w := a.env.Words.Trial.Do
	turn := func(n int) func() tea.Cmd {
		return func() tea.Cmd { a.tab = (a.tab + n + tabCount) % tabCount; return nil }
	}
	scroll := func(f func(*widget.Body)) func() tea.Cmd {
		return func() tea.Cmd { f(a.front()); return nil }
	}
	return []page.Action{
		offer(act("attempt.next", w.TabNext, turn(1), "tab", "right", "l"), true, true),
		act("attempt.prev", w.TabPrev, turn(-1), "shift+tab", "left", "h"),
		offer(act("attempt.copy", w.Copy, func() tea.Cmd { return a.env.Open(copyMenu(a.env, a.r, false)) }, "y"), true, true),
		offer(act("attempt.format", w.Format, func() tea.Cmd { return reformat(a.front()) }, "f", "v"), true, true),
		act("attempt.explain", w.Explain, func() tea.Cmd {
			return a.env.Push(newExplain(a.env, a.v, model.TriggerKey(a.r.Event.Type)))
		}, "i"),
		act("attempt.lineup", w.LineUp, scroll(func(b *widget.Body) { b.ScrollBy(-1) }), "up", "k"),
		act("attempt.linedown", w.LineDown, scroll(func(b *widget.Body) { b.ScrollBy(1) }), "down", "j"),
		act("attempt.pageup", w.PageUp, scroll(func(b *widget.Body) { b.Page(-1) }), "pgup", "ctrl+u"),
		act("attempt.pagedown", w.PageDown, scroll(func(b *widget.Body) { b.Page(1) }), "pgdown", "ctrl+d"),
		act("attempt.home", w.Home, scroll((*widget.Body).Home), "home", "g"),
		act("attempt.end", w.End, scroll((*widget.Body).End), "end", "G"),
	}
}

// front is the body that scrolls.
func (a *attempt) front() *widget.Body {
	if a.tab == tabResponse {
		return a.body[1]
	}
	return a.body[0]
}

// View draws the page.
func (a *attempt) View() string {
	w, th := a.env.Words, a.env.Theme
	out := append(a.head(), a.line())
	switch {
	case a.tab == tabTiming:
		out = append(out, a.timing()...)
	case a.tab == tabResponse && a.r.Attempt.Response == nil:
		out = append(out, th.Dim.Render(w.Trial.NoAnswer))
	default:
		out = append(out, replyLines(w, th, a.headers[a.tab], a.body[a.tab])...)
	}
	return widget.Clip(out, a.height)
}

// head is the event, its outcome in words and the hint, then the tabs.
func (a *attempt) head() []string {
	th, w := a.env.Theme, a.env.Words
	at := a.r.Attempt
	title := widget.Say(a.Title(), th.Title)
	if a.r.Delivery.Test || a.r.Event.Test {
		tag := widget.Say(" "+w.Trial.Tag+" ", th.Badge)
		title = append(title.Fit(a.width-tag.Width()-1, th.Sym.Ellipsis).Pad(a.width-tag.Width()), tag...)
	}
	out := []string{title.Fit(a.width, th.Sym.Ellipsis).Render()}
	said := pen{a.env}.outcome(at)
	dot := " " + th.Sym.Dot + " "
	parts := []string{said.Plain(), w.Outcome(at.Outcome), w.Duration(at.Timings.Total)}
	if !at.StartedAt.IsZero() && a.height >= trialShort {
		parts = append(parts, text.DateTime(at.StartedAt))
	}
	for _, l := range widget.Wrap(strings.Join(parts, dot), a.width) {
		out = append(out, said[0].Style.Render(l))
	}
	if at.Failure != nil {
		for _, s := range widget.Wrap(w.Failure(at.Failure).String(), a.width) {
			out = append(out, th.Bad.Render(s))
		}
	}
	var tabs widget.Line
	for i, name := range []string{w.Trial.Request, w.Trial.Response, w.Trial.Timing} {
		style := th.Tab
		if i == a.tab {
			style = th.TabActive
		}
		tabs = append(tabs, widget.Span{Text: " " + name + " ", Style: style}, widget.Span{Text: " "})
	}
	return append(out, tabs.Fit(a.width, "").Render())
}

// line is what the tab is about, in one line.
func (a *attempt) line() string {
	th, w := a.env.Theme, a.env.Words
	dot := " " + th.Sym.Dot + " "
	var l widget.Line
	switch a.tab {
	case tabRequest:
		l = widget.Line{{Text: text.Clean(a.r.Attempt.Method) + " ", Style: th.Bold}, {Text: text.Clean(a.r.Attempt.URL), Style: th.Text}}
	case tabResponse:
		if r := a.r.Attempt.Response; r != nil {
			parts := append(answered(w, r), text.Clean(r.Proto))
			l = fitParts(widget.Say(parts[0], th.Dim), parts[1:], dot, a.width, th)
		}
	case tabTiming:
		l = widget.Say(strings.Join(a.connection(), dot), th.Dim)
	}
	remark := ""
	if a.tab != tabTiming {
		remark = about(w, a.front())
	}
	return aside(l, remark, a.width, th)
}

// connection says whom the request went to and over what.
func (a *attempt) connection() []string {
	at := a.r.Attempt
	var out []string
	if at.RemoteAddr != "" {
		out = append(out, text.Clean(at.RemoteAddr))
	}
	if at.TLSVersion != "" {
		out = append(out, "TLS "+text.Clean(at.TLSVersion))
	}
	if t := at.Timings; at.RemoteAddr != "" && t.Connect == 0 && t.Wait > 0 {
		out = append(out, a.env.Words.Trial.Reused)
	}
	return out
}

// timing draws a bar and a number for every phase.
func (a *attempt) timing() []string {
	th, w := a.env.Theme, a.env.Words
	t := a.r.Attempt.Timings
	phases := []struct {
		name string
		took time.Duration
	}{{w.Trial.DNS, t.DNS}, {w.Trial.Connect, t.Connect}, {w.Trial.TLS, t.TLS}, {w.Trial.Wait, t.Wait}, {w.Trial.Read, t.Body}, {w.Trial.Total, t.Total}}
	label, number := 0, 0
	for _, p := range phases {
		label = max(label, text.Width(p.name))
		number = max(number, text.Width(w.Duration(p.took)))
	}
	room := max(min(a.width-label-number-4, 60), 1)
	var out []string
	for _, p := range phases {
		n := 0
		if t.Total > 0 {
			n = min(int(float64(room)*float64(p.took)/float64(t.Total)+0.5), room)
		}
		if p.took > 0 {
			n = max(n, 1)
		}
		took := w.Duration(p.took)
		out = append(out, widget.Line{
			{Text: p.name + strings.Repeat(" ", label-text.Width(p.name)+1), Style: th.Text},
			{Text: strings.Repeat(" ", number-text.Width(took)) + took + "  ", Style: th.Bold},
			{Text: strings.Repeat(th.Sym.Bars[len(th.Sym.Bars)-1], n), Style: th.Accent},
		}.Render())
	}
	return out
}
