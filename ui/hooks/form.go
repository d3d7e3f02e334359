package hooks

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// form is the page on which a webhook is made or changed. What it shows as
// verified is derived from the newest verification and the values as typed, so
// that it can never claim more than was tried.
type form struct {
	env *page.Env
	v   Verbs

	base  model.Hook          // as opened, or as last saved from here
	last  *model.Verification // the newest that is known
	kept  *model.Saved        // what was stored from here; nil: nothing yet
	saved typed               // what was typed of it then, or stood here at first

	name, url, auth *widget.Field
	events          []string
	unfolded        map[string]bool // triggers whose finer choice is open
	adv             advanced

	at       string           // id of the entry with the focus
	issues   map[string]issue // by entry id
	banner   issue            // about the whole form
	anyway   bool             // the failed verification may be overridden
	warnings []model.Warning  // of the static check
	checked  string           // the URL that warnings are about

	job     *saveJob
	pending model.SaveMode // save as soon as the CA file is read
	reveal  int            // identity of the newest reveal
	draft   keeping
	sample  sampleOf
	screen  formScreen
}

// issue is a sentence about an entry in the language of the moment.
type issue func(w *text.Words) string

// newForm makes the page for a webhook that exists, or with Revision 0 a new one.
func newForm(env *page.Env, v Verbs, h model.Hook) page.Page {
	f := &form{
		env: env, v: v, base: h.Clone(), events: model.NormalizeEvents(h.Events),
		name: widget.NewField(), url: widget.NewField(), auth: widget.NewField(),
		unfolded: map[string]bool{}, issues: map[string]issue{},
		adv: newAdvanced(h),
	}
	f.sample.body = widget.NewBody(widget.BodyExact)
	f.url.Trim, f.auth.Masked = true, true
	f.name.SetValue(h.Name)
	f.url.SetValue(h.URL)
	f.auth.SetValue(h.Authorization.Reveal())
	f.saved = f.typed()
	f.draft.desk, f.draft.id = v.desk, h.ID
	if h.Revision == 0 {
		f.draft.id = newDraft
	}
	f.focus(idName)
	f.relayout()
	return f
}

// lastVerificationMsg is what is remembered about the webhook when the form opens.
type lastVerificationMsg struct {
	form *form
	last *model.Verification
}

// Init reads the newest verification of a stored webhook.
func (f *form) Init() tea.Cmd {
	mint := tea.Batch(f.mintSample(), f.findDraft())
	if f.base.Revision == 0 {
		return mint
	}
	id := f.base.ID
	return tea.Batch(mint, func() tea.Msg {
		h, err := f.v.Hook(context.Background(), id)
		if err != nil {
			return nil // only the mark beside the URL is missing; Verify gives a new one
		}
		return lastVerificationMsg{f, h.Redacted().Verification}
	})
}

// Update takes answers and typed text.
func (f *form) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		cmd = f.key(m)
	case tea.PasteMsg:
		cmd = f.edit(m)
	case verifiedMsg:
		if m.hook.ID == f.base.ID {
			f.last, f.banner, f.anyway = &m.result, nil, false
		}
	case redirectMsg:
		if m.id == f.base.ID {
			f.takeURL(m.url)
		}
	case lastVerificationMsg:
		if m.form == f && f.last == nil {
			f.last = m.last
		}
	case checkedMsg:
		f.took(m)
	case sampleMsg:
		cmd = f.tookSample(m)
	case caMsg:
		cmd = f.tookCA(m)
	case conditionMsg:
		f.tookCondition(m)
	case secretMsg:
		f.tookSecret(m)
	case draftMsg:
		if m.form == f {
			cmd = f.offerDraft(m.draft)
		}
	case draftDueMsg:
		if m.form == f {
			cmd = f.keepNow()
		}
	case revealMsg:
		if m.form == f && m.n == f.reveal {
			f.hide()
		}
	case saveStepMsg:
		cmd = f.tookStep(m)
	case saveTickMsg:
		cmd = f.tookTick(m)
	case saveDoneMsg:
		cmd = f.tookSave(m)
	default:
		cmd = f.sample.body.Update(msg)
	}
	if _, ok := msg.(page.RestyledMsg); ok {
		cmd = tea.Batch(cmd, f.mintSample()) // the sample speaks the language too
	}
	cmd = tea.Batch(cmd, f.tryCondition(), f.keepDraft())
	f.relayout()
	return cmd
}

// takeURL puts an address into the form, to be verified and saved from there.
func (f *form) takeURL(url string) {
	f.url.SetValue(url)
	delete(f.issues, idURL)
	f.warnings, f.anyway, f.banner = nil, false, nil
	f.focus(idURL)
	f.relayout()
}

// location is the address that the receiver at the URL as typed redirects to.
func (f *form) location() string {
	if f.state() != model.VerifyFailed {
		return ""
	}
	return redirected(f.last)
}

// Title is the breadcrumb.
func (f *form) Title() string {
	if f.base.Revision == 0 {
		return f.env.Words.Form.New
	}
	return f.env.Words.Form.Edit(nameOf(f.base))
}

// Typing reports that a text field has the focus.
func (f *form) Typing() bool { return f.entry().field != nil }

// Interrupt cancels a save that runs.
func (f *form) Interrupt() tea.Cmd {
	if f.job == nil {
		return nil
	}
	f.job.stop()
	return func() tea.Msg { return nil }
}

// Leave asks before typed text is lost, and takes what was stored along.
func (f *form) Leave() tea.Cmd {
	switch {
	case f.job != nil:
		return f.Interrupt()
	case f.dirty():
		return f.env.Open(f.askDiscard())
	}
	return f.leave()
}

// leave pops the form. A draft that was offered and not taken stays where it is.
func (f *form) leave() tea.Cmd { return tea.Batch(f.pop(), f.endDraft(f.draft.kept)) }

// pop takes the form away. Tests and verifications of a webhook that was never stored
// go with it.
func (f *form) pop() tea.Cmd {
	if f.kept != nil {
		return f.env.PopWith(f, savedMsg{*f.kept})
	}
	if f.base.Revision > 0 {
		return f.env.PopWith(f, nil)
	}
	id := f.base.ID
	return tea.Batch(f.env.PopWith(f, nil), func() tea.Msg {
		_ = f.v.Forget(context.Background(), id) // what stays behind is dropped with the next start
		return nil
	})
}

// dirty reports that something was typed since the form was opened or saved.
func (f *form) dirty() bool { return f.typed() != f.saved }

// typed identifies all that was typed without keeping it: some of it is secret.
type typed [sha256.Size]byte

func (f *form) typed() typed {
	sum := sha256.New()
	add := func(s string) { fmt.Fprintf(sum, "%d %s\n", len(s), s) }
	add(strings.TrimSpace(f.name.Value())) // as it is saved
	add(f.url.Value())
	add(f.auth.Value())
	add(strings.Join(f.events, " "))
	for _, e := range f.adv.entries(f.env.Words) {
		switch {
		case e.flag != nil:
			add(strconv.FormatBool(*e.flag))
		case strings.HasPrefix(e.id, headerPrefix) && e.field.Value() == "": // a line nobody has used
		default:
			add(e.id + " " + e.field.Value())
		}
	}
	return typed(sum.Sum(nil))
}

// state is the word beside the URL.
func (f *form) state() model.VerifyState {
	h := model.Hook{ID: f.base.ID, URL: f.url.Value(), Authorization: model.NewSecret(f.auth.Value())}
	return h.VerifyState(f.last)
}
