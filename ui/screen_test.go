package ui_test

import (
	"fmt"
	"testing"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

func TestScreens(t *testing.T) {
	sizes := [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}}
	for _, size := range sizes {
		for _, lang := range []text.Lang{text.ES, text.EN} {
			for _, ascii := range []bool{false, true} {
				name := fmt.Sprintf("%dx%d-%s", size[0], size[1], lang)
				if ascii {
					name += "-ascii"
				}
				t.Run(name, func(t *testing.T) {
					s := newStage(t, size[0], size[1], func(o *ui.Options) {
						o.Env.Words = text.For(lang)
						o.Env.Theme = theme.New(theme.Auto, true, ascii)
						o.Badge = true
					})
					s.Golden("rest-" + name)
					s.Send(page.ToastMsg{Kind: page.ToastGood, Text: "«crm-prod»"})
					s.Golden("toast-" + name)
					s.Press("f1")
					s.Golden("help-" + name)
					s.Press("esc", ":")
					s.Golden("palette-" + name)
				})
			}
		}
	}
}
