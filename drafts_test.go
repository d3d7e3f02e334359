package main

import (
	"os"
	"path/filepath"
	"testing"

	"hooktop/ui/cli"
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

// A form is offered with the database it was opened on, whatever name that has, and with
// no other.
func TestDraftsBelongToTheirDatabase(t *testing.T) {
	household(t)
	dir := t.TempDir()
	t.Chdir(dir)
	for _, db := range []string{"a.db", "b.db"} {
		if err := os.WriteFile(db, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a.db", "link.db"); err != nil {
		t.Fatal(err)
	}
	of := func(db string) drafts {
		p, err := paths(cli.Options{DB: db})
		if err != nil {
			t.Fatal(err)
		}
		return draftsOf(p)
	}
	for _, db := range []string{"", "a.db"} {
		if err := of(db).Keep("new", []byte(db)); err != nil {
			t.Fatal(err)
		}
	}
	for db, want := range map[string]string{"": "", usualDB(): "", "a.db": "a.db", "link.db": "a.db", filepath.Join(dir, "a.db"): "a.db", "b.db": "none"} {
		got := "none"
		if kept, err := of(db).Kept(); err != nil || len(kept) > 1 {
			t.Errorf("%q: %v, %v", db, kept, err)
		} else if len(kept) == 1 {
			got = string(kept[0].Data)
		}
		if got != want {
			t.Errorf("with %q the draft is that of %q, want %q", db, got, want)
		}
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
