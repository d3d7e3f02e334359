package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// listen waits for the next word about the sender; its answer calls it again.
func (a *App) listen() tea.Cmd {
	from := a.opt.Engine
	if from == nil {
		return nil
	}
	return func() tea.Msg {
		msg, ok := <-from
		if !ok {
			return nil
		}
		return msg
	}
}

// header is the name, the tabs, and at the right end what is said on every screen.
func (a *App) header(own []page.Action) string {
	line, _ := a.headline(own)
	return line.Render()
}

// headline is the header and where its tabs stand; own are the page's actions. The tabs
// give way first, then the sender's rate and owner.
func (a *App) headline(own []page.Action) (widget.Line, []zone) {
	tabs, zones := a.tabs(own, allNames)
	badges := a.badges(true)
	if tabs.Width()+badges.Width() >= a.width {
		tabs, zones = a.tabs(own, oneName)
	}
	if tabs.Width()+badges.Width() >= a.width {
		badges = a.badges(false)
	}
	if tabs.Width()+badges.Width() > a.width {
		tabs, zones = a.tabs(own, noNames)
	}
	room := a.width - badges.Width()
	return append(tabs.Fit(room, "").Pad(room), badges...), zones
}

// How many tabs have their names; the others are numbers.
const (
	noNames = iota
	oneName // the one shown
	allNames
)

// tabs are the screens, so many of them with their names. Where the page has the
// digits for tabs of its own they have no numbers, and none without a name is shown.
func (a *App) tabs(own []page.Action, names int) (line widget.Line, zones []zone) {
	th := a.env.Theme
	line = widget.Line{{Text: Name, Style: th.Bold}, {Text: " ", Style: th.Text}}
	taken := has(own, "1")
	for i, t := range a.opt.Tabs {
		label, style := strconv.Itoa(t.number(i)), th.Tab
		named := names == allNames || names == oneName && i == a.tab
		switch title := t.Title(a.env.Words); {
		case taken && !named:
			continue
		case taken:
			label = title
		case named:
			label += " " + title
		}
		if i == a.tab {
			style = th.TabActive
		}
		line, zones = zoned(line, zones, widget.Say(" "+label+" ", style), func() tea.Cmd { return a.show(i) })
	}
	return line, zones
}

func (a *App) badges(whole bool) widget.Line {
	th, w := a.env.Theme, a.env.Words.Shell
	line := a.state(whole)
	if a.env.ReadOnly && a.engine.State != page.EngineReadOnly {
		line = append(line, widget.Span{Text: " " + th.Sym.Warn + " " + w.ReadOnly, Style: th.Warn})
	}
	if a.opt.Badge {
		line = append(line, widget.Span{Text: " ", Style: th.Text}, widget.Span{Text: " " + w.Demo + " ", Style: th.Badge})
	}
	return line
}

// state is what the sender does, in a word; a view that stands still comes first.
// whole adds the rate and who else sends.
func (a *App) state(whole bool) widget.Line {
	th, w := a.env.Theme, a.env.Words.Shell
	if f, ok := a.top().(page.Freezer); ok && f.Frozen() {
		return widget.Say(" "+th.Sym.Pause+" "+w.Frozen, th.Warn)
	}
	var symbol, word string
	var style theme.Style
	switch a.engine.State {
	case page.EngineLive:
		symbol, word, style = th.Sym.On, w.Live, th.Good
	case page.EngineStopped:
		symbol, word, style = th.Sym.Stop, w.Stopped, th.Bad
	case page.EngineConnecting:
		symbol, word, style = th.Sym.Off, w.Connecting, th.Warn
	case page.EngineReadOnly:
		symbol, word, style = th.Sym.Warn, w.ReadOnly, th.Warn
	default:
		return nil
	}
	line := widget.Say(" "+symbol+" "+word, style)
	if !whole {
		return line
	}
	var more []string
	if a.engine.Owner > 0 {
		more = append(more, " "+th.Sym.Dot+" "+w.Owner(a.engine.Owner))
	}
	if r := a.engine.Rate; r > 0 {
		digits := a.env.Words.Lang.Decimal(r)
		if r >= 10 {
			digits = a.env.Words.Number(int(r + 0.5))
		}
		more = append(more, "  "+digits+"/s")
	}
	return append(line, widget.Span{Text: strings.Join(more, ""), Style: th.Dim})
}
