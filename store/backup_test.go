package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"hooktop/model"
	"hooktop/store/storetest"
)

// A backup that is made while others write has all that was acknowledged before it
// began, each event with its delivery, and opens like a file that was closed.
func TestBackupIsWholeWhileOthersWrite(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Active(t, d, 1)
	_, revision, err := d.Fleet(t.Context())
	fatal(t, err)
	var acked atomic.Int64
	ingest := func(n int) {
		if _, err := d.Ingest(context.Background(), storetest.FactAt(revision, n, model.DeliverySending, h)); err != nil {
			t.Error(err)
		}
		acked.Store(int64(n + 1))
	}
	for n := range 500 {
		ingest(n)
	}
	began := acked.Load()
	copied := files{db: filepath.Join(t.TempDir(), "kept.db"), key: f.key}
	stop := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() {
		for n := int(began); ; n++ {
			select {
			case <-stop:
				return
			default:
				ingest(n)
			}
		}
	})
	size, err := d.Backup(t.Context(), copied.db)
	close(stop)
	others.Wait()
	fatal(t, err)
	if info, err := os.Stat(copied.db); err != nil || info.Size() != size || info.Mode().Perm() != 0o600 {
		t.Errorf("%d bytes were said: %v, %v", size, info, err)
	}
	alone(t, copied.db)

	c := copied.open(t)
	i, err := c.Info(t.Context())
	if err != nil || i.Integrity != "ok" || c.Unclean() {
		t.Errorf("%+v, unclean %v, %v", i, c.Unclean(), err)
	}
	if i.Events < began || i.Events > acked.Load() || i.Deliveries != i.Events || i.Hooks != 1 {
		t.Errorf("%d events with %d deliveries of %d hooks, acknowledged %d to %d", i.Events, i.Deliveries, i.Hooks, began, acked.Load())
	}
	if n, err := c.Recover(t.Context(), storetest.Epoch()); err != nil || int64(n) != i.Deliveries {
		t.Errorf("%d of %d that were being sent are sent again, %v", n, i.Deliveries, err)
	}
	fatal(t, d.Close())
}

func TestBackupNeverWritesOver(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	dir := t.TempDir()
	there, dangling := filepath.Join(dir, "there"), filepath.Join(dir, "dangling")
	write(t, there, []byte("precious"))
	fatal(t, os.Symlink(filepath.Join(dir, "nowhere"), dangling))
	for _, path := range []string{there, dangling, f.db, dir} {
		_, err := d.Backup(t.Context(), path)
		isBackupFault(t, err, model.CodeFileExists, path)
	}
	if b, err := os.ReadFile(there); err != nil || string(b) != "precious" {
		t.Errorf("%q, %v", b, err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

func TestABackupThatFailsLeavesNothing(t *testing.T) {
	d := newFiles(t).open(t)
	dir := t.TempDir()
	_, err := d.Backup(t.Context(), filepath.Join(dir, "no", "kept.db"))
	isBackupFault(t, err, model.CodeNotFound, filepath.Join(dir, "no", "kept.db"))
	write(t, filepath.Join(dir, "file"), nil)
	_, err = d.Backup(t.Context(), filepath.Join(dir, "file", "kept.db"))
	isBackupFault(t, err, model.CodeStorePath, filepath.Join(dir, "file", "kept.db"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Backup(ctx, filepath.Join(dir, "kept.db")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	alone(t, filepath.Join(dir, "file"))
}

// A damaged database makes no backup: it would be taken for one that is whole.
func TestBackupOfADamagedFile(t *testing.T) {
	f := filled(t)
	d := f.open(t)
	overwrite(t, f.db, 16<<10, garbage(1<<20))
	dir := t.TempDir()
	_, err := d.Backup(t.Context(), filepath.Join(dir, "kept.db"))
	refused(t, err, model.CodeStoreCorrupt, f.db)
	if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

// A full disk of the backup's is not the store's.
func TestTier2BackupToAFullDisk(t *testing.T) {
	dir := smallDisk(t, "256k")
	d := newFiles(t).open(t)
	h := storetest.Active(t, d, 1)
	_, err := d.Backup(t.Context(), filepath.Join(dir, "kept.db"))
	isBackupFault(t, err, model.CodeStoreFull, filepath.Join(dir, "kept.db"))
	if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
		t.Errorf("left behind: %v, %v", list, err)
	}
	if _, err := d.Ingest(t.Context(), storetest.Fact(t, d, 1, model.DeliveryQueued, h)); err != nil {
		t.Errorf("the store has stopped: %v", err)
	}
}

// alone fails when there is anything else in a file's folder.
func alone(t *testing.T, path string) {
	t.Helper()
	if list, err := os.ReadDir(filepath.Dir(path)); err != nil || len(list) != 1 || list[0].Name() != filepath.Base(path) {
		t.Errorf("beside %s: %v, %v", path, list, err)
	}
}

func isBackupFault(t *testing.T, err error, code model.Code, path string) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != code || f.Field != model.FieldBackup || f.Value != path {
		t.Errorf("%v, want %s of %s", err, code, path)
	}
}
