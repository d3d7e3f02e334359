package ui_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hooktop/ui"
	"hooktop/ui/page"
)

// reads makes a pager of a shell script, which gets the file as $1.
func reads(t *testing.T, script string) setup {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	return func(o *ui.Options) {
		o.Exec = runNow
		o.Pager = func(path string) *exec.Cmd { return exec.Command("sh", "-c", script, "pager", path) }
	}
}

// The pager gets the body as it is, unless something in it would draw on the terminal;
// nothing of it stays behind.
func TestThePagerGetsTheBody(t *testing.T) {
	for body, want := range map[string]string{
		"{\"id\": 10126872918086418832,\n \"agente\": \"José\"}": "{\"id\": 10126872918086418832,\n \"agente\": \"José\"}\n",
		"a\x1b]52;c;b3duZWQ=\a\x1b[2Jb":                          "a␛]52;c;b3duZWQ=␇␛[2Jb\n",
		strings.Repeat("x", 1<<20):                               strings.Repeat("x", 1<<20) + "\n",
	} {
		out := filepath.Join(t.TempDir(), "out")
		s := newStage(t, 80, 24, reads(t, `stat -c %a "$1" > `+out+`.mode; cp "$1" `+out))
		s.Send(page.ReadMsg{Name: "call.tag.added.json", Data: []byte(body)})
		s.Wait(func() bool { _, err := os.Stat(out); return err == nil && len(leftovers(t)) == 0 })
		if got, err := os.ReadFile(out); err != nil || string(got) != want {
			t.Errorf("the pager got %.80q, %v, want %.80q", got, err, want)
		}
		if mode, err := os.ReadFile(out + ".mode"); err != nil || string(mode) != "600\n" {
			t.Errorf("others may read it: %s, %v", mode, err)
		}
		s.Lacks("paginador")
	}
}

func TestAPagerThatFailsIsNamed(t *testing.T) {
	s := newStage(t, 80, 24, reads(t, "exit 3"))
	s.Send(page.ReadMsg{Name: "x", Data: []byte("{}")}).WaitFor("El paginador «sh» no terminó bien (exit status 3)")
	s = newStage(t, 80, 24, reads(t, ""), func(o *ui.Options) {
		o.Pager = func(path string) *exec.Cmd { return exec.Command("no-such-pager", path) }
	})
	s.Send(page.ReadMsg{Name: "x", Data: []byte("{}")}).WaitFor("No existe el paginador «no-such-pager» · ponga otro: export PAGER=less")
	if left := leftovers(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPagersAreCalledAsTheyWantIt(t *testing.T) {
	for pager, want := range map[string][]string{
		"":                 {"less", "-+F", "f"},
		"/usr/bin/less -R": {"/usr/bin/less", "-R", "-+F", "f"},
		"bat --plain":      {"bat", "--plain", "f"},
	} {
		t.Setenv("PAGER", pager)
		if got := ui.Pager("f").Args; !slices.Equal(got, want) {
			t.Errorf("%q is run as %q", pager, got)
		}
	}
}
