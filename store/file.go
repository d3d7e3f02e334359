package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sys/unix"

	"hooktop/model"
)

// suffixes of the files that make up a database.
func suffixes() []string { return []string{"", "-wal", "-shm"} }

// A file is never opened here but through SQLite: closing a descriptor of one's own
// would drop the locks that this process holds on the file
// (https://www.sqlite.org/howtocorrupt.html, 2.2).

// ensureFile makes a new database for the owner alone where there is none, and
// refuses what cannot be written.
func ensureFile(ctx context.Context, path string, busy time.Duration) error {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeFile(ctx, path, busy)
	}
	if err != nil {
		return fileFault(path, err)
	}
	for _, p := range []string{path, filepath.Dir(path)} {
		if err := unix.Access(p, unix.W_OK); err != nil {
			return fileFault(path, err)
		}
	}
	return nil
}

func fileFault(path string, err error) error { return storeFault(fileCode(err), path, err) }

// fileCode names what the operating system says about a file that shall be written.
func fileCode(err error) model.Code {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return model.CodeStoreReadOnly
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return model.CodeStoreFull
	case errors.Is(err, syscall.ENOTDIR):
		return model.CodeStorePath
	}
	return model.CodeStoreIO
}

// probe looks whose file it is before anything may change it, and returns its
// schema version: 0 for a new one. With immutable=1 SQLite neither locks nor makes
// files beside it, but does not see the -wal file either; when that one has
// content, it is read too.
func probe(ctx context.Context, path string, busy time.Duration) (int, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, fileFault(path, err)
	}
	if !info.Mode().IsRegular() {
		return 0, storeFault(model.CodeStoreForeign, path, errors.New("not a regular file"))
	}
	if info.Size() == 0 {
		return 0, nil
	}
	db := connect(path, 1, readParams(path, busy)...)
	defer db.Close()
	var id, version int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		if isSQLite(err, sqlite3.ErrNotADB) {
			return 0, storeFault(model.CodeStoreForeign, path, err)
		}
		return 0, err
	}
	if id != applicationID {
		return 0, storeFault(model.CodeStoreForeign, path, fmt.Errorf("application_id is %#x, want %#x", id, applicationID))
	}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	last, err := schemaVersion()
	if err == nil && version > last {
		err = newer(path, version, last)
	}
	return version, err
}

// readParams is how to read a file without leaving anything beside it.
func readParams(path string, busy time.Duration) []string {
	params := []string{"mode=ro", busyTimeout(busy)}
	if wal, err := os.Stat(path + "-wal"); err != nil || wal.Size() == 0 {
		params = append(params, "immutable=1")
	}
	return params
}

// prepare makes sure that the file is ours and has its form. Several processes may
// find it new at once, and SQLite does not wait when another is changing the
// journal mode: try again.
func prepare(ctx context.Context, path string, busy time.Duration) error {
	for deadline := time.Now().Add(busy); ; {
		version, err := probe(ctx, path, busy)
		if err != nil || version > 0 {
			return err
		}
		if err = create(ctx, path, busy, "FULL"); !isSQLite(err, sqlite3.ErrBusy) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// makeFile puts an empty database at path unless another process is first. It is
// made beside it without waiting for the disk, and appears whole or not at all: one
// wait instead of a dozen.
func makeFile(ctx context.Context, path string, busy time.Duration) error {
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return fileFault(path, err)
	}
	f, err := os.CreateTemp(dir, ".hooktop-*") // 0600, but for the umask
	if err != nil {
		return fileFault(path, err)
	}
	temp := f.Name()
	defer func() {
		for _, s := range suffixes() {
			_ = os.Remove(temp + s)
		}
	}()
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil {
		return fileFault(path, err)
	}
	if err := create(ctx, temp, busy, "OFF"); err != nil {
		return err
	}
	db := connect(temp, 1, "mode=rw", "_journal_mode=WAL", "_synchronous=OFF", "_txlock=immediate")
	if err := errors.Join(migrate(ctx, path, db), db.Close()); err != nil {
		return err
	}
	if err := syncFile(temp); err != nil { // SQLite is done with it
		return fileFault(path, err)
	}
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fileFault(path, err)
	}
	if err := syncFile(dir); err != nil {
		return fileFault(path, err)
	}
	return nil
}

// create gives a new file its page size, its mark and its kind of vacuum, which
// must happen before the first table and before WAL. Safe to repeat after a crash.
func create(ctx context.Context, path string, busy time.Duration, sync string) error {
	db := connect(path, 1, "mode=rw", "_synchronous="+sync, busyTimeout(busy))
	defer db.Close()
	_, err := db.ExecContext(ctx, fmt.Sprintf(`
		PRAGMA page_size = %d;
		PRAGMA application_id = %d;
		PRAGMA auto_vacuum = INCREMENTAL;
		VACUUM;
		PRAGMA journal_mode = WAL;`, pageSize, applicationID))
	return err
}

// restrict takes the files away from everybody but the owner, who may have copied
// them from elsewhere. Not owning them is no reason to refuse: Info shows the modes.
func restrict(path string) {
	for _, s := range suffixes() {
		if info, err := os.Stat(path + s); err == nil && info.Mode().Perm() != 0o600 {
			_ = os.Chmod(path+s, 0o600)
		}
	}
}
