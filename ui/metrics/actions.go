package metrics

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// Actions lists what can be done now.
func (s *screen) Actions() []page.Action {
	all := s.env.Words
	w := all.Metrics.Do
	if !s.ready {
		switch {
		case s.err == nil && s.wait.Long():
			return []page.Action{widget.Stop(s.env, s.giveUp)}
		case s.err == nil:
			return nil
		}
		reload := page.Act("metrics.reload", w.Reload, s.load, "r")
		reload.Foot = true
		return []page.Action{reload, page.Act("metrics.cause", all.Hooks.Do.Cause, func() tea.Cmd { s.cause = !s.cause; return nil }, "enter")}
	}
	turn := func(n int) func() tea.Cmd { return func() tea.Cmd { return s.look(s.span + n) } }
	step := func(n panel) func() tea.Cmd {
		return func() tea.Cmd { s.panel = (s.panel + n + panels) % panels; s.lay(); return nil }
	}
	open := page.Act("metrics.open", w.Open, s.open, "enter")
	open.Off = s.rows[s.panel].Selected() == ""
	open.Twin = "hooktop delivery list --filter"
	out := []page.Action{
		open,
		page.Act("metrics.wider", w.Wider, turn(1), "right", "l"),
		page.Act("metrics.narrower", w.Narrower, turn(-1), "left", "h"),
		page.Act("pane.next", w.Panel, step(1), "tab"),
		page.Act("pane.prev", w.PanelBack, step(-1), "shift+tab"),
		page.Act("metrics.reload", w.Reload, s.load, "r"),
	}
	for i := range out[:4] {
		out[i].Foot = true
	}
	for i, a := range []page.Action{
		page.Act("metrics.hour", w.Hour, nil), page.Act("metrics.day", w.Day, nil),
		page.Act("metrics.week", w.Week, nil), page.Act("metrics.month", w.Month, nil),
	} {
		a.Do = func() tea.Cmd { return s.look(i) }
		a.Twin = "hooktop stats --since"
		out = append(out, a)
	}
	r := &s.rows[s.panel]
	out = append(out, widget.Moves(all, r, s.move)...)
	return append(out,
		page.Act("move.home", all.Hooks.Do.Home, func() tea.Cmd { return s.move(r.Home) }, "g", "home"),
		page.Act("move.end", all.Deliveries.Do.End, func() tea.Cmd { return s.move(r.End) }, "G", "end"))
}

// move runs a movement; another webhook has other charts, causes and slowest.
func (s *screen) move(by func()) tea.Cmd {
	by()
	s.lay()
	return nil
}

// open shows the deliveries that the selected row counts, or the one it is about.
func (s *screen) open() tea.Cmd {
	id := s.rows[s.panel].Selected()
	if id == "" {
		return nil
	}
	if s.panel == panelSlowest {
		delivery, _, _ := strings.Cut(id, " ")
		return s.env.Go(page.GoMsg{Tab: "deliveries", ID: delivery})
	}
	f := model.Filter{}
	f.Since, _ = s.stretch().bounds(s.env.Now())
	if hook := s.chosen(); hook != "" {
		f.Hooks = []string{s.name(hook)}
	}
	expr := []string{f.String()}
	if s.panel == panelCauses {
		if status, code, _ := strings.Cut(id, " "); status != "0" {
			expr = append(expr, "status:"+status)
		} else {
			expr = append(expr, "error:"+code)
		}
	}
	return s.env.Go(page.GoMsg{Tab: "deliveries", Filter: strings.TrimSpace(strings.Join(expr, " "))})
}

// name is a webhook's name as it is now.
func (s *screen) name(id string) string {
	for _, h := range s.hooks {
		if h.ID == id {
			return h.Name
		}
	}
	return id
}

func causeID(c model.Cause) string { return strconv.Itoa(c.HTTPStatus) + " " + string(c.Error) }
