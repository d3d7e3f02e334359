package hooks

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// discard leaves the form without what was typed. It can be undone once nothing of
// it is kept any more.
func (f *form) discard() tea.Cmd {
	w := f.env.Words.Form
	if f.draft.desk == nil {
		return tea.Batch(f.leave(), page.Toast(page.ToastInfo, w.Discarded))
	}
	s := f.sheet()
	lost := discarded{f.env, f.draft.desk, f.draft.id, f.called(s), s}
	return tea.Batch(f.pop(), tea.Sequence(f.endDraft(f.draft.kept), said(page.ToastInfo, w.DiscardedUndo, lost.undo)))
}

// discardDraft forgets the draft that was found, until that is undone: into the form
// if that is still open with nothing typed, else for the next one.
func (f *form) discardDraft(s sheet) tea.Cmd {
	lost := discarded{f.env, f.draft.desk, f.draft.id, f.called(s), s}
	undo := func() tea.Cmd {
		if f.draft.left || f.dirty() {
			return lost.undo()
		}
		return tea.Batch(f.restore(s), f.keepNow())
	}
	return tea.Sequence(f.dropDraft(), said(page.ToastInfo, f.env.Words.Form.DraftDiscarded, undo))
}

// called is what the draft of a form is called: the webhook as it is stored.
func (f *form) called(s sheet) string {
	if f.draft.id == newDraft {
		return text.Clean(s.Name)
	}
	return nameOf(f.base)
}

// discarded is a draft that can be brought back, to where drafts are kept and no
// further: the page in front may be any by then.
type discarded struct {
	env   *page.Env
	desk  *desk
	id    string
	name  string // for people
	sheet sheet
}

func (d discarded) undo() tea.Cmd {
	w := d.env.Words
	return func() tea.Msg {
		data, err := json.Marshal(d.sheet)
		back := false
		if err == nil {
			back, err = d.desk.putBack(d.id, data)
		}
		switch {
		case err != nil: // it can be tried again
			return page.ToastMsg{Kind: page.ToastWarn, Text: w.Fault(err).String(), Undo: d.undo}
		case !back:
			return page.ToastMsg{Kind: page.ToastWarn, Text: w.Form.DraftInTheWay, Undo: d.undo}
		case d.id == newDraft:
			return page.ToastMsg{Kind: page.ToastGood, Text: w.Form.DraftBackNew(d.name)}
		}
		return page.ToastMsg{Kind: page.ToastGood, Text: w.Form.DraftBack(d.name)}
	}
}

func said(kind page.ToastKind, words string, undo func() tea.Cmd) tea.Cmd {
	return func() tea.Msg { return page.ToastMsg{Kind: kind, Text: words, Undo: undo} }
}

// draftsMsg are the drafts that waited when the list was first read.
type draftsMsg struct {
	to    *list
	found []Draft
}

// findDrafts looks for drafts once.
func (l *list) findDrafts() tea.Cmd {
	if l.v.Drafts == nil || l.env.ReadOnly {
		return nil
	}
	return func() tea.Msg {
		found, err := l.v.Drafts.Kept()
		if err != nil {
			return nil // each form looks again
		}
		return draftsMsg{l, found}
	}
}

// announce says of each webhook whose form was never left that its draft waits, and
// how it is opened.
func (l *list) announce(m draftsMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	w := l.env.Words.Form
	var cmds []tea.Cmd
	for _, d := range m.found {
		var s sheet
		h, known := l.byID[d.ID]
		at := pen{l.env}.shortClock(d.At)
		switch {
		case json.Unmarshal(d.Data, &s) != nil:
		case known:
			cmds = append(cmds, page.Toast(page.ToastWarn, w.DraftWaits(nameOf(h.Hook), at)))
		case d.ID == newDraft:
			cmds = append(cmds, page.Toast(page.ToastWarn, w.DraftWaitsNew(text.Clean(s.Name), at)))
		}
	}
	return tea.Sequence(cmds...)
}
