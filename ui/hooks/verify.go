package hooks

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// verify is the live checklist. It verifies when it opens; given a draft to
// activate, verifying is part of saving it as active.
type verify struct {
	env      *page.Env
	v        Verbs
	hook     model.Hook
	activate bool
	past     bool // shows a verification of the past: nothing runs
	onForm   bool // stands on the form whose webhook it verifies
	sample   bool // the run sends a sample for a body

	run     int // identity of the newest run
	cancel  context.CancelFunc
	began   time.Time
	running bool
	now     *model.Verification // so far, or the result
	saved   *model.Saved        // of an activation
	err     error               // nothing could be tried
	told    bool                // the page below has the result
	cause   bool                // the raw cause is shown

	rows   widget.Rows
	at     int // the line that matters: where the cursor stands
	lines  map[string]widget.Line
	width  int
	height int
}

// Messages of a run; each carries its identity.
type (
	verifyStepMsg struct {
		to    *verify
		run   int
		sofar model.Verification
		next  tea.Cmd
	}
	verifyDoneMsg struct {
		to     *verify
		run    int
		result *model.Verification
		saved  *model.Saved
		err    error
	}
	verifyTickMsg struct {
		to  *verify
		run int
	}
)

// newVerify verifies h as it is given, saved or not.
func newVerify(env *page.Env, v Verbs, h model.Hook) page.Page {
	return &verify{env: env, v: v, hook: h.Clone(), rows: widget.Rows{Plain: true}}
}

// newActivate verifies the stored webhook h, a draft or a disabled one, and makes it
// active on a 2xx (R24).
func newActivate(env *page.Env, v Verbs, h model.Hook) page.Page {
	return &verify{env: env, v: v, hook: h.Clone(), activate: true, rows: widget.Rows{Plain: true}}
}

// newReport shows a verification of the past.
func newReport(env *page.Env, v Verbs, h model.Hook, past model.Verification) page.Page {
	p := &verify{env: env, v: v, hook: h.Clone(), past: true, told: true, rows: widget.Rows{Plain: true}}
	p.shows(&past)
	return p
}

func (p *verify) Init() tea.Cmd {
	if p.past {
		return nil
	}
	return p.repeat()
}

// repeat verifies with the body made for it.
func (p *verify) repeat() tea.Cmd {
	p.sample = false
	return p.start(model.SaveActivate)
}

// fallback verifies with a sample for a body: some receivers refuse what they do not
// know (DOMAIN.md 4.3).
func (p *verify) fallback() tea.Cmd {
	p.sample = true
	return p.start(model.SaveActivate)
}

// fallbackSample is the event whose sample stands in for a verification's own body.
const fallbackSample = "call.processed"

// refused reports that the receiver did not like what was sent to it.
func (p *verify) refused() bool {
	if p.running || p.now == nil {
		return false
	}
	switch p.now.HTTPStatus {
	case 400, 415, 422:
		return p.v.Catalogue().Has(fallbackSample)
	}
	return false
}

// redirected is the address the receiver sent us to, if it can be a webhook's.
func redirected(v *model.Verification) string {
	if v == nil || v.Location == "" || text.Clean(v.Location) != v.Location || model.CheckURL(v.Location) != nil {
		return ""
	}
	return v.Location
}

// follow takes the address of a redirect over: into the form below, or into a form
// opened for it. Nothing is sent or stored yet.
func (p *verify) follow() tea.Cmd {
	url := redirected(p.now)
	p.told = true
	if p.onForm {
		return p.env.PopWith(p, redirectMsg{p.hook.ID, url})
	}
	f := newForm(p.env, p.v, p.hook).(*form)
	f.takeURL(url)
	return tea.Batch(p.env.PopWith(p, nil), p.env.Push(f))
}

// start begins a run; an older one is cancelled and its answers are stale. What has
// become active is only verified again: saving it would not.
func (p *verify) start(mode model.SaveMode) tea.Cmd {
	if p.saved != nil && p.saved.Activated {
		p.activate = false
	}
	if p.cancel != nil {
		p.cancel()
	}
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(context.Background())
	p.run++
	p.past, p.running, p.told, p.cause = false, true, false, false
	p.began, p.now, p.saved, p.err = p.env.Now(), nil, nil, nil
	p.lay()
	news := make(chan model.Verification, 1)
	tick := p.env.Tick(verifyTickMsg{p, p.run})
	return tea.Batch(p.work(ctx, p.cancel, p.run, mode, news), p.listen(ctx, p.run, news), tick)
}

// work verifies, or saves and thereby verifies, and ends the run's context.
func (p *verify) work(ctx context.Context, end context.CancelFunc, run int, mode model.SaveMode, news chan model.Verification) tea.Cmd {
	hook, activate, sample := p.hook.Clone(), p.activate, p.sample && mode == model.SaveActivate
	watch := func(v model.Verification) { replace(news, v) }
	return func() tea.Msg {
		defer end()
		done := verifyDoneMsg{to: p, run: run}
		if sample {
			result, err := p.v.VerifySample(ctx, hook, fallbackSample, watch)
			done.result, done.err = &result, err
			if !activate || err != nil || !result.OK {
				return done
			}
			saved, err := p.v.Save(ctx, hook, mode, nil) // verified just now
			done.saved, done.err = &saved, err
			return done
		}
		if activate {
			saved, err := p.v.Save(ctx, hook, mode, watch)
			done.saved, done.result, done.err = &saved, saved.Verification, err
			return done
		}
		result, err := p.v.Verify(ctx, hook, watch)
		done.result, done.err = &result, err
		return done
	}
}

// replace puts v into a channel of one place; what was not taken is replaced, so
// that the verb never waits for the screen.
func replace(news chan model.Verification, v model.Verification) {
	for {
		select {
		case news <- v:
			return
		default:
		}
		select {
		case <-news:
		default:
		}
	}
}

// listen waits for the next state of the run, or for its end.
func (p *verify) listen(ctx context.Context, run int, news chan model.Verification) tea.Cmd {
	return func() tea.Msg {
		select {
		case v := <-news:
			return verifyStepMsg{p, run, v, p.listen(ctx, run, news)}
		case <-ctx.Done():
			return nil
		}
	}
}

func (p *verify) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case verifyStepMsg:
		if m.to != p || m.run != p.run || !p.running {
			return nil
		}
		p.shows(&m.sofar)
		p.lay()
		return m.next
	case verifyTickMsg:
		if m.to != p || m.run != p.run || !p.running {
			return nil
		}
		p.lay()
		return p.env.Tick(m)
	case verifyDoneMsg:
		if m.to != p || m.run != p.run {
			return nil
		}
		return p.done(m)
	case page.RestyledMsg:
		p.lay()
	}
	return nil
}

// done takes the result. Every page learns that something was recorded.
func (p *verify) done(m verifyDoneMsg) tea.Cmd {
	p.running = false
	p.err = m.err
	if m.err == nil {
		p.saved = m.saved
		p.shows(m.result)
		if m.saved != nil {
			p.hook = m.saved.Hook
		}
	}
	p.lay()
	return changed
}

// shows takes a verification as it may be shown; nil for none.
func (p *verify) shows(v *model.Verification) {
	p.now = v
	if v != nil {
		shown := v.Redacted(p.hook)
		p.now = &shown
	}
}

// Interrupt cancels the run and stays: what was learnt so far is shown.
func (p *verify) Interrupt() tea.Cmd {
	if !p.running {
		return nil
	}
	p.cancel()
	return func() tea.Msg { return nil }
}

// Leave cancels the run and hands a result to the page below; a run that was
// cancelled has none, and leaves what was known as it was.
func (p *verify) Leave() tea.Cmd {
	if p.running {
		p.cancel()
		p.running = false
		p.run++
		return nil
	}
	if p.told || p.now == nil || p.err != nil || p.cancelled() {
		return nil
	}
	p.told = true
	return p.env.PopWith(p, verifiedMsg{p.hook, *p.now})
}

// cancelled reports that a person ended the run before it had an answer.
func (p *verify) cancelled() bool {
	return p.now != nil && p.now.Failure != nil && p.now.Failure.Code == model.CodeCancelled
}

// Actions: repeat, and for a draft that failed the way around the verification.
func (p *verify) Actions() []page.Action {
	w := p.env.Words.Hooks.Do
	again := act("verify.repeat", w.Repeat, p.repeat, "r", "v")
	again.Off, again.Foot, again.Writes, again.Twin = p.running, true, true, "hooktop hook verify"
	sample := offer(writing(act("verify.sample", w.VerifySample, p.fallback, "c")), true, p.refused())
	sample.Twin = "hooktop hook verify --sample " + fallbackSample
	follow := offer(writing(act("verify.follow", w.Follow, p.follow, "l")), true, !p.running && redirected(p.now) != "")
	follow.Twin = "hooktop hook edit --url"
	out := []page.Action{again, sample, follow}
	if p.activate {
		anyway := act("verify.anyway", w.Anyway, func() tea.Cmd { return p.start(model.SaveUnverified) }, "A")
		anyway.Off = p.running || p.err == nil && (p.saved == nil || p.saved.Activated)
		anyway.Foot, anyway.Writes, anyway.Twin = true, true, "hooktop hook edit --no-verify"
		out = append(out, anyway)
	}
	back := act("verify.done", w.Done, p.env.Pop, "enter")
	back.Off = p.running
	cause := act("verify.cause", w.Cause, func() tea.Cmd { p.cause = !p.cause; p.lay(); return nil }, "i")
	cause.Off = p.raw() == ""
	cause.Foot = true
	out = append(out, back, cause)
	return append(out, moves(p.env.Words, &p.rows, func(f func()) tea.Cmd { f(); return nil })...)
}

func (p *verify) SetSize(width, height int) {
	p.width, p.height = width, height
	p.rows.SetSize(width, height-verifyHead, 1)
	p.lay()
}

func (p *verify) Typing() bool { return false }
