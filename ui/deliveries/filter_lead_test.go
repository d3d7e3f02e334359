package deliveries

import (
	"testing"

	"hooktop/ui/page"
)

func TestAnotherScreenLeadsToWhatAFilterMatches(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("o", "r")
	s.Send(page.GoMsg{Tab: "deliveries", Filter: "hook:crm-prod"})
	s.Has("hook:crm-prod", "crm-prod").Lacks("bi-panel", "datalake")
	s.Send(page.GoMsg{Tab: "deliveries", Filter: "hook:crm-prod"})
	if len(s.list.past) != 1 {
		t.Errorf("%d views to go back to for one that was left", len(s.list.past))
	}
	s.Press("esc")
	if s.list.query != "" || s.list.groups.by != byReason {
		t.Errorf("esc goes back to %q by %q", s.list.query, s.list.groups.by)
	}
}

func TestAFilterMayComeBeforeTheFirstReading(t *testing.T) {
	l := newList(t.Context(), envOf(es80), some().verbs())
	l.SetSize(80, 22)
	drive(t, l, l.Filter("hook:datalake"))
	if l.query != "hook:datalake" || len(l.win.ids()) != 1 {
		t.Errorf("%q shows %v", l.query, l.win.ids())
	}
}

func TestAWrongFilterFromElsewhereStandsInTheField(t *testing.T) {
	s := open(t, some(), es80)
	s.Send(page.GoMsg{Tab: "deliveries", Filter: "estado:x"})
	if !s.list.Typing() || s.list.fault == nil || s.list.query != "" {
		t.Errorf("typing %v, fault %v, shows %q", s.list.Typing(), s.list.fault, s.list.query)
	}
}

func TestAWebhookWithoutDeliveriesSaysHowToMakeOne(t *testing.T) {
	s := open(t, some(), es80)
	s.Send(page.GoMsg{Tab: "deliveries", Filter: `hook:"mi crm"`})
	s.Has("Aún no hay entregas de «mi crm»", "E emite")
	s.Send(page.GoMsg{Tab: "deliveries", Filter: `hook:"mi crm" state:dead`})
	s.Has("Nada coincide")
}
