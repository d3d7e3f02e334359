package deliveries

import (
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func failing(n int) *fake {
	f := many(0)
	for i := n; i > 0; i-- {
		d := dlv(i, "zapier-es", "call.tag.added", model.DeliveryDead, 401, 88*time.Millisecond)
		d.Error = model.CodeAuthRejected
		f.rows = append(f.rows, d)
	}
	h := model.Hook{ID: "wh_zapier-es", Name: "zapier-es", URL: "https://hooks.zapier.com/x/y?key=geheim"}
	f.hooks = map[string]model.Hook{h.ID: h}
	return f
}

func TestManyAreAskedForWithCountHostsAndRate(t *testing.T) {
	s := open(t, failing(6), es80)
	s.Press("a", "r").Has("¿Reenviar 6 entregas?", "hooks.zapier.com (zapier-es)", "[5", "unos 1 s").Lacks("geheim")
	s.Press("enter").Lacks("¿Reenviar") // cancel has the focus
	if got := s.fake.called("Replay"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.Press("r", "r").Has("¿Reenviar 6") // the key that opens does not confirm
	s.Press("s")
	if got := s.fake.called("Replay"); len(got) != 1 || !strings.HasPrefix(got[0], "Replay 5 dlv_") {
		t.Errorf("calls %q", got)
	}
}

func TestTheRateCanBeEdited(t *testing.T) {
	s := open(t, failing(6), es80)
	s.Press("a", "r", "tab", "tab", "backspace", "0").Has("todas ya")
	s.Press("backspace", "9", "9", "9", "9").Has("0 a 1.000")
	s.Press("s").Has("¿Reenviar 6")
	s.Press("backspace", "backspace", "backspace", "backspace", "2", ".", "5", "s")
	if got := s.fake.called("Replay"); len(got) != 1 || !strings.HasPrefix(got[0], "Replay 2.5 dlv_") {
		t.Errorf("calls %q", got)
	}
}

func TestAHundredAreConfirmedByTheirNumber(t *testing.T) {
	s := open(t, failing(100), es80)
	s.Press("a", "r", "s").Has("Escriba el número, 100:")
	s.Press("1", "0", "s").Has("¿Reenviar 100")
	if got := s.fake.called("Replay"); len(got) > 0 {
		t.Errorf("sent unconfirmed: %q", got)
	}
	s.Press("0", "s").Lacks("¿Reenviar")
	if got := s.fake.called("Replay"); len(got) != 1 {
		t.Errorf("calls %q", got)
	}
	s99 := open(t, failing(99), es80)
	s99.Press("a", "r").Lacks("Escriba el número").Press("s").Lacks("¿Reenviar")
}

func TestManyAreCancelledAfterAQuestion(t *testing.T) {
	s := open(t, standing(0, 3), es80)
	s.Press("a", "x").Has("3 marcadas", "Cancelar las marcadas").Press("down", "down", "enter").Has("¿Cancelar 3 entregas?").Lacks("Por segundo")
	s.Press("s").Has("3 entregas canceladas")
}

// running is a replay of six of which so many have been delivered.
func running(t *testing.T, f *fake, l look, delivered int) *stage {
	t.Helper()
	s := open(t, f, l)
	s.Press("a", "r", "s")
	for i := range delivered {
		d := dlv(2000+i, "zapier-es", "call.tag.added", model.DeliveryDelivered, 200, time.Millisecond)
		d.ReplayOf = "rpl_1"
		f.add(d)
	}
	s.Fire()
	return s
}

func TestAReplayShowsItsProgressAndItsResult(t *testing.T) {
	s := running(t, failing(6), es80, 2)
	s.Has("reenvío", "2/6", "p pausar", "esc ocultar")
	s.Press("p").Has("en pausa", "p seguir")
	if got := s.fake.called("HoldReplay"); len(got) != 1 {
		t.Errorf("calls %q", got)
	}
	s.Press("p").Lacks("en pausa")
	s.Press("esc").Has("reenvío 2/6").Lacks("esc ocultar")
	for i := range 4 {
		d := dlv(3000+i, "zapier-es", "call.tag.added", model.DeliveryDelivered, 200, time.Millisecond)
		d.ReplayOf = "rpl_1"
		if i == 3 {
			d.State = model.DeliveryDead
		}
		s.fake.add(d)
	}
	s.Fire().Fire().Has("5 entregadas, 1 fallida · v las muestra").Lacks("reenvío 2/6")
	s.Press("v").Has("filtro: replay:rpl_1", "6 de")
}

func TestInterruptStopsWhatIsLeftOfAReplay(t *testing.T) {
	s := running(t, failing(6), es80, 2)
	s.Press("ctrl+c")
	if got := s.fake.called("Cancel"); len(got) != 1 || !strings.Contains(got[0], "replay:rpl_1") || !strings.Contains(got[0], "state:queued") {
		t.Errorf("calls %q", got)
	}
}

func TestQuittingWhileAReplayRunsIsAskedFor(t *testing.T) {
	s := running(t, failing(6), es80, 2)
	s.Press("q").Has("Salir lo deja en cola; seguirá al volver")
	if s.Quit() {
		t.Fatal("quit unasked")
	}
	s.Press("esc", "q", "s")
	if !s.Quit() {
		t.Error("does not quit")
	}
}

// A demonstration does not promise that it goes on.
func TestQuittingADemonstrationEndsItsReplay(t *testing.T) {
	s := running(t, failing(6), es80, 2)
	s.list.env.Passing = true
	s.Press("q").Has("y el reenvío", "con ella: lo que falta no se enviará.").Lacks("seguirá al volver")
	s.Press("s")
	if !s.Quit() {
		t.Error("does not quit")
	}
}

func TestOneReplayCanBeTakenBack(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "r").Has("u la cancela mientras espera").Press("u")
	if got := s.fake.called("Cancel"); len(got) != 1 || !strings.Contains(got[0], "replay:rpl_1") {
		t.Errorf("calls %q", got)
	}
}

func TestReadOnlyMarksButOffersNoVerbsOnMany(t *testing.T) {
	s := open(t, some(), es80)
	s.list.env.ReadOnly = true
	s.Press("a", "r").Lacks("¿Reenviar").Press("x").Lacks("Reenviar", "Cancelar", "Emitir")
}
