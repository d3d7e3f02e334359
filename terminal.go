package main

import (
	"context"
	"os"
	"os/exec"

	"github.com/charmbracelet/x/term"
)

// readPassword reads a line from the terminal without echo. When ctx ends first
// the terminal gets its echo back; the goroutine ends with the program.
func readPassword(ctx context.Context) (string, error) {
	fd := os.Stdin.Fd()
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type line struct {
		text []byte
		err  error
	}
	got := make(chan line, 1)
	go func() {
		b, err := term.ReadPassword(fd)
		got <- line{b, err}
	}()
	select {
	case l := <-got:
		return string(l.text), l.err
	case <-ctx.Done():
		if err := term.Restore(fd, before); err != nil {
			return "", err
		}
		return "", ctx.Err()
	}
}

// resetTerminal puts the terminal of stdin back into cooked mode.
func resetTerminal() error {
	cmd := exec.Command("stty", "sane")
	cmd.Stdin = os.Stdin
	return cmd.Run()
}
