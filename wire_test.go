package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/ui/cli"
)

func TestWhatIsWrongWithOwnEventsIsThereForTheScreens(t *testing.T) {
	dir := t.TempDir()
	p := cli.Paths{DB: filepath.Join(dir, "d", "hooktop.db"), Key: filepath.Join(dir, "key"), Samples: filepath.Join(dir, "samples"), Log: filepath.Join(dir, "log")}
	if err := os.Mkdir(p.Samples, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Samples, "order.bad.json"), []byte("{\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := openWorkspace(cli.Options{}, p, sender.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	var f *model.Fault
	if len(w.notices) != 1 || !errors.As(w.notices[0], &f) || f.File != "order.bad.json" || f.Line != 2 {
		t.Errorf("%v", w.notices)
	}
}
