package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// refused checks that err is a fault of that code about that path, with a cause.
func refused(t *testing.T, err error, code model.Code, path string) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault %q", err, code)
	}
	if f.Code != code || f.Value != path || f.Err == nil {
		t.Errorf("got code %q, value %q, cause %v; want %q and %q with a cause", f.Code, f.Value, f.Err, code, path)
	}
}

// raw runs statements on a file behind the store's back.
func raw(t *testing.T, path string, statements ...string) *sql.DB {
	t.Helper()
	db := store.Raw(path)
	t.Cleanup(func() { db.Close() })
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return db
}

func snapshot(t *testing.T, path string) [32]byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(b)
}

// filled is a closed database with some pages.
func filled(t *testing.T) files {
	f := newFiles(t)
	d := f.open(t)
	for n := range 40 {
		_, err := d.PutHook(t.Context(), storetest.Hook(n), model.Change{At: storetest.Epoch(), Kind: model.ChangeCreated})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.PutTest(t.Context(), storetest.Test("wh_1", n, bytes.Repeat([]byte("x"), 5000))); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOpenRefusesBadFiles(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path string)
		code  model.Code
	}{
		"garbage": {func(t *testing.T, path string) {
			write(t, path, garbage(100_000))
		}, model.CodeStoreForeign},
		"one byte": {func(t *testing.T, path string) { write(t, path, []byte("x")) }, model.CodeStoreForeign},
		"text":     {func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("SQLite format 3\n"), 50)) }, model.CodeStoreForeign},
		"foreign": {func(t *testing.T, path string) {
			remove(t, path)
			raw(t, path, "CREATE TABLE hooks (id)").Close()
		}, model.CodeStoreForeign},
		"foreign in WAL with frames": {func(t *testing.T, path string) {
			remove(t, path)
			raw(t, path, "PRAGMA journal_mode=WAL", "CREATE TABLE hooks (id)") // stays open
		}, model.CodeStoreForeign},
		"newer": {func(t *testing.T, path string) { raw(t, path, "PRAGMA user_version = 9999").Close() }, model.CodeStoreNewer},
		"newer in the WAL alone": {func(t *testing.T, path string) {
			raw(t, path, "PRAGMA user_version = 9999") // stays open
		}, model.CodeStoreNewer},
		"truncated": {func(t *testing.T, path string) {
			if err := os.Truncate(path, 40_000); err != nil {
				t.Fatal(err)
			}
		}, model.CodeStoreCorrupt},
		"first page spoilt behind its header": {func(t *testing.T, path string) { overwrite(t, path, 100, garbage(8000)) }, model.CodeStoreCorrupt},
		"all pages but the first spoilt":      {func(t *testing.T, path string) { overwrite(t, path, 16<<10, garbage(1<<20)) }, model.CodeStoreCorrupt},
		"directory": {func(t *testing.T, path string) {
			remove(t, path)
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, model.CodeStoreForeign},
	} {
		t.Run(name, func(t *testing.T) {
			f := filled(t)
			c.spoil(t, f.db)
			info, err := os.Stat(f.db)
			if err != nil {
				t.Fatal(err)
			}
			var before [32]byte
			if !info.IsDir() {
				before = snapshot(t, f.db)
			}
			_, err = store.Open(f.db, f.options())
			refused(t, err, c.code, f.db)
			o := f.options()
			o.ReadOnly = true
			_, err = store.Open(f.db, o)
			refused(t, err, c.code, f.db)
			if !info.IsDir() && snapshot(t, f.db) != before {
				t.Error("the refused file was changed")
			}
		})
	}
}

func TestOpenTakesAnEmptyFileAsNew(t *testing.T) {
	f := newFiles(t)
	if err := os.MkdirAll(filepath.Dir(f.db), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, f.db, nil)
	f.open(t)
}

func TestOpenFinishesWhatACrashInterrupted(t *testing.T) {
	f := newFiles(t)
	if err := os.MkdirAll(filepath.Dir(f.db), 0o700); err != nil {
		t.Fatal(err)
	}
	raw(t, f.db, "PRAGMA page_size = 16384", "PRAGMA application_id = 0x686b7470").Close() // marked, and no further
	d := f.open(t)
	i, err := d.Info(t.Context())
	if err != nil || i.SchemaVersion == 0 {
		t.Errorf("state is %+v, %v", i, err)
	}
}

func TestSeveralOpenANewFileAtOnce(t *testing.T) {
	f := newFiles(t)
	o := f.options()
	o.Busy = 10 * time.Second
	errs := make(chan error, 6)
	for n := range cap(errs) {
		go func() {
			d, err := store.Open(f.db, o)
			if err == nil {
				_, err = d.PutHook(context.Background(), storetest.Hook(n), model.Change{At: storetest.Epoch()})
				err = errors.Join(err, d.Close())
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if list, err := f.open(t).Hooks(t.Context()); err != nil || len(list) != cap(errs) {
		t.Errorf("%d webhooks, %v", len(list), err)
	}
}

func TestOpenReadOnlyNeedsAFile(t *testing.T) {
	f := newFiles(t)
	o := f.options()
	o.ReadOnly = true
	_, err := store.Open(f.db, o)
	refused(t, err, model.CodeNotFound, f.db)
	if _, err := os.Stat(filepath.Dir(f.db)); err == nil {
		t.Error("a folder was made")
	}
}

func TestLockedByAnother(t *testing.T) {
	f := filled(t)
	d := f.open(t)
	holder := raw(t, f.db)
	holder.SetMaxOpenConns(1)
	if _, err := holder.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(f.db, f.options())
	refused(t, err, model.CodeStoreLocked, f.db)
	_, err = d.PutHook(t.Context(), storetest.Hook(99), model.Change{At: storetest.Epoch()})
	refused(t, err, model.CodeStoreLocked, f.db)
	if list, err := d.Hooks(t.Context()); err != nil || len(list) != 40 {
		t.Errorf("a lock of a writer stops readers: %d webhooks, %v", len(list), err)
	}
	if _, err := holder.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.PutHook(t.Context(), storetest.Hook(99), model.Change{At: storetest.Epoch()}); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

func TestLockIsWaitedFor(t *testing.T) {
	f := filled(t)
	o := f.options()
	o.Busy = 10 * time.Second
	d, err := store.Open(f.db, o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	holder := raw(t, f.db)
	holder.SetMaxOpenConns(1)
	if _, err := holder.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := d.PutHook(context.Background(), storetest.Hook(99), model.Change{At: storetest.Epoch()})
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("written although locked: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	if _, err := holder.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWriteIsNotAcknowledgedWhenTheFileIsGone(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, path string){
		"deleted":      remove,
		"-wal deleted": func(t *testing.T, path string) { remove(t, path+"-wal") },
		"-shm deleted": func(t *testing.T, path string) { remove(t, path+"-shm") },
		"-wal replaced": func(t *testing.T, path string) {
			write(t, path+".new", nil)
			if err := os.Rename(path+".new", path+"-wal"); err != nil {
				t.Fatal(err)
			}
		},
		"replaced": func(t *testing.T, path string) {
			other := filled(t)
			if err := os.Rename(other.db, path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := filled(t)
			d := f.open(t)
			lose(t, f.db)
			_, err := d.PutHook(t.Context(), storetest.Hook(99), model.Change{At: storetest.Epoch()})
			refused(t, err, model.CodeStoreGone, f.db)
			refused(t, d.PutTest(t.Context(), storetest.Test("wh_1", 99, nil)), model.CodeStoreGone, f.db)
		})
	}
}

func TestACheckpointIsNoLoss(t *testing.T) {
	d := filled(t).open(t)
	store.Pragma(t, d, "wal_checkpoint(TRUNCATE)")
	putHook(t, d, 99)
}

func TestRunTimeCorruptionIsNamed(t *testing.T) {
	f := filled(t)
	d := f.open(t)
	overwrite(t, f.db, 16<<10, garbage(1<<20))
	_, err := d.Hooks(t.Context())
	refused(t, err, model.CodeStoreCorrupt, f.db)
}

func TestFullDiskIsNamedAndRecovers(t *testing.T) {
	f := filled(t)
	d := f.open(t)
	limit := func(pages int) { store.LimitPages(t, d, pages) }
	limit(1) // SQLite raises it to the present size
	err := d.PutTest(t.Context(), storetest.Test("wh_1", 99, make([]byte, model.MaxBody)))
	refused(t, err, model.CodeStoreFull, f.db)
	limit(1 << 20)
	if err := d.PutTest(t.Context(), storetest.Test("wh_1", 99, make([]byte, model.MaxBody))); err != nil {
		t.Errorf("with space again: %v", err)
	}
}

func garbage(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// overwrite spoils bytes from an offset on, at most to the file's end.
func overwrite(t *testing.T, path string, from int64, with []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(with[:min(int64(len(with)), info.Size()-from)], from); err != nil {
		t.Fatal(err)
	}
}
