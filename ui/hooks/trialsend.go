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
)

// sendJob is one test in flight; its pointer is its identity.
type sendJob struct {
	stop    context.CancelFunc
	stopped bool
	started time.Time
	shown   bool
}

type (
	sentMsg struct {
		job    *sendJob
		result model.TestResult
		err    error
	}
	sendTickMsg struct{ job *sendJob }
)

// cancelAfter is when the key that cancels is mentioned.
const cancelAfter = 3 * time.Second

// send sends the event on the screen, once.
func (t *trial) send() tea.Cmd {
	if t.job != nil || t.event.Body == nil || t.event.Type != t.typ() {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	job := &sendJob{started: t.env.Now()}
	job.stop = func() { job.stopped = true; cancel() }
	t.job, t.issue = job, nil
	hook, event := t.hook, t.event
	run := func() tea.Msg {
		defer cancel()
		r, err := t.v.Test(ctx, hook, event)
		return sentMsg{job, r, err}
	}
	return tea.Batch(run, page.After(mentionAfter, sendTickMsg{job}))
}

// Interrupt cancels a test that runs.
func (t *trial) Interrupt() tea.Cmd {
	if t.job == nil {
		return nil
	}
	t.job.stop()
	return func() tea.Msg { return nil }
}

func (t *trial) tick(m sendTickMsg) tea.Cmd {
	if t.job == nil || m.job != t.job {
		return nil
	}
	t.job.shown = true
	return t.env.Tick(m)
}

// tookAnswer shows what came back, and makes the next event: the one just sent is
// spent.
func (t *trial) tookAnswer(m sentMsg) tea.Cmd {
	if t.job == nil || m.job != t.job {
		return nil
	}
	stopped := t.job.stopped
	t.job = nil
	if m.err != nil {
		t.issue = func(w *text.Words) string { return w.Trial.NotSent + " " + w.Fault(m.err).String() }
		if stopped && errors.Is(m.err, context.Canceled) {
			t.issue = func(w *text.Words) string { return w.Trial.Stopped }
		}
		return nil
	}
	shown := m.result.Redacted(t.hook)
	t.result, t.answer = &shown, shown.Attempt.Response != nil
	t.event = model.Event{} // its id must not travel twice
	cmds := []tea.Cmd{t.mint(t.own), t.unkept(shown)}
	if r := shown.Attempt.Response; r != nil {
		cmds = append(cmds, t.headers.SetBytes(headerBytes(r.Headers)), t.reply.SetBytes(r.Body))
	}
	return tea.Batch(cmds...)
}

// unkept says that a test was sent and is in no history.
func (t *trial) unkept(r model.TestResult) tea.Cmd {
	if r.Unkept == "" {
		return nil
	}
	w := t.env.Words
	why := w.Fault(&model.Fault{Code: r.Unkept, Field: model.FieldDB}).What
	return page.Toast(page.ToastWarn, w.CLI.Say.Unkept+" "+why)
}

// headerBytes are header lines for a body view. Each is cleaned here, so that none
// can begin a line of its own.
func headerBytes(hs []model.Header) []byte {
	var b strings.Builder
	for _, h := range hs {
		b.WriteString(text.Clean(h.Name) + ": " + text.Clean(h.Value) + "\n")
	}
	return []byte(b.String())
}

// pick moves the choice of the event by n.
func (t *trial) pick(n int) tea.Cmd {
	if t.job != nil {
		return nil
	}
	before := t.typ()
	t.types.Move(n)
	if t.typ() == before {
		return nil
	}
	t.result, t.answer, t.issue = nil, false, nil
	t.lay()
	return t.mint(t.own)
}

// sample goes back from a body of one's own to the sample.
func (t *trial) sample() tea.Cmd {
	t.bad, t.issue, t.answer = nil, nil, false
	t.lay()
	return t.mint(nil)
}

func (t *trial) editID() string { return "test " + t.hook.ID }

// edit opens the body in the editor: the refused one, if there is one.
func (t *trial) edit() tea.Cmd {
	data := t.event.Body
	if t.bad != nil {
		data = t.bad
	}
	m := page.EditMsg{ID: t.editID(), Name: t.typ() + ".json", Data: data}
	return func() tea.Msg { return m }
}

// read gives the body on the screen to the pager.
func (t *trial) read() tea.Cmd {
	m := page.ReadMsg{Name: t.typ() + ".json", Data: t.front().Bytes()}
	if t.answer {
		m.Name = "response.txt"
	}
	return func() tea.Msg { return m }
}

// turn switches between the body and the answer.
func (t *trial) turn() tea.Cmd {
	t.answer = !t.answer && t.result != nil && t.result.Attempt.Response != nil
	t.lay()
	return nil
}

// copies opens the copy menu for what the right pane shows: the event that will be
// sent, or the one that was.
func (t *trial) copies() tea.Cmd {
	r := t.preview()
	if t.answer && t.result != nil {
		r = *t.result
	}
	return t.env.Open(copyMenu(t.env, r, !t.hook.Secret.IsZero()))
}

// preview is the request as far as it is known before it is sent.
func (t *trial) preview() model.TestResult {
	hs := []model.Header{{Name: "Content-Type", Value: "application/json"}}
	if !t.hook.Authorization.IsZero() {
		hs = append(hs, model.Header{Name: "Authorization", Value: t.hook.Authorization.Masked()})
	}
	hs = append(hs, model.Header{Name: "webhook-id", Value: t.event.ID}, model.Header{Name: "X-Hooktop-Event", Value: t.event.Type},
		model.Header{Name: "X-Hooktop-Test", Value: "true"})
	hs = append(hs, t.hook.MaskedHeaders()...)
	return model.TestResult{Event: t.event, Attempt: model.Attempt{Method: "POST", URL: t.hook.URL, Request: hs}}
}
