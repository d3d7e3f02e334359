package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// detailHead is the name, the tabs and the rule under them.
const detailHead = 3

func (d *detail) View() string {
	th := d.env.Theme
	if !d.ready() {
		if d.seen.err != nil {
			return widget.Clip(widget.Problem(d.env, d.seen.err, d.cause, d.width), d.height)
		}
		return d.wait.Line(d.env)
	}
	body := d.body()
	if d.wide() {
		body = widget.Beside(th, body, d.side.View(), d.bodyWidth(), d.height-detailHead)
	}
	return strings.Join([]string{d.head(), d.tabLine(), th.Rule.Render(strings.Repeat(th.Sym.HLine, d.width)), body}, "\n")
}

// head is the name, the state and the verification, the name giving way.
func (d *detail) head() string {
	th, p, h := d.env.Theme, pen{d.env}, d.seen.hook
	rest := append(widget.Say("  ", th.Text), p.stands(h, d.seen.cut.of[h.ID])...)
	long := append(append(rest[:len(rest):len(rest)], widget.Span{Text: "  "}), p.verdict(h.VerifyState())...)
	if long.Width()+8 <= d.width {
		rest = long
	}
	if d.seen.err != nil { // what is shown is old
		rest = append(widget.Say("  ", th.Text), widget.Mark(th.Sym.Fail, d.env.Words.Fault(d.seen.err).What, th.Bad)...)
		rest = rest.Fit(d.width-min(text.Width(nameOf(h.Hook)), d.width/3), th.Sym.Ellipsis)
	}
	name := p.name(h.Hook, d.width-rest.Width())
	return append(name, rest...).Render()
}

// tabLine names all tabs, or where they do not fit the one shown and its number.
func (d *detail) tabLine() string {
	th, line := d.env.Theme, d.allTabs()
	if line.Width() <= d.width {
		return line.Render()
	}
	of := d.env.Words.Hooks.Shown(int(d.tab)+1, int(tabs))
	return widget.Line{{Text: " " + d.tabNames()[d.tab] + " ", Style: th.TabActive}, {Text: "  " + of, Style: th.Dim}}.Render()
}

// allTabs has one span for each tab.
func (d *detail) allTabs() widget.Line {
	th := d.env.Theme
	var line widget.Line
	for i, name := range d.tabNames() {
		style := th.Tab
		if tab(i) == d.tab {
			style = th.TabActive
		}
		line = append(line, widget.Span{Text: " " + name + " ", Style: style})
	}
	return line
}

func (d *detail) tabNames() []string {
	w := d.env.Words.Hooks.Detail
	return []string{w.Summary, w.Triggers, w.Attempts, w.History, w.Checks}
}

// hint is the line under the rows that says what enter does, where it does something.
func (d *detail) hint() string {
	w := d.env.Words.Hooks.Detail
	switch {
	case d.height < 14:
		return ""
	case d.tab == tabTriggers:
		return w.ExplainHint
	case d.tab == tabAttempts && len(d.seen.tests) > 0, d.tab == tabChecks && len(d.seen.checks) > 0:
		return w.OpenHint
	}
	return ""
}

func (d *detail) body() string {
	th := d.env.Theme
	r := &d.rows[d.tab]
	if r.Len() == 0 {
		return " " + strings.Join(widget.Wrap(d.nothing(), d.bodyWidth()-1), "\n ")
	}
	out := r.View(th, func(id string) []widget.Line { return []widget.Line{d.lines[id]} })
	if hint := d.hint(); hint != "" {
		free := d.height - detailHead - 1 - strings.Count(out, "\n") - 1
		out += strings.Repeat("\n", max(free, 0)+1) + widget.Say(" "+hint, th.Hint).Fit(d.bodyWidth(), th.Sym.Ellipsis).Render()
	}
	return out
}

// nothing says why a tab is empty and which key changes that.
func (d *detail) nothing() string {
	w := d.env.Words.Hooks.Detail
	switch d.tab {
	case tabAttempts:
		return w.NoTests
	case tabHistory:
		return w.NoHistory
	case tabChecks:
		return w.NoChecks
	}
	return ""
}

func (d *detail) Cursor() *tea.Cursor {
	if !d.ready() || d.rows[d.tab].Len() == 0 {
		return nil
	}
	return tea.NewCursor(1, detailHead+d.rows[d.tab].Line())
}
