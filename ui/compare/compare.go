// Package compare finds what differs between two attempts, or between one and a
// sample, and says it in words: the same ones on the screen and on the command line.
//
// Nothing it gives has the keys an attempt was sent with, nor those its webhook has now,
// whatever became of the webhook since; and all it says is clean.
package compare

import (
	"context"
	"errors"
	"time"

	"hooktop/model"
)

// Reader is where what is compared comes from. Errors a person can mend are
// *model.Fault.
type Reader interface {
	// Page lists deliveries newest first; the cursor is empty at the end.
	Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error)
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	// History lists what was changed on a webhook, newest first.
	History(ctx context.Context, hookID string) ([]model.Change, error)
	// Body is the sample of an event type in a language ("es", "en").
	Body(typ, lang string) ([]byte, error)
}

// Against is what an attempt is compared with.
type Against int

const (
	Previous Against = iota // the attempt before it
	Success                 // the last success of its webhook
	SampleES
	SampleEN
	Againsts // how many there are
)

// Sample is the sample in a language.
func Sample(lang string) Against {
	if lang == "es" {
		return SampleES
	}
	return SampleEN
}

// Side is one of the two things compared. Its delivery is as Shown gives it.
type Side struct {
	View    model.DeliveryView
	Attempt *model.Attempt // nil: a sample, or no attempt has been made
	Body    []byte         // what was sent
}

// Of is a delivery with one of its attempts.
func Of(v model.DeliveryView, a *model.Attempt) Side { return Side{v, a, v.Event.Body} }

// Last is the newest attempt of a delivery; nil before the first.
func Last(v model.DeliveryView) *model.Attempt {
	if len(v.Attempts) == 0 {
		return nil
	}
	return &v.Attempts[len(v.Attempts)-1]
}

func (s Side) answer() []byte {
	if s.Attempt == nil || s.Attempt.Response == nil {
		return nil
	}
	return s.Attempt.Response.Body
}

// Headers are those of the answer.
func (s Side) Headers() []model.Header {
	if s.Attempt == nil || s.Attempt.Response == nil {
		return nil
	}
	return s.Attempt.Response.Headers
}

// Comparison is two sides and what differs between them.
type Comparison struct {
	With        Against
	This, Other Side
	None        bool           // there is nothing to compare with
	Later       bool           // what is compared with came after it
	Request     model.Diff     // of what was sent, from Other to This
	Reply       model.Diff     // of what was answered
	Changes     []model.Change // of the webhook, newest first
}

// Elsewhere reports that the other attempt is of another webhook: its keys, revisions
// and changes have nothing to do with those of this one.
func (c Comparison) Elsewhere() bool {
	return !c.Sample() && c.Other.View.HookID != c.This.View.HookID
}

// Between are the changes made since the earlier of the two attempts, newest first.
func (c Comparison) Between() []model.Change {
	if c.Sample() || c.This.Attempt == nil {
		return nil
	}
	from := c.Other.Attempt.StartedAt
	if this := c.This.Attempt.StartedAt; this.Before(from) {
		from = this
	}
	return Since(c.Changes, from)
}

// Since are the changes made after a time.
func Since(changes []model.Change, t time.Time) []model.Change {
	var out []model.Change
	for _, c := range changes {
		if c.At.After(t) {
			out = append(out, c)
		}
	}
	return out
}

// Sample reports that only what was sent can be compared.
func (c Comparison) Sample() bool { return c.Other.Attempt == nil }

// With reads what an attempt is compared with, and compares. It may take a second.
func With(ctx context.Context, r Reader, this Side, what Against) (Comparison, error) {
	c := Comparison{With: what, This: this, None: true}
	switch what {
	case Previous:
		for i := range this.View.Attempts {
			if a := &this.View.Attempts[i]; this.Attempt != nil && a.N < this.Attempt.N {
				c.Other, c.None = Side{this.View, a, this.Body}, false
			}
		}
	case Success:
		view, later, err := LastSuccess(ctx, r, this.View.Delivery)
		if err != nil {
			return c, err
		}
		a := Last(view)
		c.Other, c.Later, c.None = Of(view, a), later, a == nil
	default:
		body, err := r.Body(this.View.Type, map[Against]string{SampleES: "es", SampleEN: "en"}[what])
		if err != nil && !is(err, model.CodeUnknownEvent) {
			return c, err
		}
		c.Other.Body, c.None = body, err != nil
	}
	if c.None {
		return c, nil
	}
	return c, c.compare(ctx, r)
}

// First compares with what tells most: the last success, else an earlier attempt, else
// a sample.
func First(ctx context.Context, r Reader, this Side, sample Against) (c Comparison, err error) {
	for _, what := range []Against{Success, Previous, sample} {
		if c, err = With(ctx, r, this, what); err != nil || !c.None {
			return c, err
		}
	}
	return c, nil
}

// Sides compares two attempts, of any two deliveries.
func Sides(ctx context.Context, r Reader, this, other Side) (Comparison, error) {
	c := Comparison{With: Againsts, This: this, Other: other}
	c.Later = this.Attempt != nil && other.Attempt != nil && other.Attempt.StartedAt.After(this.Attempt.StartedAt)
	return c, c.compare(ctx, r)
}

func (c *Comparison) compare(ctx context.Context, r Reader) error {
	c.Request = model.Compare(c.Other.Body, c.This.Body)
	if c.Sample() || c.This.Attempt == nil {
		return nil
	}
	c.Reply = model.Compare(c.Other.answer(), c.This.answer())
	if c.Elsewhere() {
		return nil
	}
	var err error
	if c.Changes, err = r.History(ctx, c.This.View.HookID); is(err, model.CodeNotFound) {
		err = nil // the webhook is gone for good
	}
	return err
}

func is(err error, code model.Code) bool {
	var f *model.Fault
	return errors.As(err, &f) && f.Code == code
}
