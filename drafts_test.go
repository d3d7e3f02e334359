package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDraftsAreFilesOfTheirOwnerAlone(t *testing.T) {
	d := drafts{filepath.Join(t.TempDir(), "state", "forms")}
	if kept, err := d.Kept(); err != nil || kept != nil {
		t.Fatalf("before the first: %v, %v", kept, err)
	}
	for _, id := range []string{"new", "wh_01", "../../up"} {
		for _, data := range []string{"{}", `{"Name":"` + id + `"}`} {
			if err := d.Keep(id, []byte(data)); err != nil {
				t.Fatal(err)
			}
		}
	}
	kept, err := d.Kept()
	if err != nil || len(kept) != 3 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	for _, k := range kept {
		if want := `{"Name":"` + k.ID + `"}`; string(k.Data) != want || k.At.IsZero() {
			t.Errorf("%s: %q of %v", k.ID, k.Data, k.At)
		}
		info, err := os.Stat(d.path(k.ID))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", k.ID, info, err)
		}
		if err := d.Drop(k.ID); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(d.dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := d.Drop("wh_01"); err != nil {
		t.Errorf("dropping what is gone: %v", err)
	}
}

func TestWhatIsNoDraftIsLeftOut(t *testing.T) {
	d := drafts{t.TempDir()}
	if err := os.WriteFile(filepath.Join(d.dir, "large.json"), make([]byte, maxDraft+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, "other.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(d.dir, "link.json")); err != nil {
		t.Fatal(err)
	}
	if kept, err := d.Kept(); err != nil || len(kept) != 0 {
		t.Errorf("kept %v, %v", kept, err)
	}
}
