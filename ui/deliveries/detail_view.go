package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// detailHead is the name, the tabs and the rule under them.
const detailHead = 3

func (d *detail) View() string {
	th := d.env.Theme
	if !d.rec.has() {
		if err := d.rec.fault(); err != nil {
			return widget.Clip(widget.Problem(d.env, err, d.cause, d.width), d.height)
		}
		return ""
	}
	head := []string{d.head(), (pen{d.env}).tabs(d.names(), int(d.tab), d.width), th.Rule.Render(strings.Repeat(th.Sym.HLine, d.width))}
	return widget.Clip(append(head, d.body()...), d.height)
}

// head is the webhook, the event, the state and the place in the filter; the names
// give way.
func (d *detail) head() string {
	th, p, m := d.env.Theme, pen{d.env}, d.row()
	rest := append(widget.Line{{Text: "  "}}, p.state(m.State)...)
	if m.Test {
		rest = append(rest, widget.Span{Text: " "}, p.tag())
	}
	if n, of, more := d.place(); d.list.rows.Selected() == m.ID {
		rest = append(rest, widget.Span{Text: "  " + d.env.Words.Deliveries.Place(n, of, more), Style: th.Dim})
	}
	name := widget.Line{{Text: text.Clean(m.Hook), Style: th.Bold}, {Text: " " + th.Sym.Dot + " " + p.event(m.Type, d.width < wideEnough), Style: th.Text}}
	return append(name.Fit(d.width-rest.Width(), th.Sym.Ellipsis), rest...).Fit(d.width, "").Render()
}

// place is where the delivery stands in the filter: of all it matches where they have
// been counted, else of those loaded.
func (d *detail) place() (n, of int, more bool) {
	n, of, more = d.list.place()
	if sum, whole := d.list.found.tally(); whole && len(d.list.win.above) == 0 {
		return n, max(of, sum.Count), false
	}
	return n, of, more
}

// names are those of the tabs.
func (d *detail) names() []string {
	w := d.env.Words.Deliveries
	return []string{w.Summary, w.Request, w.Response, w.Attempts, w.Timing, w.Why}
}

func (d *detail) body() []string {
	th, w := d.env.Theme, d.env.Words
	a := d.shown()
	dot := " " + th.Sym.Dot + " "
	switch {
	case d.tab == tabRequest && a == nil:
		return append([]string{th.Dim.Render(w.Deliveries.NoAttempt)}, d.request.view()...)
	case d.tab == tabRequest:
		line := widget.Line{{Text: text.Clean(a.Method) + " ", Style: th.Bold}, {Text: text.Clean(a.URL), Style: th.Text}}
		return append([]string{d.aside(line, d.request.viewer.Mode())}, d.request.view()...)
	case d.tab == tabResponse && a == nil:
		return []string{th.Dim.Render(w.Deliveries.NoAttempt)}
	case d.tab == tabResponse && a.Response == nil:
		return append([]string{th.Dim.Render(w.Deliveries.NoResponse)}, d.failure()...)
	case d.tab == tabResponse:
		line := append(pen{d.env}.outcome(*a), widget.Span{Text: dot + strings.Join(answered(w, a.Response), dot), Style: th.Dim})
		return append([]string{d.aside(line, d.reply.viewer.Mode())}, d.reply.view()...)
	}
	r := &d.rows[d.tab]
	if r.Len() == 0 {
		return []string{" " + th.Dim.Render(w.Deliveries.NoAttempt)}
	}
	return strings.Split(r.View(th, func(id string) []widget.Line { return []widget.Line{d.lines[id]} }), "\n")
}

// failure says why the attempt shown came to nothing.
func (d *detail) failure() []string {
	var out []string
	if a := d.shown(); a != nil && a.Failure != nil {
		for _, l := range widget.Wrap(d.env.Words.Failure(a.Failure).String(), d.width-1) {
			out = append(out, " "+d.env.Theme.Bad.Render(l))
		}
	}
	return out
}

// aside puts a remark at the right end of a line if it fits whole.
func (d *detail) aside(l widget.Line, remark string) string {
	th := d.env.Theme
	note := widget.Say(remark, th.Dim)
	room := d.width - note.Width()
	if remark != "" && l.Width()+2 <= room {
		return append(l.Pad(room), note...).Render()
	}
	return l.Fit(d.width, th.Sym.Ellipsis).Render()
}

// Cursor stands on the attempt chosen, in the body, or at the beginning of what is read.
func (d *detail) Cursor() *tea.Cursor {
	switch {
	case !d.rec.has():
		return nil
	case d.tab == tabAttempts:
		return tea.NewCursor(1, detailHead+d.rows[tabAttempts].Line())
	case d.front() != nil:
		c := d.front().cursor()
		if c != nil {
			c.Y += detailHead + 1
		}
		return c
	}
	return tea.NewCursor(0, detailHead)
}

// answered is a response in short: status, type, and how much of it is kept.
func answered(w *text.Words, r *model.Response) []string {
	parts := []string{text.Clean(r.Proto), w.Size(int64(len(r.Body)))}
	if r.Truncated {
		parts[1] = w.Deliveries.BytesRead(w.Size(int64(len(r.Body))), w.Size(r.BodyRead))
	}
	if t := r.Get("Content-Type"); t != "" {
		parts = append(parts, text.Clean(t))
	}
	if parts[0] == "" {
		parts = parts[1:]
	}
	return parts
}
