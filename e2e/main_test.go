// Package e2e drives the built program as a person would: in tmux and in a
// pseudo-terminal. It belongs to the second tier of tests, which .ci/run switches
// on with HOOKTOP_TIER2=1.
package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is the path of the program under test.
var program string

func TestMain(m *testing.M) {
	if os.Getenv(sinkEnv) != "" {
		sink()
		return
	}
	if os.Getenv("HOOKTOP_TIER2") == "" {
		os.Exit(m.Run()) // every test skips and says why
	}
	dir, err := os.MkdirTemp("", "hooktop-e2e")
	if err == nil {
		program = filepath.Join(dir, "hooktop")
		build := exec.Command("go", "build", "-o", program, "..")
		build.Stderr = os.Stderr
		err = build.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build the program:", err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// tier2 skips the test unless the second tier is on.
func tier2(t *testing.T) {
	t.Helper()
	if os.Getenv("HOOKTOP_TIER2") == "" {
		t.Skip("second tier: needs tmux; set HOOKTOP_TIER2=1, as .ci/run does")
	}
}

// home is the environment of a person who starts with nothing.
func home(t *testing.T, extra ...string) []string {
	t.Helper()
	dir := t.TempDir()
	return append([]string{
		"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "COLORTERM=truecolor",
		"XDG_CONFIG_HOME=" + dir + "/config", "XDG_DATA_HOME=" + dir + "/data",
		"XDG_STATE_HOME=" + dir + "/state", "XDG_RUNTIME_DIR=" + dir,
	}, extra...)
}
