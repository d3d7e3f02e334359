package link

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"hooktop/model"
)

// maxSocket is the longest path of a unix socket everywhere: sun_path of sockaddr_un
// has 104 bytes on the BSDs, 108 on Linux, one of them for the end.
const maxSocket = 103

// Canonical is the one path of a database, whatever links lead to it: two programs
// that name it differently must find each other's lock.
func Canonical(db string) (string, error) {
	abs, err := filepath.Abs(db)
	if err != nil {
		return "", fmt.Errorf("find database: %w", err)
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, syscall.ENOTDIR) {
		return "", unusable(abs, err)
	}
	if errors.Is(err, fs.ErrNotExist) { // not made yet
		dir, err := filepath.EvalSymlinks(filepath.Dir(abs))
		if errors.Is(err, fs.ErrNotExist) {
			return abs, nil
		}
		return filepath.Join(dir, filepath.Base(abs)), err
	}
	return real, err
}

// unusable makes a Fault of what the operating system says about the place of a
// database; other errors stay.
func unusable(db string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return &model.Fault{Code: model.CodeStorePath, Field: model.FieldDB, Value: db, Err: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &model.Fault{Code: model.CodeStoreReadOnly, Field: model.FieldDB, Value: db, Err: err}
	}
	return err
}

// Socket is the path of the owner's socket: beside the database, or in the runtime
// directory when that path is too long for a socket. db is canonical.
func Socket(db, runtimeDir string) string {
	if path := db + ".sock"; len(path) <= maxSocket {
		return path
	}
	name := model.Fingerprint("socket", db) + model.Fingerprint("socket2", db) + ".sock"
	if path := filepath.Join(runtimeDir, "hooktop", name); runtimeDir != "" && len(path) <= maxSocket {
		return path
	}
	return filepath.Join("/tmp", "hooktop-"+strconv.Itoa(os.Geteuid()), name)
}

// privateDir makes the folder of a socket. In a shared folder such as /tmp somebody
// else could have made it.
func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make socket folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("make socket folder: %w", err)
	}
	own, ok := info.Sys().(*syscall.Stat_t)
	if ok && int(own.Uid) != os.Geteuid() && info.Mode().Perm()&0o022 != 0 && info.Mode()&os.ModeSticky == 0 {
		return fmt.Errorf("make socket folder: %w", fs.ErrPermission)
	}
	return nil
}
