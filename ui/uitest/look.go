package uitest

import (
	"fmt"
	"time"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Look is one way a screen can be drawn.
type Look struct {
	W, H  int
	Lang  text.Lang
	ASCII bool
}

func (l Look) String() string {
	symbols := "unicode"
	if l.ASCII {
		symbols = "ascii"
	}
	return fmt.Sprintf("%dx%d-%s-%s", l.W, l.H, l.Lang, symbols)
}

// Looks are all sizes, languages and symbol sets that goldens are kept of.
func Looks() []Look {
	var out []Look
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []text.Lang{text.ES, text.EN} {
			for _, ascii := range []bool{false, true} {
				out = append(out, Look{size[0], size[1], lang, ascii})
			}
		}
	}
	return out
}

// Env is the environment of a look. It is always the same time there.
func (l Look) Env(at time.Time) *page.Env {
	return &page.Env{
		Words: text.For(l.Lang), Theme: theme.New(theme.Auto, true, l.ASCII),
		Now: func() time.Time { return at }, Motion: true,
	}
}
