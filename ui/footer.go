package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// footer shows the way out and the page's own actions, as many as fit whole.
func (a *App) footer(own []page.Action) string {
	line, _ := a.footline(own)
	return line.Render()
}

// footline is the footer and where each action stands on it. Under a dialog there is
// none: its keys stand in its box, and those of the page do nothing.
func (a *App) footline(own []page.Action) (line widget.Line, zones []zone) {
	if len(a.dialogs) > 0 {
		return nil, nil
	}
	th := a.env.Theme
	p := a.top()
	for _, act := range a.footActions(p, own) {
		gap := ""
		if len(line) > 0 {
			gap = "  "
		}
		item := widget.Line{
			{Text: a.env.Words.Shell.KeyName(footKey(act, p.Typing())), Style: th.Key},
			{Text: " " + act.Label, Style: th.Text},
		}
		if line.Width()+len(gap)+item.Width() > a.width {
			break
		}
		line = append(line, widget.Span{Text: gap, Style: th.Text})
		line, zones = zoned(line, zones, item, func() tea.Cmd { return a.do(act) })
	}
	return line, zones
}

// footActions are help, the way out, then the page's, without what cannot be done,
// and at last the palette, which has all there was no room for.
func (a *App) footActions(p page.Page, own []page.Action) []page.Action {
	var out []page.Action
	for _, act := range append(a.hard(), a.soft()...) {
		if act.Foot && footKey(act, p.Typing()) != "" && !slices.ContainsFunc(act.Keys, func(k string) bool { return has(own, k) }) {
			out = append(out, act)
		}
	}
	for _, act := range own {
		if act.Foot && !act.Off && footKey(act, p.Typing()) != "" {
			out = append(out, act)
		}
	}
	return append(out, a.paletteAction())
}

// footKey is the key to show: the first one that works now.
func footKey(act page.Action, typing bool) string {
	for _, k := range act.Keys {
		if !typing || (text.Width(k) > 1 && k != "space") {
			return k
		}
	}
	return ""
}
