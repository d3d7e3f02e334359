package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Confirm is a question for what cannot be undone. Cancel is first and focused;
// esc is cancel. Each other choice has a key of its own, which must not be the key
// that opened the question.
type Confirm struct {
	env     *page.Env
	title   string
	body    []string
	choices []Entry
	focus   int // 0 is cancel
	width   int // as last drawn
	height  int
}

// NewConfirm makes a question. Title and body must be clean; body lines are
// wrapped.
func NewConfirm(env *page.Env, title string, body []string, choices ...Entry) *Confirm {
	return &Confirm{env: env, title: title, body: body, choices: choices}
}

// Update implements page.Dialog.
func (c *Confirm) Update(msg tea.Msg) (tea.Cmd, bool) {
	if m, ok := msg.(tea.MouseClickMsg); ok {
		return c.click(m.Y)
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	for _, en := range c.choices {
		if en.Key == k.String() && en.choosable() {
			return en.Do(), true
		}
	}
	n := len(c.choices) + 1
	switch k.String() {
	case "esc":
		return nil, true
	case "enter":
		if c.focus == 0 {
			return nil, true
		}
		if en := c.choices[c.focus-1]; en.choosable() {
			return en.Do(), true
		}
	case "right", "down", "tab":
		c.focus = (c.focus + 1) % n
	case "left", "up", "shift+tab":
		c.focus = (c.focus + n - 1) % n
	}
	return nil, false
}

// click is the choice on a line of what View drew. It has to be in focus first: one
// click that slipped must not do what cannot be undone.
func (c *Confirm) click(y int) (tea.Cmd, bool) {
	_, body, buttons := c.layout()
	i := y - len(body) - 1
	switch {
	case i < 0 || i >= len(buttons):
		return nil, false
	case i == 0:
		return nil, true
	case i != c.focus:
		c.focus = i
		return nil, false
	}
	en := c.choices[i-1]
	if !en.choosable() {
		return nil, false
	}
	return en.Do(), true
}

// View implements page.Dialog.
func (c *Confirm) View(width, height int) string {
	c.width, c.height = width, height
	inner, lines, buttons := c.layout()
	for i, b := range buttons {
		style := c.env.Theme.Text
		if i == c.focus {
			style = c.env.Theme.Selected
		}
		lines = append(lines, style.Render(b))
	}
	return Box(c.env.Theme, c.title, lines, inner)
}

// Cursor implements page.Dialog: it stands on the focused choice.
func (c *Confirm) Cursor() *tea.Cursor {
	_, body, _ := c.layout()
	return tea.NewCursor(3, len(body)+1+c.focus)
}

// layout is the inner width, the wrapped text and one line for each choice, which are
// all on the screen whatever becomes of the text.
func (c *Confirm) layout() (inner int, body, buttons []string) {
	labels := []string{c.button("esc", c.env.Words.Shell.Cancel)}
	for _, en := range c.choices {
		labels = append(labels, c.button(en.Key, en.Label))
	}
	inner = text.Width(c.title) + 2
	for _, l := range append(labels, c.body...) {
		inner = max(inner, text.Width(l))
	}
	inner = max(min(inner, c.width-boxWidth, 72), 1)
	for _, l := range c.body {
		body = append(body, strings.Split(ansi.Wrap(l, inner, ""), "\n")...)
	}
	return inner, Above(c.env.Theme, body, c.height-boxHeight-len(labels)), labels
}

func (c *Confirm) button(key, label string) string {
	return " " + c.env.Words.Shell.KeyName(key) + "  " + label + " "
}
