package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/widget"
)

// View draws the frame: header, page, toast, footer, dialogs over them.
func (a *App) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: Name}
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
			at.Y++ // below the header
			v.Cursor = &at
		}
	}
	return v
}

// small is all there is room for below the smallest size: where one is, and what
// to do about it. Nothing is lost; keys still work.
func (a *App) small() string {
	th := a.env.Theme
	line := widget.Line{
		{Text: a.env.Words.Shell.TooSmall, Style: th.Warn},
		{Text: "  " + a.top().Title(), Style: th.Dim},
	}
	return line.Fit(a.width, "").Render()
}

// frame is every line of the screen, none wider than it.
func (a *App) frame() string {
	lines := make([]string, 0, a.height)
	lines = append(lines, a.header())
	body := strings.Split(a.top().View(), "\n")
	rows := a.height - chrome
	for i := range rows {
		l := ""
		if i < len(body) {
			l = clipTo(body[i], a.width)
		}
		lines = append(lines, l)
	}
	if n := a.toasts.current(); n != nil {
		lines[rows] = n.line(a.env.Theme).Fit(a.width, a.env.Theme.Sym.Ellipsis).Render()
	}
	return strings.Join(append(lines, a.footer()), "\n")
}

// clipTo cuts a styled line to a width; most lines need no cutting.
func clipTo(line string, width int) string {
	if ansi.StringWidth(line) <= width {
		return line
	}
	return ansi.Truncate(line, width, "")
}

// header is the name, the tabs and the badges.
func (a *App) header() string {
	badges := a.badges()
	room := a.width - badges.Width()
	tabs := a.tabs(true)
	if tabs.Width() >= room {
		tabs = a.tabs(false)
	}
	tabs = tabs.Fit(room, "")
	return append(tabs.Pad(room), badges...).Render()
}

// tabs are the names of the screens; where they do not fit, numbers but for the
// one shown.
func (a *App) tabs(names bool) widget.Line {
	th := a.env.Theme
	line := widget.Line{{Text: Name, Style: th.Bold}, {Text: " ", Style: th.Text}}
	for i, act := range a.soft()[2:] {
		label, style := act.Keys[0], th.Tab
		if names || i == a.tab {
			label += " " + act.Label
		}
		if i == a.tab {
			style = th.TabActive
		}
		line = append(line, widget.Span{Text: " " + label + " ", Style: style})
	}
	return line
}

func (a *App) badges() widget.Line {
	th, w := a.env.Theme, a.env.Words.Shell
	var line widget.Line
	if a.env.ReadOnly {
		line = append(line, widget.Span{Text: " " + th.Sym.Warn + " " + w.ReadOnly, Style: th.Warn})
	}
	if a.opt.Badge {
		line = append(line, widget.Span{Text: " ", Style: th.Text}, widget.Span{Text: " " + w.Demo + " ", Style: th.Badge})
	}
	return line
}
