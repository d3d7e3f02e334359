package hooks

import (
	"context"
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// stepWidth holds a symbol and the longest name of a step in either language.
const stepWidth = 14

// verifyHead is the title, the URL and a blank line.
const verifyHead = 3

func (p *verify) View() string {
	th := p.env.Theme
	head := widget.Say(p.Title(), th.Bold)
	url := widget.Say(text.Clean(p.hook.URL), th.Dim)
	body := p.rows.View(th, func(id string) []widget.Line { return []widget.Line{p.lines[id]} })
	return strings.Join([]string{
		head.Fit(p.width, th.Sym.Ellipsis).Render(), url.Fit(p.width, th.Sym.Ellipsis).Render(), "", body,
	}, "\n")
}

func (p *verify) Title() string {
	w := p.env.Words.Hooks.Verify
	if p.activate {
		return w.Activating(nameOf(p.hook))
	}
	return w.Title(nameOf(p.hook))
}

// Cursor stands on the step that runs, later on the verdict.
func (p *verify) Cursor() *tea.Cursor {
	return tea.NewCursor(1, min(verifyHead+p.rows.Place(p.at), p.height-1))
}

// lay builds the lines: steps, verdict, what to do, the answer.
func (p *verify) lay() {
	if p.width == 0 {
		return
	}
	r := report{p: p, pen: pen{p.env}, width: p.width - 1}
	steps := r.part(func() {
		if p.err == nil || p.stopped() {
			r.steps()
		}
	})
	verdict := r.part(r.conclude)
	// What came of it is never below the edge: on a low screen it goes first.
	r.out = append(steps[:len(steps):len(steps)], verdict...)
	p.at = len(steps)
	if len(verdict) > 0 && len(r.out) > p.height-verifyHead {
		r.out = append(append(verdict, nil), steps...)
		p.at = 0
	}
	if !p.running && p.err == nil && !p.cancelled() {
		r.answer()
	}
	ids, lines := numbered(r.out)
	p.lines = lines
	p.rows.SetIDs(ids)
	if p.running {
		p.at = r.runs
		p.rows.Reveal(p.at)
	}
}

// part is what build adds.
func (r *report) part(build func()) []widget.Line {
	r.out = nil
	build()
	return r.out
}

// conclude says what came of the run, once it has ended.
func (r *report) conclude() {
	p := r.p
	switch {
	case p.running:
	case p.stopped() || p.cancelled():
		r.say(r.pen.env.Theme.Sym.Warn, r.pen.env.Words.Hooks.Verify.Cancelled)
	case p.err != nil:
		r.fault(r.pen.env.Words.Fault(p.err))
	default:
		r.verdict()
	}
}

// stopped reports that a person ended the run.
func (p *verify) stopped() bool { return errors.Is(p.err, context.Canceled) }

// raw is the exact cause of what went wrong, clean; empty: none is known.
func (p *verify) raw() string {
	switch {
	case p.err != nil:
		return text.Clean(p.err.Error())
	case p.now != nil && p.now.Failure != nil:
		return text.Clean(p.now.Failure.Detail)
	}
	return ""
}

// report builds the lines of a verification.
type report struct {
	p     *verify
	pen   pen
	width int
	runs  int // line of the step that runs
	out   []widget.Line
}

func (r *report) blank() { r.out = append(r.out, nil) }

// say adds a sentence behind a symbol.
func (r *report) say(symbol, sentence string) {
	if sentence == "" {
		return
	}
	head := widget.Line{{Text: "  "}}
	if symbol != "" {
		head = widget.Line{{Text: symbol + " ", Style: r.pen.env.Theme.Warn}}
	}
	r.out = append(r.out, wrapLines(sentence, r.width, 2, head)...)
}

// steps are the checklist: one line each, with its time and what is worth knowing.
func (r *report) steps() {
	p, th := r.p, r.pen.env.Theme
	list := pendingSteps()
	if p.now != nil && len(p.now.Steps) > 0 {
		list = p.now.Steps
	}
	if p.running && p.now == nil {
		list[0].State = model.StepRunning
	}
	for _, s := range list {
		symbol, style := th.Sym.Dot, th.Dim
		switch s.State {
		case model.StepRunning:
			symbol, style = th.Sym.Ellipsis, th.Accent
			r.runs = len(r.out)
		case model.StepOK:
			symbol, style = th.Sym.OK, th.Good
		case model.StepWarn:
			symbol, style = th.Sym.Warn, th.Warn
		case model.StepFailed:
			symbol, style = th.Sym.Fail, th.Bad
		}
		took := ""
		if s.Took > 0 && s.State != model.StepSkipped && s.State != model.StepPending {
			took = r.pen.took(s.Took)
		}
		line := append(widget.Mark(symbol, r.pen.env.Words.Step(s.Name), style).Pad(stepWidth),
			widget.Span{Text: strings.Repeat(" ", max(8-text.Width(took), 0)) + took, Style: th.Text})
		note := r.note(s)
		if line.Width()+2+text.Width(note) <= r.width {
			r.out = append(r.out, append(line, widget.Span{Text: "  " + note, Style: th.Dim}))
			continue
		}
		r.out = append(r.out, line)
		r.out = append(r.out, wrapLines(note, r.width, 4, nil)...)
	}
	r.blank()
}

// pendingSteps are the checklist before the first news of a run.
func pendingSteps() []model.Step {
	names := []model.StepName{model.StepURL, model.StepDNS, model.StepConnect, model.StepTLS, model.StepPost, model.StepEcho, model.StepKey}
	out := make([]model.Step, len(names))
	for i, n := range names {
		out[i] = model.Step{Name: n, State: model.StepPending}
	}
	return out
}

// note is what a step found out, or how it stands.
func (r *report) note(s model.Step) string {
	p, w := r.p, r.pen.env.Words
	switch s.State {
	case model.StepRunning:
		return w.Hooks.Verify.RunningFor(int(p.env.Now().Sub(p.began).Seconds()))
	case model.StepPending:
		return w.StepState(s.State)
	case model.StepSkipped:
		if s.Name == model.StepKey && p.now != nil && p.now.OK {
			return w.KeyCheck(model.KeySkipped)
		}
		return w.Hooks.Verify.NotDone
	}
	if p.now == nil {
		return ""
	}
	switch s.Name {
	case model.StepConnect:
		return text.Clean(p.now.RemoteAddr)
	case model.StepTLS:
		return r.pen.certificate(p.now)
	case model.StepPost:
		return strings.TrimSpace(statusText(p.now.HTTPStatus) + " " + text.Clean(p.now.ContentType))
	case model.StepEcho:
		if p.now.Echo == model.EchoNone {
			return w.Hooks.Verify.EchoNone
		}
		return w.Echo(p.now.Echo)
	case model.StepKey:
		return w.KeyCheck(p.now.Key)
	}
	return ""
}

func statusText(status int) string {
	if status == 0 {
		return ""
	}
	return strconv.Itoa(status)
}

// verdict is the word that will stand beside the URL, and what follows from it.
func (r *report) verdict() {
	p, th, w := r.p, r.pen.env.Theme, r.pen.env.Words
	if p.saved != nil {
		if p.saved.Activated {
			r.out = append(r.out, widget.Mark(th.Sym.OK, w.Form.Done, th.Good))
		} else {
			r.out = append(r.out, widget.Mark(th.Sym.Off, w.Hooks.Verify.Draft, th.Warn))
		}
	}
	if p.now == nil {
		return
	}
	state := model.VerifyFailed
	switch {
	case p.now.OK && p.now.Echo != model.EchoNone:
		state = model.VerifiedEcho
	case p.now.OK:
		state = model.Verified
	}
	r.out = append(r.out, append(r.pen.verdict(state), widget.Span{Text: "  " + r.pen.took(p.now.Latency), Style: th.Dim}))
	if p.now.Failure != nil {
		r.fault(w.Failure(p.now.Failure))
		if after := p.now.Failure.RetryAfter; after != "" {
			r.say("", w.Hooks.Verify.RetryAfter+": "+text.Clean(after))
		}
	}
	if p.now.Location != "" {
		r.say("", w.Hooks.Verify.Location+": "+text.Clean(p.now.Location))
		if redirected(p.now) != "" {
			r.say("", w.Hooks.Verify.FollowHint("l"))
		}
	}
	if p.refused() {
		r.say("", w.Hooks.Verify.SampleHint("c", fallbackSample))
	}
	for _, warn := range p.now.Warnings {
		s := w.Warning(warn)
		if warn == model.WarnIDN && p.now.ASCIIHost != "" {
			s += " (" + text.Clean(p.now.ASCIIHost) + ")"
		}
		r.say(th.Sym.Warn, s)
	}
}

// fault is what went wrong in words and the one hint; the raw cause on request.
func (r *report) fault(m text.Message) {
	r.say(r.pen.env.Theme.Sym.Fail, m.What)
	r.say("", m.Cure)
	if r.p.cause {
		r.say("", r.pen.env.Words.Hooks.Why+": "+r.p.raw())
	}
}

// answer is the beginning of what the receiver answered, in a frame that marks it
// as the receiver's.
func (r *report) answer() {
	p, th, w := r.p, r.pen.env.Theme, r.pen.env.Words.Hooks.Verify
	if p.now == nil || p.now.HTTPStatus == 0 {
		return
	}
	r.blank()
	title := w.Answer
	if p.now.ContentType != "" {
		title += " " + th.Sym.Dot + " " + text.Clean(p.now.ContentType)
	}
	r.out = append(r.out, widget.Say("  "+title, th.Dim))
	body := []string{w.NoBytes}
	if p.now.FirstBytes != "" {
		body = text.CleanLines(strings.TrimSuffix(p.now.FirstBytes, "\n"))
	}
	for _, l := range body {
		for _, part := range strings.Split(ansi.Hardwrap(l, max(r.width-4, 1), true), "\n") {
			r.out = append(r.out, widget.Line{{Text: "  " + th.Sym.VLine + " ", Style: th.Rule}, {Text: part, Style: th.Text}})
		}
	}
}
