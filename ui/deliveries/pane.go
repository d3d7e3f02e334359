package deliveries

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// pane is the right half of a wide screen: the selected delivery with its
// attempts, the request and the response.
type pane struct {
	env           *page.Env
	rec           record
	row           model.Delivery // as the list has it
	behind        bool           // the selection is on another one by now
	request       *widget.Viewer
	reply         *widget.Body
	focused       bool
	width, height int
}

func newPane(ctx context.Context, env *page.Env, v Verbs) *pane {
	p := &pane{env: env, rec: record{ctx: ctx, v: v}, request: widget.NewViewer(env), reply: widget.NewBody(widget.BodyPretty)}
	p.reply.Frame, p.request.Quiet = true, true
	return p
}

// show shows the delivery; it is read when it is another one or has changed, and
// read says that it is wanted.
func (p *pane) show(d model.Delivery, read bool) tea.Cmd {
	same := p.rec.id == d.ID && sameState(p.row, d)
	p.row = d
	if !read || same {
		return nil
	}
	cmd := p.rec.load(d.ID)
	p.fit()
	return cmd
}

// bring shows a delivery that was read together with the list.
func (p *pane) bring(m *recordMsg) tea.Cmd {
	if m == nil || p.rec.busy {
		return nil
	}
	p.rec.id, p.row = m.id, m.view.Delivery
	return p.Update(*m)
}

// clear shows nothing.
func (p *pane) clear() tea.Cmd {
	p.row, p.rec.id = model.Delivery{}, ""
	return nil
}

func (p *pane) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(recordMsg)
	if !ok {
		return tea.Batch(p.request.Update(msg), p.reply.Update(msg))
	}
	cmd, fresh := p.rec.took(m)
	if !fresh || !p.rec.has() {
		return cmd
	}
	v := p.rec.view
	cmds := []tea.Cmd{cmd, p.request.Set(v.EventID, v.Event.Body)}
	if a := last(v); a != nil && a.Response != nil && !bytes.Equal(a.Response.Body, p.reply.Bytes()) {
		cmds = append(cmds, p.reply.SetBytes(a.Response.Body))
	}
	p.fit()
	return tea.Batch(cmds...)
}

func (p *pane) SetSize(width, height int) {
	p.width, p.height = width, height
	p.fit()
}

// Focus says whether keys are for the pane; Actions, Typing and Cursor are its own
// then.
func (p *pane) Focus(on bool) { p.focused, p.request.Quiet = on, !on }

// Actions are those of the body: movements, folding, views, search, jq.
func (p *pane) Actions() []page.Action {
	if !p.rec.has() {
		return nil
	}
	return p.request.Actions()
}

// copies are those of the node under the cursor.
func (p *pane) copies() []widget.Entry { return nodeCopies(p.request) }

// Typing reports that the field of a search or a jq expression has the focus.
func (p *pane) Typing() bool { return p.focused && p.request.Typing() }

// Interrupt stops a search or an expression; nil: none ran.
func (p *pane) Interrupt() tea.Cmd {
	if !p.request.Cancel() {
		return nil
	}
	return p.request.Update(nil)
}

// Wheel scrolls the body.
func (p *pane) Wheel(n int) tea.Cmd { return p.request.Wheel(n) }

// Click selects a node of the body. Coordinates are the pane's.
func (p *pane) Click(x, y int, again bool) tea.Cmd {
	left, top := p.bodyAt()
	if x < left {
		return nil
	}
	return p.request.Click(x-left, y-top, again)
}

// Cursor is where the real cursor belongs while the pane has the focus.
func (p *pane) Cursor() *tea.Cursor {
	if !p.rec.has() {
		return nil
	}
	c := p.request.Cursor()
	if c != nil {
		left, top := p.bodyAt()
		c.X, c.Y = c.X+left, c.Y+top
	}
	return c
}

// facts are the delivery in short: state, attempts, and the head of the request.
func (p *pane) facts() []widget.Line {
	if p.row.ID == "" {
		return nil
	}
	th, w, pn, d := p.env.Theme, p.env.Words, pen{p.env}, p.row
	if p.rec.has() && p.rec.view.Delivery.Attempts >= d.Attempts {
		d = p.rec.view.Delivery // read after the row
	}
	title := widget.Line{{Text: text.Clean(d.Hook), Style: th.Bold}, {Text: " " + th.Sym.Dot + " " + text.Clean(d.Type), Style: th.Bold}}
	if d.Test {
		title = append(title.Fit(p.left()-8, th.Sym.Ellipsis), widget.Span{Text: " "}, pn.tag())
	}
	if p.behind { // so that it is not taken for the selected one
		when := widget.Span{Text: "  " + pn.clock(d.CreatedAt), Style: th.Dim}
		title = append(title.Fit(p.left()-text.Width(when.Text), th.Sym.Ellipsis), when)
	}
	state := pn.state(d.State)
	if d.Attempts > 0 {
		state = append(state, widget.Span{Text: "  " + pn.http(d.HTTPStatus) + " " + th.Sym.Dot + " " + pn.latency(d) +
			" " + th.Sym.Dot + " " + w.Deliveries.Attempt(d.Attempts), Style: th.Text})
	}
	out := []widget.Line{title, state}
	if next := pn.next(d); next != "" {
		for _, l := range widget.Wrap(next, p.left()) {
			out = append(out, widget.Say(l, th.Text))
		}
	}
	if why := pn.reason(d); why != "" {
		for _, l := range widget.Wrap(why, p.left()) {
			out = append(out, widget.Say(l, th.Text))
		}
	}
	out = append(out, nil)
	if !p.rec.has() {
		return out
	}
	v := p.rec.view
	if len(v.Attempts) > 0 {
		out = append(out, widget.Say(w.Deliveries.Attempts, th.Bold))
		for _, a := range v.Attempts[max(len(v.Attempts)-5, 0):] {
			out = append(out, pn.attempt(a, p.left()))
		}
		a := last(v)
		out = append(out, nil)
		url := text.Clean(a.Method + " " + a.URL)
		if p.split() { // there is room for all of it
			out = append(append(out, widget.Say(w.Deliveries.Request, th.Bold)), lines(url, "  ", p.left(), th.Dim)...)
		} else {
			out = append(out, widget.Line{{Text: w.Deliveries.Request + "  ", Style: th.Bold}, {Text: url, Style: th.Dim}})
		}
		for _, h := range a.Request[:min(len(a.Request), maxHeaders)] {
			if p.roomy() || strings.EqualFold(h.Name, "Authorization") || strings.EqualFold(h.Name, "webhook-id") {
				out = append(out, widget.Say("  "+text.Clean(h.Name+": "+h.Value), th.Text))
			}
		}
		out = append(out, nil)
	}
	return out
}

// answered are the headers of a response where there is room for them.
func (p *pane) answered(a *model.Attempt) []widget.Line {
	var out []widget.Line
	for _, h := range a.Response.Headers[:min(len(a.Response.Headers), maxHeaders)] {
		if p.roomy() || strings.EqualFold(h.Name, "Retry-After") {
			out = append(out, widget.Say("  "+text.Clean(h.Name+": "+h.Value), p.env.Theme.Text))
		}
	}
	return out
}

// attempt is one line: number, time, how it ended, how long it took.
func (p pen) attempt(a model.Attempt, width int) widget.Line {
	th := p.env.Theme
	line := widget.Line{{Text: "  #" + strconv.Itoa(a.N) + " " + p.clock(a.StartedAt) + "  ", Style: th.Text}}
	line = append(line, p.outcome(a)...)
	line = append(line, widget.Span{Text: "  " + p.env.Words.Duration(a.Timings.Total), Style: th.Text})
	return line.Fit(width, th.Sym.Ellipsis)
}
