package widget

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Field is a text field of one line. Editing is bubbles' textinput; drawing is
// our own, because the value may hold wide or deceptive characters and the real
// cursor has to stand exactly where the next one goes.
//
// A line break at either end of a paste is dropped: a single line cannot hold it
// and whoever copied a line did not mean it. Any other control character is
// refused (see Update), never removed in silence.
type Field struct {
	Placeholder string
	Trim        bool   // a paste also loses blanks around it
	Masked      bool   // stars while typing, Veil while not focused
	Veil        string // what a masked field shows without the focus; clean

	input    textinput.Model
	revealed bool
}

// NewField returns an empty field without the focus.
func NewField() *Field {
	in := textinput.New()
	in.Prompt = ""
	in.SetVirtualCursor(false)
	none := key.NewBinding()
	in.KeyMap.Paste = none // the terminal pastes; reading the clipboard here would block
	in.KeyMap.AcceptSuggestion, in.KeyMap.NextSuggestion, in.KeyMap.PrevSuggestion = none, none, none
	return &Field{input: in}
}

// Value is the text as typed.
func (f *Field) Value() string { return f.input.Value() }

// SetValue replaces the text and puts the cursor behind it.
func (f *Field) SetValue(s string) {
	f.input.SetValue(s)
	f.input.CursorEnd()
}

// Focus and Blur move the focus; losing it hides a revealed value.
func (f *Field) Focus() { f.input.Focus() }
func (f *Field) Blur() {
	f.input.Blur()
	f.revealed = false
}

// Focused reports whether the field has the focus.
func (f *Field) Focused() bool { return f.input.Focused() }

// Reveal shows or hides the value of a masked field.
func (f *Field) Reveal(on bool) { f.revealed = on }

// Revealed reports whether the value of a masked field is shown in clear.
func (f *Field) Revealed() bool { return f.revealed }

// Update edits the text. It reports whether the text changed, and whether a paste
// was refused for a control character in it.
func (f *Field) Update(msg tea.Msg) (changed, refused bool) {
	before := f.Value()
	if p, ok := msg.(tea.PasteMsg); ok {
		s := strings.Trim(p.Content, "\r\n")
		if f.Trim {
			s = strings.TrimSpace(s)
		}
		if strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsRune(s, unicode.ReplacementChar) {
			return false, true
		}
		msg = tea.PasteMsg{Content: s}
	}
	f.input, _ = f.input.Update(msg)
	return f.Value() != before, false
}

// View draws the field in exactly width cells, its brackets included.
func (f *Field) View(th *theme.Theme, width int) string {
	inner := max(width-2, 1)
	style := th.Input
	if f.Focused() {
		style = th.InputFocus
	}
	before, after := f.shown()
	s, style2 := before+after, style
	if s == "" {
		s, style2 = f.Placeholder, th.Dim
	}
	off := f.offset(before, inner)
	s = ansi.Cut(s, off, off+inner)
	s += strings.Repeat(" ", max(inner-text.Width(s), 0))
	return style.Render("[") + style2.Render(s) + style.Render("]")
}

// CursorX is the cell of the cursor within View of the same width.
func (f *Field) CursorX(width int) int {
	inner := max(width-2, 1)
	before, _ := f.shown()
	return 1 + text.Width(before) - f.offset(before, inner)
}

// shown is the text before and behind the cursor as it may be drawn.
func (f *Field) shown() (before, after string) {
	v := []rune(f.Value())
	pos := min(f.input.Position(), len(v))
	switch {
	case f.Masked && f.revealed, !f.Masked:
		return text.Clean(string(v[:pos])), text.Clean(string(v[pos:]))
	case !f.Focused():
		return "", f.Veil
	}
	return strings.Repeat("*", pos), strings.Repeat("*", len(v)-pos)
}

// offset is how many cells are scrolled out on the left so that the cursor shows.
func (f *Field) offset(before string, inner int) int {
	if !f.Focused() {
		return 0
	}
	return max(text.Width(before)-inner+1, 0)
}
