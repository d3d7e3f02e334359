package deliveries

import (
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Who has mended a receiver does not wait for the schedule.
func TestWhatWaitsForItsNextTryIsTriedNow(t *testing.T) {
	f := some()
	f.strict = true
	s := open(t, f, es80)
	s.list.move(func() { s.list.rows.Select("dlv_0100000996") }) // retrying
	s.Fire().Has("t intentar ya").Lacks("r reenviar")
	s.Press("r").Has("t la intenta ya")
	s.Press("t").Has("1 entrega puede salir ya")
	if got := s.fake.called("Retry"); len(got) != 1 || got[0] != "Retry dlv_0100000996" {
		t.Errorf("calls %q", got)
	}
	s.Press("up", "up", "t") // has arrived: its key does nothing
	if got := s.fake.called("Retry"); len(got) != 1 {
		t.Errorf("calls %q", got)
	}
}

// While rows move under the key it is asked for.
func TestTryingNowIsAskedForWhileTheListMoves(t *testing.T) {
	f := some()
	d := f.rows[0]
	d.ID, d.State = "dlv_0200000000", model.DeliveryRetrying
	f.add(d)
	s := open(t, f, es80)
	s.Lacks("t intentar ya").Press("t").Has("¿Esta entrega?", "intentar ya")
	if got := s.fake.called("Retry"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.Press("s")
	if got := s.fake.called("Retry"); len(got) != 1 {
		t.Errorf("calls %q", got)
	}
}

func TestTheMarkedAreTriedNowAfterAQuestion(t *testing.T) {
	s := open(t, standing(2, 3), es80)
	s.Press("a", "t").Has("¿Intentar ya 3 entregas?", "zapier.com", "sale una de prueba").Lacks("Por segundo")
	if got := s.fake.called("Retry"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.Press("s").Has("3 entregas pueden salir ya")
	if got := s.fake.called("Retry"); len(got) != 1 || s.list.marks.none() == false {
		t.Errorf("calls %q, marks %v", got, s.list.marks)
	}
}

// Where nothing can be replayed because nothing has ended, trying now is a key away.
func TestWhatCannotBeReplayedCanBeTriedNow(t *testing.T) {
	f := standing(0, 3)
	f.strict = true
	s := open(t, f, es80)
	s.Press("a", "r").Has("3 entregas no han terminado", "t  intentar ya", "c  cancelar").Press("t").Has("¿Intentar ya 3 entregas?")
	s.Press("s")
	if got := s.fake.called("Retry"); len(got) != 1 || strings.Contains(got[0], "dlv_") {
		t.Errorf("calls %q", got)
	}
}

// On the smallest screen, with a toast on it, every question has its keys whole: what
// gives way is the text.
func TestQuestionsHaveTheirKeysOnTheSmallestScreen(t *testing.T) {
	for _, lang := range []text.Lang{text.ES, text.EN} {
		w := text.For(lang).Deliveries
		for name, c := range map[string]struct {
			fake *fake
			keys []string
			want []string
		}{
			"replay":  {standing(120, 4), []string{"a", "r"}, []string{w.List.TypeNumber("120"), "s  " + w.AskReplay}},
			"retry":   {standing(0, 120), []string{"a", "t"}, []string{w.List.TypeNumber("120"), "s  " + w.AskRetry}},
			"cancel":  {standing(0, 3), []string{"a", "x", "down", "down", "enter"}, []string{"s  " + w.List.CancelThem}},
			"instead": {standing(0, 3), []string{"a", "r"}, []string{"t  " + w.AskRetry, "c  " + w.List.CancelThem}},
			"emit":    {some(), []string{"E", "enter"}, []string{"s  " + w.List.EmitDo}},
			"moving":  {some(), []string{"r"}, []string{"s  " + w.AskReplay}},
		} {
			s := open(t, c.fake, look{W: 40, H: 12, Lang: lang})
			s.Press(c.keys...).Has(append(c.want, "esc  ", "└─")...)
			s.Send(page.ToastMsg{Kind: page.ToastError, Text: "x"}).Has(append(c.want, "esc  ", "└─")...)
			if t.Failed() {
				t.Fatalf("%s in %s", name, lang)
			}
		}
	}
}
