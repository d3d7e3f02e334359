package deliveries

import (
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
)

// drive runs a command that does not wait for changes, and what follows from it.
func drive(t *testing.T, l *list, cmd tea.Cmd) {
	t.Helper()
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			drive(t, l, c)
		}
	case page.AfterMsg:
	default:
		if reflect.TypeOf(m) == reflect.TypeFor[freshMsg]() {
			l.Update(m) // what it arms again is the test's to run
			return
		}
		drive(t, l, l.Update(m))
	}
}

// One reading and one message for a burst of changes, a beat apart.
func TestABurstOfChangesCostsOneMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := many(10)
		f.changes = make(chan struct{}, 1)
		l := newList(t.Context(), envOf(es80), f.verbs())
		l.changes = f.Changes(t.Context())
		l.SetSize(80, 22)
		watch := l.watch()
		began := time.Now()
		for range 100 {
			f.tell()
		}
		m, ok := watch().(freshMsg)
		if took := time.Since(began); !ok || took != beat || len(m.newest.rows) != 10 {
			t.Errorf("after %v: %T with %d rows", took, m, len(m.newest.rows))
		}
		if f.pages != 1 {
			t.Errorf("%d pages were read", f.pages)
		}
	})
}

// What is read is what the screen needs then, not when the waiting began.
func TestTheWatchReadsWhatIsWantedNow(t *testing.T) {
	f := some()
	f.changes = make(chan struct{}, 1)
	l := newList(t.Context(), envOf(es80), f.verbs())
	l.beat = 0
	l.changes = f.Changes(t.Context())
	l.SetSize(80, 22)
	watch := l.watch()
	if f := l.narrow("state:dead"); f != nil {
		t.Fatal(f)
	}
	l.read()
	f.tell()
	m := watch().(freshMsg)
	if len(m.newest.rows) != 1 || m.newest.rows[0].State != model.DeliveryDead || m.gen != l.gen {
		t.Errorf("read %+v", m.newest.rows)
	}
}

func TestTheWatchIsArmedAgainAndEnds(t *testing.T) {
	f := some()
	f.changes = make(chan struct{}, 1)
	s := open(t, f, es80)
	for i := range 3 {
		f.add(dlv(1001+i, "crm-prod", "call.processed", model.DeliveryDelivered, 200, time.Millisecond))
		f.tell()
		s.WaitFor("▌    15:00:0" + string(rune('1'+i)))
	}
	f.fail("Page", &model.Fault{Code: model.CodeStoreGone, Field: model.FieldDB})
	f.tell()
	s.WaitFor("No se actualiza")
	f.fail("Page", nil)
	f.tell()
	s.WaitFor("hoy 12.433")
	close(f.changes)
	if s.list.watch()() != nil {
		t.Error("the watch goes on after the end")
	}
}

// Counting costs one reading a second at most, and the last change is counted.
func TestTheCountsAreReadOnceASecond(t *testing.T) {
	s := open(t, some(), es80)
	for range 5 {
		s.fresh()
	}
	if n := len(s.fake.called("Stats")); n != 1 {
		t.Errorf("counted %d times", n)
	}
	s.Fire()
	if n := len(s.fake.called("Stats")); n != 2 {
		t.Errorf("counted %d times after a second", n)
	}
	s.Fire().Fire()
	if n := len(s.fake.called("Stats")); n != 2 {
		t.Errorf("counted %d times at rest", n)
	}
}

// The delivery beside the list comes with the list, not in a message of its own; and
// only when something has happened to it.
func TestTheReadingBringsTheSelectedDelivery(t *testing.T) {
	s := open(t, some(), es120)
	n := len(s.fake.called("Delivery"))
	s.fresh().fresh()
	if got := len(s.fake.called("Delivery")); got != n {
		t.Errorf("a delivery that has not changed was read %d times", got-n)
	}
	s.fake.add(dlv(1001, "nueva", "call.processed", model.DeliveryQueued, 0, 0))
	m := s.list.fetch(t.Context(), s.list.asks.get())
	if m.chosen == nil || m.chosen.view.Hook != "nueva" {
		t.Fatalf("the reading brings %+v", m.chosen)
	}
	s.Send(m).Has("│ nueva · call.processed", "Cuerpo")
	if got := len(s.fake.called("Delivery")); got != n+1 {
		t.Errorf("the new delivery was read %d times", got-n)
	}
}

// A row is drawn again when it has changed, when the screen has, and not otherwise.
func TestRowsAreDrawnAgainWhenTheyChange(t *testing.T) {
	s := open(t, some(), es80)
	s.fake.change("dlv_0100000998", func(d *model.Delivery) { d.State = model.DeliveryDead })
	s.fresh()
	if !strings.Contains(s.Line(4), "✗ fallida") {
		t.Errorf("the row is %q", s.Line(4))
	}
	s.Send(page.LanguageMsg{Lang: "en"})
	if !strings.Contains(s.Line(4), "✗ failed") {
		t.Errorf("in English the row is %q", s.Line(4))
	}
}
