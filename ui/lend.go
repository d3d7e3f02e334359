package ui

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/editor"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// readyMsg is an editor made ready in a command, to be given the terminal now.
type readyMsg struct{ run tea.Cmd }

// lend gives the terminal to another program: an editor, a pager or the demonstration.
func (a *App) lend(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.EditMsg:
		return a.edit(msg)
	case page.EditedMsg:
		return a.handBack(msg)
	case page.ReadMsg:
		return a.read(msg)
	case pagedMsg:
		return a.paged(msg.err)
	case page.DemoMsg:
		return a.demo()
	case readyMsg:
		return msg.run
	}
	return nil
}

// demo runs the demonstration as a program of its own and comes back after it.
func (a *App) demo() tea.Cmd {
	w := a.env.Words.Shell
	if a.opt.Demo == nil {
		return page.Toast(page.ToastWarn, w.DemoMissing)
	}
	return a.opt.Exec(a.opt.Demo(), func(err error) tea.Msg {
		if err == nil {
			return nil
		}
		return page.ToastMsg{Kind: page.ToastError, Text: w.DemoFailed(text.Clean(err.Error()))}
	})
}

// edit opens data in the person's editor. The file is made in a command, its
// name's ending kept for the editor's sake, and removed afterwards.
func (a *App) edit(msg page.EditMsg) tea.Cmd {
	return func() tea.Msg {
		path, err := a.drafts.make(msg.Name, msg.Data)
		if err != nil {
			return page.EditedMsg{ID: msg.ID, Data: msg.Data, Err: err}
		}
		cmd, err := a.editor(path)
		if err != nil {
			err = errors.Join(fmt.Errorf("find editor: %w", err), a.drafts.remove(path))
			return page.EditedMsg{ID: msg.ID, Data: msg.Data, Err: err}
		}
		run := a.opt.Exec(cmd, func(err error) tea.Msg { return a.edited(msg, path, lent(cmd, err)) })
		return readyMsg{run}
	}
}

// handBack gives what was edited to the page that asked, and says what went wrong.
func (a *App) handBack(msg page.EditedMsg) tea.Cmd {
	cmd := a.broadcast(msg)
	if msg.Err == nil {
		return cmd
	}
	return tea.Batch(cmd, page.Toast(page.ToastError, blame(a.env.Words.Shell.Editor, msg.Err)))
}

// lentError is why a program did not do its work with the terminal.
type lentError struct {
	program string
	err     error
}

func (e *lentError) Error() string { return "run " + e.program + ": " + e.err.Error() }
func (e *lentError) Unwrap() error { return e.err }

// lent is the error of a program's run; nil for none.
func lent(cmd *exec.Cmd, err error) error {
	if err == nil {
		return nil
	}
	return &lentError{cmd.Args[0], err}
}

// blame says what is wrong with an editor or a pager, and what to set.
func blame(w text.ProgramWords, err error) string {
	var e *lentError
	if !errors.As(err, &e) {
		return w.NoFile(text.Clean(err.Error()))
	}
	return w.Blame(e.program, e.err)
}

// editor is the command that opens path.
func (a *App) editor(path string) (*exec.Cmd, error) {
	if a.opt.Editor != nil {
		return a.opt.Editor(path)
	}
	return editor.Command(Name, path)
}

// edited reads what was saved, byte for byte: an editor that ended with an error
// changes nothing.
func (a *App) edited(msg page.EditMsg, path string, err error) tea.Msg {
	out := page.EditedMsg{ID: msg.ID, Data: msg.Data}
	if err != nil {
		out.Err = err
	} else if saved, rerr := os.ReadFile(path); rerr != nil {
		out.Err = fmt.Errorf("read what the editor saved: %w", rerr)
	} else {
		out.Data, out.Changed = saved, !bytes.Equal(saved, msg.Data)
	}
	if rerr := a.drafts.remove(path); out.Err == nil && rerr != nil {
		out.Err = fmt.Errorf("remove the editor's file: %w", rerr)
	}
	return out
}
