package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is how a run of text on one line looks: what stands before and after it. It
// has no size, and drawing with it costs nothing but the copying: a screen that
// follows a thousand deliveries a second draws ten thousand runs. The zero value
// leaves a text as it is.
type Style struct {
	base        lipgloss.Style
	open, close string
}

func styled(s lipgloss.Style) Style {
	open, end, _ := strings.Cut(s.Render("x"), "x")
	return Style{s, open, end}
}

// Render draws a text that holds no line break.
func (s Style) Render(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.close
}

// Base is the style for a widget that draws with lipgloss on its own.
func (s Style) Base() lipgloss.Style { return s.base }

// Bold, Underline and Reverse are the style with that as well.
func (s Style) Bold() Style      { return styled(s.base.Bold(true)) }
func (s Style) Underline() Style { return styled(s.base.Underline(true)) }
func (s Style) Reverse() Style   { return styled(s.base.Reverse(true)) }
