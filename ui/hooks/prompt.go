package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// prompt is a dialog with one text field. Enter gives the text to do, in a command;
// what comes of it is a message, or a reason to stay open.
type prompt struct {
	env   *page.Env
	title string
	field *widget.Field
	do    func(string) (tea.Msg, issue)
	busy  bool
	issue issue // why the last text would not do
	width int   // as last drawn
}

// promptMsg is what came of a prompt's text.
type promptMsg struct {
	to    *prompt
	msg   tea.Msg
	issue issue
}

func newPrompt(env *page.Env, title, value, hint string, do func(string) (tea.Msg, issue)) *prompt {
	p := &prompt{env: env, title: title, field: widget.NewField(), do: do}
	p.field.SetValue(value)
	p.field.Placeholder = hint
	p.field.Focus()
	return p
}

// Update implements page.Dialog.
func (p *prompt) Update(msg tea.Msg) (tea.Cmd, bool) {
	switch m := msg.(type) {
	case promptMsg:
		if m.to != p {
			return nil, false
		}
		p.busy, p.issue = false, m.issue
		return func() tea.Msg { return m.msg }, m.issue == nil
	case tea.KeyPressMsg:
		switch m.String() {
		case "esc":
			return nil, true
		case "enter":
			return p.enter()
		}
	}
	if changed, _ := p.field.Update(msg); changed {
		p.issue = nil
	}
	return nil, false
}

// enter takes the text; without one the prompt closes.
func (p *prompt) enter() (tea.Cmd, bool) {
	s := strings.TrimSpace(p.field.Value())
	if s == "" || p.busy {
		return nil, s == ""
	}
	p.busy = true
	return func() tea.Msg {
		msg, why := p.do(s)
		return promptMsg{p, msg, why}
	}, false
}

// promptWidth is the most a prompt takes.
const promptWidth = 64

// View implements page.Dialog.
func (p *prompt) View(width, _ int) string {
	p.width = min(width-4, promptWidth)
	th := p.env.Theme
	lines := []string{p.field.View(th, p.width)}
	if p.issue != nil {
		lead := th.Sym.Fail
		for _, l := range widget.Wrap(p.issue(p.env.Words), p.width-2) {
			lines = append(lines, th.Bad.Render(lead+" "+l))
			lead = " "
		}
	}
	w := p.env.Words.Shell
	hint := widget.Say(w.EnterTakes+" "+th.Sym.Dot+" "+w.EscCloses, th.Hint)
	return widget.Box(th, p.title, append(lines, hint.Render()), p.width)
}

// Cursor implements page.Dialog.
func (p *prompt) Cursor() *tea.Cursor { return tea.NewCursor(2+p.field.CursorX(p.width), 1) }

// bodyFileMsg is a file read as a body for a test page.
type bodyFileMsg struct {
	trial *trial
	data  []byte
}

// open asks for a file to send, byte for byte.
func (t *trial) open() tea.Cmd {
	w := t.env.Words.Trial
	return t.env.Open(newPrompt(t.env, w.Path, "", w.PathHint, func(path string) (tea.Msg, issue) {
		data, err := readFile(path, model.MaxBody)
		if err != nil {
			return nil, func(w *text.Words) string { return w.Trial.Unread(text.Clean(path), text.Clean(cause(err))) }
		}
		return bodyFileMsg{t, data}, nil
	}))
}

func (t *trial) tookFile(m bodyFileMsg) tea.Cmd {
	if m.trial != t {
		return nil
	}
	if m.data == nil {
		m.data = []byte{}
	}
	return t.use(m.data)
}
