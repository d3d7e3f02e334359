package clip_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hooktop/ui/clip"
)

var errNone = errors.New("none")

// machine is a ladder on a machine of our making.
type machine struct {
	env    map[string]string
	tmux   error
	native error
	steps  []string
}

func (m *machine) ladder(t *testing.T) clip.Ladder {
	t.Helper()
	return clip.Ladder{
		Dir:    t.TempDir(),
		Getenv: func(k string) string { return m.env[k] },
		Run: func(_ context.Context, in []byte, name string, args ...string) error {
			m.steps = append(m.steps, name+" "+strings.Join(args, " ")+" < "+string(in))
			return m.tmux
		},
		Native: func(s string) error {
			m.steps = append(m.steps, "native "+s)
			return m.native
		},
	}
}

func TestTheLadderIsClimbedInOrder(t *testing.T) {
	tmux, ssh := map[string]string{"TMUX": "/tmp/x"}, map[string]string{"SSH_TTY": "/dev/pts/1"}
	both := map[string]string{"TMUX": "/tmp/x", "SSH_TTY": "/dev/pts/1"}
	load := "tmux load-buffer -w - < body"
	for name, c := range map[string]struct {
		m     machine
		by    string
		steps string
	}{
		"plain":               {machine{}, "system", "native body"},
		"nothing there":       {machine{native: errNone}, "", "native body"},
		"tmux":                {machine{env: tmux}, "tmux", load},
		"tmux fails":          {machine{env: tmux, tmux: errNone}, "system", load + ", native body"},
		"over ssh":            {machine{env: ssh}, "", ""},
		"over ssh in tmux":    {machine{env: both}, "tmux", load},
		"both fail over ssh":  {machine{env: both, tmux: errNone}, "", load},
		"both fail on a desk": {machine{env: tmux, tmux: errNone, native: errNone}, "", load + ", native body"},
	} {
		t.Run(name, func(t *testing.T) {
			out := c.m.ladder(t).Copy(t.Context(), []byte("body"))
			if out.By != c.by || out.Path != "" || out.Err != nil {
				t.Errorf("outcome %+v, want by %q", out, c.by)
			}
			if got := strings.Join(c.m.steps, ", "); got != c.steps {
				t.Errorf("steps %q, want %q", got, c.steps)
			}
		})
	}
}

func TestTooMuchForTheTerminalGoesToAFile(t *testing.T) {
	m := machine{native: errNone}
	l := m.ladder(t)
	big := []byte(strings.Repeat("\x00á\r\n", 20000))
	if l.Terminal(big) {
		t.Fatal("more than the cap fits the terminal")
	}
	out := l.Copy(t.Context(), big)
	if out.Err != nil || out.Path == "" {
		t.Fatalf("outcome %+v", out)
	}
	got, err := os.ReadFile(out.Path)
	if err != nil || string(got) != string(big) {
		t.Errorf("the file differs: %d bytes of %d, %v", len(got), len(big), err)
	}
	if info, err := os.Stat(out.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestTheCapCountsEncodedBytes(t *testing.T) {
	l := clip.Ladder{}
	if !l.Terminal(make([]byte, 56244)) { // 74,992 encoded
		t.Error("56,244 bytes do not fit 74,994 encoded ones")
	}
	if l.Terminal(make([]byte, 56246)) { // 74,996 encoded
		t.Error("56,246 bytes fit 74,994 encoded ones")
	}
}

func TestAClipboardThatHangsIsLeftBehind(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	l := clip.Ladder{Getenv: func(string) string { return "" }, Native: func(string) error { <-hang; return nil }}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if out := l.Copy(ctx, []byte("x")); out.By != "" {
		t.Errorf("a clipboard that never answered confirmed: %+v", out)
	}
}

func TestAClipboardThatPanicsIsAFailure(t *testing.T) {
	l := clip.Ladder{Getenv: func(string) string { return "" }, Native: func(string) error { panic("x") }}
	if out := l.Copy(t.Context(), []byte("x")); out.By != "" {
		t.Errorf("outcome %+v", out)
	}
}

func TestAFileThatCannotBeWrittenIsAnError(t *testing.T) {
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := clip.Ladder{Cap: 1, Dir: file, Getenv: func(string) string { return "" }, Native: func(string) error { return errNone }}
	if out := l.Copy(t.Context(), []byte("xx")); out.Err == nil {
		t.Errorf("outcome %+v, want an error", out)
	}
}

func TestSweepRemovesOldCopiesOnly(t *testing.T) {
	dir := t.TempDir()
	l := clip.Ladder{Dir: dir, Getenv: func(string) string { return "" }}
	l.Sweep(time.Now()) // no folder yet
	path, err := l.Save("copy.txt", []byte("old"))
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(filepath.Dir(path), "other.sock")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l.Sweep(time.Now().Add(time.Hour))
	if _, err := os.Stat(path); err != nil {
		t.Errorf("a new copy is gone: %v", err)
	}
	l.Sweep(time.Now().Add(25 * time.Hour))
	if _, err := os.Stat(path); err == nil {
		t.Error("an old copy stays")
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("what is no copy is gone: %v", err)
	}
}
