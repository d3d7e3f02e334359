// Package theme turns a palette into the styles and symbols every screen draws
// with. The default uses the terminal's own 16 colours only.
package theme

import "charm.land/lipgloss/v2"

// Name of a theme: auto, dark, light, contrast, mono.
type Name string

const (
	Auto     Name = "auto"
	Dark     Name = "dark"
	Light    Name = "light"
	Contrast Name = "contrast"
	Mono     Name = "mono"
)

// Theme is all styles and symbols. Styles never carry width, padding or margins.
type Theme struct {
	Name  Name
	ASCII bool

	Text, Dim, Bold, Title   lipgloss.Style
	Accent, Good, Warn, Bad  lipgloss.Style
	Tab, TabActive, Key      lipgloss.Style
	Selected, Rule, Border   lipgloss.Style
	Input, InputFocus, Hint  lipgloss.Style
	Badge, BadgeBad, JSONKey lipgloss.Style
	JSONString, JSONNumber   lipgloss.Style
	ToastGood, ToastBad      lipgloss.Style
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
