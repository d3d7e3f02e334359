package page

import (
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Choices are what a person can choose of how the screens are. The shell keeps them
// in Env and acts on them; a page asks for others with ChooseMsg.
type Choices struct {
	Lang   text.Lang
	Theme  theme.Name
	Color  string // auto, always, never
	ASCII  bool
	Motion bool // false: nothing moves by itself
	Mouse  bool // false: the terminal keeps its own selection
	Notify bool // ring and notify of deliveries given up
}

// ChooseMsg asks the shell for other choices.
type ChooseMsg struct{ Choices Choices }
