package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// Message is one half of an attempt, the request or the response: headers, and below
// them the body in a Viewer, whose actions, copies and answers are its own.
type Message struct {
	*Viewer
	headers *Body
	rows    int // of the headers on the screen
}

// NewMessage makes one that shows nothing yet.
func NewMessage(env *page.Env) *Message {
	m := &Message{Viewer: NewViewer(env), headers: NewBody(BodyExact)}
	m.headers.Frame = true
	return m
}

// Set shows headers and a body; key says what they are. The same again changes
// nothing.
func (m *Message) Set(key string, headers []model.Header, body []byte) tea.Cmd {
	cmd := m.Viewer.Set(key, body)
	if h := HeaderBytes(headers); string(h) != string(m.headers.Bytes()) {
		cmd = tea.Batch(m.headers.SetBytes(h), cmd)
		m.SetSize(m.whole())
	}
	return cmd
}

// whole is the size last given.
func (m *Message) whole() (width, height int) { return m.headers.width, m.rows + m.Viewer.height }

// SetSize shares the height: a third at most for the headers and a rule, and none of
// it where there is hardly room for the body.
func (m *Message) SetSize(width, height int) {
	m.headers.SetSize(width, 0)
	_, _, rows := m.headers.Span()
	m.rows = 0
	if height > 5 && len(m.headers.Bytes()) > 0 {
		m.rows = min(rows, height/3) + 1
	}
	m.headers.SetSize(width, max(m.rows-1, 0))
	m.Viewer.SetSize(width, height-m.rows)
}

// Update takes what is the Viewer's, and the layout of the headers.
func (m *Message) Update(msg tea.Msg) tea.Cmd {
	cmd := m.headers.Update(msg)
	if _, ours := msg.(bodyMsg); ours {
		m.SetSize(m.whole())
	}
	return tea.Batch(cmd, m.Viewer.Update(msg))
}

// View is the headers, a rule, and the body.
func (m *Message) View() string {
	if m.rows == 0 {
		return m.Viewer.View()
	}
	th := m.env.Theme
	rule := th.Rule.Render(th.Sym.VLine + strings.Repeat(th.Sym.HLine, min(8, max(m.headers.width-1, 0))))
	return m.headers.View(th) + "\n" + rule + "\n" + m.Viewer.View()
}

// Cursor is the Viewer's, below the headers.
func (m *Message) Cursor() *tea.Cursor {
	c := m.Viewer.Cursor()
	if c != nil {
		c.Y += m.rows
	}
	return c
}

// Click selects a row of the tree.
func (m *Message) Click(x, y int, again bool) tea.Cmd { return m.Viewer.Click(x, y-m.rows, again) }
