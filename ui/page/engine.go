package page

import (
	"slices"
	"time"

	"hooktop/model"
)

// EngineState is what the sender does, as the header says it on every screen.
type EngineState string

const (
	EngineLive       EngineState = "live"
	EngineStopped    EngineState = "stopped" // nobody sends
	EngineConnecting EngineState = "connecting"
	EngineReadOnly   EngineState = "readonly"
)

// EngineMsg tells the shell what the sender does now. Only the newest one counts.
type EngineMsg struct {
	State EngineState
	Rate  float64 // attempts per second; 0: not shown
	Owner int     // pid of another process that sends; 0: this one

	Failed int     // deliveries given up today
	Alerts []Alert // what a person should know of now, the gravest first
}

// Equal reports that nothing has changed since o.
func (m EngineMsg) Equal(o EngineMsg) bool {
	return m.State == o.State && m.Rate == o.Rate && m.Owner == o.Owner && m.Failed == o.Failed && slices.Equal(m.Alerts, o.Alerts)
}

// AlertKind is one of the things that stand in the way of deliveries.
type AlertKind string

const (
	AlertGone      AlertKind = "gone"      // the file was deleted or replaced
	AlertFull      AlertKind = "full"      // the disk has no room for results
	AlertStalled   AlertKind = "stalled"   // results cannot be written; Value is why
	AlertStopped   AlertKind = "stopped"   // nobody sends
	AlertDisabled  AlertKind = "disabled"  // a webhook switched off by its receiver or by failing; Value is the reason's word
	AlertFailing   AlertKind = "failing"   // a webhook without one success Since
	AlertBreaker   AlertKind = "breaker"   // a webhook's breaker is open; Until is its next try
	AlertCondition AlertKind = "condition" // a webhook's condition fails, so that nothing matches; Value is why
	AlertSkew      AlertKind = "skew"      // the system's clock was set while we ran, by Span
	AlertOwner     AlertKind = "owner"     // another process sends; Value is its pid
)

// Alert is something to know of as long as it lasts.
type Alert struct {
	Kind  AlertKind
	Hook  string    // the webhook's name; clean
	Since time.Time // zero: not known
	Until time.Time // zero: not known
	Span  time.Duration
	Value string // clean

	// Why the webhook's last attempt failed, as model.Failure has it; empty: not known.
	Code   model.Code
	Reason string
}

// Hold is the alert that says why a webhook's deliveries are kept back; false where
// none does.
func (e *Env) Hold(hook string) (Alert, bool) {
	i := slices.IndexFunc(e.Alerts, func(a Alert) bool {
		return a.Hook == hook && (a.Kind == AlertBreaker || a.Kind == AlertFailing || a.Kind == AlertDisabled)
	})
	if i < 0 {
		return Alert{}, false
	}
	return e.Alerts[i], true
}

// Freezer is a page whose view can stand still while the sender works on: the
// header says so while Frozen reports it.
type Freezer interface{ Frozen() bool }
