package deliveries

import (
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
)

// What is held says what it waits for, never when it was due.
func TestAHeldDeliverySaysWhatItWaitsFor(t *testing.T) {
	for name, c := range map[string]struct {
		alerts []page.Alert
		want   string
	}{
		"open":     {[]page.Alert{{Kind: page.AlertBreaker, Hook: "crm-prod", Until: at.Add(time.Minute)}}, "próximo intento a las 15:01:00."},
		"half":     {[]page.Alert{{Kind: page.AlertBreaker, Hook: "crm-prod"}}, "se está probando el receptor"},
		"due":      {[]page.Alert{{Kind: page.AlertBreaker, Hook: "crm-prod", Until: at.Add(-time.Second)}}, "se está probando el receptor"},
		"disabled": {[]page.Alert{{Kind: page.AlertDisabled, Hook: "crm-prod", Value: string(model.DisabledGone)}}, "el webhook está desactivado"},
		"another":  {[]page.Alert{{Kind: page.AlertBreaker, Hook: "bi", Until: at.Add(time.Minute)}}, "hasta que se reanude"},
	} {
		t.Run(name, func(t *testing.T) {
			f := many(0)
			held := dlv(1, "crm-prod", "call.processed", model.DeliveryHeld, 503, time.Millisecond)
			held.Error, held.NextAt = model.CodeServerError, at.Add(-time.Minute)
			f.rows = []model.Delivery{held}
			wide := es120
			wide.W, wide.H = 200, 60
			s := open(t, f, wide)
			s.Send(page.EngineMsg{State: page.EngineLive, Alerts: c.alerts})
			s.Has("Retenida", c.want).Lacks("hace 1 min")
			narrow := open(t, f, es80)
			narrow.Send(page.EngineMsg{State: page.EngineLive, Alerts: c.alerts})
			narrow.Lacks("próximo intento hace")
		})
	}
}
