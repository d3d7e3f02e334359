package ui

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/theme"
)

// chosen are the choices at the start.
func (o Options) chosen() page.Choices {
	env := o.Env
	return page.Choices{
		Lang: env.Words.Lang, Theme: o.Theme, Color: o.Color, ASCII: env.Theme.ASCII, Motion: env.Motion,
		Mouse: !o.NoMouse, Notify: o.Notify,
	}
}

// choose makes the screens as a person wants them, at once.
func (a *App) choose(c page.Choices) tea.Cmd {
	was := a.env.Choices
	var cmds []tea.Cmd
	if c.Lang != was.Lang {
		cmds = append(cmds, a.speak(c.Lang))
	}
	if c.Mouse != was.Mouse {
		cmds = append(cmds, a.setMouse(c.Mouse))
	}
	a.env.Choices = c
	a.env.Motion = c.Motion
	if c.Theme != was.Theme || c.Color != was.Color || c.ASCII != was.ASCII {
		cmds = append(cmds, a.restyle())
	}
	return tea.Batch(cmds...)
}

// theme is the one chosen, without its colours where none are wanted.
func (a *App) theme() *theme.Theme {
	c := a.env.Choices
	name := c.Theme
	if c.Color == "never" {
		name = theme.Mono
	}
	return theme.New(name, a.dark, c.ASCII)
}
