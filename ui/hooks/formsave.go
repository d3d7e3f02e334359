package hooks

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// saveJob is one save that runs. Its pointer is its identity: an answer of any
// other job is stale. The command that runs it owns steps and closes it.
type saveJob struct {
	mode    model.SaveMode
	typed   typed // what it saves
	stop    context.CancelFunc
	stopped bool
	started time.Time
	shown   bool // it has taken long enough to be mentioned
	seen    *model.Verification
	steps   chan model.Verification // the newest state only
}

type (
	saveStepMsg struct {
		job *saveJob
		v   model.Verification
	}
	saveTickMsg struct{ job *saveJob }
	saveDoneMsg struct {
		job   *saveJob
		saved model.Saved
		err   error
	}
)

// mentionAfter is how long a save may take before it is mentioned.
const mentionAfter = 150 * time.Millisecond

// save checks everything that was typed and stores it. Whatever is wrong is shown
// at its field and the focus goes to the first.
func (f *form) save(mode model.SaveMode) tea.Cmd {
	if f.job != nil {
		return nil
	}
	defer f.relayout()
	if cmd := f.readCA(); cmd != nil {
		f.pending = mode
		return cmd
	}
	h, issues := f.hook()
	if mode != model.SaveDraft && len(h.Events) == 0 {
		note(issues, f.place(&model.Fault{Field: model.FieldTriggers}), &model.Fault{Code: model.CodeNoTriggers, Field: model.FieldTriggers})
	}
	f.issues = issues
	if len(issues) > 0 {
		f.focusIssue()
		return nil
	}
	f.banner = nil
	return f.start(h, mode)
}

// focusIssue goes to the first entry with something wrong, unfolded or not.
func (f *form) focusIssue() {
	open := f.adv.open
	f.adv.open = true
	for _, e := range f.entries() {
		if f.issues[e.id] != nil {
			f.adv.open = open
			f.focus(e.id)
			return
		}
	}
	f.adv.open = open
}

func (f *form) start(h model.Hook, mode model.SaveMode) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	job := &saveJob{mode: mode, typed: f.typed(), started: f.env.Now(), steps: make(chan model.Verification, 1)}
	job.stop = func() { job.stopped = true; cancel() }
	f.job = job
	run := func() tea.Msg {
		defer cancel()
		defer close(job.steps)
		saved, err := f.v.Save(ctx, h, mode, job.watch)
		return saveDoneMsg{job, saved, err}
	}
	return tea.Batch(run, job.next(), page.After(mentionAfter, saveTickMsg{job}))
}

// watch keeps the newest state for the screen; it never blocks the verification.
func (j *saveJob) watch(v model.Verification) {
	select {
	case <-j.steps:
	default:
	}
	select {
	case j.steps <- v:
	default:
	}
}

// next waits for the next state of the verification.
func (j *saveJob) next() tea.Cmd {
	return func() tea.Msg {
		v, ok := <-j.steps
		if !ok {
			return nil
		}
		return saveStepMsg{j, v}
	}
}

func (f *form) tookStep(m saveStepMsg) tea.Cmd {
	if m.job != f.job || f.job == nil {
		return nil
	}
	f.job.seen = &m.v
	return f.job.next()
}

func (f *form) tookTick(m saveTickMsg) tea.Cmd {
	if m.job != f.job || f.job == nil {
		return nil
	}
	f.job.shown = true
	return f.env.Tick(m)
}

// tookSave ends a save. What was stored becomes the base, so that the next save
// changes it; what was typed meanwhile stays typed.
func (f *form) tookSave(m saveDoneMsg) tea.Cmd {
	if m.job != f.job || f.job == nil {
		return nil
	}
	job := f.job
	f.job = nil
	switch {
	case m.err != nil && job.stopped && errors.Is(m.err, context.Canceled):
		f.banner = func(w *text.Words) string { return w.Form.Cancelled }
		return nil
	case f.gone(m.err):
		f.renew()
		f.banner = func(w *text.Words) string { return w.Form.Gone("ctrl+s") }
		return nil
	case m.err != nil:
		if id := f.show(m.err); id != "" {
			f.focus(id)
		}
		return nil
	}
	created := m.saved.Created || (f.kept != nil && f.kept.Created)
	f.kept = &m.saved
	f.kept.Created = created
	f.base, f.saved = m.saved.Hook.Clone(), job.typed
	if m.saved.Verification != nil {
		shown := m.saved.Verification.Redacted(m.saved.Hook)
		f.last = &shown
	}
	if job.mode == model.SaveActivate && f.base.State == model.HookDraft {
		return tea.Batch(f.stayDraft(job), f.dropDraft())
	}
	if f.dirty() {
		return f.saveToast(job)
	}
	cmds := []tea.Cmd{f.env.PopWith(f, savedMsg{m.saved}), f.saveToast(job), f.endDraft(true)}
	if created && m.saved.Activated {
		cmds = append(cmds, deeds{env: f.env}.deliveries(m.saved.Hook)) // to see the first ones come
	}
	return tea.Batch(cmds...)
}

// gone reports that the webhook was deleted by another program meanwhile.
func (f *form) gone(err error) bool {
	var fault *model.Fault
	return f.base.Revision > 0 && errors.As(err, &fault) && fault.Code == model.CodeNotFound && fault.Field == model.FieldName
}

// renew makes a new webhook of what stands in the form: the next save stores it.
func (f *form) renew() {
	fresh := f.v.New()
	f.base.ID, f.base.State, f.base.Reason, f.base.Revision = fresh.ID, fresh.State, "", 0
	f.base.CreatedAt, f.base.UpdatedAt, f.base.DeletedAt = fresh.CreatedAt, fresh.UpdatedAt, fresh.DeletedAt
	f.last, f.kept, f.saved = nil, nil, typed{}
}

// saveToast says what the webhook is now. A verification that failed does not stop
// one that is active or paused already, but nobody may think that it went well.
func (f *form) saveToast(job *saveJob) tea.Cmd {
	w, v := f.env.Words, f.kept.Verification
	state := w.HookState(f.base.State)
	switch {
	case v != nil && !v.OK:
		why := ""
		if v.Failure != nil {
			why = w.Failure(f.last.Failure).What
		}
		return page.Toast(page.ToastWarn, w.Form.SavedFailed(state, why))
	case v != nil && len(v.Warnings) > 0:
		says := w.Form.Saved(state)
		if f.base.State == model.HookActive {
			says = w.Form.Done
		}
		return page.Toast(page.ToastWarn, says+". "+warned(w, v.Warnings))
	case f.base.State == model.HookActive && job.mode != model.SaveDraft:
		return page.Toast(page.ToastGood, w.Form.Done)
	case f.base.State == model.HookDraft:
		return page.Toast(page.ToastGood, w.Form.Draft)
	}
	return page.Toast(page.ToastGood, w.Form.Saved(state))
}

// warned are warnings in sentences.
func warned(w *text.Words, warnings []model.Warning) string {
	var out []string
	for _, warning := range warnings {
		out = append(out, w.Warning(warning))
	}
	return strings.Join(out, " ")
}

// stayDraft keeps the form open on a webhook whose verification failed: the reason
// stands beside the URL, and a key activates it all the same.
func (f *form) stayDraft(job *saveJob) tea.Cmd {
	f.anyway = true
	f.banner = func(w *text.Words) string { return w.Form.Drafted }
	if job.stopped {
		f.banner = func(w *text.Words) string { return w.Form.Cancelled }
	}
	f.focus(idURL)
	return nil
}

// askDiscard is the question before typed text is lost.
func (f *form) askDiscard() page.Dialog {
	w := f.env.Words.Form
	why := []string{w.DiscardWhy}
	if f.draft.desk != nil {
		why = append(why, w.DiscardUndo)
	}
	return widget.NewConfirm(f.env, w.Discard, why, widget.Entry{Key: "d", Label: w.DiscardYes, Do: f.discard})
}
