package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/clip"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// copiedMsg is what became of a copy.
type copiedMsg struct {
	what string
	size int
	clip.Outcome
}

// copy brings data to the clipboard and says no more than is known of it.
func (a *App) copy(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.CopyMsg:
		ladder := a.opt.Clip
		climb := func() tea.Msg {
			return copiedMsg{msg.What, len(msg.Data), ladder.Copy(context.Background(), msg.Data)}
		}
		if !ladder.Terminal(msg.Data) {
			return climb
		}
		return tea.Sequence(tea.SetClipboard(string(msg.Data)), climb)
	case page.SaveMsg:
		ladder := a.opt.Clip
		return func() tea.Msg {
			path, err := ladder.Save(msg.Name, msg.Data)
			return copiedMsg{msg.What, len(msg.Data), clip.Outcome{Path: path, Err: err}}
		}
	case copiedMsg:
		return a.sayCopied(msg)
	}
	return nil
}

func (a *App) sayCopied(msg copiedMsg) tea.Cmd {
	w := a.env.Words.Shell
	switch {
	case msg.Err != nil:
		return page.Toast(page.ToastError, w.CopyFailed(msg.what, text.Clean(msg.Err.Error())))
	case msg.Path != "":
		return page.Toast(page.ToastWarn, w.SavedTo(msg.what, msg.Path))
	case msg.By != "":
		return page.Toast(page.ToastGood, w.Copied(msg.what, msg.By))
	}
	return page.Toast(page.ToastInfo, w.SentToTerm(msg.what, a.env.Words.Size(int64(msg.size))))
}
