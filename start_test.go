//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"hooktop/internal/term"
	"hooktop/ui/cli"
)

// onTerminal starts the program on a terminal of 80x24, with a home of its own.
func onTerminal(t *testing.T, files map[string]string, env []string, args ...string) (*term.Terminal, string) {
	t.Helper()
	cmd, home := child(t, args...)
	for name, content := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Env = append(append(cmd.Env, "TERM=xterm-256color", "LC_ALL=", "LC_MESSAGES=", "HOOKTOP_LANG=", "NO_COLOR="), env...)
	x, err := term.Start(cmd, 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x, home
}

func ends(t *testing.T, x *term.Terminal, want int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	if code, err := x.Exit(ctx); err != nil || code != want {
		t.Errorf("exit code %d, %v, want %d:\n%s", code, err, want, x.Screen())
	}
}

// TestTheScreenStartsWhateverIsConfigured: nothing in the file or in the environment
// keeps it from starting; what is wrong is said.
func TestTheScreenStartsWhateverIsConfigured(t *testing.T) {
	for name, c := range map[string]struct {
		config, says string
		env          []string
	}{
		"unknown and bad keys": {"lang = \"klingon\"\ncolour = \"red\"\ntheme = \"neon\"\nascii = \"yes\"\nmouse = 7\n", "Create my first webhook", nil},
		"not TOML":             {"lang = = 3\n\x00", "Create my first webhook", nil},
		"Spanish":              {"lang = \"es\"\n", "Crear mi primer webhook", nil},
		"no such locale":       {"", "Create my first webhook", []string{"LANG=xx_YY"}},
		"no locale, no colour": {"", "Create my first webhook", []string{"LANG=", "TERM=vt100", "TZ=Nowhere/None"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := onTerminal(t, map[string]string{".config/hooktop/config.toml": c.config}, c.env)
			if err := x.WaitFor(c.says); err != nil {
				t.Fatal(err)
			}
			if err := x.Press("q"); err != nil {
				t.Fatal(err)
			}
			ends(t, x, cli.ExitOK)
		})
	}
}

var mode = regexp.MustCompile(`\x1b\[\?(\d+)([hl])`)

// leavesNoMode wants every mode that was set to be as terminals begin.
func leavesNoMode(t *testing.T, raw []byte) {
	t.Helper()
	last := map[string]string{"25": "h"}
	seen := 0
	for _, m := range mode.FindAllSubmatch(raw, -1) {
		last[string(m[1])] = string(m[2])
		seen++
	}
	for n, s := range last {
		if (n == "25" || n == "7") != (s == "h") {
			t.Errorf("mode %s was left %s", n, s)
		}
	}
	if seen < 4 {
		t.Errorf("only %d changes of a mode in %q", seen, raw)
	}
}

// TestSignalsLeaveTheTerminalAsItWas ends the whole product, which has the file open,
// by every signal that asks for it.
func TestSignalsLeaveTheTerminalAsItWas(t *testing.T) {
	for sig, c := range map[syscall.Signal]struct {
		code              int
		lang, name, begin string
		said              []string
	}{
		syscall.SIGTERM: {143, "en", "SIGTERM", "Create my first webhook", inEnglish},
		syscall.SIGHUP:  {129, "es", "SIGHUP", "Crear mi primer webhook", inSpanish},
		syscall.SIGINT:  {130, "en", "SIGINT", "Create my first webhook", inEnglish},
		syscall.SIGQUIT: {131, "es", "SIGQUIT", "Crear mi primer webhook", inSpanish},
	} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			x, home := onTerminal(t, nil, nil, "--lang", c.lang)
			if err := x.WaitFor(c.begin); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(x.Pid(), sig); err != nil {
				t.Fatal(err)
			}
			ends(t, x, c.code)
			leavesNoMode(t, x.Raw())
			if x.AltScreen() {
				t.Error("the alternate screen is still there")
			}
			log := filepath.Join(home, ".local/state/hooktop/log/hooktop.log")
			want := fmt.Sprintf(strings.Join(c.said, "\r\n")+"\r\n", c.name, log)
			if raw := string(x.Raw()); !strings.HasSuffix(raw, want) {
				t.Errorf("the last words are not %q:\n%s", want, x.Screen())
			}
			if _, err := os.Stat(log); err != nil {
				t.Error(err)
			}
			if left, _ := filepath.Glob(filepath.Join(home, ".local/share/hooktop/*.sock")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestADemonstrationSaysWhatEndedIt, and that there is nothing to look for.
func TestADemonstrationSaysWhatEndedIt(t *testing.T) {
	t.Parallel()
	x, _ := onTerminal(t, nil, nil, "demo", "--lang", "es")
	if err := x.WaitFor("crm-fichas"); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(x.Pid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ends(t, x, 143)
	leavesNoMode(t, x.Raw())
	want := "La demostración terminó por SIGTERM y el terminal se restauró. No queda nada de ella.\r\n"
	if raw := string(x.Raw()); !strings.HasSuffix(raw, want) {
		t.Errorf("the last words are not %q:\n%s", want, x.Screen())
	}
}

// What the screens leave behind after a signal: what happened, where the log is, what
// became of the deliveries.
var (
	inEnglish = []string{"hooktop was ended by %s and restored the terminal.", "Log: %s",
		"No delivery was lost: what had not finished is recorded as interrupted and will be sent again."}
	inSpanish = []string{"hooktop terminó por %s y restauró el terminal.", "Registro: %s",
		"Ninguna entrega se perdió: lo que no había terminado consta como interrumpido y se enviará otra vez."}
)

// TestWhatASignalInterruptsIsSentAgain: it is as the last words say.
func TestWhatASignalInterruptsIsSentAgain(t *testing.T) {
	t.Parallel()
	came := make(chan struct{}, 1)
	hung := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // so that an end is noticed
		select {
		case came <- struct{}{}:
		default:
		}
		<-r.Context().Done()
	}))
	t.Cleanup(hung.Close)
	x, home := onTerminal(t, nil, nil)
	if err := x.WaitFor("Create my first webhook"); err != nil {
		t.Fatal(err)
	}
	again := func(args ...string) []byte {
		cmd, _ := child(t, args...)
		cmd.Env = append(cmd.Env, "HOME="+home)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	again("hook", "add", "--name", "hung", "--url", hung.URL, "--trigger", "all", "--no-verify", "--quiet")
	again("emit", "call.processed")
	<-came
	if err := syscall.Kill(x.Pid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ends(t, x, 143)
	if raw := string(x.Raw()); !strings.HasSuffix(raw, inEnglish[2]+"\r\n") {
		t.Errorf("%s", x.Screen())
	}
	row := again("delivery", "list", "--json")
	if got := gjson.GetBytes(row, "state").String(); got != "queued" && got != "retrying" {
		t.Errorf("the delivery is %s", row)
	}
	tried := again("delivery", "show", gjson.GetBytes(row, "id").String(), "--json")
	if got := gjson.GetBytes(tried, "attempt_log.0.outcome").String(); got != "interrupted" {
		t.Errorf("the attempt is %q: %s", got, tried)
	}
}

// TestAKilledEditorGivesTheTerminalBack: the body in the editor stays as it was, the
// screens go on, and the end is as ever.
func TestAKilledEditorGivesTheTerminalBack(t *testing.T) {
	script := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nprintf '\\033[?25l'\nkill -KILL $$\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	x, _ := onTerminal(t, nil, []string{"EDITOR=" + script, "VISUAL="})
	if err := x.WaitFor("Create my first webhook"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Press("1", "tab"), x.Type("http://127.0.0.1:1/"), x.Press("tab", "tab", "t"), x.WaitFor("Exact body"),
		x.Press("e"), x.WaitFor("killed")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(x.Screen(), "Exact body") || !x.AltScreen() {
		t.Errorf("the screen is not back:\n%s", x.Screen())
	}
	if err := syscall.Kill(x.Pid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ends(t, x, 143)
	leavesNoMode(t, x.Raw())
}

// TestLineModeWritesNoEscape: where there is a terminal, but no screen is wanted.
func TestLineModeWritesNoEscape(t *testing.T) {
	for name, c := range map[string]struct{ env, args []string }{
		"--accessible":        {nil, []string{"--accessible"}},
		"HOOKTOP_ACCESSIBLE":  {[]string{"HOOKTOP_ACCESSIBLE=1"}, nil},
		"TERM=dumb":           {[]string{"TERM=dumb"}, nil},
		"accessible, by file": {nil, []string{"--config", "CONFIG"}},
		"a list":              {nil, []string{"--accessible", "hook", "list"}},
		"the help":            {nil, []string{"--accessible", "--help"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := c.args
			if len(args) > 1 && args[1] == "CONFIG" {
				file := filepath.Join(t.TempDir(), "config.toml")
				if err := os.WriteFile(file, []byte("accessible = true\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				args = []string{"--config", file}
			}
			x, _ := onTerminal(t, nil, c.env, args...)
			ends(t, x, cli.ExitOK)
			if raw := x.Raw(); len(raw) == 0 || bytes.ContainsRune(raw, '\x1b') {
				t.Errorf("%q", raw)
			}
		})
	}
}
