package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// palette finds an action by its name: typing narrows, enter runs. It looks into
// labels and ids first and into the help texts after them, without minding
// accents or case.
type palette struct {
	input   textinput.Model
	all     []widget.Entry
	names   []string // label and id, folded, same order as all
	helps   []string
	menu    *widget.Menu
	env     *page.Env
	nothing string
}

// openPalette offers everything that can be done now.
func (a *App) openPalette() tea.Cmd {
	p := &palette{env: a.env, input: textinput.New(), nothing: a.env.Words.Shell.NoMatch}
	p.input.Prompt = ": "
	p.input.SetVirtualCursor(false)
	look := textinput.StyleState{Text: a.env.Theme.Text.Base(), Prompt: a.env.Theme.Key.Base()}
	p.input.SetStyles(textinput.Styles{Focused: look, Blurred: look, Cursor: p.input.Styles().Cursor})
	p.input.CharLimit = 80
	focus := p.input.Focus()
	for _, act := range a.Actions() {
		if act.Off {
			continue
		}
		e := a.entry(act)
		p.all = append(p.all, e)
		p.names = append(p.names, text.Fold(act.Label+" "+strings.ReplaceAll(act.ID, ".", " ")))
		p.helps = append(p.helps, text.Fold(act.Help))
	}
	p.filter()
	return tea.Batch(focus, a.env.Open(p))
}

// Update implements page.Dialog.
func (p *palette) Update(msg tea.Msg) (tea.Cmd, bool) {
	k, ok := msg.(tea.KeyPressMsg)
	if ok {
		switch k.String() {
		case "esc", "enter", "up", "down", "pgup", "pgdown":
			return p.menu.Update(msg)
		case "ctrl+p":
			return nil, true
		}
	}
	if _, ok := msg.(tea.MouseMsg); ok {
		return p.menu.Update(msg)
	}
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != before {
		p.filter()
	}
	return cmd, false
}

// filter lists what matches, best first.
func (p *palette) filter() {
	var list []widget.Entry
	for _, i := range p.matches(strings.ReplaceAll(text.Fold(p.input.Value()), " ", "")) {
		list = append(list, p.all[i])
	}
	if len(list) == 0 {
		list = []widget.Entry{{Label: p.nothing}}
	}
	p.menu = widget.NewList(p.env, p.env.Words.Shell.PaletteTitle, list...).Steady(p.all)
}

func (p *palette) matches(want string) []int {
	var out []int
	if want == "" {
		for i := range p.all {
			out = append(out, i)
		}
		return out
	}
	for _, where := range [][]string{p.names, p.helps} {
		for _, m := range fuzzy.Find(want, where) {
			if !slices.Contains(out, m.Index) {
				out = append(out, m.Index)
			}
		}
	}
	return out
}

// View implements page.Dialog.
func (p *palette) View(width, height int) string {
	in := p.input // the theme may have changed since it opened
	look := textinput.StyleState{Text: p.env.Theme.Text.Base(), Prompt: p.env.Theme.Key.Base()}
	in.SetStyles(textinput.Styles{Focused: look, Blurred: look, Cursor: in.Styles().Cursor})
	return p.menu.WithInput(in.View()).View(width, height)
}

// Cursor implements page.Dialog: it stands where the next character goes.
func (p *palette) Cursor() *tea.Cursor {
	c := p.input.Cursor()
	if c == nil {
		return nil
	}
	at := *c
	at.X, at.Y = at.X+2, at.Y+1
	return &at
}
