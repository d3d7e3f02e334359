package hooks

import (
	"fmt"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// noted is what stops a webhook, in sentences: an open breaker, nothing but failures
// and why the last one failed, or who switched it off if that was no person.
func (p pen) noted(h model.HookView, b model.Breaker) (out []string) {
	w := p.env.Words.Hooks
	if why := p.why(h); h.State == model.HookDisabled && h.Reason != model.DisabledByUser && why != "" {
		return []string{why}
	}
	switch left := b.Until.Sub(p.env.Now()); {
	case !tripped(h, b):
	case b.State == model.BreakerOpen && left > 0:
		out = append(out, w.BreakerOpen(countdown(left)))
	default:
		out = append(out, w.BreakerTrying)
	}
	return append(out, p.failing(h, b)...)
}

// failing is since when nothing but failures came from an active webhook, and why the
// last attempt failed; the reason alone where only its breaker is open.
func (p pen) failing(h model.HookView, b model.Breaker) []string {
	var parts []string
	long := h.State == model.HookActive && h.Failing.Attempts >= model.DefaultBreaker().Opens
	if long {
		parts = append(parts, p.env.Words.Hooks.Failing(text.Brief(h.Failing.Since, p.env.Now())))
	}
	if why := p.cause(h); why != "" && (long || tripped(h, b)) {
		parts = append(parts, why)
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{strings.Join(parts, " "+p.env.Theme.Sym.Dot+" ")}
}

// cause is why the webhook's last attempt failed: as the alert about it has it, else
// as its newest attempt does.
func (p pen) cause(h model.HookView) string {
	var f *model.Failure
	if a, ok := p.env.Hold(nameOf(h.Hook)); ok && a.Code != "" {
		f = &model.Failure{Code: a.Code, Reason: a.Reason}
	} else if h.LastAttempt != nil {
		f = h.LastAttempt.Attempt.Failure
	}
	return strings.TrimSuffix(p.env.Words.Failure(f).What, ".")
}

// tripped reports that deliveries would go out if the webhook's breaker let them.
func tripped(h model.HookView, b model.Breaker) bool {
	return h.State == model.HookActive && (b.State == model.BreakerOpen || b.State == model.BreakerHalfOpen)
}

// stands is a webhook's state, or that its breaker holds its deliveries back.
func (p pen) stands(h model.HookView, b model.Breaker) widget.Line {
	if tripped(h, b) {
		return widget.Mark(p.env.Theme.Sym.Stop, p.env.Words.Hooks.Tripped, p.env.Theme.Bad)
	}
	return p.state(h.State)
}

// note is what stands under a webhook's row, as many lines as it takes.
func (l *list) note(h model.HookView) (out []widget.Line) {
	indent := 2
	if l.width >= wideEnough {
		indent += l.columns().name + 1
	}
	for _, said := range (pen{l.env}).noted(h, l.cut.of[h.ID]) {
		for _, part := range widget.Wrap(said, l.listWidth()-1-indent) {
			out = append(out, append(widget.Line{}.Pad(indent), widget.Span{Text: part, Style: l.env.Theme.Warn}))
		}
	}
	return out
}

// notes is the number of lines under a row.
func (l *list) notes(id string) int { return len(l.note(l.byID[id])) }

// countdown is a time to come as a clock: "04:12", "1:02:30".
func countdown(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
