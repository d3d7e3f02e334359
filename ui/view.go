package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// View is the screen: the one drawn last, until it is time for another.
func (a *App) View() tea.View {
	if a.pace.due || a.drawn.Content == "" {
		a.drawn, a.pace.due = a.draw(), false
	}
	return a.drawn
}

// draw draws the frame: header, page, toast, footer, dialogs over them.
func (a *App) draw() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: a.title(), MouseMode: a.mouseMode()}
	switch {
	case a.width < 1 || a.height < 1 || a.top() == nil:
	case a.tiny():
		v.Content = a.small()
	case len(a.dialogs) > 0:
		v.Content, v.Cursor = a.overlay(a.frame())
	default:
		v.Content = a.frame()
		if c := a.top().Cursor(); c != nil {
			at := *c
			at.Y += a.above()
			v.Cursor = &at
		}
	}
	if th := a.env.Theme; th.ASCII { // the words have these signs, too
		v.Content = strings.NewReplacer(" · ", " "+th.Sym.Dot+" ", "…", th.Sym.Ellipsis, "×", "x").Replace(v.Content)
	}
	return v
}

// small is all there is room for below the smallest size: where one is, and what
// to do about it. Nothing is lost; keys still work.
func (a *App) small() string {
	th := a.env.Theme
	line := widget.Say(a.env.Words.Shell.TooSmall, th.Warn)
	if line.Width() > a.width {
		line = widget.Say(a.env.Words.Shell.Least, th.Warn)
	}
	if title := (widget.Span{Text: "  " + a.top().Title(), Style: th.Dim}); append(line, title).Width() <= a.width {
		line = append(line, title)
	}
	return line.Fit(a.width, "").Render()
}

// frame is every line of the screen, none wider than it.
func (a *App) frame() string {
	lines, own := make([]string, 0, a.height), a.own()
	lines = append(lines, a.header(own))
	if a.banner {
		lines = append(lines, a.bannerLine())
	}
	body := strings.Split(a.top().View(), "\n")
	for i := range a.height - a.above() - 1 {
		l := ""
		if i < len(body) {
			l = text.Cut(body[i], a.width)
		}
		lines = append(lines, l)
	}
	if n := a.toasts.current(); n != nil {
		lines[a.height-chrome] = n.within(a.env.Theme, a.width).Render()
	}
	return strings.Join(append(lines, a.footer(own)), "\n")
}
