package store

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

func code(err error) model.Code {
	var f *model.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

func TestErrorsOfTheDriverHaveNames(t *testing.T) {
	for _, c := range []struct {
		err  sqlite3.Error
		want model.Code
	}{
		{sqlite3.Error{Code: sqlite3.ErrBusy}, model.CodeStoreLocked},
		{sqlite3.Error{Code: sqlite3.ErrLocked}, model.CodeStoreLocked},
		{sqlite3.Error{Code: sqlite3.ErrProtocol}, model.CodeStoreLocked},
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, model.CodeStoreReadOnly},
		{sqlite3.Error{Code: sqlite3.ErrReadonly, ExtendedCode: sqlite3.ErrReadonlyDbMoved}, model.CodeStoreGone},
		{sqlite3.Error{Code: sqlite3.ErrPerm}, model.CodeStoreReadOnly},
		{sqlite3.Error{Code: sqlite3.ErrCorrupt}, model.CodeStoreCorrupt},
		{sqlite3.Error{Code: sqlite3.ErrNotADB}, model.CodeStoreCorrupt},
		{sqlite3.Error{Code: sqlite3.ErrFull}, model.CodeStoreFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}, model.CodeStoreFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EDQUOT}, model.CodeStoreFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EFBIG}, model.CodeStoreFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EIO}, model.CodeStoreIO},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.EACCES}, model.CodeStoreReadOnly},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.EMFILE}, model.CodeStoreIO},
	} {
		err := fault("/p", "do it", c.err)
		if code(err) != c.want || !errors.As(err, &sqlite3.Error{}) {
			t.Errorf("%v (%v) became %v, want %s", c.err.Code, c.err.SystemErrno, err, c.want)
		}
	}
}

func openTemp(t testing.TB) *DB {
	t.Helper()
	dir := t.TempDir()
	d, err := Open(filepath.Join(dir, "hooktop.db"), Options{KeyFile: filepath.Join(dir, "key")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// After a failed fsync the kernel may have dropped the pages: the next one succeeds
// and means nothing.
func TestFailingDiskStopsWritesUntilReopened(t *testing.T) {
	d := openTemp(t)
	failing := func(*txn) error {
		return sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync, SystemErrno: syscall.EIO}
	}
	if err := d.write(t.Context(), "fail", failing); code(err) != model.CodeStoreIO {
		t.Fatalf("got %v", err)
	}
	if err := d.Forget(t.Context(), "wh_1"); code(err) != model.CodeStoreIO {
		t.Errorf("a write after it gives %v", err)
	}
	if _, err := d.Hooks(t.Context()); err != nil {
		t.Errorf("a read after it gives %v", err)
	}
	path, key := d.path, d.opt.KeyFile
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(path, Options{KeyFile: key})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Forget(t.Context(), "wh_1"); err != nil {
		t.Errorf("reopened: %v", err)
	}
}

// TestAFileThatCannotBeReadAfterACommit promises no answer that counts on a sync which
// the end of the file system may have overtaken, and none after that.
func TestAFileThatCannotBeReadAfterACommit(t *testing.T) {
	d := stock(t)
	if err := publish(t, d, 1, model.DeliveryQueued); err != nil {
		t.Fatal(err)
	}
	wal := d.wal
	d.wal = nil // reads of it fail
	for range 2 {
		var f *model.Fault
		if err := publish(t, d, 2, model.DeliveryQueued); !errors.As(err, &f) || f.Code != model.CodeStoreIO {
			t.Errorf("acknowledged with %v", err)
		}
		d.wal = wal // what was overtaken stays so
	}
}

func TestClosedStoreSaysSo(t *testing.T) {
	d := openTemp(t)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Info(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Info gives %v", err)
	}
	if err := d.Forget(context.Background(), "wh_1"); !errors.Is(err, ErrClosed) {
		t.Errorf("Forget gives %v", err)
	}
}

func TestCancelledCallIsNoFaultOfTheStore(t *testing.T) {
	d := openTemp(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := d.read(ctx, "count", func(tx querier) error {
		cancel()
		return tx.QueryRowContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`).Scan(new(int))
	})
	if !errors.Is(err, context.Canceled) || code(err) != "" {
		t.Errorf("got %v", err)
	}
}
