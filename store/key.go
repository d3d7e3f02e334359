package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"hooktop/model"
)

// The check value is a known text sealed with the key; it opens with no other.
const (
	checkID     = "meta"
	checkColumn = "key_check"
	checkText   = "hooktop"
)

// sealedRows asks whether anything in the file needs the key.
const sealedRows = `SELECT EXISTS (SELECT 1 FROM hooks WHERE authorization IS NOT NULL OR secret IS NOT NULL OR old_secret IS NOT NULL OR headers IS NOT NULL)
	OR EXISTS (SELECT 1 FROM verifications) OR EXISTS (SELECT 1 FROM attempts)`

// keyFault is a fault about the key file.
func keyFault(code model.Code, path string, cause error) *model.Fault {
	return &model.Fault{Code: code, Field: model.FieldKey, Value: path, Err: cause}
}

// unlock returns the sealer of the database behind tx. A key is made when there is
// none and nothing has been sealed with a lost one; when ro is set nothing is made
// and a database without sealed rows opens without a key.
func unlock(ctx context.Context, tx querier, path string, ro bool) (*sealer, error) {
	var check []byte
	err := tx.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", checkColumn).Scan(&check)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		var sealed bool
		if err := tx.QueryRowContext(ctx, sealedRows).Scan(&sealed); err != nil {
			return nil, err
		}
		switch {
		case sealed:
			return nil, keyFault(model.CodeKeyMissing, path, err)
		case ro:
			return nil, nil
		}
		check = nil
		key, err = makeKey(path)
	}
	if err != nil {
		return nil, err
	}
	s, err := newSealer(key)
	if err != nil || (ro && check == nil) {
		return s, err
	}
	if check != nil {
		return s, s.verify(check, path)
	}
	if check, err = s.seal(checkID, checkColumn, []byte(checkText)); err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES (?, ?)", checkColumn, check)
	return s, err
}

func (s *sealer) verify(check []byte, path string) error {
	plain, err := s.open(checkID, checkColumn, check)
	if err != nil || string(plain) != checkText {
		return keyFault(model.CodeKeyWrong, path, errors.New("the check value of the database does not open with this key"))
	}
	return nil
}

// readKey reads a key file: the key in base64, one line. The error is
// fs.ErrNotExist when there is no file.
func readKey(path string) ([]byte, error) {
	if path == "" {
		return nil, fs.ErrNotExist
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, keyFault(model.CodeKeyMissing, path, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, keyFault(model.CodeKeyMode, path, errors.New("mode "+info.Mode().Perm().String()))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, keyFault(model.CodeKeyMissing, path, err)
	}
	key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(key) != keySize {
		return nil, keyFault(model.CodeKeyWrong, path, errors.New("not a key of hooktop"))
	}
	return key, nil
}

// makeKey writes a new key and returns the one that is then in the file: another
// process may have been first. The key is on disk before anything is sealed with it.
func makeKey(path string) ([]byte, error) {
	if path == "" {
		return nil, errNoKey()
	}
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return nil, keyFault(fileCode(err), path, err)
	}
	key := make([]byte, keySize)
	rand.Read(key)
	if err := writeOnce(path, []byte(base64.StdEncoding.EncodeToString(key)+"\n")); err != nil {
		return nil, keyFault(fileCode(err), path, err)
	}
	return readKey(path)
}

// writeOnce puts a whole file at path unless there is one. It appears with all its
// bytes or not at all.
func writeOnce(path string, content []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFile(dir)
}

// syncFile waits until a file, or what a folder lists, is on disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// makeDir makes dir and what is missing above it, for the owner alone. A directory
// that exists is left as it is: it may be somebody's.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := makeDir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Chmod(dir, 0o700) // whatever the umask
}
