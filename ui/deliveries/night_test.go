package deliveries

import (
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// What is pending is told before how long the others took: on a bad night it is most of all.
func TestWhatWaitsIsCountedOnNarrowScreens(t *testing.T) {
	f := some()
	f.stats = model.Stats{Delivered: 915, Retrying: 137, Dead: 773, Pending: 1580, P50: 49 * time.Millisecond, P95: 5 * time.Second, P99: 6 * time.Second}
	open(t, f, es80).Has("1.580 pendientes")
}

// Quitting stops a replay only where this program is the one that sends.
func TestQuittingBesideTheSenderAsksNothing(t *testing.T) {
	s := running(t, failing(6), es80, 2)
	if s.list.Leave() == nil {
		t.Error("the sender ends without a word")
	}
	s.Send(page.EngineMsg{State: page.EngineLive, Alerts: []page.Alert{{Kind: page.AlertOwner, Value: "4711"}}})
	if s.list.Leave() != nil {
		t.Error("told that a replay stops that goes on")
	}
}

// A disabled webhook is said to be so in words, not by the value kept.
func TestTheTraceSaysInWordsWhyAWebhookIsDisabled(t *testing.T) {
	d := &detail{env: envOf(en80), width: 80}
	var got []string
	for _, l := range d.decision(model.Decision{Hook: "old", Result: model.DecisionDisabled, Value: string(model.DisabledGone)}) {
		got = append(got, l.Plain())
	}
	if said := strings.Join(got, " "); strings.Contains(said, "value:") || !strings.Contains(said, "410") {
		t.Errorf("%q", said)
	}
}

// "Since when?" is answered after midnight too: a row of another day says which.
func TestRowsOfAnotherDaySayTheDay(t *testing.T) {
	for _, l := range []look{{W: 40, H: 12, Lang: text.ES}, es80, es120} {
		f := some()
		f.rows[0].CreatedAt = at.Add(-26 * time.Hour)
		s := open(t, f, l)
		s.Has("03-13 13:00", "14:59:56")
		now := at.Add(10 * time.Hour)
		s.list.env.Now = func() time.Time { return now }
		s.fresh().Has("03-14 14:59").Lacks("14:59:56")
	}
}

// Nothing is cut beside empty space: a short webhook leaves the room to the reason.
func TestAReasonHasTheRoomThatWebhooksLeave(t *testing.T) {
	f := &fake{}
	d := dlv(990, "crm-1", "call.processed", model.DeliveryDead, 0, time.Second)
	d.Error = model.CodeTimeout
	f.add(d)
	for _, l := range []look{es80, en80} {
		open(t, f, l).Press("o", "r").Has("crm-1").Lacks("…")
	}
}

// Words that are found nowhere may stand in an answer, which is not searched.
func TestASearchInVainSaysWhereItLooked(t *testing.T) {
	filtered(some(), t, es80, "timeout").Has("Nada coincide", "Se buscó en ids", "error:…")
	filtered(some(), t, es80, "hook:nadie").Has("Nada coincide").Lacks("Se buscó")
}

// A reason is said whole in every size, and a click on its second line is one on it.
func TestALongReasonGoesOnBelowItself(t *testing.T) {
	late := dlv(991, "crm-prod", "call.processed", model.DeliveryDead, 0, time.Second)
	keyless := dlv(990, "enriquecimiento-de-registros", "call.processed", model.DeliveryDead, 401, time.Second)
	late.Error, keyless.Error = model.CodeTimeout, model.CodeAuthMissing
	f := &fake{}
	f.add(late, keyless)
	for _, l := range uitest.Looks() {
		s := open(t, f, l)
		s.Press("o", "r").Fits()
		why := text.For(l.Lang).Failure(&model.Failure{Code: model.CodeAuthMissing, Reason: "401"}).What
		for _, word := range strings.Fields(why) {
			s.Has(word)
		}
		if l.W == 80 {
			words := strings.Fields(why)
			s.ClickOn(words[len(words)-1])
			if got := s.list.groups.rows.Selected(); !strings.Contains(got, "401") {
				t.Errorf("selected %q", got)
			}
		}
	}
}

// Not all that are claimed are on the wire, so their number is not called that.
func TestAGroupOfThoseBeingSentSaysThatSomeAreNotYet(t *testing.T) {
	f := &fake{}
	f.add(dlv(1, "crm-prod", "call.processed", model.DeliverySending, 0, 0), dlv(2, "crm-prod", "call.processed", model.DeliverySending, 0, 0))
	open(t, f, es80).Has("▸ enviando").Press("o", "r").Has("▸ enviando o a punto", "×2")
	open(t, f, en80).Press("o", "r").Has("▸ sending or about to", "×2")
}
