package e2e

import (
	"os"
	"os/exec"
	"testing"

	"hooktop/internal/term"
)

// BenchmarkFirstScreen is the time from the start of the program to a screen one
// can use, with an empty database and with one that has a webhook: 60 ms on an idle
// machine.
//
//	HOOKTOP_TIER2=1 go test ./e2e -run '^$' -bench FirstScreen
func BenchmarkFirstScreen(b *testing.B) {
	if os.Getenv("HOOKTOP_TIER2") == "" {
		b.Skip("second tier: set HOOKTOP_TIER2=1")
	}
	b.Run("empty", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			env := benchHome(b)
			b.StartTimer()
			firstScreen(b, env, "Create my first webhook")
		}
	})
	b.Run("one-webhook", func(b *testing.B) {
		env := benchHome(b)
		add := exec.Command(program, "hook", "add", "--name", "crm-prod", "--url", "http://127.0.0.1:9/", "--draft")
		add.Env = env
		if out, err := add.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		for b.Loop() {
			firstScreen(b, env, "crm-prod")
		}
	})
}

func benchHome(b *testing.B) []string {
	dir, err := os.MkdirTemp(b.TempDir(), "")
	if err != nil {
		b.Fatal(err)
	}
	return []string{"HOME=" + dir, "TERM=xterm-256color", "LC_ALL=C.UTF-8"}
}

func firstScreen(b *testing.B, env []string, text string) {
	cmd := exec.Command(program, "--lang", "en")
	cmd.Env = env
	x, err := term.Start(cmd, 80, 24)
	if err != nil {
		b.Fatal(err)
	}
	if err := x.WaitFor(text); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	x.Close()
	b.StartTimer()
}
