package hooks

import (
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// hints sets the placeholders of the moment's language.
func (d *formDraw) hints(e entry) {
	w := d.env.Words.Form
	switch {
	case e.id == idName:
		e.field.Placeholder = w.NameHint
	case e.id == idURL:
		e.field.Placeholder = "https://webhook.site/..."
	case e.id == idAuth:
		e.field.Placeholder = w.AuthHint
		e.field.Veil = model.NewSecret(e.field.Value()).Masked()
	case e.id == idCondition:
		e.field.Placeholder = d.env.Words.Condition.None
	case e.id == idSecret:
		e.field.Placeholder = w.SecretHint
		e.field.Veil = model.NewSecret(e.field.Value()).Masked()
	case e.id == idRate:
		e.field.Placeholder = w.RateHint
	case e.id == idParallel:
		e.field.Placeholder = "4"
	case e.id == idCA:
		e.field.Placeholder = w.CAHint
	case strings.HasPrefix(e.id, headerPrefix):
		e.field.Placeholder = w.HeaderHint
	}
}

// asideWidth is the room beside the first fields, wide enough for every word that
// can stand there.
func (d *formDraw) asideWidth() int {
	n := max(text.Width(d.env.Words.Form.Reveal("ctrl+t")), text.Width(d.env.Words.Form.Hide("ctrl+t")))
	for _, s := range []model.VerifyState{model.Unverified, model.Verified, model.VerifiedEcho, model.VerifyFailed, model.VerifyStale} {
		n = max(n, 2+text.Width(d.env.Words.VerifyState(s)))
	}
	return n
}

// aside is what stands beside a field: Verified beside the URL, the key that
// reveals beside a secret.
func (d *formDraw) aside(e entry) widget.Line {
	th, w := d.env.Theme, d.env.Words.Form
	switch {
	case e.id == idURL && strings.TrimSpace(e.field.Value()) != "":
		if d.job != nil && d.state() == model.VerifyFailed {
			return nil // it is being tried again
		}
		return pen{d.env}.verdict(d.state())
	case e.id == idAuth && e.field.Value() != "":
		if e.field.Revealed() {
			return widget.Say(w.Hide("ctrl+t"), th.Hint)
		}
		return widget.Say(w.Reveal("ctrl+t"), th.Hint)
	}
	return nil
}

// notes are the lines under an entry: what is wrong, or else what is known.
func (d *formDraw) notes(e entry) {
	th, w := d.env.Theme, d.env.Words
	if issue := d.issues[e.id]; issue != nil {
		d.sayMarked(e.id, th.Sym.Fail, issue(w), false)
		if e.id == idURL && d.userinfo() != nil {
			d.say(e.id, th.Hint, d.indent(), w.Form.MoveUser("ctrl+o"))
		}
		return
	}
	switch {
	case e.id == idURL:
		d.urlNotes(e)
	case e.id == idAuth:
		d.authNotes(e)
	case e.id == idCondition:
		d.conditionNotes(e)
	case e.id == idSecret && d.adv.fresh:
		d.sayMarked(e.id, th.Sym.Warn, w.Form.SecretShown("ctrl+y"), true)
	case e.id == idSecret && weak(e.field.Value()):
		d.sayMarked(e.id, th.Sym.Warn, w.Form.SecretWeak, true)
	case e.id == idRetry && e.id == d.at:
		d.say(e.id, th.Hint, d.indent(), w.Form.RetryHint)
	case e.id == idCA && d.adv.caPEM != "":
		d.say(e.id, th.Good, d.indent(), th.Sym.OK+" "+w.Form.CASet)
	case e.id == idSkip && d.adv.skip:
		d.sayMarked(e.id, th.Sym.Warn, w.Form.SkipLoud, false)
	}
}

func weak(secret string) bool {
	w, fault := model.CheckSecret(secret)
	return w && fault == nil
}

// sayMarked is say with a symbol in front, as a warning or as an error.
func (d *formDraw) sayMarked(entry, sym, s string, mild bool) {
	style := d.env.Theme.Bad
	if mild {
		style = d.env.Theme.Warn
	}
	in := d.indent()
	for i, l := range widget.Wrap(s, d.width-in-2) {
		head := "  "
		if i == 0 {
			head = sym + " "
		}
		d.add(entry, -1, widget.Line{{Text: strings.Repeat(" ", in)}, {Text: head + l, Style: style}})
	}
}

// urlNotes are the result of the verification, live while a save runs it, and the
// warnings.
func (d *formDraw) urlNotes(e entry) {
	th, w := d.env.Theme, d.env.Words
	warnings := d.warnings
	switch s := d.state(); {
	case d.job != nil && d.job.mode == model.SaveActivate && d.job.seen != nil:
		d.say(e.id, th.Text, d.indent(), d.steps(d.job.seen.Steps))
		return
	case s == model.VerifyFailed && d.job != nil: // it is being tried again
	case s == model.VerifyFailed:
		m := w.Failure(d.last.Failure)
		d.sayMarked(e.id, th.Sym.Fail, m.String(), false)
		if to := d.location(); to != "" {
			d.say(e.id, th.Hint, d.indent(), w.Form.Redirect("ctrl+r", to))
		}
	case s.OK() || s == model.VerifyStale:
		d.say(e.id, th.Dim, d.indent(), d.result())
		warnings = merge(warnings, d.last.Warnings)
	case e.id == d.at && e.field.Value() != "":
		d.say(e.id, th.Hint, d.indent(), w.Form.VerifyHint("enter"))
	}
	for _, warning := range warnings {
		if warning != model.WarnKeyOpen { // that is said beside Authorization
			d.sayMarked(e.id, th.Sym.Warn, w.Warning(warning), true)
		}
	}
}

// result is "200 · 84 ms · text/plain · TLS 63 días".
func (d *formDraw) result() string {
	w, v := d.env.Words, d.last
	parts := []string{w.Number(v.HTTPStatus), w.Duration(v.Latency)}
	if kind, _, _ := strings.Cut(v.ContentType, ";"); kind != "" {
		parts = append(parts, text.Clean(kind))
	}
	if !v.TLSExpiry.IsZero() {
		parts = append(parts, w.Form.Expiry(int(v.TLSExpiry.Sub(d.env.Now())/(24*time.Hour))))
	}
	return strings.Join(parts, " "+d.env.Theme.Sym.Dot+" ")
}

// steps is the checklist on one line: a symbol and a word each.
func (d *formDraw) steps(steps []model.Step) string {
	sym := d.env.Theme.Sym
	signs := map[model.StepState]string{
		model.StepPending: sym.Off, model.StepRunning: sym.Retry, model.StepOK: sym.OK,
		model.StepWarn: sym.Warn, model.StepFailed: sym.Fail, model.StepSkipped: sym.HLine,
	}
	var parts []string
	for _, s := range steps {
		part := signs[s.State] + " " + d.env.Words.Step(s.Name)
		parts = append(parts, strings.ReplaceAll(part, " ", "\u00a0")) // a step is never broken in two
	}
	return strings.Join(parts, "  ")
}

// authNotes say whether the receiver asks for the key.
func (d *formDraw) authNotes(e entry) {
	th, w := d.env.Theme, d.env.Words.Form
	if e.field.Value() == "" {
		return
	}
	switch s := d.state(); {
	case s == model.VerifyStale:
		d.sayMarked(e.id, th.Sym.Warn, w.KeyStale, true)
	case !s.OK():
	case d.last.Key == model.KeyEnforced:
		d.say(e.id, th.Good, d.indent(), th.Sym.OK+" "+w.KeyEnforced)
	case d.last.Key == model.KeyOpen:
		d.sayMarked(e.id, th.Sym.Warn, w.KeyOpen, true)
	}
}

// merge is both lists without doubles.
func merge(a, b []model.Warning) []model.Warning {
	var out []model.Warning
	seen := map[model.Warning]bool{}
	for _, w := range append(append([]model.Warning{}, a...), b...) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// seconds is a duration in whole seconds.
func seconds(d time.Duration) int { return int(d / time.Second) }
