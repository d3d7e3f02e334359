package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// twice is how soon a second ctrl+c has to follow to quit.
const twice = 2 * time.Second

// editing are the keys that belong to a text field while it has the focus.
var editing = []string{"left", "right", "home", "end", "backspace", "delete",
	"ctrl+left", "ctrl+right", "alt+left", "alt+right"}

// key routes a key press: interrupt and repaint, then the dialog in front, then
// the shell, then the page. The shell's soft keys come last, so that a page may
// have its own esc or digits.
func (a *App) key(k tea.KeyPressMsg) tea.Cmd {
	a.toasts.touched()
	a.mouse.forget()
	a.led.waits = false
	a.settleBanner()
	if cmd, ok := run(a.urgent(), k); ok {
		return cmd
	}
	if len(a.dialogs) > 0 {
		return a.dialogKey(k)
	}
	a.leaving = false
	if k.String() == "esc" && a.toasts.dismiss() {
		return nil
	}
	p := a.top()
	if p == nil {
		return nil
	}
	if p.Typing() && (k.Text != "" || slices.Contains(editing, k.String())) {
		return p.Update(k)
	}
	own := p.Actions()
	if undo := a.hard()[2]; undo.Off && known([]page.Action{undo}, k) {
		return a.undo() // says that there is nothing
	}
	for _, actions := range [][]page.Action{a.hard(), own, a.soft()} {
		if act := match(actions, k); act != nil {
			return a.do(*act)
		}
	}
	if known(own, k) {
		return nil // its key, but not now
	}
	return p.Update(k)
}

// do runs an action if it may run now.
func (a *App) do(act page.Action) tea.Cmd {
	switch {
	case act.Off:
		return nil
	case act.Writes && a.env.ReadOnly:
		return page.Toast(page.ToastWarn, a.env.Words.Shell.ReadOnlyRefused)
	}
	return act.Do()
}

// match finds the action of a key that may run now. Where the terminal tells it,
// the key's place on the keyboard counts too, for layouts without Latin letters.
func match(actions []page.Action, k tea.KeyPressMsg) *page.Action {
	for _, name := range []string{k.String(), k.Keystroke()} {
		for i, act := range actions {
			if !act.Off && act.Do != nil && slices.Contains(act.Keys, name) {
				return &actions[i]
			}
		}
	}
	return nil
}

func known(actions []page.Action, k tea.KeyPressMsg) bool {
	return slices.ContainsFunc(actions, func(act page.Action) bool { return slices.Contains(act.Keys, k.String()) })
}

func run(actions []page.Action, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if act := match(actions, k); act != nil {
		return act.Do(), true
	}
	return nil, false
}

// interrupt cancels what runs on the page in front. At rest the second press
// within two seconds quits; while a question is open it quits without asking.
func (a *App) interrupt() tea.Cmd {
	if i, ok := a.top().(page.Interrupter); ok && len(a.dialogs) == 0 {
		if cmd := i.Interrupt(); cmd != nil {
			a.armed = time.Time{}
			return cmd
		}
	}
	now := a.env.Now()
	if a.armed.IsZero() || now.Sub(a.armed) > twice {
		a.armed = now
		return page.Toast(page.ToastInfo, a.env.Words.Shell.QuitAgain)
	}
	a.armed = time.Time{}
	if len(a.dialogs) > 0 {
		return tea.Quit
	}
	return a.quit()
}

// paste goes to the dialog in front, to a field, or to a page that has a use for
// it. Anywhere else it is refused, so that pasted text never triggers commands.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if len(a.dialogs) > 0 {
		return a.dialogUpdate(msg)
	}
	p := a.top()
	if p == nil {
		return nil
	}
	taker, ok := p.(page.Paster)
	if p.Typing() || ok && taker.Pastes() {
		return p.Update(msg)
	}
	return page.Toast(page.ToastWarn, a.env.Words.Shell.PasteRefused)
}
