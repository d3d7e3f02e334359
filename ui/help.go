package ui

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// openHelp shows every key of the page and the shell; enter runs the selected one.
func (a *App) openHelp() tea.Cmd {
	w := a.env.Words.Shell
	list := []widget.Entry{{Head: true, Label: w.HereTitle}}
	own := a.own()
	for _, act := range own {
		list = append(list, a.entry(act))
	}
	list = append(list, widget.Entry{Head: true, Label: w.EverywhereTitle})
	for _, act := range a.others(own) {
		if len(act.Keys) > 0 {
			list = append(list, a.entry(act))
		}
	}
	return a.env.Open(widget.NewList(a.env, w.HelpTitle, list...))
}

// entry is an action as a line of help or palette.
func (a *App) entry(act page.Action) widget.Entry {
	e := widget.Entry{Label: act.Help, Note: act.Twin, Off: act.Off, Do: func() tea.Cmd { return a.do(act) }}
	if e.Label == "" {
		e.Label = act.Label
	}
	e.Label = widget.Sentence(e.Label)
	if len(act.Keys) > 0 {
		e.Key = act.Keys[0]
	}
	return e
}

// openMessages shows the toasts so far, the newest first; enter shows one alone.
func (a *App) openMessages() tea.Cmd {
	w := a.env.Words.Shell
	var list []widget.Entry
	for i := len(a.toasts.log) - 1; i >= 0; i-- {
		n := a.toasts.log[i]
		list = append(list, widget.Entry{Label: text.Clock(n.at) + " " + n.line(a.env.Theme).Plain(), Do: func() tea.Cmd { return a.openMessage(n) }})
	}
	if len(list) == 0 {
		list = []widget.Entry{{Label: w.NoMessages}}
	}
	return a.env.Open(widget.NewList(a.env, w.MessagesTitle, list...))
}

// openMessage shows one toast whole, to be read and copied.
func (a *App) openMessage(n note) tea.Cmd {
	w := a.env.Words.Shell
	return a.env.Open(widget.NewMenu(a.env, text.DateTime(n.at),
		widget.Entry{Label: n.Text},
		widget.Entry{Key: "y", Label: w.CopyMessage, Do: func() tea.Cmd { return page.Copy(w.Message, []byte(n.Text)) }}))
}
