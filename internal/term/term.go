// Package term runs a program in a pseudo-terminal with a terminal emulator
// behind it, so that tests and pictures see what a person would see, and the raw
// bytes that produced it. It never sleeps: waiting is on the program's output.
package term

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Terminal is a running program and its screen.
type Terminal struct {
	cmd     *exec.Cmd
	tty     *os.File
	done    chan struct{} // closed when the program's output has ended
	workers sync.WaitGroup

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     bytes.Buffer
	changed chan struct{} // closed and replaced on every output
}

// Start runs cmd in a pseudo-terminal of the given size. TERM, colour and
// language come from cmd.Env.
func Start(cmd *exec.Cmd, width, height int) (*Terminal, error) {
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}) //nolint:gosec // screen sizes are small
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	t := &Terminal{
		cmd: cmd, tty: tty, done: make(chan struct{}), changed: make(chan struct{}),
		screen: vt.NewEmulator(width, height),
	}
	t.workers.Go(t.answer)
	t.workers.Go(t.read)
	return t, nil
}

// answer carries the emulator's replies (cursor and colour reports) to the program.
func (t *Terminal) answer() {
	buf := make([]byte, 4096)
	for {
		n, err := t.screen.Read(buf)
		if n > 0 {
			if _, werr := t.tty.Write(buf[:n]); werr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (t *Terminal) read() {
	defer close(t.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := t.tty.Read(buf)
		if n > 0 {
			t.mu.Lock()
			t.raw.Write(buf[:n])
			_, _ = t.screen.Write(buf[:n])
			close(t.changed)
			t.changed = make(chan struct{})
			t.mu.Unlock()
		}
		if err != nil {
			_ = t.cmd.Wait() // ProcessState has the exit code
			return
		}
	}
}

// Pid is the program's process id.
func (t *Terminal) Pid() int { return t.cmd.Process.Pid }

// Type sends text as if typed.
func (t *Terminal) Type(text string) error {
	_, err := t.tty.WriteString(text)
	return err
}

// Press sends keys by name: "enter", "ctrl+s", "f1", "a".
func (t *Terminal) Press(keys ...string) error {
	for _, k := range keys {
		seq, err := sequence(k)
		if err != nil {
			return err
		}
		if err := t.Type(seq); err != nil {
			return err
		}
	}
	return nil
}

func sequence(key string) (string, error) {
	named := map[string]string{
		"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
		"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP", "f2": "\x1bOQ",
	}
	if seq, ok := named[key]; ok {
		return seq, nil
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 {
		return string(rune(letter[0] & 0x1f)), nil
	}
	if len([]rune(key)) == 1 {
		return key, nil
	}
	return "", fmt.Errorf("press %q: no such key", key)
}

// Screen is the text on the screen, blanks at the line ends cut.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text()
}

func (t *Terminal) text() string {
	lines := strings.Split(t.screen.String(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Raw is every byte the program has written so far.
func (t *Terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.raw.Bytes())
}

// AltScreen reports whether the program has the alternate screen.
func (t *Terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.IsAltScreen()
}

// ErrWait is returned, with the screen as it stood, when what was waited for did
// not come in time.
var ErrWait = errors.New("did not come in time")

// Wait returns when the screen satisfies ok; it looks again after every output.
func (t *Terminal) Wait(ctx context.Context, ok func(screen string) bool) error {
	for {
		t.mu.Lock()
		text, changed := t.text(), t.changed
		t.mu.Unlock()
		if ok(text) {
			return nil
		}
		select {
		case <-changed:
		case <-t.done:
			if ok(t.Screen()) {
				return nil
			}
			return fmt.Errorf("program ended with %d: %w\n%s", t.cmd.ProcessState.ExitCode(), ErrWait, t.Screen())
		case <-ctx.Done():
			return fmt.Errorf("%w\n%s", ErrWait, t.Screen())
		}
	}
}

// WaitFor waits up to 10 s for a text to stand on the screen.
func (t *Terminal) WaitFor(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := t.Wait(ctx, func(s string) bool { return strings.Contains(s, text) }); err != nil {
		return fmt.Errorf("wait for %q: %w", text, err)
	}
	return nil
}

// Exit waits for the program to end and returns its exit code.
func (t *Terminal) Exit(ctx context.Context) (int, error) {
	select {
	case <-t.done:
		return t.cmd.ProcessState.ExitCode(), nil
	case <-ctx.Done():
		return -1, fmt.Errorf("wait for exit: %w", ctx.Err())
	}
}

// Close ends the program if it still runs and frees the terminal.
func (t *Terminal) Close() {
	select {
	case <-t.done:
	default:
		_ = t.cmd.Process.Kill()
	}
	_ = t.tty.Close()
	// Emulator.Close would race with its Read; closing the pipe between them does not.
	if replies, ok := t.screen.InputPipe().(io.Closer); ok {
		_ = replies.Close()
	}
	t.workers.Wait()
}
