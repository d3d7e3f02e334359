package link

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"hooktop/model"
)

// Lock makes its holder the owner of a database: it alone sends. It ends with the
// process, however that ends.
type Lock struct{ file *flock.Flock }

// lockPath is the lock's file. It is never removed: a second program could lock a new
// one while the first still holds the old.
func lockPath(db string) string { return db + ".lock" }

// Acquire takes the lock of a database (canonical path), trying for as long as ctx
// lets it. When another program has it, the error is a Fault CodeStoreLocked of
// FieldOwner whose Value names the process; where nothing can be written it is
// CodeStoreReadOnly, below a file that is no folder CodeStorePath.
func Acquire(ctx context.Context, db string) (*Lock, error) {
	if err := os.MkdirAll(filepath.Dir(db), 0o700); err != nil {
		return nil, unusable(db, fmt.Errorf("make data folder: %w", err))
	}
	path := lockPath(db)
	l := flock.New(path, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDWR))
	for {
		ok, err := l.TryLock()
		if err != nil {
			return nil, unusable(db, fmt.Errorf("lock database: %w", errors.Join(err, l.Close())))
		}
		if ok {
			break
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(&model.Fault{Code: model.CodeStoreLocked, Field: model.FieldOwner, Value: ownerOf(db)}, l.Close())
		case <-time.After(20 * time.Millisecond):
		}
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, unusable(db, fmt.Errorf("sign lock: %w", errors.Join(err, l.Close())))
	}
	return &Lock{l}, nil
}

// Release gives the database free.
func (l *Lock) Release() error {
	return errors.Join(os.Truncate(l.file.Path(), 0), l.file.Close())
}

// Owned reports whether some program has the lock of a database (canonical path). It
// looks without taking the lock for longer than the look.
func Owned(db string) (bool, error) {
	path := lockPath(db)
	if _, err := os.Stat(path); err != nil {
		return false, nil // no lock was ever taken
	}
	l := flock.New(path, flock.SetFlag(os.O_RDONLY))
	defer func() { _ = l.Close() }()
	ok, err := l.TryRLock()
	if err != nil {
		return false, fmt.Errorf("look at lock: %w", err)
	}
	return !ok, nil
}

// ownerOf is the id of the process that signed the lock; empty when it is not known.
func ownerOf(db string) string {
	raw, err := os.ReadFile(lockPath(db))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}
