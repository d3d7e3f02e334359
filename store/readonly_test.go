package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

func TestReadOnlyReadsAndRefusesToWrite(t *testing.T) {
	f := filled(t)
	before := snapshot(t, f.db)
	o := f.options()
	o.ReadOnly = true
	d, err := store.Open(f.db, o)
	fatal(t, err)
	defer d.Close()
	if list, err := d.Hooks(t.Context()); err != nil || len(list) != 40 {
		t.Errorf("%d webhooks, %v", len(list), err)
	}
	var fault *model.Fault
	_, err = d.PutHook(t.Context(), storetest.Hook(99), model.Change{At: storetest.Epoch()})
	if !asFault(err, &fault) || fault.Code != model.CodeReadOnly {
		t.Errorf("PutHook gives %v", err)
	}
	if i, err := d.Info(t.Context()); err != nil || i.Synchronous != -1 || i.Hooks != 40 {
		t.Errorf("state is %+v, %v", i, err)
	}
	fatal(t, d.Close())
	if snapshot(t, f.db) != before {
		t.Error("reading changed the file")
	}
}

// A reader cannot bring an older file up to date, and says so.
func TestReadOnlyNamesAnOlderFile(t *testing.T) {
	f := newFiles(t)
	fatal(t, f.open(t).Close())
	raw(t, f.db, "PRAGMA user_version = 1").Close()
	_, err := store.Open(f.db, store.Options{KeyFile: f.key, ReadOnly: true})
	if fault := (*model.Fault)(nil); !asFault(err, &fault) || fault.Code != model.CodeStoreOlder || fault.Value != f.db {
		t.Error(err)
	}
}

func TestReadOnlySeesWhatTheOwnerWrites(t *testing.T) {
	f := filled(t)
	owner := f.open(t)
	o := f.options()
	o.ReadOnly = true
	d, err := store.Open(f.db, o)
	fatal(t, err)
	defer d.Close()
	putHook(t, owner, 99)
	if _, err := d.Hook(t.Context(), storetest.Hook(99).ID); err != nil {
		t.Error(err)
	}
}

// unwritable are the environment variables that tell the child of the test below
// which files to try.
const unwritableDB, unwritableKey = "STORE_TEST_UNWRITABLE_DB", "STORE_TEST_UNWRITABLE_KEY"

func TestUnwritableFileAndFolderAreNamed(t *testing.T) {
	if db := os.Getenv(unwritableDB); db != "" {
		tryUnwritable(t, files{db: db, key: os.Getenv(unwritableKey)})
		return
	}
	for name, c := range map[string]struct{ file, folder os.FileMode }{
		"file":   {0o400, 0o700},
		"folder": {0o600, 0o500},
		"both":   {0o400, 0o500},
	} {
		t.Run(name, func(t *testing.T) {
			f := filled(t)
			fatal(t, os.Chmod(f.db, c.file))
			fatal(t, os.Chmod(filepath.Dir(f.db), c.folder))
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(f.db), 0o700) })
			if os.Geteuid() != 0 {
				tryUnwritable(t, f)
				return
			}
			asNobody(t, f)
		})
	}
}

func tryUnwritable(t *testing.T, f files) {
	before := snapshot(t, f.db)
	_, err := store.Open(f.db, f.options())
	refused(t, err, model.CodeStoreReadOnly, f.db)
	if _, err := os.Stat(f.db + "-wal"); err == nil {
		t.Error("a file was left beside it")
	}
	o := f.options()
	o.ReadOnly = true
	d, err := store.Open(f.db, o)
	fatal(t, err)
	if list, err := d.Hooks(t.Context()); err != nil || len(list) != 40 {
		t.Errorf("reading it: %d webhooks, %v", len(list), err)
	}
	fatal(t, d.Close())
	if snapshot(t, f.db) != before {
		t.Error("the file was changed")
	}
}

// asNobody runs the test again as a user who, unlike root, cannot write everywhere.
func asNobody(t *testing.T, f files) {
	const nobody = 65534
	root := filepath.Dir(filepath.Dir(f.db))
	for _, p := range []string{filepath.Dir(root), root} { // t.TempDir is for its owner alone
		fatal(t, os.Chmod(p, 0o755))
	}
	for _, p := range []string{filepath.Dir(f.db), f.db, filepath.Dir(f.key), f.key} {
		fatal(t, os.Chown(p, nobody, nobody))
	}
	path, err := os.Executable()
	fatal(t, err)
	self, err := os.ReadFile(path)
	fatal(t, err)
	program := filepath.Join(root, "test")
	fatal(t, os.WriteFile(program, self, 0o755))
	fatal(t, os.Chmod(program, 0o755))
	cmd := exec.Command(program, "-test.run=^TestUnwritableFileAndFolderAreNamed$", "-test.v")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), unwritableDB+"="+f.db, unwritableKey+"="+f.key)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}
