package main

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hooktop/ui/cli"
)

// child is the program started with an environment of its own.
func child(t testing.TB, args ...string) (*exec.Cmd, string) {
	t.Helper()
	home := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), runAsProgram+"=1", "HOME="+home, "TMPDIR="+home, "LANG=en_US.UTF-8",
		"XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_STATE_HOME=")
	return cmd, home
}

// TestSignalsEndTheProgram: the exit code is 128 and the signal's number, and the
// demonstration takes its directory with it.
func TestSignalsEndTheProgram(t *testing.T) {
	for sig, want := range map[syscall.Signal]int{syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		t.Run(sig.String(), func(t *testing.T) {
			cmd, home := child(t, "demo")
			stdin, err := cmd.StdinPipe() // held open: the demonstration waits
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = stdin.Close() }()
			stderr, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(stderr)
			ready := false
			for !ready && lines.Scan() {
				ready = strings.Contains(lines.Text(), "ctrl+c")
			}
			if !ready {
				t.Fatal("the demonstration was never ready")
			}
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			for lines.Scan() {
				t.Log(lines.Text())
			}
			_ = cmd.Wait()
			if got := cmd.ProcessState.ExitCode(); got != want {
				t.Errorf("exit code %d, want %d", got, want)
			}
			if left, _ := filepath.Glob(filepath.Join(home, "hooktop-demo-*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestAReaderThatGoesEndsTheDemonstration: demo | head -1 leaves nothing behind.
func TestAReaderThatGoesEndsTheDemonstration(t *testing.T) {
	for _, flag := range []string{"--json", "--json=false"} {
		cmd, home := child(t, "demo", flag)
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout = write
		if err := errors.Join(read.Close(), cmd.Start(), write.Close()); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", flag, err)
		}
		if left, _ := filepath.Glob(filepath.Join(home, "hooktop-demo-*")); len(left) > 0 {
			t.Errorf("%s: left behind: %v", flag, left)
		}
	}
}

// TestCrashIsReported: a bug of ours leaves a report only the owner can read, and
// exit code 70.
func TestCrashIsReported(t *testing.T) {
	home := t.TempDir()
	p, err := paths(cli.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.Crash = filepath.Join(home, "crash")
	path, err := writeCrash(p.Crash, "CANARY")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	report, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hooktop " + version, "panic: string", "run_test.go"} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report has no %q", want)
		}
	}
	if strings.Contains(string(report), "CANARY") {
		t.Error("what was thrown may hold a secret, and is in the report")
	}
	if code := protect(func() int { panic("boom") }, func(any) int { return cli.ExitCrash }); code != cli.ExitCrash {
		t.Errorf("exit code %d", code)
	}
}

// TestLogTurnsOver keeps three files of at most ten megabytes.
func TestLogTurnsOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log", "hooktop.log")
	l := &logFile{path: path}
	line := append(make([]byte, logSize/2), '\n')
	for range 12 {
		if _, err := l.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) != logKeep {
		t.Errorf("%d files, want %d: %v %v", len(files), logKeep, files, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// BenchmarkVersion is the start of the program: 30 ms on an idle machine.
func BenchmarkVersion(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "hooktop")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for b.Loop() {
		if err := exec.Command(bin, "--version").Run(); err != nil {
			b.Fatal(err)
		}
	}
}
