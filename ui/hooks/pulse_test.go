package hooks

import (
	"context"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

func (f *fake) Series(_ context.Context, id string, since, until time.Time, step time.Duration) (model.Series, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := model.Series{Since: since, Until: until, Step: step, Points: f.series[id]}
	for _, p := range s.Points {
		s.Total.Delivered, s.Total.Failed = s.Total.Delivered+p.Delivered, s.Total.Failed+p.Failed
	}
	return s, f.faults["Series"]
}

func (f *fake) Breakers(context.Context) (map[string]model.Breaker, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.breakers, f.faults["Breakers"]
}

// hourOf are the steps of an hour with so many deliveries and failed attempts each.
func hourOf(delivered, failed int64) []model.Point {
	out := make([]model.Point, pulseSpan/pulseStep)
	for i := range out {
		if i > 3 {
			out[i] = model.Point{Delivered: delivered * int64(i%4), Failed: failed}
		}
	}
	return out
}

// busy are webhooks of which one is well, one is cut off, one was switched off by its
// receiver and one has done nothing.
func busy() *fake {
	well, ill := crm(), bi()
	ill.State = model.HookActive
	ill.Failing = model.Streak{Since: at.Add(-time.Hour), Attempts: 12}
	f := newFake(well, ill, old(), flow())
	f.series = map[string][]model.Point{well.ID: hourOf(90, 1), ill.ID: hourOf(1, 9)}
	f.breakers = map[string]model.Breaker{ill.ID: {State: model.BreakerOpen, Until: at.Add(252 * time.Second)}}
	return f
}

func TestTheListSaysHowTheLastHourWas(t *testing.T) {
	d := open(t, busy(), es80).Has("últ. hora", "éxito", "99,3 %", "14,3 %")
	crm := d.Line(4)
	if !strings.Contains(crm, "····▁▃▆█▁▃▆█") {
		t.Errorf("the last hour of crm-prod is %q", crm)
	}
	for width, head := range map[int]string{80: "triggers", 119: "triggers", 120: " trig. ", 200: "triggers"} {
		open(t, busy(), look{W: width, H: 40, Lang: text.EN}).Fits().Has("7/7", head, "last hour", "····▁▃▆█▁▃▆█", "99.3 %", "success")
	}
	open(t, busy(), look{W: 40, H: 12, Lang: text.EN}).Fits().Has("7/7", "99.3 %").Lacks("▃")
}

func TestWhatStopsAWebhookStandsUnderIt(t *testing.T) {
	f := busy()
	d := open(t, f, es80).Has("■ cortado", "cortacircuitos abierto · reintento en 04:12\n", "solo fallos desde 14:00:00",
		"su receptor respondió 410: ya no quiere recibir")
	if rows := strings.Count(d.Screen(), "▸ "); rows != 4 {
		t.Errorf("%d rows of 4 webhooks:\n%s", rows, d.Screen())
	}
	d.Press("down", "enter").Has("■ cortado").Press("esc", "down", "enter").Has("datalake")
	f.mu.Lock()
	f.breakers = map[string]model.Breaker{"wh_02BI": {State: model.BreakerHalfOpen}}
	f.mu.Unlock()
	d.Press("esc").Send(changedMsg{}).Has("cortacircuitos abierto · se está probando")
	f.mu.Lock()
	f.breakers, f.hooks[1].Failing = nil, model.Streak{}
	f.mu.Unlock()
	d.Send(changedMsg{}).Has("● activo").Lacks("cortacircuitos", "solo fallos")
}

// The list and the webhook itself say the same of it, and why.
func TestAnOpenBreakerIsToldWithItsCauseOnEveryPage(t *testing.T) {
	f := busy()
	f.hooks[1].Failing.Since = at.Add(-30 * time.Hour)
	for _, l := range []look{es80, {W: 120, H: 40, Lang: text.ES}} {
		d := open(t, f, l)
		d.Send(page.EngineMsg{Alerts: []page.Alert{{Kind: page.AlertBreaker, Hook: nameOf(f.hooks[1].Hook), Code: model.CodeServerError, Reason: "503"}}})
		d.Has("solo fallos desde 03-13 09:00 · 503")
		d.Press("down", "enter").Has("Estado          ■ cortado", "reintento a las 15:04:12", "solo fallos desde 03-13 09:00 · 503").Lacks("● activo")
	}
}

func TestTheClockUnderAWebhookRuns(t *testing.T) {
	now := at
	l := New(envOf(es80), busy().verbs()).(*list)
	l.env.Now = func() time.Time { return now }
	l.SetSize(80, 22)
	l.Init()
	f := busy()
	l.Update(readMsg{to: l, n: 1, hooks: f.hooks, cut: breakers{of: f.breakers}})
	now = at.Add(12 * time.Second)
	if cmd := l.Update(secondMsg{l}); cmd == nil || !strings.Contains(l.View(), "reintento en 04:00") {
		t.Errorf("after 12 s:\n%s", l.View())
	}
	now = at.Add(time.Hour)
	if cmd := l.Update(secondMsg{l}); cmd != nil || !strings.Contains(l.View(), "se está probando") {
		t.Errorf("after an hour it still counts:\n%s", l.View())
	}
}

func TestMeasuringTakesAHundredthOfTheTime(t *testing.T) {
	l := New(envOf(es80), busy().verbs()).(*list)
	for took, want := range map[time.Duration]time.Duration{time.Millisecond: 10 * time.Second, time.Second: 100 * time.Second} {
		if got := l.measured(pulseMsg{to: l, took: took})(); got.(page.AfterMsg).Wait != want {
			t.Errorf("after %v it rests %v, want %v", took, got, want)
		}
	}
}

func TestWhatCannotBeMeasuredIsNotShown(t *testing.T) {
	f := busy()
	f.faults["Series"], f.faults["Breakers"] = context.DeadlineExceeded, context.DeadlineExceeded
	open(t, f, es80).Has("crm-prod").Lacks(" %", "cortacircuitos abierto")
}

// A webhook whose breaker cannot be read is not said to be well.
func TestBreakersThatCannotBeReadAreUnknown(t *testing.T) {
	f := busy()
	for lang, want := range map[text.Lang]string{text.ES: "! cortacircuitos: no se sabe", text.EN: "! circuit breakers: unknown"} {
		f.faults["Breakers"] = context.DeadlineExceeded
		for _, w := range []int{40, 80, 120} {
			d := open(t, f, look{W: w, H: 40, Lang: lang}).Fits().Has(want)
			if d.Press("enter"); w > 40 { // there it takes two lines
				d.Has(want)
			}
		}
		f.faults["Breakers"] = nil
		open(t, f, look{W: 80, H: 24, Lang: lang}).Lacks(want)
	}
	d := open(t, f, es80).Has("■ cortado")
	f.mu.Lock()
	f.faults["Breakers"] = context.DeadlineExceeded
	f.mu.Unlock()
	d.Send(changedMsg{}).Has("■ cortado", "! cortacircuitos: no se sabe") // what was known is not forgotten
}
