package main

import (
	"os"
	"path/filepath"
	"testing"

	"hooktop/sender/link"
)

// A demonstration that was killed leaves a folder; the next one removes it, and nothing
// else that only looks like it.
func TestTheNextDemonstrationRemovesWhatAKilledOneLeft(t *testing.T) {
	running := startDemo(t, "en", "") // sets TMPDIR
	tmp := os.Getenv("TMPDIR")
	killed := map[string]string{"hooktop.db": "x", "hooktop.db-wal": "x", "hooktop.db-shm": "x", "hooktop.log": "x", "key": "x", "hooktop.db.lock": "4711\n", demoMark: ""}
	with := func(change map[string]string) map[string]string {
		out := map[string]string{}
		for _, m := range []map[string]string{killed, change} {
			for name, text := range m {
				out[name] = text
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		files map[string]string
		mode  os.FileMode
		left  bool
	}{
		demoDir + "killed":    {killed, 0o700, false},
		demoDir + "begins":    {map[string]string{"hooktop.db.lock": ""}, 0o700, true},
		demoDir + "no-demo":   {map[string]string{"hooktop.db": "mine", "hooktop.db.lock": "4711\n"}, 0o700, true},
		demoDir + "backup":    {with(map[string]string{"hooktop.db-before": "mine"}), 0o700, true},
		demoDir + "keys":      {with(map[string]string{"key-notes.pdf": "mine"}), 0o700, true},
		demoDir + "empty":     {nil, 0o700, true},
		demoDir + "with-mine": {with(map[string]string{"notes.txt": "mine"}), 0o700, true},
		demoDir + "open":      {killed, 0o755, true},
		"my-" + demoDir:       {killed, 0o700, true},
	} {
		dir := filepath.Join(tmp, name)
		if err := os.Mkdir(dir, c.mode); err != nil {
			t.Fatal(err)
		}
		for file, text := range c.files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		defer func() {
			files, err := os.ReadDir(dir)
			if got := err == nil; got != c.left || got && len(files) != len(c.files) {
				t.Errorf("%s: is there %v with %d files, want %v with %d", name, got, len(files), c.left, len(c.files))
			}
		}()
	}
	if err := os.Symlink(filepath.Join(tmp, "my-"+demoDir), filepath.Join(tmp, demoDir+"link")); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(tmp, demoDir+"locked")
	held, err := link.Acquire(t.Context(), filepath.Join(locked, "hooktop.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Release() }()

	sweepDemos()
	for _, path := range []string{running.DB, filepath.Join(tmp, demoDir+"link"), filepath.Join(locked, "hooktop.db.lock")} {
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
	}
}
