package text

import (
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
)

// ProgramWords say why a program that was lent the terminal did not do its work; name is
// what the variable says.
type ProgramWords struct {
	Missing, Unfit func(name string) string // it is not there; it cannot be run
	Failed         func(name, reason string) string
	NoFile         func(reason string) string // it was not started for a reason of ours
}

// Blame says why the program could not be run, or how it ended.
func (w ProgramWords) Blame(name string, err error) string {
	var missing *exec.Error
	var unfit *fs.PathError // of its start
	switch name = Clean(name); {
	case !errors.As(err, &missing) && !errors.As(err, &unfit):
		return w.Failed(filepath.Base(name), Clean(err.Error()))
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return w.Missing(name)
	}
	return w.Unfit(name)
}
