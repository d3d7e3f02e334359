package link

import (
	"context"
	"encoding/json"
	"errors"

	"hooktop/model"
)

// wireHook is a webhook with its secrets in clear: model.Secret marshals to its mask.
// The outer fields take the place of the embedded ones of the same name.
type wireHook struct {
	model.Hook
	Authorization, Secret, OldSecret string
}

func toWire(h model.Hook) wireHook {
	w := wireHook{Hook: h, Authorization: h.Authorization.Reveal(), Secret: h.Secret.Reveal(), OldSecret: h.OldSecret.Reveal()}
	w.Hook.Authorization, w.Hook.Secret, w.Hook.OldSecret = model.Secret{}, model.Secret{}, model.Secret{}
	return w
}

func (w wireHook) hook() model.Hook {
	h := w.Hook
	h.Authorization, h.Secret, h.OldSecret = model.NewSecret(w.Authorization), model.NewSecret(w.Secret), model.NewSecret(w.OldSecret)
	return h
}

// String keeps secrets out of whatever prints one.
func (wireHook) String() string { return "webhook" }

type wireView struct {
	Hook         wireHook
	Verification *model.Verification
	LastAttempt  *model.TestResult
}

func toView(v model.HookView) wireView {
	return wireView{toWire(v.Hook), v.Verification, v.LastAttempt}
}

func (w wireView) view() model.HookView {
	return model.HookView{Hook: w.Hook.hook(), Verification: w.Verification, LastAttempt: w.LastAttempt}
}

// wireDelivery keeps the delivery's number of attempts apart from the attempts.
type wireDelivery struct {
	Row      model.Delivery
	Event    model.Event
	Attempts []model.Attempt
}

type wireSaved struct {
	Hook               wireHook
	Verification       *model.Verification
	Activated, Created bool
}

// wireError is an error on its way: a fault whole, any other one as text.
type wireError struct {
	Fault     bool
	Code      model.Code  `json:",omitempty"`
	Field     model.Field `json:",omitempty"`
	Value     string      `json:",omitempty"`
	File      string      `json:",omitempty"`
	Line      int         `json:",omitempty"`
	Col       int         `json:",omitempty"`
	Limit     int         `json:",omitempty"`
	Text      string      `json:",omitempty"` // of the fault's cause, or of the error
	Cancelled bool        `json:",omitempty"`
	Deadline  bool        `json:",omitempty"`
}

func toError(err error) *wireError {
	var f *model.Fault
	if !errors.As(err, &f) {
		return &wireError{Text: err.Error(), Cancelled: errors.Is(err, context.Canceled), Deadline: errors.Is(err, context.DeadlineExceeded)}
	}
	w := &wireError{Fault: true, Code: f.Code, Field: f.Field, Value: f.Value, File: f.File, Line: f.Line, Col: f.Col, Limit: f.Limit}
	if f.Err != nil {
		w.Text = f.Err.Error()
	}
	return w
}

func (w *wireError) error() error {
	switch {
	case w.Cancelled:
		return context.Canceled
	case w.Deadline:
		return context.DeadlineExceeded
	case !w.Fault:
		return errors.New(w.Text)
	}
	f := &model.Fault{Code: w.Code, Field: w.Field, Value: w.Value, File: w.File, Line: w.Line, Col: w.Col, Limit: w.Limit}
	if w.Text != "" {
		f.Err = errors.New(w.Text)
	}
	return f
}

// frame is one line of an answer: a state so far, or the end: a result or an error.
// Blank lines say that the owner is still at it.
type frame struct {
	Watch  *model.Verification `json:"watch,omitempty"`
	Result json.RawMessage     `json:"result,omitempty"`
	Error  *wireError          `json:"error,omitempty"`
}
