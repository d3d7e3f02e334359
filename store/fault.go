package store

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

// ErrClosed is what every method returns after Close.
var ErrClosed = errors.New("store is closed")

// errMoved is the cause of CodeStoreGone.
var errMoved = errors.New("the path no longer leads to the open file")

// errCap is the cause of CodeStoreFull when nothing but unfinished work is left of
// what the file may hold.
var errCap = errors.New("the database is as large as it may be")

// fault turns an error of the driver into one a person can mend. What is already a
// fault, or comes from the context, passes.
func fault(path, doing string, err error) error {
	var known *model.Fault
	var lite sqlite3.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, ErrClosed), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", doing, err)
	case errors.As(err, &lite):
		return storeFault(codeOf(lite), path, fmt.Errorf("%s: %w", doing, err))
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// storeFault is a fault about the database file.
func storeFault(code model.Code, path string, cause error) *model.Fault {
	return &model.Fault{Code: code, Field: model.FieldDB, Value: path, Err: cause}
}

// codeOf names what SQLite reports (https://www.sqlite.org/rescode.html).
func codeOf(e sqlite3.Error) model.Code {
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return model.CodeStoreLocked
	case sqlite3.ErrReadonly:
		if e.ExtendedCode == sqlite3.ErrReadonlyDbMoved {
			return model.CodeStoreGone
		}
		return model.CodeStoreReadOnly
	case sqlite3.ErrPerm:
		return model.CodeStoreReadOnly
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrFormat:
		return model.CodeStoreCorrupt
	case sqlite3.ErrFull:
		return model.CodeStoreFull
	}
	switch e.SystemErrno {
	case syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG:
		return model.CodeStoreFull
	case syscall.EACCES, syscall.EPERM, syscall.EROFS:
		return model.CodeStoreReadOnly
	}
	return model.CodeStoreIO
}

// isSQLite reports whether err is SQLite's error of that code.
func isSQLite(err error, code sqlite3.ErrNo) bool {
	if err == nil {
		return false
	}
	var lite sqlite3.Error
	return errors.As(err, &lite) && lite.Code == code
}
