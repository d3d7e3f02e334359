package deliveries

import (
	"strconv"
	"strings"

	"hooktop/ui/widget"
)

// maxReply is the most lines a response takes of a pane that has the body too; roomy
// panes, by columns and lines, show all headers. From splitFrom on the body stands
// beside the rest, as a third pane.
const (
	maxReply   = 8
	roomyWide  = 80
	roomyTall  = 48
	splitFrom  = 96
	maxHeaders = 16
)

func (p *pane) roomy() bool { return p.width >= roomyWide && p.height >= roomyTall }

func (p *pane) split() bool { return p.width >= splitFrom }

// left is the width of the facts: all of it, or what the body leaves.
func (p *pane) left() int {
	if !p.split() {
		return p.width
	}
	return (p.width - 3) * 12 / 25
}

// bodyAt is where the body is drawn.
func (p *pane) bodyAt() (x, y int) {
	if p.split() {
		return p.left() + 3, 1
	}
	return 0, len(p.facts()) + 1
}

// fit gives the bodies what the facts leave.
func (p *pane) fit() {
	most := maxReply
	a := last(p.rec.view)
	answer := p.rec.has() && a != nil && a.Response != nil
	if answer && p.split() {
		most = max(p.height-len(p.facts())-1-len(p.answered(a)), 1)
	}
	p.reply.SetSize(p.left(), most)
	_, _, rows := p.reply.Span()
	rows = min(max(rows, 1), most)
	p.reply.SetSize(p.left(), rows)
	x, y := p.bodyAt()
	room := p.height - y
	if answer && !p.split() {
		room -= rows + 2 + len(p.answered(a))
	}
	p.request.SetSize(p.width-x, max(room, 0))
}

func (p *pane) View() string {
	if p.split() {
		rest := widget.Clip(append(p.about(), p.answer()...), p.height)
		return widget.Beside(p.env.Theme, rest, widget.Clip(p.sent(), p.height), p.left(), p.height)
	}
	out := append(p.about(), p.sent()...)
	if answer := p.answer(); len(answer) > 0 {
		out = append(append(out, ""), answer...)
	}
	return widget.Clip(out, p.height)
}

// about is the facts, and why there are no more of them.
func (p *pane) about() []string {
	th := p.env.Theme
	var out []string
	for _, l := range p.facts() {
		out = append(out, l.Fit(p.left(), th.Sym.Ellipsis).Render())
	}
	if err := p.rec.fault(); err != nil {
		for _, l := range widget.Wrap(p.env.Words.Fault(err).String(), p.left()) {
			out = append(out, th.Bad.Render(l))
		}
	}
	return out
}

// sent is the body of the request with its head.
func (p *pane) sent() []string {
	if !p.rec.has() {
		return nil
	}
	th, w := p.env.Theme, p.env.Words
	margin := ""
	if p.focused {
		margin = th.Sym.Cursor + " "
	}
	x, _ := p.bodyAt()
	head := widget.Line{{Text: margin, Style: th.Accent}, {Text: w.Deliveries.Body + "  ", Style: th.Bold},
		{Text: w.Size(int64(len(p.rec.view.Event.Body))) + "  " + p.request.Mode(), Style: th.Dim}}
	return append([]string{head.Fit(p.width-x, th.Sym.Ellipsis).Render()}, strings.Split(p.request.View(), "\n")...)
}

// answer is what came back last, with its head; nothing without a response.
func (p *pane) answer() []string {
	a := last(p.rec.view)
	if !p.rec.has() || a == nil || a.Response == nil {
		return nil
	}
	th, w := p.env.Theme, p.env.Words
	head := widget.Line{{Text: w.Deliveries.Response + "  ", Style: th.Bold},
		{Text: strconv.Itoa(a.Response.Status) + " " + th.Sym.Dot + " " + strings.Join(answered(w, a.Response), " "+th.Sym.Dot+" "), Style: th.Dim}}
	out := []string{head.Fit(p.left(), th.Sym.Ellipsis).Render()}
	for _, l := range p.answered(a) {
		out = append(out, l.Fit(p.left(), th.Sym.Ellipsis).Render())
	}
	if len(p.reply.Bytes()) == 0 {
		return append(out, th.Rule.Render(th.Sym.VLine)+" "+th.Dim.Render(w.Trial.EmptyBody))
	}
	return append(out, strings.Split(p.reply.View(th), "\n")...)
}
