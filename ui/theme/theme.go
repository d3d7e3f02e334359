// Package theme turns a palette into the styles and symbols every screen draws
// with. The default uses the terminal's own 16 colours only.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Name of a theme: auto, dark, light, contrast, mono.
type Name string

const (
	Auto     Name = "auto"
	Dark     Name = "dark"
	Light    Name = "light"
	Contrast Name = "contrast"
	Mono     Name = "mono"
)

// Names are the themes a person can choose, in the order they are offered.
func Names() []Name { return []Name{Auto, Dark, Light, Contrast, Mono} }

// Theme is all styles and symbols. Styles never carry width, padding or margins.
type Theme struct {
	Name  Name
	ASCII bool

	Text, Dim, Bold, Title   Style
	Accent, Good, Warn, Bad  Style
	Tab, TabActive, Key      Style
	Selected, Rule, Border   Style
	Input, InputFocus, Hint  Style
	Badge, BadgeBad, JSONKey Style
	JSONString, JSONNumber   Style
	ToastGood, ToastBad      Style
	Sym                      Symbols
}

// Symbols are all of width 1 and none has an emoji form; ASCII twins exist.
type Symbols struct {
	OK, Fail, Retry, Queued, On, Off, Stop, Pause string
	Cursor, Up, Open, Closed, VLine, HLine, Dot   string
	Warn, Ellipsis                                string
	Bars                                          []string // eight heights, lowest first
	TL, TR, BL, BR                                string   // dialog corners
}

// New builds a theme. dark is what is known of the terminal's background and only
// matters to Auto and Contrast; an unknown name is Auto. The terminal's own 16
// colours are used except in Contrast. No state is told by colour alone: what
// carries one is also bold, underlined or reversed, so that nothing is lost where
// colours are off.
func New(name Name, dark, ascii bool) *Theme {
	p := paletteFor(name, dark)
	plain := lipgloss.NewStyle()
	status := plain.Bold(p.strong)
	dim := plain.Faint(p.faint)
	t := &Theme{
		Name: name, ASCII: ascii, Sym: unicodeSymbols(),
		Text: styled(plain), Dim: styled(dim), Bold: styled(plain.Bold(true)), Title: styled(plain.Bold(true)),
		Accent: styled(tint(status, p.accent)), Good: styled(tint(status, p.good)),
		Warn: styled(tint(status, p.warn)), Bad: styled(tint(plain.Bold(true), p.bad)),
		Tab: styled(plain), TabActive: styled(plain.Reverse(true)), Key: styled(tint(status, p.accent)),
		Selected: styled(plain.Reverse(true)), Rule: styled(dim), Border: styled(dim),
		Input: styled(plain), InputFocus: styled(plain.Underline(true)), Hint: styled(dim),
		Badge: styled(tint(plain.Reverse(true), p.warn)), BadgeBad: styled(tint(plain.Reverse(true).Bold(true), p.bad)),
		JSONKey: styled(tint(plain, p.accent)), JSONString: styled(tint(plain, p.good)), JSONNumber: styled(tint(plain, p.warn)),
		ToastGood: styled(tint(status, p.good)), ToastBad: styled(tint(plain.Bold(true), p.bad)),
	}
	if ascii {
		t.Sym = asciiSymbols()
	}
	return t
}

// tint gives a style a colour of the palette; nil leaves the terminal's own.
func tint(s lipgloss.Style, c color.Color) lipgloss.Style {
	if c == nil {
		return s
	}
	return s.Foreground(c)
}
