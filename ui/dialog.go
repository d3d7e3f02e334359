package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// inFlight is how long a dialog that opened by itself swallows keys: they were
// meant for what was in front before.
const inFlight = 400 * time.Millisecond

// layer is a dialog and until when it is deaf.
type layer struct {
	dialog page.Dialog
	deaf   time.Time
}

func (a *App) open(msg page.DialogMsg) tea.Cmd {
	l := layer{dialog: msg.Dialog}
	if msg.Sudden {
		l.deaf = a.env.Now().Add(inFlight)
	}
	a.dialogs = append(a.dialogs, l)
	return nil
}

// dialogKey gives a key to the dialog in front and to nobody else.
func (a *App) dialogKey(k tea.KeyPressMsg) tea.Cmd {
	if a.env.Now().Before(a.dialogs[len(a.dialogs)-1].deaf) {
		return nil
	}
	return a.dialogUpdate(k)
}

func (a *App) dialogUpdate(msg tea.Msg) tea.Cmd {
	last := len(a.dialogs) - 1
	cmd, done := a.dialogs[last].dialog.Update(msg)
	if done {
		a.dialogs = a.dialogs[:last]
	}
	return cmd
}
