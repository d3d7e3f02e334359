package hooks

import (
	"strconv"
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// summary is what the webhook is. Secrets are masks; what is not set and has a
// default is said with it, what is merely absent is left out.
func (d *detail) summary() []widget.Line {
	s := summary{d: d, h: d.seen.hook, p: pen{d.env}}
	s.address()
	s.guards()
	s.plan()
	s.origin()
	return s.out
}

// summary collects the lines: labels on the left, values on the right.
type summary struct {
	d   *detail
	h   model.HookView
	p   pen
	out []widget.Line
}

// labelWidth holds the longest label of either language.
const labelWidth = 15

func (s *summary) add(label, value string) {
	s.out = append(s.out, fact(s.d.env.Theme, label, value, labelWidth, s.d.bodyWidth()-1)...)
}

// addLine adds a value that is styled already; it is cut rather than wrapped.
func (s *summary) addLine(label string, value widget.Line) {
	th := s.d.env.Theme
	if s.d.bodyWidth() < labelWidth+24 {
		s.out = append(s.out, widget.Say(label, th.Dim), append(widget.Line{{Text: "  "}}, value...))
		return
	}
	head := widget.Say(label, th.Dim).Pad(labelWidth + 1)
	s.out = append(s.out, append(head, value...))
}

func (s *summary) address() {
	w, h, p := s.d.env.Words.Hooks.Detail, s.h, s.p
	s.add(w.URL, text.Clean(h.URL))
	s.addLine(w.State, p.stands(h, s.d.seen.cut.of[s.h.ID]))
	s.stopped()
	if s.d.seen.cut.unknown && h.State == model.HookActive {
		s.add("", s.d.env.Theme.Sym.Warn+" "+s.d.env.Words.Hooks.BreakersUnknown)
	}
	if h.State == model.HookDisabled && h.Reason != "" {
		s.add("", p.why(h))
	}
	verdict := p.verdict(h.VerifyState())
	if v := h.Verification; v != nil && h.VerifyState() != model.Unverified {
		age := widget.Line{{Text: " " + p.ago(v.At), Style: s.d.env.Theme.Text}}
		if verdict.Width()+age.Width() <= s.d.bodyWidth()-labelWidth-2 { // the day stands below in any case
			verdict = append(verdict, age...)
		}
		s.addLine(w.Verified, verdict)
		s.add("", s.answered(v))
		if v.Failure != nil {
			s.add("", s.d.env.Words.Failure(v.Failure).What)
		}
		for _, warn := range v.Warnings {
			s.add("", s.d.env.Theme.Sym.Warn+" "+s.d.env.Words.Warning(warn))
		}
	} else {
		s.addLine(w.Verified, verdict)
	}
	if cert := p.certificate(h.Verification); cert != "" {
		s.add(w.Certificate, cert)
	}
	s.addLine(w.Last, p.last(h.LastAttempt, s.d.bodyWidth()))
}

// stopped is until when an open breaker holds the deliveries back, and why. It says a
// time, not how long that is: nothing draws a clock here.
func (s *summary) stopped() {
	b := s.d.seen.cut.of[s.h.ID]
	if b.State == model.BreakerOpen && tripped(s.h, b) && b.Until.After(s.d.env.Now()) {
		s.add("", s.d.env.Words.Hooks.BreakerUntil(text.Brief(b.Until, s.d.env.Now())))
	}
	for _, said := range s.p.failing(s.h, b) {
		s.add("", said)
	}
}

// answered is when, with what and how fast the receiver answered Verify.
func (s *summary) answered(v *model.Verification) string {
	parts := []string{s.p.clock(v.At)}
	if v.HTTPStatus > 0 {
		parts = append(parts, strconv.Itoa(v.HTTPStatus), s.p.took(v.Latency))
	}
	if v.ContentType != "" {
		parts = append(parts, text.Clean(v.ContentType))
	}
	return strings.Join(parts, " "+s.d.env.Theme.Sym.Dot+" ")
}

func (s *summary) guards() {
	w, h, p := s.d.env.Words.Hooks.Detail, s.h, s.p
	auth := h.Authorization.Masked()
	if auth == "" {
		auth = w.AuthNone
	}
	s.add(w.Auth, text.Clean(auth))
	signed := w.Unsigned
	if !h.Secret.IsZero() {
		signed = w.Signed
		if !h.OldSecret.IsZero() && s.d.env.Now().Before(h.OldSecretUntil) {
			signed += "; " + w.OldSecret(p.clock(h.OldSecretUntil))
		}
	}
	s.add(w.Signature, signed)
	if h.TLS.SkipVerify {
		s.addLine(w.TLS, widget.Say(s.d.env.Theme.Sym.Warn+" "+w.SkipVerify, s.d.env.Theme.Bad))
	}
	if h.TLS.CA != "" {
		s.add(w.CA, w.Yes)
	}
	if h.AllowPrivate {
		s.add(w.Private, w.PrivateYes)
	}
	for i, header := range h.MaskedHeaders() {
		label := w.Headers
		if i > 0 {
			label = ""
		}
		s.add(label, text.Clean(header.Name+": "+header.Value))
	}
}

func (s *summary) plan() {
	w, h, p := s.d.env.Words.Hooks.Detail, s.h, s.p
	labels := make([]string, 0, 7)
	for _, t := range s.d.v.Catalogue().Triggers() {
		if t.Mark(h.Events) != model.MarkNone {
			labels = append(labels, text.Clean(s.d.v.Label(t.Key, string(s.d.env.Words.Lang))))
		}
	}
	value := chosen(s.d.v, h.Events)
	if len(labels) > 0 {
		value += "  " + strings.Join(labels, ", ")
	}
	s.add(s.d.env.Words.Hooks.Detail.Triggers, value)
	if h.Condition != "" {
		s.add(w.Condition, text.Clean(h.Condition))
	}
	s.add(w.Retry, h.Retry.OrDefault().String())
	l := h.Limits.OrDefaults()
	s.add(w.Limits, w.LimitsOf(p.took(l.Connect), p.took(l.TLS), p.took(l.Headers), p.took(l.Total)))
	rate := w.Unlimited
	if h.Rate > 0 {
		rate = w.PerSecond(numberText(h.Rate))
	}
	s.add(w.Rate, rate)
	at := h.Concurrency
	if at == 0 {
		at = 4
	}
	s.add(w.Concurrency, strconv.Itoa(at))
}

func (s *summary) origin() {
	w, h, p := s.d.env.Words.Hooks.Detail, s.h, s.p
	s.add(w.ID, text.Clean(h.ID))
	s.add(w.Revision, strconv.FormatInt(h.Revision, 10))
	s.add(w.Created, p.clock(h.CreatedAt))
	s.add(w.Updated, p.clock(h.UpdatedAt))
}
