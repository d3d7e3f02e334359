package hooks

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// discard leaves the form without what was typed. The form itself is what brings it
// back, keys included: nothing of them is kept anywhere else.
func (f *form) discard() tea.Cmd {
	undo := func() tea.Cmd {
		f.draft.resume()
		return tea.Batch(f.env.Go(page.GoMsg{Tab: "webhooks"}), f.env.Push(f), f.keepNow())
	}
	return tea.Batch(f.leave(), said(page.ToastInfo, f.env.Words.Form.Discarded, undo))
}

// discardDraft forgets the draft that was found, until that is undone: into the form
// if that is still open, else for the next one.
func (f *form) discardDraft(s sheet, data []byte) tea.Cmd {
	undo := func() tea.Cmd {
		if !f.draft.over() {
			return tea.Batch(f.restore(s), f.keepNow())
		}
		return func() tea.Msg {
			if err := f.draft.drafts.Keep(f.draft.id, data); err != nil {
				return page.ToastMsg{Kind: page.ToastError, Text: f.env.Words.Fault(err).String()}
			}
			return nil
		}
	}
	return tea.Batch(f.dropDraft(false), said(page.ToastInfo, f.env.Words.Form.DraftDiscarded, undo))
}

func said(kind page.ToastKind, words string, undo func() tea.Cmd) tea.Cmd {
	return func() tea.Msg { return page.ToastMsg{Kind: kind, Text: words, Undo: undo} }
}

// over reports that the form was left; resume that it was come back to.
func (k *keeping) over() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.ended
}

func (k *keeping) resume() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ended = false
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
