package deliveries

import (
	"context"

	"hooktop/model"
)

// against is what an attempt is compared with.
type against int

const (
	againstPrevious against = iota
	againstSuccess
	againstES
	againstEN
	againsts // how many there are
)

// side is one of the two things compared.
type side struct {
	view    model.DeliveryView
	attempt *model.Attempt // nil: a sample, or no attempt has been made
	body    []byte
}

// other finds what an attempt is compared with; false: there is none. later says that
// a success came after it.
func (v Verbs) other(ctx context.Context, this side, what against) (other side, later, ok bool, err error) {
	switch what {
	case againstPrevious:
		for i := range this.view.Attempts {
			if a := &this.view.Attempts[i]; this.attempt != nil && a.N < this.attempt.N {
				other, ok = side{this.view, a, this.body}, true
			}
		}
	case againstSuccess:
		other.view, later, err = v.success(ctx, this.view.Delivery)
		other.attempt, other.body = last(other.view), other.view.Event.Body
		ok = err == nil && other.attempt != nil
	default:
		lang := map[against]string{againstES: "es", againstEN: "en"}[what]
		other.body, err = v.Body(this.view.Type, lang)
		if ok = err == nil; unknownType(err) {
			err = nil
		}
	}
	return other, later, ok, err
}

// comparison is two sides and what differs between them.
type comparison struct {
	what        against
	this, other side
	none        bool // there is nothing to compare with
	later       bool
	request     model.Diff // of what was sent
	reply       model.Diff // of what was answered
	changes     []model.Change
	err         error
}

// compare reads the other side and compares. It may take a second.
func (v Verbs) compare(ctx context.Context, this side, what against) comparison {
	c := comparison{what: what, this: this}
	var ok bool
	c.other, c.later, ok, c.err = v.other(ctx, this, what)
	if c.none = !ok; c.err != nil || c.none {
		return c
	}
	c.request = model.Compare(c.other.body, this.body)
	if c.sample() || this.attempt == nil {
		return c
	}
	c.reply = model.Compare(c.other.answer(), this.answer())
	if c.changes, c.err = v.History(ctx, this.view.HookID); missing(c.err) {
		c.err = nil
	}
	return c
}

// first compares with what tells most: the last success, else an earlier attempt, else
// the sample in a language.
func (v Verbs) first(ctx context.Context, this side, lang against) comparison {
	var c comparison
	for _, what := range []against{againstSuccess, againstPrevious, lang} {
		if c = v.compare(ctx, this, what); c.err != nil || !c.none {
			return c
		}
	}
	return c
}

// sample reports that only what was sent can be compared.
func (c comparison) sample() bool { return c.other.attempt == nil }

func (s side) answer() []byte {
	if s.attempt == nil || s.attempt.Response == nil {
		return nil
	}
	return s.attempt.Response.Body
}

func (s side) headers() []model.Header {
	if s.attempt == nil || s.attempt.Response == nil {
		return nil
	}
	return s.attempt.Response.Headers
}
