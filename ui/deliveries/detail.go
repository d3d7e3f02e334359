package deliveries

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// tab is a section of the detail.
type tab int

const (
	tabSummary tab = iota
	tabRequest
	tabResponse
	tabAttempts
	tabTiming
	tabWhy
	tabs // how many there are
)

// detail is a delivery's own page. It reads again whenever the list has, until the
// delivery is done.
type detail struct {
	env   *page.Env
	list  *list
	rec   record
	cause bool

	tab           tab
	n             int // number of the attempt shown; 0: the newest
	rows          [tabs]widget.Rows
	lines         map[string]widget.Line // of the tab shown, by row id
	since         int                    // the line of tabWhy where changes begin
	request       *half
	reply         *half
	width, height int
}

func newDetail(l *list, id string, t tab) page.Page {
	d := &detail{env: l.env, list: l, tab: t, rec: record{ctx: l.ctx, v: l.v, whole: true, id: id},
		request: newHalf(l.env), reply: newHalf(l.env)}
	d.rec.today = func() time.Time { return midnight(l.env.Now()) }
	for t := range d.rows {
		d.rows[t].Plain = tab(t) != tabAttempts
	}
	return d
}

func (d *detail) Init() tea.Cmd { return d.rec.load(d.rec.id) }

func (d *detail) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case recordMsg:
		cmd, fresh := d.rec.took(m)
		if !fresh {
			return cmd
		}
		return tea.Batch(cmd, d.fill())
	case aroundMsg:
		if d.rec.saw(m) {
			d.lay()
		}
		return nil
	case freshMsg:
		if m.to == d.list && m.err == nil && d.stale() {
			return d.rec.load(d.rec.id)
		}
		return nil
	case page.RestyledMsg:
		d.lay()
	}
	return tea.Batch(d.request.Update(msg), d.reply.Update(msg))
}

// stale reports that the delivery read may have changed since.
func (d *detail) stale() bool {
	return !d.rec.has() || !d.rec.view.State.Done()
}

// turn shows another delivery on the same tab.
func (d *detail) turn(id string) tea.Cmd {
	d.n = 0
	for t := range d.rows {
		d.rows[t].Home()
	}
	return d.rec.load(id)
}

// step asks the list for the delivery n rows below.
func (d *detail) step(n int) tea.Cmd {
	return func() tea.Msg { return stepMsg{d.list, d, n} }
}

// shown is the attempt the tabs are about; nil before the first.
func (d *detail) shown() *model.Attempt {
	for i := range d.rec.view.Attempts {
		if d.rec.view.Attempts[i].N == d.n {
			return &d.rec.view.Attempts[i]
		}
	}
	return last(d.rec.view)
}

// fill gives the bodies what was read.
func (d *detail) fill() tea.Cmd {
	if !d.rec.has() {
		return nil
	}
	v := d.rec.view
	var cmds []tea.Cmd
	key := v.ID
	var sent []model.Header
	if a := d.shown(); a != nil {
		key += strconv.Itoa(a.N)
		sent = a.Request
		if a.Response != nil {
			cmds = append(cmds, d.reply.set(key, a.Response.Headers, a.Response.Body))
		}
	}
	cmds = append(cmds, d.request.set(key, sent, v.Event.Body))
	d.lay()
	return tea.Batch(cmds...)
}

// choose shows the attempt under the cursor on all tabs.
func (d *detail) choose() tea.Cmd {
	if n, err := strconv.Atoi(d.rows[tabAttempts].Selected()); err == nil {
		d.n = n
	}
	return d.fill()
}

// move runs a movement on what the tab shows.
func (d *detail) move(by func()) tea.Cmd {
	by()
	if d.tab == tabAttempts {
		return d.choose()
	}
	return nil
}

func (d *detail) show(t tab) tea.Cmd {
	d.tab = t
	d.lay()
	return nil
}

func (d *detail) SetSize(width, height int) {
	d.width, d.height = width, height
	d.lay()
}

// lay gives the tab shown its room and builds its lines.
func (d *detail) lay() {
	if d.width == 0 {
		return
	}
	room := max(d.height-detailHead, 1)
	d.request.setSize(d.width, room-1)
	d.reply.setSize(d.width, room-1)
	r := &d.rows[d.tab]
	r.SetSize(d.width, room, 1)
	ids, lines := d.build()
	d.lines = lines
	r.SetIDs(ids)
	if d.tab == tabAttempts {
		if a := d.shown(); a != nil {
			r.Select(strconv.Itoa(a.N))
		}
	}
}

// Typing reports that the field of a search or a jq expression has the focus.
func (d *detail) Typing() bool { return d.front() != nil && d.front().viewer.Typing() }

// Interrupt implements page.Interrupter: it stops a search or an expression.
func (d *detail) Interrupt() tea.Cmd {
	if f := d.front(); f != nil && f.viewer.Cancel() {
		return f.Update(nil)
	}
	return nil
}

// midnight is when the day of a moment began, where we are.
func midnight(t time.Time) time.Time {
	y, m, d := t.Local().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Local().Location())
}

func (d *detail) Title() string {
	return text.Clean(d.row().Type) + " " + d.env.Theme.Sym.Dot + " " + text.Clean(d.row().Hook)
}

// row is the delivery as it was read, or as the list has it until then.
func (d *detail) row() model.Delivery {
	if d.rec.has() {
		return d.rec.view.Delivery
	}
	m, _ := d.list.at(d.rec.id)
	return m
}

// Frozen implements page.Freezer: the list's view stands still, and this one with it.
func (d *detail) Frozen() bool { return d.list.frozen }
