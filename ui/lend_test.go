package ui_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/clip"
	"hooktop/ui/page"
)

// runNow stands in for the terminal: the program runs at once.
func runNow(cmd *exec.Cmd, done tea.ExecCallback) tea.Cmd {
	return func() tea.Msg { return done(cmd.Run()) }
}

// edits makes an editor of a shell script, which gets the file as $1.
func edits(t *testing.T, script string) setup {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	return func(o *ui.Options) {
		o.Exec = runNow
		o.Editor = func(path string) (*exec.Cmd, error) {
			return exec.Command("sh", "-c", script, "editor", path), nil
		}
	}
}

func leftovers(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheEditorKeepsBytes(t *testing.T) {
	body := "{ \"id\":10126872918086418832,\t\"id\": 1.0e+2 }\r\n\r\n\xef\xbb\xbf"
	for name, c := range map[string]struct{ script, want string }{
		"not saved":           {"true", `edited "` + `{ \"id\":10126872918086418832,\t\"id\": 1.0e+2 }\r\n\r\n\ufeff" false`},
		"final newline added": {`printf '\n' >> "$1"`, `edited "{ \"id\":10126872918086418832,\t\"id\": 1.0e+2 }\r\n\r\n\ufeff\n" true`},
		"emptied":             {`: > "$1"`, `edited "" true`},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, 80, 24, edits(t, c.script))
			s.Send(page.EditMsg{ID: "1", Name: "call.tag.added.json", Data: []byte(body)})
			s.Wait(func() bool { return len(s.page.seen) > 0 })
			s.saw(t, c.want)
			if left := leftovers(t); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestTheEditorsFileIsPrivateAndNamedForItsSyntax(t *testing.T) {
	s := newStage(t, 80, 24, edits(t, `stat -c '%a %n' "$1" > out; mv out "$1"`))
	t.Chdir(t.TempDir())
	s.Send(page.EditMsg{Name: "../../call.tag.added.json", Data: []byte("{}")})
	s.Wait(func() bool { return len(s.page.seen) > 0 })
	if got := s.page.seen[0]; got[:len(`edited "600 /`)] != `edited "600 /` || !strings.Contains(got, `/call.tag.added.json\n`) {
		t.Errorf("the editor saw %s", got)
	}
}

func TestAFailingEditorChangesNothingAndSaysSo(t *testing.T) {
	s := newStage(t, 80, 24, edits(t, `echo changed > "$1"; exit 3`))
	s.Send(page.EditMsg{Name: "x.json", Data: []byte("{}")})
	s.Wait(func() bool { return len(s.page.seen) > 0 })
	s.saw(t, `edited "{}" false`)
	s.WaitFor("El editor «sh» no terminó bien; nada ha cambiado (exit status 3)")
	if left := leftovers(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Of an editor that cannot be used it is said which one it is, and what to set.
func TestAnEditorThatCannotBeUsedIsNamed(t *testing.T) {
	here := t.TempDir()
	for name, want := range map[string]string{
		"no-such":         "No existe el editor «no-such» · ponga otro: export EDITOR=vi",
		here + "/no-such": "No existe el editor «" + here + "/no-such» · ponga otro: export EDITOR=vi",
		here:              "No se puede ejecutar el editor «" + here + "» · ponga otro: export EDITOR=vi",
		"false":           "El editor «false» no terminó bien; nada ha cambiado (exit status 1)",
	} {
		s := newStage(t, 200, 24, edits(t, ""), func(o *ui.Options) { o.Editor = nil })
		t.Setenv("EDITOR", name)
		s.Send(page.EditMsg{Name: "x.json", Data: []byte("{}")})
		s.WaitFor(want)
		s.saw(t, `edited "{}" false`)
	}
}

func TestTheDemonstrationRunsAndComesBack(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(page.DemoMsg{}).Has("La demostración no está disponible")
	ran := 0
	s = newStage(t, 80, 24, func(o *ui.Options) {
		o.Exec = runNow
		o.Demo = func() *exec.Cmd { ran++; return exec.Command("false") }
	})
	s.Press(":").Type("demo").Press("enter").WaitFor("La demostración no terminó bien")
	if ran != 1 {
		t.Errorf("ran %d times", ran)
	}
}

func copyWith(native error) setup {
	return func(o *ui.Options) {
		o.Clip = clip.Ladder{
			Cap:    40,
			Dir:    os.TempDir(),
			Getenv: func(string) string { return "" },
			Native: func(string) error { return native },
			Run:    func(context.Context, []byte, string, ...string) error { return errors.New("no tmux") },
		}
	}
}

func TestCopySaysOnlyWhatIsKnown(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	none := errors.New("no display")
	t.Run("confirmed", func(t *testing.T) {
		s := newStage(t, 80, 24, copyWith(nil))
		s.Send(page.CopyMsg{What: "carga útil", Data: []byte("{}")}).WaitFor("Copiado (sistema): carga útil")
		if s.Clipboard() != "{}" {
			t.Errorf("terminal got %q", s.Clipboard())
		}
	})
	t.Run("sent", func(t *testing.T) {
		s := newStage(t, 80, 24, copyWith(none))
		s.Send(page.CopyMsg{What: "carga útil", Data: []byte("{}")}).WaitFor("Enviado al terminal, 2 B: carga útil")
		s.Lacks("Copiado")
	})
	t.Run("file", func(t *testing.T) {
		s := newStage(t, 120, 24, copyWith(none))
		big := "0123456789012345678901234567890123456789\r\n"
		s.Send(page.CopyMsg{What: "carga", Data: []byte(big)}).WaitFor("Guardado en ")
		if s.Clipboard() != "" {
			t.Error("too much was sent to the terminal")
		}
		files, _ := filepath.Glob(filepath.Join(os.TempDir(), "hooktop", "copy-*.txt"))
		if len(files) != 1 {
			t.Fatalf("files %v", files)
		}
		if got, err := os.ReadFile(files[0]); err != nil || string(got) != big {
			t.Errorf("file has %q, %v", got, err)
		}
	})
}
