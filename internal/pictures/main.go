// Command pictures draws the screens in docs/ from the running program:
//
//	go run ./internal/pictures [folder]
//
// It builds hooktop, starts its demonstration in a pseudo-terminal, presses the
// keys a person would and writes what the screen shows as SVG.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"hooktop/internal/term"
)

// shot is one picture: the keys that lead to it from the demonstration's first
// screen, each with a text to wait for, and its size.
type shot struct {
	name          string
	width, height int
	light         bool
	lang          string
	steps         []step
}

type step struct{ key, wait string }

func shots() []shot {
	return []shot{
		{name: "list", width: 120, height: 32, lang: "en", steps: []step{{"", "workflow"}}},
		{name: "deliveries", width: 120, height: 32, lang: "en", steps: []step{{"2", "retrying"}, {"", "503"}}},
		{name: "form", width: 80, height: 24, lang: "es", steps: []step{{"", "crm"}, {"e", "Authorization"}}},
		{name: "compare", width: 120, height: 32, lang: "en", steps: []step{
			{"2", "503"}, {"o", "by reason"}, {"r", "×"}, {"enter", "status:503"}, {"enter", "[1/"}, {"D", "Last success"},
		}},
		{name: "metrics", width: 120, height: 32, lang: "en", steps: []step{{"2", "503"}, {"4", "trend"}}},
		{name: "verify", width: 80, height: 24, lang: "es", steps: []step{{"", "crm"}, {"v", "Verificado · eco"}}},
		{name: "test", width: 120, height: 32, lang: "en", steps: []step{{"", "crm"}, {"t", "enter sends"}, {"enter", "✓ 200"}}},
		{name: "detail", width: 80, height: 24, lang: "en", light: true, steps: []step{{"", "crm"}, {"enter", "wh_"}}},
	}
}

func main() {
	folder := "docs"
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := draw(folder); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func draw(folder string) error {
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program := filepath.Join(dir, "hooktop")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build hooktop: %w\n%s", err, out)
	}
	for _, s := range shots() {
		svg, err := take(s, program, dir)
		if err != nil {
			return fmt.Errorf("draw %s: %w", s.name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, s.name+".svg"), []byte(svg), 0o644); err != nil { //nolint:gosec // a public picture
			return err
		}
	}
	return nil
}

func take(s shot, program, home string) (string, error) {
	cmd := exec.Command(program, "demo", "--lang", s.lang)
	cmd.Env = []string{"HOME=" + home, "XDG_STATE_HOME=" + home, "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8"}
	t, err := term.Start(cmd, s.width, s.height)
	if err != nil {
		return "", err
	}
	defer t.Close()
	for _, st := range s.steps {
		if st.key != "" {
			if err := t.Press(st.key); err != nil {
				return "", err
			}
		}
		if err := t.WaitFor(st.wait); err != nil {
			return "", err
		}
	}
	palette := term.DarkPalette
	if s.light {
		palette = term.LightPalette
	}
	return t.SVG(palette), nil
}
