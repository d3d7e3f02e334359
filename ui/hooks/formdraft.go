package hooks

import (
	"encoding/json"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// draftEvery is how often what is typed is kept at most.
const draftEvery = 2 * time.Second

// newDraft is the id of the draft of a webhook that was never stored.
const newDraft = "new"

// sheet is what was typed into a form, without anything that may be a key.
type sheet struct {
	Name, URL                  string
	Events                     []string
	Headers                    []string // names alone
	Condition, Retry           string
	Limits                     [4]string
	Rate, Parallel, CA         string
	SkipVerify, Private, Folds bool // Folds: the advanced section was open
}

type (
	draftDueMsg struct{ form *form }
	draftMsg    struct { // an older one was found
		form  *form
		draft Draft
	}
)

// findDraft looks for what a form that was never left has kept of the webhook.
func (f *form) findDraft() tea.Cmd {
	if f.draft.desk == nil {
		return nil
	}
	return func() tea.Msg {
		if d, ok := f.draft.begin(); ok {
			return draftMsg{f, d}
		}
		return nil
	}
}

// offerDraft asks whether the draft is wanted. Until something else is typed it is
// offered again.
func (f *form) offerDraft(d Draft) tea.Cmd {
	var s sheet
	if json.Unmarshal(d.Data, &s) != nil {
		return f.dropDraft()
	}
	w := f.env.Words.Form
	name := text.Clean(s.Name)
	if name == "" {
		name = f.Title()
	}
	ask := widget.NewConfirm(f.env, f.Title(), []string{w.DraftKept(name, pen{f.env}.shortClock(d.At)), w.DraftKeys},
		widget.Entry{Key: "r", Label: w.DraftRestore, Do: func() tea.Cmd { return f.restore(s) }},
		widget.Entry{Key: "d", Label: w.DiscardYes, Do: func() tea.Cmd { return f.discardDraft(s) }})
	return f.env.Post(page.DialogMsg{Dialog: ask, Sudden: true})
}

// keepDraft asks for a look at the form soon. At rest there is no timer.
func (f *form) keepDraft() tea.Cmd {
	now := f.typed()
	if f.draft.desk == nil || f.draft.due || f.env.ReadOnly || now == f.draft.typed || !f.draft.kept && now == f.saved {
		return nil
	}
	f.draft.due = true
	return page.After(draftEvery, draftDueMsg{f})
}

// keepNow keeps what is typed now, in a command.
func (f *form) keepNow() tea.Cmd {
	f.draft.due = false
	if !f.dirty() {
		return f.dropDraft()
	}
	f.draft.typed, f.draft.kept = f.typed(), true
	data, err := json.Marshal(f.sheet())
	return func() tea.Msg {
		if err == nil {
			err = f.draft.keep(data)
		}
		_ = err // the form itself still has it; there is nothing a person could do
		return nil
	}
}

// dropDraft forgets the draft.
func (f *form) dropDraft() tea.Cmd {
	if f.draft.desk == nil {
		return nil
	}
	f.draft.typed, f.draft.kept = f.typed(), false
	return func() tea.Msg {
		_ = f.draft.drop() // what stays behind is offered once more
		return nil
	}
}

// endDraft is for the end of the form. drop takes the draft along, whoever kept it.
func (f *form) endDraft(drop bool) tea.Cmd {
	if f.draft.desk == nil {
		return nil
	}
	f.draft.left = true
	return func() tea.Msg {
		_ = f.draft.end(drop) // what stays behind is offered once more
		return nil
	}
}

// sheet is what stands in the form.
func (f *form) sheet() sheet {
	s := sheet{
		Name: f.name.Value(), URL: withoutUser(f.url.Value()), Events: f.events,
		Condition: f.adv.condition.Value(), Retry: f.adv.retry.Value(), Rate: f.adv.rate.Value(), Parallel: f.adv.parallel.Value(),
		CA: f.adv.ca.Value(), SkipVerify: f.adv.skip, Private: f.adv.private, Folds: f.adv.open,
	}
	for i, l := range f.adv.limits {
		s.Limits[i] = l.Value()
	}
	for _, h := range f.adv.headers {
		if name, _, ok := strings.Cut(h.Value(), ":"); ok {
			s.Headers = append(s.Headers, name)
		}
	}
	return s
}

// restore puts a draft into the form. Keys are those of the stored webhook, if any.
func (f *form) restore(s sheet) tea.Cmd {
	f.name.SetValue(s.Name)
	f.url.SetValue(s.URL)
	f.events = model.NormalizeEvents(s.Events)
	f.adv.condition.SetValue(s.Condition)
	f.adv.retry.SetValue(s.Retry)
	f.adv.rate.SetValue(s.Rate)
	f.adv.parallel.SetValue(s.Parallel)
	f.adv.ca.SetValue(s.CA)
	f.adv.skip, f.adv.private, f.adv.open = s.SkipVerify, s.Private, s.Folds
	for i, l := range s.Limits {
		f.adv.limits[i].SetValue(l)
	}
	f.adv.headers = nil
	for _, name := range s.Headers {
		line := widget.NewField()
		line.SetValue(name + ": " + model.HeaderValue(f.base.Headers, name))
		f.adv.headers = append(f.adv.headers, line)
	}
	f.adv.headers = append(f.adv.headers, widget.NewField())
	f.draft.typed, f.draft.kept = f.typed(), true
	f.focus(idName)
	f.relayout()
	return tea.Batch(f.mintSample(), f.tryCondition())
}
