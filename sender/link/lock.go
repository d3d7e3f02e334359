package link

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
type Lock struct {
	db   string // canonical path
	lock *flock.Flock
	file *os.File // what is locked, to write into it
}

// lockPath is the lock's file. We never remove it: a second program could lock a new
// one while the first still holds the old. Others may; see Held.
func lockPath(db string) string { return db + ".lock" }

// Acquire takes the lock of a database (canonical path), trying for as long as ctx
// lets it. When another program has it, the error is a Fault CodeStoreLocked of
// FieldOwner whose Value names the process; where nothing can be written it is
// CodeStoreReadOnly, below a file that is no folder CodeStorePath.
func Acquire(ctx context.Context, db string) (*Lock, error) {
	if err := os.MkdirAll(filepath.Dir(db), 0o700); err != nil {
		return nil, unusable(db, fmt.Errorf("make data folder: %w", err))
	}
	for {
		l, err := tryLock(db)
		if l != nil || err != nil {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, lockedBy(db)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// lockedBy is the fault of a database that another program owns.
func lockedBy(db string) error {
	return &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldOwner, Value: ownerOf(db)}
}

// tryLock takes the lock if nobody has it and signs it; nil when somebody has it, or
// when its file was replaced meanwhile: what then is locked keeps nobody out.
func tryLock(db string) (*Lock, error) {
	path := lockPath(db)
	l := &Lock{db: db, lock: flock.New(path, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDWR))}
	ok, err := l.lock.TryLock()
	if ok && err == nil {
		l.file, err = os.OpenFile(path, os.O_RDWR, 0)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && ok:
		return nil, l.close() // removed as soon as it was made
	case err != nil:
		return nil, unusable(db, fmt.Errorf("lock database: %w", errors.Join(err, l.close())))
	case !ok || !l.same() || !l.Held():
		return nil, l.close()
	}
	if err := l.sign(strconv.Itoa(os.Getpid()) + "\n"); err != nil {
		return nil, unusable(db, fmt.Errorf("sign lock: %w", errors.Join(err, l.close())))
	}
	return l, nil
}

// same reports whether the file to write into is the one that is locked.
func (l *Lock) same() bool {
	locked, err := l.lock.Stat()
	file, also := l.file.Stat()
	return err == nil && also == nil && os.SameFile(locked, file)
}

// sign writes into the locked file, wherever its path leads by now.
func (l *Lock) sign(text string) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt([]byte(text), 0)
	return err
}

// Held reports whether the lock still keeps others out: who removes or replaces its
// file lets another program lock the new one.
func (l *Lock) Held() bool {
	locked, err := l.lock.Stat()
	if err != nil {
		return true // it cannot be told
	}
	at, err := os.Stat(l.lock.Path())
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return os.SameFile(locked, at)
}

// Again takes a lock that is no longer held, without waiting. The error is that of
// Acquire when another program was faster; the old lock stays what it was.
func (l *Lock) Again() error {
	again, err := tryLock(l.db)
	if err != nil {
		return err
	}
	if again == nil {
		return lockedBy(l.db)
	}
	*l, *again = *again, *l
	return again.close()
}

// Release gives the database free.
func (l *Lock) Release() error { return errors.Join(l.sign(""), l.close()) }

func (l *Lock) close() error {
	err := l.lock.Close()
	if l.file != nil {
		err = errors.Join(err, l.file.Close())
	}
	return err
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
