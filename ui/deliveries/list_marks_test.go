package deliveries

import (
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func TestMarkedDeliveriesAreWhatTheVerbsAreFor(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "space", "space").Has("● 2 marcadas", "●   14:59:58", "●   14:59:57")
	s.Press("r").Has("¿Reenviar 2 entregas?").Press("s")
	if got := s.fake.called("Replay"); len(got) != 1 || !strings.HasSuffix(got[0], "dlv_0100000998 dlv_0100000997") {
		t.Errorf("calls %q", got)
	}
	s.Lacks("marcadas")
}

// What is of one delivery stays with the one selected, and sending and cancelling are of
// the marked ones.
func TestBesideTheMarkedOneCopiesAndReadsTheSelected(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("space")
	d, ok := s.list.selected()
	var ids []string
	for _, a := range s.list.verbs(d, ok) {
		ids = append(ids, a.ID)
	}
	if got := strings.Join(ids, " "); got != "delivery.replay delivery.retry delivery.cancel delivery.copy delivery.pager" {
		t.Errorf("the verbs are %s", got)
	}
}

func TestARangeOfMarksGrowsAndShrinks(t *testing.T) {
	s := open(t, some(), en80)
	s.Press("down", "shift+down", "shift+down", "shift+down").Has("4 marked")
	s.Press("shift+up").Has("3 marked")
	s.Press("shift+up", "shift+up", "shift+up").Has("2 marked")
}

// All in the filter is a selection by filter: what it matches is not loaded, and
// what comes later is not meant.
func TestAllOfAFilterAreMarkedWithoutLoadingThem(t *testing.T) {
	f := many(1000)
	s := open(t, f, es80)
	pages := f.pages
	s.Press("a").Has("● 1.000 marcadas", "u deshace")
	if f.pages != pages {
		t.Errorf("%d pages were read to mark", f.pages-pages)
	}
	sel := s.list.marks.selection()
	if len(sel.IDs) > 0 || !sel.Filter.Until.Equal(at) {
		t.Errorf("selection %+v", sel)
	}
	late := dlv(9000, "tarde", "call.processed", model.DeliveryQueued, 0, 0)
	late.CreatedAt = at.Add(time.Second)
	if s.list.marks.has(late) {
		t.Error("what came later is marked")
	}
	s.Press("u").Lacks("marcadas")
	s.Press("a", "down", "space").Has("999 marcadas")
	if not := s.list.marks.selection().Filter.Not; not == nil || len(not.IDs) != 1 {
		t.Errorf("not %+v", not)
	}
}

// UX 4.8: esc clears the marks first, then the filter.
func TestEscGoesBackInOrder(t *testing.T) {
	s := filtered(some(), t, es80, "state:retrying")
	s.Press("space").Has("1 marcada", "filtro: state:retrying")
	s.Press("esc").Lacks("marcada").Has("filtro: state:retrying")
	s.Press("esc").Lacks("filtro: ").Has("hoy 12.433")
}

func TestAnotherFilterClearsTheMarks(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("space").Has("1 marcada").Press("f").Lacks("marcada")
}

// UX 4.15: failed, grouped by reason, and from there to the deliveries and back.
func TestReasonsAreGroupedAndLeadToTheirDeliveries(t *testing.T) {
	f := some()
	for i := range 5 {
		d := dlv(900+i, "zapier-es", "call.tag.added", model.DeliveryDead, 401, 88*time.Millisecond)
		d.Error = model.CodeAuthRejected
		f.rows = append(f.rows, d)
	}
	s := open(t, f, es80)
	s.Press("o").Has("agrupar por motivo").Press("r")
	s.Has("✗ 401: su receptor rechazó la clave", "zapier-es", "×6", "×1")
	if got := s.list.groups.rows.Selected(); got != "wh_zapier-es 401" {
		t.Errorf("the first group is %q", got)
	}
	s.Press("enter").Has("filtro: status:401 hook:zapier-es", "6 de 14")
	s.Press("esc").Has("motivo", "×6").Lacks("filtro: ")
	s.Press("down", "esc").Lacks("motivo ").Has("hoy 12.433", "datalake")
}

func TestGroupsKeepTheirPlacesWhileTheyGrow(t *testing.T) {
	f := some()
	s := open(t, f, es80)
	s.Press("o", "w")
	before := strings.Join(s.list.groups.order, " ")
	for i := range 50 {
		f.add(dlv(1001+i, "datalake", "call.processed", model.DeliveryDead, 500, time.Millisecond))
	}
	s.Send(tallyMsg{to: &s.list.found, gen: s.list.found.gen - 1}) // a stale one
	s.list.found.touch()
	s.Fire()
	if after := strings.Join(s.list.groups.order, " "); after != before {
		t.Errorf("%s became %s", before, after)
	}
	s.Has("×51")
}

func TestEventTypesAreCountedOneByOne(t *testing.T) {
	s := open(t, some(), en80)
	s.Press("o", "e").Has("call.processed", "call.tag.added", "call.score.changed", "×2")
	s.Press("enter").Has("filter: event:call.")
}

func TestAGroupIsReplayedFromItsRow(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("o", "r", "r").Has("¿Reenviar 1 entrega?")
	if got := s.fake.called("Replay"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
}

func TestNarrowerReplacesAKeyAndKeepsTheRest(t *testing.T) {
	for _, c := range [][3]string{
		{"", "status:401", "status:401"},
		{`since:2h hook:a,b "dos palabras"`, "hook:a", `since:2h "dos palabras" hook:a`},
		{`hook:"mi \"crm\" x" !hook:b`, "hook:c", "!hook:b hook:c"},
	} {
		if got := narrower(c[0], c[1]); got != c[2] {
			t.Errorf("%q and %q: %q", c[0], c[1], got)
		}
	}
}

// A count is stopped by the next filter, and its answers are stale from then on.
func TestACountOfAnotherFilterIsDropped(t *testing.T) {
	f := many(100)
	f.look = 10
	l := newList(t.Context(), envOf(es80), f.verbs())
	first := l.found.count(model.Filter{})
	m := first().(tallyMsg)
	second := l.found.count(model.Filter{States: []model.DeliveryState{model.DeliveryDead}})
	if l.found.took(m) != nil || l.found.sum.Count != 0 {
		t.Errorf("a stale slice was counted: %d", l.found.sum.Count)
	}
	if m.ctx.Err() == nil {
		t.Error("the count before goes on")
	}
	n := second().(tallyMsg)
	l.found.took(n)
	if _, whole := l.found.tally(); whole || l.found.sum.Back.IsZero() {
		t.Error("one slice is taken for the whole")
	}
}
