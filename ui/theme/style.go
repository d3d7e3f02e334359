package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is how a run of text on one line looks: what stands before and after it. It
// has no size, and it is a pointer to what never changes, so that drawing with it costs
// nothing but the copying of the text: a screen that follows a thousand deliveries a
// second draws ten thousand runs. The zero value leaves a text as it is.
type Style struct{ look *look }

type look struct {
	base        lipgloss.Style
	open, close string
}

func styled(s lipgloss.Style) Style {
	open, end, _ := strings.Cut(s.Render("x"), "x")
	return Style{&look{s, open, end}}
}

// Render draws a text that holds no line break.
func (s Style) Render(text string) string {
	if text == "" || s.look == nil || s.look.open == "" {
		return text
	}
	return s.look.open + text + s.look.close
}

// Base is the style for a widget that draws with lipgloss on its own.
func (s Style) Base() lipgloss.Style {
	if s.look == nil {
		return lipgloss.Style{}
	}
	return s.look.base
}

// Bold, Underline and Reverse are the style with that as well.
func (s Style) Bold() Style      { return styled(s.Base().Bold(true)) }
func (s Style) Underline() Style { return styled(s.Base().Underline(true)) }
func (s Style) Reverse() Style   { return styled(s.Base().Reverse(true)) }
