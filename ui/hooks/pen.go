package hooks

import (
	"strconv"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// pen says things about webhooks in the same words, symbols and colours on every
// page. What people or receivers chose is cleaned here.
type pen struct{ env *page.Env }

func nameOf(h model.Hook) string { return text.Clean(h.Name) }

// name is the webhook's name, and the red badge of one whose receiver anybody can
// pose as; the name gives way to it.
func (p pen) name(h model.Hook, width int) widget.Line {
	th := p.env.Theme
	name := widget.Say(nameOf(h), th.Bold)
	if !h.TLS.SkipVerify {
		return name.Fit(width, th.Sym.Ellipsis)
	}
	badge := widget.Say(" "+th.Sym.Fail+" TLS ", th.BadgeBad)
	name = append(name.Fit(width-badge.Width()-1, th.Sym.Ellipsis), widget.Span{Text: " "})
	return append(name, badge...)
}

// ago is how long ago t was, in words; age is the same without the words.
func (p pen) ago(t time.Time) string { return p.env.Words.Ago(t, p.env.Now()) }

func (p pen) age(t time.Time) string {
	d := max(p.env.Now().Sub(t), time.Second)
	for _, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if d >= unit {
			return p.env.Words.Duration(d.Truncate(unit))
		}
	}
	return p.env.Words.Duration(d)
}

// state is the webhook's state: symbol, word, colour.
func (p pen) state(s model.HookState) widget.Line {
	th := p.env.Theme
	word := p.env.Words.HookState(s)
	switch s {
	case model.HookActive:
		return widget.Mark(th.Sym.On, word, th.Good)
	case model.HookPaused:
		return widget.Mark(th.Sym.Pause, word, th.Warn)
	case model.HookDisabled:
		return widget.Mark(th.Sym.Stop, word, th.Bad)
	}
	return widget.Mark(th.Sym.Off, word, th.Dim)
}

// mark is the symbol and the colour of a verification's state.
func (p pen) mark(s model.VerifyState) (string, theme.Style) {
	th := p.env.Theme
	switch s {
	case model.Verified, model.VerifiedEcho:
		return th.Sym.OK, th.Good
	case model.VerifyFailed:
		return th.Sym.Fail, th.Bad
	}
	return th.Sym.Warn, th.Warn
}

// verdict is the verification's state in full words.
func (p pen) verdict(s model.VerifyState) widget.Line {
	symbol, style := p.mark(s)
	return widget.Mark(symbol, p.env.Words.VerifyState(s), style)
}

// verified is the short form for a column: the symbol, what is not plain or wants a
// look in spite of it, the age if there is room for it too.
func (p pen) verified(h model.HookView, room int) widget.Line {
	s := h.VerifyState()
	symbol, style := p.mark(s)
	w := p.env.Words.Hooks
	switch s {
	case model.Unverified:
		return widget.Mark(symbol, w.NotVerified, style)
	case model.VerifyStale:
		return widget.Mark(symbol, w.Stale, style)
	case model.VerifyFailed:
		return widget.Mark(symbol, w.Failed, style)
	}
	line := widget.Say(symbol+" ", style)
	switch { // there is no room for both: what is wrong goes first
	case len(h.Verification.Warnings) > 0:
		line = append(line, widget.Span{Text: p.env.Theme.Sym.Warn + " ", Style: p.env.Theme.Warn})
	case s == model.VerifiedEcho:
		line = append(line, widget.Span{Text: w.Echo + " ", Style: style})
	}
	age := widget.Span{Text: p.ago(h.Verification.At), Style: style}
	if len(line) > 1 && line.Width()+text.Width(age.Text) > room {
		return line
	}
	return append(line, age)
}

// outcome is how an attempt ended: symbol and status, or that no answer came.
func (p pen) outcome(a model.Attempt) widget.Line {
	return p.ended(a, p.env.Words.Hooks.NoAnswer)
}

// ended is outcome with another word for an attempt without an answer.
func (p pen) ended(a model.Attempt, none string) widget.Line {
	th := p.env.Theme
	what := none
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

// last is the newest attempt: how it ended, whether it was a test, and how long ago,
// the age alone or nothing of it if room columns do not hold it.
func (p pen) last(r *model.TestResult, room int) widget.Line {
	th, w := p.env.Theme, p.env.Words.Hooks
	if r == nil {
		return widget.Say("- "+w.NoAttempt, th.Dim)
	}
	line := p.ended(r.Attempt, w.Failed)
	if r.Delivery.Test {
		line = append(line, widget.Span{Text: " " + w.Test, Style: th.Dim})
	}
	for _, when := range []string{p.ago(r.Attempt.StartedAt), p.age(r.Attempt.StartedAt)} {
		if line.Width()+1+text.Width(when) <= room {
			return append(line, widget.Span{Text: " " + when, Style: th.Text})
		}
	}
	return line
}

// trigger is a toggle with its mark and its label.
func (p pen) trigger(v Samples, t model.Trigger, events []string) widget.Line {
	th := p.env.Theme
	label := text.Clean(v.Label(t.Key, string(p.env.Words.Lang)))
	switch t.Mark(events) {
	case model.MarkAll:
		return widget.Line{{Text: "[x] ", Style: th.Good}, {Text: label, Style: th.Text}}
	case model.MarkSome:
		return widget.Line{{Text: "[~] ", Style: th.Warn}, {Text: label, Style: th.Text}}
	}
	return widget.Line{{Text: "[ ] ", Style: th.Dim}, {Text: label, Style: th.Dim}}
}

// chosen is how many triggers are set, of how many: "3/7".
func chosen(v Samples, events []string) string {
	c := v.Catalogue()
	return strconv.Itoa(c.Chosen(events)) + "/" + strconv.Itoa(len(c.Triggers()))
}

// why is the reason of a state that needs one: who disabled it, what made it a draft.
func (p pen) why(h model.HookView) string {
	switch {
	case h.State == model.HookDisabled && h.Reason != "":
		return p.env.Words.Disabled(h.Reason)
	case h.VerifyState() == model.VerifyFailed && h.Verification.Failure != nil:
		return p.env.Words.Failure(h.Verification.Failure).What
	}
	return ""
}

// clock, day and took are a time, its day and a duration as a person reads them.
func (p pen) clock(t time.Time) string { return text.DateTime(t) }

// shortClock is the time of a moment of today, month and day of any other.
func (p pen) shortClock(t time.Time) string {
	if text.Date(t) == text.Date(p.env.Now()) {
		return text.Clock(t)
	}
	return text.Date(t)[len("2006-"):]
}

func (p pen) day(t time.Time) string      { return text.Date(t) }
func (p pen) took(d time.Duration) string { return p.env.Words.Duration(d) }
