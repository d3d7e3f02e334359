//go:build unix

package ui

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// drain reads and drops what the terminal still answers after the program has
// ended, so that it does not land on the shell's command line.
func drain(limit time.Duration) {
	fd := os.Stdin.Fd()
	if !term.IsTerminal(fd) {
		return
	}
	state, err := term.MakeRaw(fd)
	if err != nil {
		return
	}
	defer func() { _ = term.Restore(fd, state) }()
	buf := make([]byte, 1024)
	for end := time.Now().Add(limit); ; {
		left := time.Until(end)
		if left <= 0 {
			return
		}
		polled := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
		n, err := unix.Poll(polled, int(left.Milliseconds())+1)
		if err != nil && err != unix.EINTR {
			return
		}
		if n > 0 {
			if got, err := unix.Read(int(fd), buf); got <= 0 || err != nil {
				return
			}
		}
	}
}
