package ui

import (
	"os"
	"path/filepath"
	"strings"
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

// A pager is not called an editor where there is no room for its file.
func TestAFileThatCannotBeMadeBlamesNoEditor(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	var d drafts
	if _, err := d.make("body.json", nil); err == nil || !strings.HasPrefix(err.Error(), "make folder for the file: ") {
		t.Errorf("it says %v", err)
	}
}
