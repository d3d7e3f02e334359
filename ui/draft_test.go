package ui

import (
	"os"
	"path/filepath"
	"testing"
)

// A file that is made while the program ends is not left behind.
func TestNoDraftOutlivesTheProgram(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var d drafts
	if _, err := d.make("body.json", []byte("{}")); err != nil { // and no editor ever gets it
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(os.TempDir(), "*", "body.json")); len(files) != 1 {
		t.Fatalf("files %v", files)
	}
	d.sweep()
	if _, err := d.make("late.json", []byte("{}")); err == nil {
		t.Error("a file was made after the end")
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
