package cli

import (
	"time"

	"hooktop/model"
)

type sentence struct{ What, Why, Cure string }

func (a *app) fault(f *model.Fault) sentence {
	if f.Code == model.CodeUsage {
		return sentence{What: f.Value}
	}
	return sentence{What: string(f.Code) + " " + f.Value}
}
func (a *app) failed(f *model.Failure) sentence       { return sentence{What: string(f.Code), Why: f.Detail} }
func (a *app) duration(d time.Duration) string        { return d.Round(time.Millisecond).String() }
func (a *app) hookState(s model.HookState) string     { return string(s) }
func (a *app) verifyState(s model.VerifyState) string { return string(s) }
func (a *app) changeKind(k model.ChangeKind) string   { return string(k) }
func (a *app) warning(w model.Warning) string         { return string(w) }
