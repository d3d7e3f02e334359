package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"hooktop/model"
	"hooktop/sender/link"
	"hooktop/ui/cli"
	"hooktop/ui/hooks"
)

// maxDraft bounds what is read of a form that was kept, in bytes.
const maxDraft = 256 << 10

// drafts are the forms that were not left in order, a file of its own for each that
// only its owner can read.
type drafts struct{ dir string }

const draftEnd = ".json"

// draftsOf are the forms of a database. Another one than the usual has a folder of its
// own, or its forms would be offered where their webhooks are not.
func draftsOf(p cli.Paths) drafts {
	dir := filepath.Join(p.State, "forms")
	if db := canonical(p.DB); db != canonical(usualDB()) {
		dir = filepath.Join(dir, model.Fingerprint("forms", db))
	}
	return drafts{dir}
}

// canonical is one name for a file, however it was written.
func canonical(path string) string {
	if c, err := link.Canonical(path); err == nil {
		return c
	}
	return filepath.Clean(path)
}

func (d drafts) path(id string) string { return filepath.Join(d.dir, url.PathEscape(id)+draftEnd) }

// Keep replaces the form as a whole: a crash leaves the old one or the new one.
func (d drafts) Keep(id string, data []byte) error {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return fmt.Errorf("make folder of forms: %w", err)
	}
	f, err := os.CreateTemp(d.dir, ".form-*") // 0600
	if err != nil {
		return fmt.Errorf("keep form: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), d.path(id))
	}
	if err != nil {
		return fmt.Errorf("keep form: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// Kept reads the forms; what cannot be read is left out.
func (d drafts) Kept() ([]hooks.Draft, error) {
	files, err := os.ReadDir(d.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read forms: %w", err)
	}
	var out []hooks.Draft
	for _, file := range files {
		name, ours := strings.CutSuffix(file.Name(), draftEnd)
		id, err := url.PathUnescape(name)
		info, ierr := file.Info()
		if !ours || err != nil || ierr != nil || !info.Mode().IsRegular() || info.Size() > maxDraft {
			continue
		}
		if data, err := os.ReadFile(d.path(id)); err == nil {
			out = append(out, hooks.Draft{ID: id, At: info.ModTime(), Data: data})
		}
	}
	return out, nil
}

// Drop forgets a form; that there is none is no error.
func (d drafts) Drop(id string) error {
	if err := os.Remove(d.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop form: %w", err)
	}
	return nil
}
