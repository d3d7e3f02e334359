package ui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// urgent are the keys that work whatever is in front.
func (a *App) urgent() []page.Action {
	w := a.env.Words.Shell
	return []page.Action{
		page.Act("interrupt", w.Interrupt, a.interrupt, "ctrl+c"),
		page.Act("redraw", w.Redraw, func() tea.Cmd { return tea.ClearScreen }, "ctrl+l"),
		page.Act("suspend", w.Suspend, func() tea.Cmd { return tea.Suspend }, "ctrl+z"),
	}
}

// hard are the shell's keys that no page may take.
func (a *App) hard() []page.Action {
	w := a.env.Words.Shell
	help := page.Act("help", w.Help, a.openHelp, "?", "f1")
	help.Foot = true
	undo := page.Act("undo", w.Undo, a.undo, "u")
	undo.Off = len(a.toasts.undos) == 0
	return []page.Action{
		help,
		a.paletteAction(),
		undo,
		page.Act("messages", w.Messages, a.openMessages, "!"),
		page.Act("mouse", w.Mouse, a.toggleMouse, "m"),
		page.Act("alerts", a.env.Words.Alert.All, a.openAlerts, "f2"),
	}
}

func (a *App) paletteAction() page.Action {
	return page.Act("palette", a.env.Words.Shell.Palette, a.openPalette, ":", "ctrl+p")
}

// soft are the shell's keys that a page may have for itself.
func (a *App) soft() []page.Action {
	w := a.env.Words.Shell
	back := page.Act("back", w.Back, a.env.Pop, "esc")
	_, led := a.ways[a.tab]
	back.Off = a.depth() < 2 && !led
	back.Foot = !back.Off
	quit := page.Act("quit", w.Quit, page.Quit, "q")
	quit.Foot = a.depth() < 2
	out := []page.Action{back, quit}
	for i, t := range a.opt.Tabs {
		n := strconv.Itoa(t.number(i))
		out = append(out, page.Act("tab."+n, w.Tab(t.Title(a.env.Words)), func() tea.Cmd { return a.show(i) }, n))
	}
	return out
}

// silent are the actions without a key: the palette has them.
func (a *App) silent() []page.Action {
	w := a.env.Words.Shell
	out := []page.Action{
		page.Act("lang.es", w.Spanish, func() tea.Cmd { return a.speak(text.ES) }),
		page.Act("lang.en", w.English, func() tea.Cmd { return a.speak(text.EN) }),
	}
	for _, name := range theme.Names() {
		out = append(out, page.Act("theme."+string(name), w.Theme(string(name)), func() tea.Cmd { return a.paint(name) }))
	}
	if a.opt.Demo != nil {
		demo := page.Act("demo.run", w.RunDemo, a.demo)
		demo.Twin = "hooktop demo"
		out = append(out, demo)
	}
	return out
}

// shellActions are all of the shell's own.
func (a *App) shellActions() []page.Action {
	out := append(a.hard(), a.soft()...)
	return append(append(out, a.urgent()...), a.silent()...)
}

// allowed drops what --readonly takes away.
func (a *App) allowed(actions []page.Action) []page.Action {
	if !a.env.ReadOnly {
		return actions
	}
	var out []page.Action
	for _, act := range actions {
		if !act.Writes {
			out = append(out, act)
		}
	}
	return out
}

func (a *App) undo() tea.Cmd {
	if undo := a.toasts.undo(); undo != nil {
		return undo()
	}
	return page.Toast(page.ToastInfo, a.env.Words.Shell.NothingToUndo)
}

// Actions is everything that can be done now: the page's, then the shell's. The
// reference of keys is made of it.
func (a *App) Actions() []page.Action {
	own := a.own()
	return append(own, a.others(own)...)
}

// own are the actions of the page in front.
func (a *App) own() []page.Action {
	if p := a.top(); p != nil {
		return a.allowed(p.Actions())
	}
	return nil
}

// others are the shell's actions beside own: what the page offers itself is left
// out, and a soft key it has taken is not named as the shell's.
func (a *App) others(own []page.Action) []page.Action {
	var out []page.Action
	for _, act := range a.shellActions() {
		same := func(p page.Action) bool { return p.ID == act.ID }
		if slices.ContainsFunc(own, same) {
			continue
		}
		act.Keys = slices.DeleteFunc(slices.Clone(act.Keys), func(k string) bool { return has(own, k) })
		out = append(out, act)
	}
	return out
}

// has reports that one of the actions that can run now has the key.
func has(actions []page.Action, key string) bool {
	return slices.ContainsFunc(actions, func(act page.Action) bool { return !act.Off && slices.Contains(act.Keys, key) })
}
