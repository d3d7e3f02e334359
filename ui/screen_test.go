package ui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

func TestScreens(t *testing.T) {
	local := time.Local
	time.Local = time.UTC // messages show the hour of the place
	t.Cleanup(func() { time.Local = local })
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
					s.Press("esc", "!")
					s.Golden("messages-" + name)
					s.Press("esc")
					s.Send(page.DialogMsg{Dialog: widget.NewConfirm(s.env, "¿?", []string{"crm-prod"},
						widget.Entry{Key: "s", Label: "ok", Do: func() tea.Cmd { return nil }})})
					s.Golden("question-" + name)
					s.Press("esc")
					s.Send(page.PushMsg{Page: &fakePage{env: s.env, title: "2", typing: true}})
					s.Golden("typing-" + name)
				})
			}
		}
	}
}

// A frame is drawn for every message, so it has to be cheap (budget: 4 ms).
func BenchmarkFrame(b *testing.B) {
	s := newStage(b, 200, 60)
	b.ReportAllocs()
	for b.Loop() {
		s.View()
	}
}

func BenchmarkFrameWithDialog(b *testing.B) {
	s := newStage(b, 200, 60)
	s.Press("?")
	for b.Loop() {
		s.View()
	}
}
