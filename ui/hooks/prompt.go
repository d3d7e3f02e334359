package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// prompt is a dialog with one text field. Enter gives the text to do.
type prompt struct {
	env   *page.Env
	title string
	field *widget.Field
	do    func(string) tea.Cmd
	width int // as last drawn
}

func newPrompt(env *page.Env, title, value, hint string, do func(string) tea.Cmd) *prompt {
	p := &prompt{env: env, title: title, field: widget.NewField(), do: do}
	p.field.SetValue(value)
	p.field.Placeholder = hint
	p.field.Focus()
	return p
}

// Update implements page.Dialog.
func (p *prompt) Update(msg tea.Msg) (tea.Cmd, bool) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc":
			return nil, true
		case "enter":
			s := strings.TrimSpace(p.field.Value())
			if s == "" {
				return nil, true
			}
			return p.do(s), true
		}
	}
	p.field.Update(msg)
	return nil, false
}

// promptWidth is the most a prompt takes.
const promptWidth = 64

// View implements page.Dialog.
func (p *prompt) View(width, _ int) string {
	p.width = min(width-4, promptWidth)
	return widget.Box(p.env.Theme, p.title, []string{p.field.View(p.env.Theme, p.width)}, p.width)
}

// Cursor implements page.Dialog.
func (p *prompt) Cursor() *tea.Cursor { return tea.NewCursor(2+p.field.CursorX(p.width), 1) }

// bodyFileMsg is a file read as a body for a test page.
type bodyFileMsg struct {
	trial *trial
	path  string
	data  []byte
	err   error
}

// open asks for a file to send, byte for byte.
func (t *trial) open() tea.Cmd {
	w := t.env.Words.Trial
	return t.env.Open(newPrompt(t.env, w.Path, "", w.PathHint, func(path string) tea.Cmd {
		return func() tea.Msg {
			data, err := readFile(path, model.MaxBody)
			return bodyFileMsg{t, path, data, err}
		}
	}))
}

func (t *trial) tookFile(m bodyFileMsg) tea.Cmd {
	if m.trial != t {
		return nil
	}
	if m.err != nil {
		t.issue = func(w *text.Words) string { return w.Trial.Unread(text.Clean(m.path), text.Clean(cause(m.err))) }
		return nil
	}
	if m.data == nil {
		m.data = []byte{}
	}
	return t.use(m.data)
}
