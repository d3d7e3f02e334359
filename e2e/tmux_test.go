package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// tmux is a session of a tmux server of its own.
type tmux struct {
	t      *testing.T
	socket string
	output chan []byte // what the program writes, as it writes it
	keys   int         // keys pressed, typed text not counted
}

// newTmux starts argv in a session of the given size with just the environment
// given. The server is ended with the test.
func newTmux(t *testing.T, width, height int, env []string, argv ...string) *tmux {
	t.Helper()
	x := &tmux{t: t, socket: filepath.Join(t.TempDir(), "tmux"), output: make(chan []byte, 1024)}
	fifo := filepath.Join(t.TempDir(), "output")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	// Read-write, so that opening waits for nobody and closing ends the reader.
	pipe, err := os.OpenFile(fifo, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	go x.read(pipe)
	shell := "env -i"
	for _, kv := range env {
		shell += " " + quote(kv)
	}
	shell += ` TMUX="$TMUX" TERM="$TERM"`
	for _, a := range argv {
		shell += " " + quote(a)
	}
	x.run("-f", "/dev/null", "new-session", "-d", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), "cat")
	x.run("set-option", "-g", "remain-on-exit", "on")
	x.run("set-option", "-g", "escape-time", "0")
	x.run("pipe-pane", "-o", "cat > "+quote(fifo))
	x.run("respawn-pane", "-k", shell)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("screen at the end:\n%s", x.screen())
		}
		_ = x.command("kill-server").Run()
		_ = pipe.Close()
	})
	return x
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func (x *tmux) read(r io.Reader) {
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return
		}
		select {
		case x.output <- bytes.Clone(buf[:n]):
		default: // nobody waits
		}
	}
}

func (x *tmux) command(args ...string) *exec.Cmd {
	return exec.Command("tmux", append([]string{"-u", "-S", x.socket}, args...)...)
}

func (x *tmux) run(args ...string) string {
	x.t.Helper()
	out, err := x.command(args...).CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %v: %v: %s", args, err, out)
	}
	return string(out)
}

// screen is the pane's text; wrapped lines are not joined.
func (x *tmux) screen() string {
	out, err := x.command("capture-pane", "-p").Output()
	if err != nil {
		return fmt.Sprintf("capture-pane: %v", err)
	}
	return string(out)
}

// press sends keys by tmux's names ("Enter", "C-s", "Tab", "v") and counts them.
func (x *tmux) press(keys ...string) {
	x.t.Helper()
	for _, k := range keys {
		x.keys++
		x.run("send-keys", k)
	}
}

// typing sends text; it does not count as keys.
func (x *tmux) typing(text string) {
	x.t.Helper()
	x.run("send-keys", "-l", text)
}

// waitFor waits until every text stands on the screen, looking again after each
// output of the program.
func (x *tmux) waitFor(texts ...string) string {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		screen := x.screen()
		if containsAll(screen, texts) {
			return screen
		}
		select {
		case <-x.output:
		case <-look.C:
		case <-ctx.Done():
			x.t.Fatalf("the screen never showed %q", texts)
		}
	}
}

// quit presses q and waits until the program has ended. tmux may be late to notice.
func (x *tmux) quit() {
	x.t.Helper()
	pid := strings.TrimSpace(x.run("display-message", "-p", "#{pane_pid}"))
	x.press("q")
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if _, after, _ := strings.Cut(string(stat), ") "); err != nil || strings.HasPrefix(after, "Z") {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			x.t.Fatal("the program does not end")
		}
	}
}

func containsAll(s string, texts []string) bool {
	for _, t := range texts {
		if !strings.Contains(s, t) {
			return false
		}
	}
	return true
}

// clipboard is what tmux's newest buffer holds.
func (x *tmux) clipboard() []byte {
	x.t.Helper()
	out, err := x.command("show-buffer").Output()
	if err != nil {
		x.t.Fatalf("show-buffer: %v", err)
	}
	return out
}
