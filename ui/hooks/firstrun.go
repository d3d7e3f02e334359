package hooks

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// firstRun is what the list shows while there is no webhook: at most two choices
// and the language.
type firstRun struct{ at int }

// choice is one line of the first run: an action and what it brings.
type choice struct {
	page.Action
	title, why string
}

func (f *firstRun) choices(l *list) []choice {
	w := l.env.Words.Hooks
	create := act("hook.new", w.Do.Create, l.do.create, "1", "n")
	create.Foot, create.Writes, create.Twin = true, true, "hooktop hook add"
	out := []choice{{create, w.First.Create, w.First.CreateWhy}}
	if l.env.Demo {
		demo := act("demo.run", w.Do.Demo, func() tea.Cmd { return func() tea.Msg { return page.DemoMsg{} } }, "2")
		demo.Foot, demo.Twin = true, "hooktop demo"
		out = append(out, choice{demo, w.First.Demo, w.First.DemoWhy})
	}
	return out
}

func (f *firstRun) actions(l *list) []page.Action {
	w := l.env.Words.Hooks.Do
	choices := f.choices(l)
	var out []page.Action
	for _, c := range choices {
		out = append(out, c.Action)
	}
	open := act("first.open", w.Open, func() tea.Cmd { return choices[min(f.at, len(choices)-1)].Do() }, "enter", "right", "l")
	open.Writes = choices[min(f.at, len(choices)-1)].Writes
	lang := act("lang.toggle", w.Language, func() tea.Cmd { return func() tea.Msg { return page.LanguageMsg{} } }, "L")
	lang.Foot = true
	step := func(n int) func() tea.Cmd {
		return func() tea.Cmd { f.at = min(max(f.at+n, 0), len(choices)-1); return nil }
	}
	return append(out, open, lang, act("move.up", w.Up, step(-1), "up", "k"), act("move.down", w.Down, step(1), "down", "j"))
}

// lines draws the page and says on which line each choice stands.
func (f *firstRun) lines(l *list) (out []string, at []int) {
	th, w := l.env.Theme, l.env.Words.Hooks.First
	out = append(out, l.path(), "", " "+th.Bold.Render(w.Empty))
	if l.height >= 16 {
		out = append(out, "")
		for _, s := range widget.Wrap(w.Intro, min(l.width, 90)-2) {
			out = append(out, " "+s)
		}
	}
	out = append(out, "")
	for i, c := range f.choices(l) {
		at = append(at, len(out))
		line := widget.Line{{Text: " " + c.Keys[0] + "  ", Style: th.Key}, {Text: c.title, Style: th.Bold}}
		if i == min(f.at, len(f.choices(l))-1) {
			mark := th.Sym.Cursor + c.Keys[0] + "  " + c.title + " "
			out = append(out, th.Selected.Render(mark))
		} else {
			out = append(out, line.Render())
		}
		if l.height >= 16 {
			for _, s := range widget.Wrap(c.why, l.width-5) {
				out = append(out, "    "+th.Dim.Render(s))
			}
			out = append(out, "")
		}
	}
	lang := widget.Line{{Text: " " + w.Language + " " + th.Sym.Dot + " "}, {Text: "L", Style: th.Key}, {Text: " " + w.Switch}}
	if l.height < 16 {
		out = append(out, "")
	}
	return append(out, lang.Render()), at
}

func (f *firstRun) view(l *list) string {
	lines, _ := f.lines(l)
	return widget.Clip(lines, l.height)
}

func (f *firstRun) cursor(l *list) *tea.Cursor {
	_, at := f.lines(l)
	return tea.NewCursor(1, at[min(f.at, len(at)-1)])
}
