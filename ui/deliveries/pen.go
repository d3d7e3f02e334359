package deliveries

import (
	"strconv"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// pen says things about deliveries in the same words, symbols and colours on every
// page. What receivers, people or senders of events chose is cleaned here.
type pen struct{ env *page.Env }

// state is a delivery's state: symbol, word, colour.
func (p pen) state(s model.DeliveryState) widget.Line {
	th := p.env.Theme
	word := p.env.Words.DeliveryState(s)
	switch s {
	case model.DeliveryDelivered:
		return widget.Mark(th.Sym.OK, word, th.Good)
	case model.DeliveryDead:
		return widget.Mark(th.Sym.Fail, word, th.Bad)
	case model.DeliveryRetrying:
		return widget.Mark(th.Sym.Retry, word, th.Warn)
	case model.DeliveryHeld:
		return widget.Mark(th.Sym.Pause, word, th.Warn)
	case model.DeliverySending:
		return widget.Mark(th.Sym.Closed, word, th.Accent)
	case model.DeliveryCancelled:
		return widget.Mark(th.Sym.Stop, word, th.Dim)
	}
	return widget.Mark(th.Sym.Queued, word, th.Dim)
}

// http and latency are "-" before there is one.
func (p pen) http(status int) string {
	if status == 0 {
		return "-"
	}
	return strconv.Itoa(status)
}

func (p pen) latency(d model.Delivery) string {
	if d.Attempts == 0 {
		return "-"
	}
	return p.env.Words.Duration(d.Duration)
}

// event is the type, without the prefix all share where room is scarce.
func (p pen) event(typ string, short bool) string {
	if short {
		typ = strings.TrimPrefix(typ, "call.")
	}
	return text.Clean(typ)
}

func (p pen) tag() widget.Span {
	return widget.Span{Text: " " + p.env.Words.Trial.Tag + " ", Style: p.env.Theme.Badge}
}

// reason is why the last attempt came to nothing, in short; "" when it did not.
func (p pen) reason(d model.Delivery) string {
	if d.Error == "" {
		return ""
	}
	f := model.Failure{Code: d.Error}
	if d.HTTPStatus > 0 {
		f.Reason = strconv.Itoa(d.HTTPStatus)
	}
	return p.env.Words.Failure(&f).What
}

// outcome is how an attempt ended: symbol, and status or the outcome's word.
func (p pen) outcome(a model.Attempt) widget.Line {
	th := p.env.Theme
	what := p.env.Words.Outcome(a.Outcome)
	if a.Response != nil {
		what = strconv.Itoa(a.Response.Status)
	}
	switch a.Outcome {
	case model.OutcomeDelivered:
		return widget.Mark(th.Sym.OK, what, th.Good)
	case model.OutcomeFailed:
		return widget.Mark(th.Sym.Fail, what, th.Bad)
	}
	return widget.Mark(th.Sym.Warn, what, th.Warn)
}

// clock is the time of a moment of today, the day before it otherwise.
func (p pen) clock(t time.Time) string {
	if p.today(t) {
		return text.Clock(t)
	}
	return text.DateTime(t)
}

func (p pen) brief(t time.Time) string { return text.Brief(t, p.env.Now()) }

func (p pen) today(t time.Time) bool { return text.Date(t) == text.Date(p.env.Now()) }

// next is when the next attempt is due, or what keeps it back; "" when none is.
func (p pen) next(d model.Delivery) string {
	if d.State == model.DeliveryHeld {
		return p.kept(d)
	}
	if d.State.Done() || d.NextAt.IsZero() || d.State == model.DeliverySending {
		return ""
	}
	return p.env.Words.Deliveries.NextTry(p.env.Words.Ago(d.NextAt, p.env.Now()))
}

// kept is what a held delivery waits for, as far as the alerts tell.
func (p pen) kept(d model.Delivery) string {
	w := p.env.Words.Delivery
	switch a, ok := p.env.Hold(text.Clean(d.Hook)); {
	case !ok:
		return w.HeldElse
	case a.Kind == page.AlertDisabled:
		return w.HeldDisabled(p.env.Words.Disabled(model.DisableReason(a.Value)))
	case a.Until.After(p.env.Now()):
		return w.HeldUntil(p.clock(a.Until))
	}
	return w.HeldTrying
}

// last is the newest attempt of a view; nil before the first.
func last(v model.DeliveryView) *model.Attempt {
	if len(v.Attempts) == 0 {
		return nil
	}
	return &v.Attempts[len(v.Attempts)-1]
}

// lines wraps a clean text behind an indent.
func lines(s, indent string, width int, style theme.Style) []widget.Line {
	var out []widget.Line
	for _, part := range widget.Wrap(s, width-len(indent)) {
		out = append(out, widget.Line{{Text: indent}, {Text: part, Style: style}})
	}
	return out
}
