// Package clip brings bytes to a clipboard by every way there is and says what is
// known of each. The terminal's own way (OSC 52) is the shell's to send, because
// only the program may write to the terminal; this package knows whether it fits.
package clip

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/atotto/clipboard"
)

const (
	// defaultCap is the size of an OSC 52 sequence that terminals still take,
	// in encoded bytes, as k9s found it.
	defaultCap = 74994
	limit      = 2 * time.Second
)

// Ladder is the ways of a copy. The zero value is the real machine.
type Ladder struct {
	Cap    int                                                                     // encoded bytes OSC 52 may have; 0: 74,994
	Getenv func(string) string                                                     // nil: os.Getenv
	Run    func(ctx context.Context, in []byte, name string, args ...string) error // nil: run the program
	Native func(string) error                                                      // nil: the system's clipboard
	Dir    string                                                                  // where a file goes without $XDG_RUNTIME_DIR
}

// Outcome is what is known after a copy. With all fields zero only the terminal
// was told, and nobody can say whether it listened.
type Outcome struct {
	By   string // who confirmed: "tmux", "system"
	Path string // the file written because nothing else was possible
	Err  error  // why even that failed
}

// Terminal reports whether data may be sent to the terminal's clipboard.
func (l Ladder) Terminal(data []byte) bool {
	limit := l.Cap
	if limit == 0 {
		limit = defaultCap
	}
	return base64.StdEncoding.EncodedLen(len(data)) <= limit
}

// Copy tries tmux, then the system, and writes a file if neither took the data and
// the terminal could not either. It blocks for at most a few seconds.
func (l Ladder) Copy(ctx context.Context, data []byte) Outcome {
	if l.getenv("TMUX") != "" && l.tmux(ctx, data) == nil {
		return Outcome{By: "tmux"}
	}
	if l.getenv("SSH_TTY") == "" && l.native(ctx, data) == nil {
		return Outcome{By: "system"}
	}
	if l.Terminal(data) {
		return Outcome{}
	}
	path, err := l.Save("copy.txt", data)
	return Outcome{Path: path, Err: err}
}

// keep is how long a copy stays that was written to a file.
const keep = 24 * time.Hour

// Sweep removes the copies that are old at that time: a body may hold personal data.
func (l Ladder) Sweep(now time.Time) {
	old, _ := filepath.Glob(filepath.Join(l.folder(), "copy-*.txt"))
	for _, path := range old {
		if info, err := os.Lstat(path); err == nil && now.Sub(info.ModTime()) > keep {
			_ = os.Remove(path) // another program may have been first
		}
	}
}

// folder is where copies go; it may not exist.
func (l Ladder) folder() string {
	dir := l.getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = l.Dir
	}
	if dir == "" {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "hooktop")
}

// Save writes data to a new file that only its owner can read and gives its path.
func (l Ladder) Save(name string, data []byte) (string, error) {
	dir := l.folder()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make folder for copies: %w", err)
	}
	ext := filepath.Ext(name)
	f, err := os.CreateTemp(dir, name[:len(name)-len(ext)]+"-*"+ext) // 0600
	if err != nil {
		return "", fmt.Errorf("create copy: %w", err)
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", fmt.Errorf("write copy: %w", err)
	}
	return f.Name(), nil
}

func (l Ladder) getenv(name string) string {
	if l.Getenv != nil {
		return l.Getenv(name)
	}
	return os.Getenv(name)
}

func (l Ladder) tmux(ctx context.Context, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if l.Run != nil {
		return l.Run(ctx, data, "tmux", "load-buffer", "-w", "-")
	}
	cmd := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	cmd.Stdin = bytes.NewReader(data)
	cmd.WaitDelay = limit
	return cmd.Run()
}

// native gives the data to the system's clipboard, which has no limit of its own
// and may hang where a display is named but absent. It is left behind then.
func (l Ladder) native(ctx context.Context, data []byte) error {
	write := l.Native
	if write == nil {
		write = clipboard.WriteAll
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("system clipboard: %v", r)
			}
		}()
		done <- write(string(data))
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
