package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"hooktop/model"
)

// ownPatience is how long Recover waits for one who only looks (Owned).
const ownPatience = 500 * time.Millisecond

// own makes this store the only one that sends. What it locks is the -wal file: SQLite
// leaves that alone (it locks the other two), all who have the database open have the
// same one, and who takes it away ends what is written (present). The lock lasts until
// Close, or until the process ends.
func (d *DB) own(ctx context.Context) error {
	if err := d.writable("own"); err != nil {
		return err
	}
	for deadline := time.Now().Add(ownPatience); ; {
		free, err := lockFile(d.wal, syscall.LOCK_EX)
		switch {
		case err != nil:
			return d.explain("own", err)
		case free:
			return nil
		case time.Now().After(deadline):
			return &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldOwner}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(ownPatience / 50):
		}
	}
}

// Owned reports whether some process sends what the database at a path holds: it has
// recovered and is open.
func Owned(path string) (bool, error) {
	f, err := os.Open(path + "-wal")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil // nobody has it open
	case err != nil:
		return false, fmt.Errorf("look at owner: %w", err)
	}
	free, err := lockFile(f, syscall.LOCK_SH)
	if err := errors.Join(err, f.Close()); err != nil {
		return false, fmt.Errorf("look at owner: %w", err)
	}
	return !free, nil
}

// lockFile takes flock(2) on an open file; false when another one has it.
func lockFile(f *os.File, how int) (bool, error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return false, err
	}
	var locked error
	if err := raw.Control(func(fd uintptr) { locked = syscall.Flock(int(fd), how|syscall.LOCK_NB) }); err != nil {
		return false, err
	}
	if errors.Is(locked, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return locked == nil, locked
}
