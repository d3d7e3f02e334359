package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// keeper is a page that wants things kept.
type keeper struct {
	*fakePage
	kept     map[string]string
	restored map[string]string
}

func (k *keeper) Keep() map[string]string     { return k.kept }
func (k *keeper) Restore(m map[string]string) { k.restored = m }

// kept makes shells that keep their session in one file, each with a keeper on its
// second tab.
func kept(path string) (setup, *keeper) {
	k := &keeper{kept: map[string]string{"filter": "state:dead «ñ»\n\"", "selected": "dlv_1"}}
	return func(o *ui.Options) {
		o.KeepAt, o.Session = path, ui.LoadSession(path)
		o.Tabs = append(o.Tabs, ui.Tab{
			Key: "two", Title: func(*text.Words) string { return "Dos" },
			New: func(e *page.Env) page.Page {
				k.fakePage = &fakePage{env: e, title: "la segunda"}
				return k
			},
		})
	}, k
}

func TestASessionGoesOnWhereItWasLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "hooktop", "session.toml")
	set, k := kept(path)
	s := newStage(t, 80, 24, set)
	s.Press("2").Has("la segunda").Fire()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("session file: %v, %v", info, err)
	}
	if len(k.restored) > 0 {
		t.Errorf("the first time it is given %q", k.restored)
	}
	set, k = kept(path)
	newStage(t, 80, 24, set).Has("la segunda")
	if k.restored["filter"] != "state:dead «ñ»\n\"" || k.restored["selected"] != "dlv_1" {
		t.Errorf("restored %q", k.restored)
	}
}

// What a command writes late does not go over how it was left.
func TestTheEndHasTheLastWord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.toml")
	ui.WriteTwice(path, ui.Session{Tab: "left"}, ui.Session{Tab: "earlier"})
	if got := ui.LoadSession(path).Tab; got != "left" {
		t.Errorf("kept %q", got)
	}
}

// A tab that nobody looked at keeps what was kept of it.
func TestWhatWasNotShownStaysKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.toml")
	set, _ := kept(path)
	newStage(t, 80, 24, set).Press("2", "1").Fire()
	set, _ = kept(path)
	newStage(t, 80, 24, set).Has("Uno").Press("x").Fire()
	if got := ui.LoadSession(path).Pages["two"]["selected"]; got != "dlv_1" {
		t.Errorf("kept %q", got)
	}
}

func TestAStrangeSessionIsNone(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty": "", "broken": "tab = ", "types": "tab = 3\npages = \"x\"", "unknown": "tab = \"nowhere\"\n[pages.nowhere]\na = \"b\"\n",
		"binary": "\x00\xff", "huge": strings.Repeat("a = 1\n", 100_000),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		set, _ := kept(path)
		newStage(t, 80, 24, set).Has("Uno")
	}
	set, _ := kept(filepath.Join(dir, "missing"))
	newStage(t, 80, 24, set).Has("Uno")
	set, _ = kept(dir)
	newStage(t, 80, 24, set).Has("Uno")
}

// At rest nothing ticks, and what has not changed is not written again.
func TestTheSessionIsLookedAtOnlyAfterSomethingWasDone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.toml")
	set, k := kept(path)
	s := newStage(t, 80, 24, set)
	if n := len(s.Timers()); n != 0 {
		t.Errorf("%d timers at rest", n)
	}
	s.Press("2", "x", "x")
	if n := len(s.Timers()); n != 1 {
		t.Errorf("%d timers after three keys, want 1", n)
	}
	s.Fire()
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Press("x").Fire()
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("written again: %v", err)
	}
	k.kept = map[string]string{"filter": strings.Repeat("x", 5000), "sort": "hook"}
	s.Press("x").Fire()
	if got := ui.LoadSession(path).Pages["two"]; len(got) != 1 || got["sort"] != "hook" {
		t.Errorf("kept %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".session*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// opener is a page that opens things by their ids.
type opener struct{ *fakePage }

func (o opener) OpenID(id string) tea.Cmd { o.note("open " + id); return nil }

func TestOpenShowsOneThingAtOnce(t *testing.T) {
	shown := &fakePage{title: "la que abre"}
	opens := func(id string) setup {
		return func(o *ui.Options) {
			o.Open = id
			o.Tabs = append(o.Tabs, ui.Tab{
				Key: "two", Title: func(*text.Words) string { return "Dos" }, Opens: func(id string) bool { return id == "dlv_1" },
				New: func(e *page.Env) page.Page { shown.env = e; return opener{shown} },
			})
		}
	}
	newStage(t, 80, 24, opens("dlv_1")).Has("la que abre")
	if len(shown.seen) == 0 || shown.seen[0] != "open dlv_1" {
		t.Errorf("it saw %q", shown.seen)
	}
	newStage(t, 80, 24, opens("\x1b]52;x")).Has("no es el id de nada")
}
