package deliveries

import (
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
	request       *widget.Exchange
	reply         *widget.Exchange
	width, height int
}

func newPane(ctx context.Context, env *page.Env, v Verbs) *pane {
	return &pane{env: env, rec: record{ctx: ctx, v: v},
		request: widget.NewExchange(env, widget.BodyExact), reply: widget.NewExchange(env, widget.BodyPretty)}
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
	cmds := []tea.Cmd{cmd, p.request.Set(v.EventID, nil, v.Event.Body)}
	if a := last(v); a != nil && a.Response != nil {
		cmds = append(cmds, p.reply.Set(v.ID+strconv.Itoa(a.N), nil, a.Response.Body))
	}
	p.fit()
	return tea.Batch(cmds...)
}

func (p *pane) SetSize(width, height int) {
	p.width, p.height = width, height
	p.fit()
}

// maxReply is the most lines a response takes of the pane.
const maxReply = 8

// fit gives the bodies what the facts leave.
func (p *pane) fit() {
	p.reply.SetSize(p.width, maxReply)
	_, _, rows := p.reply.Body().Span()
	rows = min(max(rows, 1), maxReply)
	p.reply.SetSize(p.width, rows)
	room := p.height - len(p.facts()) - 2 // the head of the body
	if a := last(p.rec.view); p.rec.has() && a != nil && a.Response != nil {
		room -= rows + 2
	}
	p.request.SetSize(p.width, max(room, 0))
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
		title = append(title.Fit(p.width-8, th.Sym.Ellipsis), widget.Span{Text: " "}, pn.tag())
	}
	state := pn.state(d.State)
	if d.Attempts > 0 {
		state = append(state, widget.Span{Text: "  " + pn.http(d.HTTPStatus) + " " + th.Sym.Dot + " " + pn.latency(d) +
			" " + th.Sym.Dot + " " + w.Deliveries.Attempt(d.Attempts), Style: th.Text})
	}
	out := []widget.Line{title, state}
	if next := pn.next(d); next != "" {
		out = append(out, widget.Say(next, th.Text))
	}
	if why := pn.reason(d); why != "" {
		for _, l := range widget.Wrap(why, p.width) {
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
			out = append(out, pn.attempt(a, p.width))
		}
		a := last(v)
		out = append(out, nil, widget.Line{{Text: w.Deliveries.Request + "  ", Style: th.Bold}, {Text: text.Clean(a.Method + " " + a.URL), Style: th.Dim}})
		for _, h := range a.Request {
			if strings.EqualFold(h.Name, "Authorization") || strings.EqualFold(h.Name, "webhook-id") {
				out = append(out, widget.Say("  "+text.Clean(h.Name+": "+h.Value), th.Text))
			}
		}
		out = append(out, nil)
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

func (p *pane) View() string {
	th, w := p.env.Theme, p.env.Words
	var out []string
	for _, l := range p.facts() {
		out = append(out, l.Fit(p.width, th.Sym.Ellipsis).Render())
	}
	if err := p.rec.fault(); err != nil {
		for _, l := range widget.Wrap(w.Fault(err).String(), p.width) {
			out = append(out, th.Bad.Render(l))
		}
	}
	if p.rec.has() {
		v := p.rec.view
		head := widget.Line{{Text: w.Deliveries.Body + "  ", Style: th.Bold}, {Text: w.Size(int64(len(v.Event.Body))), Style: th.Dim}}
		out = append(append(out, head.Render()), p.request.Lines()...)
		if a := last(v); a != nil && a.Response != nil {
			head := widget.Line{{Text: w.Deliveries.Response + "  ", Style: th.Bold},
				{Text: strconv.Itoa(a.Response.Status) + " " + th.Sym.Dot + " " + strings.Join(answered(w, a.Response), " "+th.Sym.Dot+" "), Style: th.Dim}}
			out = append(append(out, "", head.Fit(p.width, th.Sym.Ellipsis).Render()), p.reply.Lines()...)
		}
	}
	return widget.Clip(out, p.height)
}
