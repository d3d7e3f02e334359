package ui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// read shows data in the person's pager. A pager draws what it is given, so it gets
// what a page would show. The file is made in a command, and removed afterwards.
func (a *App) read(msg page.ReadMsg) tea.Cmd {
	return func() tea.Msg {
		path, err := a.drafts.make(msg.Name, []byte(widget.CleanBody(msg.Data)+"\n"))
		if err != nil {
			return pagedMsg{err}
		}
		cmd := a.opt.Pager(path)
		return readyMsg{a.opt.Exec(cmd, func(err error) tea.Msg {
			return pagedMsg{errors.Join(lent(cmd, err), a.drafts.remove(path))}
		})}
	}
}

// pagedMsg says that the pager has ended, or why it could not begin.
type pagedMsg struct{ err error }

// paged says what went wrong.
func (a *App) paged(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return page.Toast(page.ToastError, blame(a.env.Words.Shell.Pager, err))
}

// Pager is $PAGER, or else less, on a file. An option that lets less end at once where
// all fits on the screen is taken back: nobody would see it.
func Pager(path string) *exec.Cmd {
	words := strings.Fields(os.Getenv("PAGER"))
	if len(words) == 0 {
		words = []string{"less"}
	}
	if filepath.Base(words[0]) == "less" {
		words = append(words, "-+F")
	}
	return exec.Command(words[0], append(words[1:], path)...) // #nosec G204 -- the person's own choice of a program
}
