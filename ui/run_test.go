//go:build unix

package ui_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// programMode makes the test binary behave as the product, with a way to fail.
const programMode = "HOOKTOP_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if mode := os.Getenv(programMode); mode != "" {
		os.Exit(program(mode))
	}
	os.Exit(m.Run())
}

// bomb is a page that panics where it is told to, when b is pressed.
type bomb struct {
	fakePage
	where string
	armed bool
}

func (b *bomb) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || k.String() != "b" {
		return nil
	}
	switch b.where {
	case "update":
		panic("CANARY in update")
	case "view":
		b.armed = true
	case "command":
		return tea.Batch(func() tea.Msg { panic("CANARY in command") }, page.Toast(page.ToastInfo, "x"))
	case "edit":
		return func() tea.Msg { return page.EditMsg{Name: "body.json", Data: []byte("{}")} }
	case "sequence":
		return tea.Sequence(page.Toast(page.ToastInfo, "x"), func() tea.Msg { var p *bomb; return p.where })
	}
	return nil
}

func (b *bomb) View() string {
	if b.armed {
		panic("CANARY in view")
	}
	return "ready"
}

func program(mode string) int {
	env := &page.Env{Words: text.For(text.EN), Theme: theme.New(theme.Auto, true, false)}
	err := ui.Run(context.Background(), ui.Options{
		Env: env, StateDir: os.Getenv("STATE"), Version: "test", Color: os.Getenv("COLOR"),
		Tabs: []ui.Tab{{
			Key: "one", Title: func(*text.Words) string { return "One" },
			New: func(e *page.Env) page.Page { return &bomb{fakePage: fakePage{env: e}, where: mode} },
		}},
	})
	var sig *ui.SignalError
	var crash *ui.CrashError
	switch {
	case errors.As(err, &sig):
		return sig.ExitCode()
	case errors.As(err, &crash):
		fmt.Println("report: " + crash.Path)
		return 70
	case err != nil:
		fmt.Println(err)
		return 1
	}
	return 0
}

// terminal is a program on a pseudo-terminal and all it has written.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	pty  *os.File
	mu   sync.Mutex
	out  bytes.Buffer
	more chan struct{}
}

func start(t *testing.T, mode, state string, env ...string) *terminal {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), programMode+"="+mode, "STATE="+state, "TERM=xterm-256color", "NO_COLOR=")
	cmd.Env = append(cmd.Env, env...)
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		t.Fatal(err)
	}
	f = closable(t, f)
	p := &terminal{t: t, cmd: cmd, pty: f, more: make(chan struct{}, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 4096)
		for {
			n, err := f.Read(buf)
			p.mu.Lock()
			p.out.Write(buf[:n])
			p.mu.Unlock()
			select {
			case p.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = f.Close(); <-done })
	p.until("ready")
	return p
}

// closable gives a file that Close really closes while a Read waits on it.
func closable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(f.Fd()))
	if err == nil {
		err = errors.Join(syscall.SetNonblock(fd, true), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), "pty")
}

func (p *terminal) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *terminal) until(want string) {
	p.t.Helper()
	limit := time.After(10 * time.Second)
	for !strings.Contains(p.text(), want) {
		select {
		case <-p.more:
		case <-limit:
			p.t.Fatalf("no %q in %q", want, p.text())
		}
	}
}

// exit waits for the end and gives the code.
func (p *terminal) exit() int {
	p.t.Helper()
	limit := time.AfterFunc(10*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer limit.Stop()
	var ee *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &ee) {
		p.t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

// restored checks that the last word to the terminal is the normal screen.
func (p *terminal) restored() {
	p.t.Helper()
	p.until("\x1b[?1049l")
	out := p.text()
	if strings.LastIndex(out, "\x1b[?1049l") < strings.LastIndex(out, "\x1b[?1049h") {
		p.t.Error("the alternate screen was left on")
	}
	if strings.LastIndex(out, "\x1b[?25h") < strings.LastIndex(out, "\x1b[?25l") {
		p.t.Error("the cursor was left hidden")
	}
}

func TestSignalsRestoreTheTerminal(t *testing.T) {
	for sig, code := range map[syscall.Signal]int{
		syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGQUIT: 131, syscall.SIGINT: 130,
	} {
		t.Run(sig.String(), func(t *testing.T) {
			p := start(t, "calm", "")
			if err := p.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if got := p.exit(); got != code {
				t.Errorf("exit %d, want %d", got, code)
			}
			p.restored()
		})
	}
}

func TestQuitRestoresTheTerminal(t *testing.T) {
	p := start(t, "calm", "")
	if _, err := io.WriteString(p.pty, "q"); err != nil {
		t.Fatal(err)
	}
	if got := p.exit(); got != 0 {
		t.Errorf("exit %d, want 0", got)
	}
	p.restored()
}

func TestPanicsRestoreTheTerminalAndAreReported(t *testing.T) {
	for _, where := range []string{"update", "view", "command", "sequence"} {
		t.Run(where, func(t *testing.T) {
			state := t.TempDir()
			p := start(t, where, state)
			if _, err := io.WriteString(p.pty, "b"); err != nil {
				t.Fatal(err)
			}
			if got := p.exit(); got != 70 {
				t.Errorf("exit %d, want 70; output %q", got, p.text())
			}
			p.restored()
			files, err := filepath.Glob(filepath.Join(state, "crash", "*.txt"))
			if err != nil || len(files) != 1 {
				t.Fatalf("crash reports %v, %v", files, err)
			}
			report, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"hooktop test", "bomb", "tea.KeyPressMsg"} {
				if !bytes.Contains(report, []byte(want)) {
					t.Errorf("report lacks %q:\n%s", want, report)
				}
			}
			if bytes.Contains(report, []byte("CANARY")) || strings.Contains(p.text(), "CANARY") {
				t.Error("what was thrown may hold a secret and was shown")
			}
			if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("mode of the report: %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestAClosedTerminalEndsTheProgram(t *testing.T) {
	p := start(t, "calm", "")
	if err := p.pty.Close(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if got := p.exit(); got != 129 {
		t.Errorf("exit %d, want 129", got)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("gone after %v, want at most 2 s", took)
	}
}

func TestASignalWhileTheEditorRunsEndsBoth(t *testing.T) {
	dir := t.TempDir()
	script, tmp := filepath.Join(dir, "editor"), filepath.Join(dir, "tmp")
	if err := errors.Join(os.WriteFile(script, []byte("#!/bin/sh\necho editing\nexec sleep 60\n"), 0o700), os.Mkdir(tmp, 0o700)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("EDITOR", script)
	t.Setenv("TMPDIR", tmp)
	p := start(t, "edit", "")
	if _, err := io.WriteString(p.pty, "b"); err != nil {
		t.Fatal(err)
	}
	p.until("editing")
	if files, _ := filepath.Glob(filepath.Join(tmp, "*", "body.json")); len(files) != 1 {
		t.Fatalf("the editor has %v", files)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if got := p.exit(); got != 143 {
		t.Errorf("exit %d, want 143", got)
	}
	p.restored()
	if files, _ := filepath.Glob(filepath.Join(tmp, "*")); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}

// ^C in an editor that works in lines goes to the whole group: it is the editor's.
func TestInterruptInTheEditorIsTheEditors(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntrap 'echo caught; exit 0' INT\necho editing\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("EDITOR", script)
	t.Setenv("TMPDIR", dir)
	p := start(t, "edit", "")
	if _, err := io.WriteString(p.pty, "b"); err != nil {
		t.Fatal(err)
	}
	p.until("editing")
	p.mu.Lock()
	p.out.Reset()
	p.mu.Unlock()
	if _, err := io.WriteString(p.pty, "\x03"); err != nil {
		t.Fatal(err)
	}
	p.until("caught")
	p.until("ready") // the screen is back
	if _, err := io.WriteString(p.pty, "q"); err != nil {
		t.Fatal(err)
	}
	if got := p.exit(); got != 0 {
		t.Errorf("exit %d, want 0", got)
	}
}

func TestColourIsTakenAwayAndGivenBack(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"NO_COLOR=yes"}, false},
		{[]string{"COLOR=never"}, false},
		{[]string{"NO_COLOR=1", "COLOR=always"}, true},
		{[]string{"TERM=vt100", "COLOR=always"}, true},
	} {
		p := start(t, "calm", "", c.env...)
		p.until("quit") // the footer, whose keys have a colour
		if _, err := io.WriteString(p.pty, "q"); err != nil {
			t.Fatal(err)
		}
		p.exit()
		if got := coloured.MatchString(p.text()); got != c.want {
			t.Errorf("%v: colour %v, want %v", c.env, got, c.want)
		}
	}
}
