package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/page"
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

// footer shows the way out and the page's own actions, as many as fit whole.
func (a *App) footer() string {
	th := a.env.Theme
	p := a.top()
	var line widget.Line
	for _, act := range a.footActions(p) {
		gap := ""
		if len(line) > 0 {
			gap = "  "
		}
		item := widget.Line{
			{Text: gap, Style: th.Text},
			{Text: a.env.Words.Shell.KeyName(footKey(act, p.Typing())), Style: th.Key},
			{Text: " " + act.Label, Style: th.Text},
		}
		if line.Width()+item.Width() > a.width {
			break
		}
		line = append(line, item...)
	}
	return line.Render()
}

// footActions are help, the way out, then the page's, without what cannot be done.
func (a *App) footActions(p page.Page) []page.Action {
	own := a.allowed(p.Actions())
	var out []page.Action
	for _, act := range append(a.hard(), a.soft()...) {
		if act.Foot && footKey(act, p.Typing()) != "" && !taken(own, act) {
			out = append(out, act)
		}
	}
	for _, act := range own {
		if act.Foot && !act.Off && footKey(act, p.Typing()) != "" {
			out = append(out, act)
		}
	}
	return out
}

// taken reports that the page has the key of a shell's action for itself.
func taken(own []page.Action, shell page.Action) bool {
	return slices.ContainsFunc(own, func(act page.Action) bool {
		return !act.Off && slices.ContainsFunc(shell.Keys, func(k string) bool { return slices.Contains(act.Keys, k) })
	})
}

// footKey is the key to show: the first one that works now.
func footKey(act page.Action, typing bool) string {
	for _, k := range act.Keys {
		if !typing || (ansi.StringWidth(k) > 1 && k != "space") {
			return k
		}
	}
	return ""
}

// overlay draws the dialog in front over the frame and gives its cursor.
func (a *App) overlay(frame string) (string, *tea.Cursor) {
	d := a.dialogs[len(a.dialogs)-1].dialog
	rows := a.height - chrome
	if a.toasts.current() != nil {
		rows-- // what was said stays readable
	}
	box := d.View(a.width, rows)
	w, h := lipgloss.Size(box)
	x, y := max((a.width-w)/2, 0), 1+max((rows-h)/2, 0)
	canvas := lipgloss.NewCanvas(a.width, a.height)
	canvas.Compose(lipgloss.NewCompositor(lipgloss.NewLayer(frame), lipgloss.NewLayer(box).X(x).Y(y).Z(1)))
	cur := d.Cursor()
	if cur != nil {
		at := *cur
		at.X, at.Y = at.X+x, at.Y+y
		cur = &at
	}
	return canvas.Render(), cur
}
