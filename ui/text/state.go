package text

import "hooktop/model"

// StateWords have one word or sentence for each value of the model's closed sets.
type StateWords struct {
	Hook     map[model.HookState]string
	Verify   map[model.VerifyState]string
	Delivery map[model.DeliveryState]string
	Outcome  map[model.Outcome]string
	Breaker  map[model.BreakerState]string
	Change   map[model.ChangeKind]string
	Disabled map[model.DisableReason]string // why a webhook is disabled
	Step     map[model.StepName]string
	Doing    map[model.StepState]string // how far a step has come
	Warning  map[model.Warning]string   // a sentence and its cure
	Echo     map[model.Echo]string
	Key      map[model.KeyCheck]string
	Field    map[model.Field]string
}

// wordOf is the word for v; a value from a newer program shows itself, clean.
func wordOf[K ~string](words map[K]string, v K) string {
	if s, ok := words[v]; ok {
		return s
	}
	return Clean(string(v))
}

func (w *Words) HookState(s model.HookState) string         { return wordOf(w.State.Hook, s) }
func (w *Words) VerifyState(s model.VerifyState) string     { return wordOf(w.State.Verify, s) }
func (w *Words) DeliveryState(s model.DeliveryState) string { return wordOf(w.State.Delivery, s) }
func (w *Words) Outcome(o model.Outcome) string             { return wordOf(w.State.Outcome, o) }
func (w *Words) BreakerState(s model.BreakerState) string   { return wordOf(w.State.Breaker, s) }
func (w *Words) ChangeKind(k model.ChangeKind) string       { return wordOf(w.State.Change, k) }
func (w *Words) Disabled(r model.DisableReason) string      { return wordOf(w.State.Disabled, r) }

// ChangeReason is why a webhook was disabled, or which failure made it a draft; empty
// for a change that needs no reason.
func (w *Words) ChangeReason(c model.Change) string {
	if c.Reason == "" {
		return ""
	}
	if s, ok := w.State.Disabled[model.DisableReason(c.Reason)]; ok {
		return s
	}
	return w.Failure(&model.Failure{Code: model.Code(c.Reason)}).What
}

func (w *Words) Step(s model.StepName) string       { return wordOf(w.State.Step, s) }
func (w *Words) StepState(s model.StepState) string { return wordOf(w.State.Doing, s) }
func (w *Words) Warning(v model.Warning) string     { return wordOf(w.State.Warning, v) }
func (w *Words) Echo(e model.Echo) string           { return wordOf(w.State.Echo, e) }
func (w *Words) KeyCheck(k model.KeyCheck) string   { return wordOf(w.State.Key, k) }
func (w *Words) Field(f model.Field) string         { return wordOf(w.State.Field, f) }
