package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Menu is a dialog of entries, each with its key: the copy menu, the actions of a
// row, a pick-list. An entry runs by its key, or by enter when it is selected; esc
// closes the menu.
type Menu struct {
	env    *page.Env
	title  string
	keyed  bool
	input  *string // a field drawn above the entries
	floorW int     // the box is not drawn smaller than for these columns
	floorH int     // and rows of entries
	items  entries
	width  int // as last drawn
	height int
}

// NewMenu makes a menu. Title must be clean.
func NewMenu(env *page.Env, title string, list ...Entry) *Menu {
	m := &Menu{env: env, title: title, keyed: true}
	m.items.set(list)
	return m
}

// NewList makes a menu whose keys are shown, not pressed: only enter chooses, and
// j and k move. It is for lists of actions whose keys mean something elsewhere.
func NewList(env *page.Env, title string, list ...Entry) *Menu {
	m := NewMenu(env, title, list...)
	m.keyed = false
	return m
}

// Select puts the cursor on the entry at index i.
func (m *Menu) Select(i int) *Menu {
	if i >= 0 && i < len(m.items.list) {
		m.items.sel = i
	}
	return m
}

// WithInput draws a field of its owner's above the entries.
func (m *Menu) WithInput(field string) *Menu {
	m.input = &field
	return m
}

// Steady keeps the box as large as it would be for all of list, so that it does
// not jump while a field narrows what is shown.
func (m *Menu) Steady(list []Entry) *Menu {
	all := entries{list: list}
	m.floorW, m.floorH = all.natural(m.env), len(list)
	return m
}

// Update implements page.Dialog.
func (m *Menu) Update(msg tea.Msg) (tea.Cmd, bool) {
	switch p := msg.(type) {
	case tea.MouseClickMsg:
		return m.click(p.Y)
	case tea.MouseWheelMsg:
		m.items.turn(p.Button)
		return nil, false
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	name := k.String()
	if m.keyed {
		for _, en := range m.items.list {
			if en.Key != "" && (en.Key == name || en.Key == k.Keystroke()) && en.choosable() {
				return en.Do(), true
			}
		}
	}
	switch name {
	case "esc", "q":
		return nil, true
	case "enter":
		if en := m.items.current(); en != nil && en.choosable() {
			return en.Do(), true
		}
		return nil, false
	case "k":
		name = "up"
	case "j":
		name = "down"
	}
	m.items.scroll(name)
	return nil, false
}

// click chooses the entry on a line of what View drew.
func (m *Menu) click(y int) (tea.Cmd, bool) {
	inner, rows := m.inside()
	y-- // the border
	if m.input != nil {
		y--
	}
	i, ok := m.items.hit(m.env, inner, rows, y)
	if !ok {
		return nil, false
	}
	m.items.sel = i
	if en := m.items.current(); en != nil && en.choosable() {
		return en.Do(), true
	}
	return nil, false
}

// View implements page.Dialog.
func (m *Menu) View(width, height int) string {
	m.width, m.height = width, height
	inner, rows := m.inside()
	lines, _ := m.items.draw(m.env, inner, rows)
	for len(lines) < min(m.floorH, rows) {
		lines = append(lines, "")
	}
	if m.input != nil {
		lines = append([]string{*m.input}, lines...)
	}
	return Box(m.env.Theme, m.title, append(lines, m.hint().Fit(inner, "").Render()), inner)
}

// Cursor implements page.Dialog: it stands on the selected row of what View drew.
func (m *Menu) Cursor() *tea.Cursor {
	inner, rows := m.inside()
	_, at := m.items.draw(m.env, inner, rows)
	if m.input != nil {
		at++
	}
	return tea.NewCursor(2, at+1)
}

// inside is the room for content: columns, and rows for entries above the hint.
func (m *Menu) inside() (inner, rows int) {
	inner = max(m.items.natural(m.env), m.floorW, m.hint().Width(), text.Width(m.title)+2)
	rows = m.height - boxHeight - 1
	if m.input != nil {
		rows--
	}
	return min(inner, m.width-boxWidth), max(rows, 1)
}

func (m *Menu) hint() Line {
	w, th := m.env.Words.Shell, m.env.Theme
	if !slices.ContainsFunc(m.items.list, Entry.choosable) {
		return Say("  "+w.EscCloses, th.Hint)
	}
	return Say("  "+w.EnterRuns+" "+th.Sym.Dot+" "+w.EscCloses, th.Hint)
}
