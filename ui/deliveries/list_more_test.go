package deliveries

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
)

func TestAnEditedBodyIsANewEventAndTheSameBytesAreNotSent(t *testing.T) {
	f := some()
	l := newList(t.Context(), envOf(es80), f.verbs())
	m := l.edit(bodyMsg{to: l, view: model.DeliveryView{Event: model.Event{Type: "call.tag.added", Body: []byte(`{"a":1}`)}}})().(page.EditMsg)
	if m.Name != "call.tag.added.json" || string(m.Data) != `{"a":1}` {
		t.Fatalf("%+v", m)
	}
	if said := l.Update(page.EditedMsg{ID: m.ID, Data: m.Data})().(page.ToastMsg); !strings.Contains(said.Text, "no se envía nada") {
		t.Errorf("said %q", said.Text)
	}
	if l.edited(page.EditedMsg{ID: m.ID, Data: []byte(`{}`), Changed: true}) != nil {
		t.Error("an answer was taken twice")
	}

	l.edits.id = "y"
	if l.edited(page.EditedMsg{ID: "y", Err: exec.ErrNotFound}) != nil {
		t.Error("what the shell says of an editor is said twice")
	}

	s := open(t, f, es80)
	s.list.edits = edits{id: "x", typ: "call.tag.added"}
	s.Send(page.EditedMsg{ID: "x", Data: []byte(`{"a":2}`), Changed: true}).Has("¿Emitir el evento?", "call.tag.added · 7 B", "exactamente como lo guardó")
	if got := f.called("Emit"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.Press("s").Has("Evento emitido: 1 entrega")
	if got := f.called("Emit"); len(got) != 1 || !strings.Contains(got[0], `{"a":2}`) {
		t.Errorf("calls %q", got)
	}
}

func TestARealEventIsEmittedAfterAQuestion(t *testing.T) {
	s := open(t, some(), en80)
	s.Press("E").Has("Emit a real event", "call.tag.added").Press("enter").Has("Emit the event?", "every active webhook").Press("enter")
	if got := s.fake.called("Emit"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.Press("E", "down", "enter", "s").Has("Event emitted: 1 delivery")
}

// Other screens offer it, too.
func TestARealEventCanBeAskedForFromOutside(t *testing.T) {
	s := open(t, some(), en80)
	s.Send(page.DoMsg{Tab: "deliveries", Action: "event.emit"}).Has("Emit a real event").Press("enter", "s").Has("Event emitted: 1 delivery")
	s.Send(page.DoMsg{Tab: "deliveries", Action: "delivery.replay"}).Lacks("Replay")
}

// The question may stand for long: the event is of the moment it is emitted.
func TestAnEventIsMadeWhenItIsEmitted(t *testing.T) {
	s := open(t, some(), en80)
	s.Press("E", "enter")
	asked := s.fake.minted
	s.Press("s")
	if got := s.fake.called("Emit"); len(got) != 1 || s.fake.minted != asked+1 || !strings.Contains(got[0], fmt.Sprintf("evt_minted%d", asked+1)) {
		t.Errorf("emitted %q, of %d made before the question was answered", got, asked)
	}
}

func TestOneKeyShowsAllThatWasSentAboutTheCall(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "down", "c").Has("llamada 10126872918086418832: ", "entregas a", "webhooks", "esc volver")
	if got := s.list.query; got != "call:10126872918086418832" {
		t.Errorf("the filter is %q", got)
	}
	s.Press("esc").Has("hoy 12.433", "▌    14:59:57 flujo-puntuaci…")
}

// What esc comes back to is where it was left, on the same line.
func TestBackIsWhereOneWas(t *testing.T) {
	s := open(t, many(3000), es80)
	for range 30 {
		s.Press("pgdown")
	}
	id, line := s.list.rows.Selected(), s.list.rows.Line()
	s.Press("c", "down", "esc")
	if got := s.list.rows.Selected(); got != id || s.list.rows.Line() != line {
		t.Errorf("%s on line %d, was %s on line %d", got, s.list.rows.Line(), id, line)
	}
}

func TestASearchThatIsStoppedSaysHowFarItCame(t *testing.T) {
	f := many(3000)
	f.look = 100
	l := newList(t.Context(), envOf(es80), f.verbs())
	l.SetSize(80, 22)
	_ = l.narrow("aguja")
	l.read()
	l.Update(l.fetch(t.Context(), l.asks.get()))
	l.found.took(l.found.count(l.filter)().(tallyMsg))
	if !l.searching() || !strings.Contains(l.View(), "buscando hasta") {
		t.Fatalf("not searching:\n%s", l.View())
	}
	stop := l.wayBack()
	if len(stop) != 1 || stop[0].ID != "list.stop" || l.Interrupt() == nil {
		t.Fatalf("esc does %+v", stop)
	}
	if l.searching() || l.more() != nil || !strings.Contains(l.View(), "búsqueda parada en") {
		t.Errorf("it goes on:\n%s", l.View())
	}
	if l.wayBack()[0].ID != "list.unfilter" {
		t.Error("esc does not clear the filter then")
	}
	l.end()
	if !l.searching() {
		t.Error("the end does not search on")
	}
}

func TestTheSessionIsKept(t *testing.T) {
	f := some()
	s := open(t, f, es80)
	s.Press("f", "o", "r")
	kept := s.list.Keep()
	l := newList(t.Context(), envOf(es80), f.verbs())
	l.Restore(kept)
	if l.query != "state:dead" || l.groups.by != byReason {
		t.Errorf("%v gave %q by %q", kept, l.query, l.groups.by)
	}
	s.Press("esc", "esc", "down", "down")
	l = newList(t.Context(), envOf(es80), f.verbs())
	l.Restore(s.list.Keep())
	l.SetSize(80, 22)
	drive(t, l, l.read())
	if got := l.rows.Selected(); got != "dlv_0100000997" || l.follow {
		t.Errorf("selected %s, follows: %v", got, l.follow)
	}
	l.Restore(map[string]string{"filter": "estado:x", "group": "color", "selected": "dlv_gone"})
	if l.query != "" || l.groups.by == "color" {
		t.Errorf("%q by %q", l.query, l.groups.by)
	}
}

func TestAClickSelectsAndASecondOneOpens(t *testing.T) {
	s := open(t, some(), es80)
	s.ClickOn("datalake").Has("▌    14:59:56 datalake")
	s.fake.add(dlv(1001, "otra", "call.processed", model.DeliveryQueued, 0, 0))
	s.fresh().Has("▌    14:59:56 datalake")
	s.ClickOn("datalake").Has("Resumen")
	s.Press("esc").Wheel(3).Has("▌    14:59:48")
}

func TestTheFocusGoesToThePaneAndBack(t *testing.T) {
	s := open(t, some(), es120)
	s.Press("down", "down", "down", "tab")
	if !s.list.side {
		t.Fatal("the pane has no focus")
	}
	s.Press("z").Lacks("zapier-es").Has("datalake · call.score.changed")
	s.Press("z").Has("zapier-es").Press("esc")
	if s.list.side {
		t.Error("the pane keeps the focus")
	}
	s.Press("tab").Resize(100, 30)
	if s.list.side {
		t.Error("a hidden pane has the focus")
	}
}

func TestTheAttemptsOfTwoHoursAreDrawnWhereThereIsRoom(t *testing.T) {
	s := open(t, some(), es120)
	s.Has("máx. 42/min", "█")
	s.Resize(120, 28).Lacks("máx.").Resize(119, 40).Lacks("máx.")
	n := len(s.fake.called("Series"))
	s.fresh().fresh()
	if got := len(s.fake.called("Series")); got > n+1 {
		t.Errorf("read %d times within its rest", got-n)
	}
}

// A demonstration begins with no attempt: what its first minute brings is drawn soon.
func TestTheFirstAttemptIsDrawnSoon(t *testing.T) {
	resting := func(s *stage) (found []time.Duration) {
		for _, w := range s.Timers() {
			if _, ok := w.Msg.(sparkAgainMsg); ok {
				found = append(found, w.Wait)
			}
		}
		return found
	}
	f := some()
	f.quiet = true
	s := open(t, f, es120)
	s.Has("sin datos en 2 h")
	if got := resting(s); !slices.Equal(got, []time.Duration{sparkSoon}) {
		t.Errorf("it rests %v", got)
	}
	if got := resting(open(t, some(), es120)); !slices.Equal(got, []time.Duration{sparkWait}) {
		t.Errorf("it rests %v with attempts to show", got)
	}
}

// At a thousand changes a second ten readings a second are made at most; a change
// after a silence is shown at once.
func TestTheBeatIsSlowerWhereChangesFollowEachOther(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct{ beat, waited, took, want time.Duration }{
		{beat, time.Hour, 0, beat},
		{beat, 0, 0, busyBeat},
		{beat, 50 * ms, 0, 50 * ms},
		{beat, 99 * ms, 0, beat},
		{beat, 0, 20 * ms, 180 * ms},
		{0, 0, 0, 0},
	} {
		if got := pace(c.beat, c.waited, c.took); got != c.want {
			t.Errorf("beat %v after %v, read in %v: %v, want %v", c.beat, c.waited, c.took, got, c.want)
		}
	}
}

func TestNoTwoBindingsOfTheListCollide(t *testing.T) {
	states := map[string][]string{"live": nil, "marked": {"down", "space"}, "grouped": {"o", "r"}, "pane": {"tab"}, "filtered": {"f"}, "frozen": {"p"}}
	for name, keys := range states {
		s := open(t, some(), es120)
		s.Press(keys...)
		taken := map[string]string{}
		for _, a := range s.list.Actions() {
			for _, k := range a.Keys {
				if other, ok := taken[k]; ok && !a.Off {
					t.Errorf("%s: %s is %s and %s", name, k, other, a.ID)
				}
				if !a.Off {
					taken[k] = a.ID
				}
			}
		}
	}
}

// The pager gets what the screen is about: what was sent, or what was answered.
func TestABodyCanBeReadInThePager(t *testing.T) {
	read := func(s *stage, actions []page.Action) page.ReadMsg {
		t.Helper()
		for _, a := range actions {
			if a.ID == pagerID && slices.Contains(a.Keys, "P") && !a.Off {
				m, _ := a.Do()().(page.ReadMsg)
				return m
			}
		}
		t.Fatalf("it is not offered:\n%s", s.Screen())
		return page.ReadMsg{}
	}
	f := some()
	s := open(t, f, es80)
	s.Press("down", "down", "down")
	if m := read(s, s.list.Actions()); m.Name != "call.score.changed.json" || string(m.Data) != string(f.body) {
		t.Errorf("%q of %q", m.Name, m.Data)
	}
	s.Press("enter")
	if m := read(s, s.app.Actions()); m.Name != "call.score.changed.json" || string(m.Data) != string(f.body) {
		t.Errorf("%q of %q", m.Name, m.Data)
	}
	s.Press("3")
	if m := read(s, s.app.Actions()); m.Name != "response.txt" || !strings.Contains(string(m.Data), "upstream") {
		t.Errorf("%q of %q", m.Name, m.Data)
	}
}
