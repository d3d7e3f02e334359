package ui_test

import (
	"strings"
	"testing"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// tell makes the option through which the shell hears of the sender.
func tell(msgs ...page.EngineMsg) func(*ui.Options) {
	from := make(chan page.EngineMsg, len(msgs))
	for _, m := range msgs {
		from <- m
	}
	close(from)
	return func(o *ui.Options) { o.Engine = from }
}

func TestTheHeaderSaysWhatTheSenderDoes(t *testing.T) {
	for _, c := range []struct {
		msg    page.EngineMsg
		es, en string
	}{
		{page.EngineMsg{State: page.EngineLive, Rate: 42.4}, "● EN VIVO  42/s", "● LIVE  42/s"},
		{page.EngineMsg{State: page.EngineLive, Rate: 4.25}, "● EN VIVO  4,2/s", "● LIVE  4.2/s"},
		{page.EngineMsg{State: page.EngineLive, Owner: 4711}, "● EN VIVO · remitente pid 4711", "● LIVE · sender pid 4711"},
		{page.EngineMsg{State: page.EngineStopped}, "■ PARADO", "■ STOPPED"},
		{page.EngineMsg{State: page.EngineConnecting}, "○ CONECTANDO", "○ CONNECTING"},
		{page.EngineMsg{State: page.EngineReadOnly}, "! SOLO LECTURA", "! READ-ONLY"},
	} {
		s := newStage(t, 120, 24, tell(c.msg))
		for want, lang := range map[string]text.Lang{c.es: text.ES, c.en: text.EN} {
			s.Send(page.LanguageMsg{Lang: lang})
			if !strings.HasSuffix(s.Line(0), want) {
				t.Errorf("%+v: header %q, want %q at its end", c.msg, s.Line(0), want)
			}
		}
	}
}

func TestOnlyTheNewestWordOfTheSenderCounts(t *testing.T) {
	s := newStage(t, 80, 24, tell(page.EngineMsg{State: page.EngineLive}, page.EngineMsg{State: page.EngineStopped}))
	s.Has("■ PARADO").Lacks("EN VIVO")
}

func TestTheStateStandsOnEveryScreenAndSize(t *testing.T) {
	for _, width := range []int{40, 60, 80, 200} {
		s := newStage(t, width, 12, tell(page.EngineMsg{State: page.EngineLive, Rate: 1234, Owner: 4711}))
		s.Fits().Has("● EN VIVO")
		s.Send(page.PushMsg{Page: &fakePage{env: s.page.env, title: "otra"}}).Fits().Has("otra", "● EN VIVO")
	}
}

// frozen is a page whose view stands still.
type frozen struct{ fakePage }

func (*frozen) Frozen() bool { return true }

func TestAFrozenViewSaysSoInsteadOfTheState(t *testing.T) {
	s := newStage(t, 80, 24, tell(page.EngineMsg{State: page.EngineLive}))
	s.Send(page.PushMsg{Page: &frozen{fakePage{env: s.page.env, title: "fija"}}})
	s.Has("‖ VISTA FIJA").Lacks("EN VIVO")
	s.Send(page.PopMsg{}).Has("● EN VIVO")
}
