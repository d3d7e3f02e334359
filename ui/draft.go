package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// drafts are the files that editors and pagers have, each in a folder of its own. They
// may be used from several goroutines; after sweep there are none, and none is made.
type drafts struct {
	mu    sync.Mutex
	dirs  map[string]struct{}
	swept bool
}

var errLeaving = errors.New("the program ends")

// make writes data to a new file, its folder closed to others, and gives its path.
func (d *drafts) make(name string, data []byte) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.swept {
		return "", errLeaving
	}
	dir, err := os.MkdirTemp("", Name+"-")
	if err != nil {
		return "", fmt.Errorf("make folder for the file: %w", err)
	}
	name = strings.Trim(filepath.Base(filepath.Clean(name)), ".")
	if name == "" || name == string(filepath.Separator) {
		name = "body.txt"
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return "", errors.Join(fmt.Errorf("write file: %w", err), os.RemoveAll(dir))
	}
	if d.dirs == nil {
		d.dirs = map[string]struct{}{}
	}
	d.dirs[dir] = struct{}{}
	return path, nil
}

// remove takes a file and its folder away.
func (d *drafts) remove(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	dir := filepath.Dir(path)
	delete(d.dirs, dir)
	return os.RemoveAll(dir)
}

// sweep removes what an editor or pager that was ended with the program left behind: a
// body may hold personal data.
func (d *drafts) sweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.swept = true
	for dir := range d.dirs {
		_ = os.RemoveAll(dir) // nobody is left to tell
	}
	clear(d.dirs)
}
