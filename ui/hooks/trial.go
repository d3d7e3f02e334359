package hooks

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// trial is the test page: an event is chosen, its exact body is on the screen
// before anything is sent, and the answer takes its place afterwards. What is
// shown is what is copied and what is sent: one slice of bytes.
type trial struct {
	env  *page.Env
	v    Verbs
	hook model.Hook

	types  widget.Rows
	event  model.Event
	minted string // identity of the newest event asked for: type, language, number
	count  int
	own    []byte // a body of one's own, for whichever event is chosen; nil: the sample
	bad    []byte // a body of one's own that would not do
	issue  issue  // in place of the hint line

	job    *sendJob
	result *model.TestResult
	answer bool // the right pane shows the answer

	body, headers, reply *widget.Body
	width, height        int
}

// newTest makes the test page for a webhook as it stands, saved or not.
func newTest(env *page.Env, v Verbs, h model.Hook) page.Page {
	for _, typ := range v.Catalogue().Types() {
		if slices.Contains(h.Events, typ) {
			return newTestOf(env, v, h, typ)
		}
	}
	return newTestOf(env, v, h, "")
}

// newTestOf is newTest with the event chosen.
func newTestOf(env *page.Env, v Verbs, h model.Hook, typ string) page.Page {
	t := &trial{env: env, v: v, hook: h.Clone(),
		body: widget.NewBody(widget.BodyExact), headers: widget.NewBody(widget.BodyExact), reply: widget.NewBody(widget.BodyPretty)}
	t.headers.Frame, t.reply.Frame = true, true
	t.types.SetIDs(v.Catalogue().Types())
	t.types.Select(typ)
	return t
}

// mintMsg is an event made for a test page.
type mintMsg struct {
	trial  *trial
	minted string
	event  model.Event
	body   []byte // of one's own, as given; nil: a sample
	err    error
}

// Init makes the first event.
func (t *trial) Init() tea.Cmd { return t.mint(t.own) }

// mint asks for a fresh event of the type chosen: a sample with a new id and time,
// or own, byte for byte.
func (t *trial) mint(own []byte) tea.Cmd {
	typ, lang := t.typ(), string(t.env.Words.Lang)
	t.count++
	t.minted = fmt.Sprint(typ, " ", lang, " ", t.count)
	minted := t.minted
	return func() tea.Msg {
		m := mintMsg{trial: t, minted: minted, body: own}
		if own == nil {
			m.event, m.err = t.v.Mint(typ, lang)
			return m
		}
		if fault := model.CheckBody(own); fault != nil {
			m.err = fault
			return m
		}
		m.event, m.err = t.v.Own(typ, own)
		return m
	}
}

// took shows a new event, or says why a body of one's own will not do and keeps it
// for the editor.
func (t *trial) took(m mintMsg) tea.Cmd {
	if m.trial != t || m.minted != t.minted {
		return nil
	}
	if m.err != nil {
		err := m.err
		t.issue = func(w *text.Words) string { return w.Fault(err).String() }
		if m.body != nil {
			t.bad = m.body
			t.issue = func(w *text.Words) string {
				return w.Trial.Refused + " " + w.Fault(err).String() + " " + w.Trial.RefusedEdit
			}
		}
		return nil
	}
	t.event, t.own = m.event, m.body
	if m.body != nil {
		t.bad = nil
	}
	return t.body.SetBytes(m.event.Body)
}

// Update takes answers, pastes, and what the editor saved.
func (t *trial) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch m := msg.(type) {
	case mintMsg:
		cmd = t.took(m)
	case sentMsg:
		cmd = t.tookAnswer(m)
	case sendTickMsg:
		cmd = t.tick(m)
	case bodyFileMsg:
		cmd = t.tookFile(m)
	case tea.PasteMsg:
		cmd = t.use([]byte(pasted.Replace(m.Content)))
	case page.EditedMsg:
		if m.ID == t.editID() && m.Err == nil && m.Changed {
			cmd = t.use(m.Data)
		}
	case page.RestyledMsg:
		spoken := strings.HasPrefix(t.minted, t.typ()+" "+string(t.env.Words.Lang)+" ")
		if t.own == nil && t.job == nil && !spoken { // what is shown, and may be copied, stays what is sent
			cmd = t.mint(nil) // the sample speaks the language too
		}
	}
	cmd = tea.Batch(cmd, t.body.Update(msg), t.headers.Update(msg), t.reply.Update(msg))
	t.lay()
	return cmd
}

// pasted reads line ends as they were copied: terminals send a carriage return for a
// line feed within a paste.
var pasted = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// use takes bytes as the body for the event chosen.
func (t *trial) use(body []byte) tea.Cmd {
	if t.job != nil {
		return nil
	}
	t.issue, t.answer = nil, false
	return t.mint(slices.Clone(body))
}

// Pastes reports that a paste replaces the body.
func (t *trial) Pastes() bool { return t.job == nil }

// Title is the breadcrumb.
func (t *trial) Title() string { return t.env.Words.Trial.Title(nameOf(t.hook)) }

// Typing is never: the page has no text field.
func (t *trial) Typing() bool { return false }

// typ is the event type chosen.
func (t *trial) typ() string { return t.types.Selected() }

// chosen reports that the webhook has the event among its triggers.
func (t *trial) chosen(typ string) bool { return slices.Contains(t.hook.Events, typ) }

// Leave stops a test that runs.
func (t *trial) Leave() tea.Cmd {
	if t.job == nil {
		return nil
	}
	return t.Interrupt()
}
