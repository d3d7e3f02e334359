package ingest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hooktop/model"
)

// minToken is the shortest token accepted, in characters.
const minToken = 16

// Token reads the API's token from a file, making file and token when there is none.
// The file is its user's alone (0600): one that others may read is refused.
func Token(path string) (token model.Secret, made bool, err error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeToken(path)
	}
	if err != nil {
		return token, false, fmt.Errorf("read token: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return token, false, fmt.Errorf("read token: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return token, false, &model.Fault{Code: model.CodeKeyMode, Field: model.FieldKey, Value: path}
	}
	v := strings.TrimSpace(string(raw))
	if len(v) < minToken || strings.ContainsFunc(v, notVisible) {
		return token, false, &model.Fault{Code: model.CodeLimit, Field: model.FieldAuth, Value: path, Limit: minToken}
	}
	return model.NewSecret(v), false, nil
}

// makeToken keeps a token of 26 letters and digits, 130 bits of chance. Of two
// programs that make it at a time one wins, and both use that.
func makeToken(path string) (model.Secret, bool, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return model.Secret{}, false, fmt.Errorf("make token folder: %w", err)
	}
	v := rand.Text()
	f, err := os.CreateTemp(filepath.Dir(path), ".token-*") // 0600
	if err != nil {
		return model.Secret{}, false, fmt.Errorf("make token: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(v + "\n")
	if err = errors.Join(err, f.Close()); err != nil {
		return model.Secret{}, false, fmt.Errorf("write token: %w", err)
	}
	err = os.Link(f.Name(), path) // whole or not at all, and never over another
	if errors.Is(err, fs.ErrExist) {
		return Token(path)
	}
	if err != nil {
		return model.Secret{}, false, fmt.Errorf("make token: %w", err)
	}
	return model.NewSecret(v), true, nil
}

func notVisible(r rune) bool { return r <= 0x20 || r >= 0x7f }
