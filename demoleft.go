package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"hooktop/sender/link"
)

// demoDir is how the folders of demonstrations begin.
const demoDir = "hooktop-demo-"

// demoFiles are the beginnings of the names of all that a demonstration makes in its
// folder.
var demoFiles = []string{"hooktop.db", "hooktop.log", "key"}

// sweepDemos removes the folders of demonstrations that were killed. What cannot be
// removed stays for the next one: a demonstration does not fail for the sake of an
// earlier one.
func sweepDemos() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), demoDir+"*"))
	for _, dir := range left {
		sweepDemo(dir)
	}
}

// sweepDemo removes a folder if it is closed to others, has nothing in it but what a
// demonstration makes, and its lock was signed by a process that holds it no more. One
// that is about to begin has not signed yet.
func sweepDemo(dir string) {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Mode().Perm() != 0o700 {
		return
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return
	}
	defer func() { _ = root.Close() }()
	if same, err := root.Stat("."); err != nil || !os.SameFile(info, same) {
		return // it became a link to another folder
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	const db, lock = "hooktop.db", "hooktop.db.lock"
	signed := false
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.IsDir() || !ofDemo(f.Name()) {
			return
		}
		signed = signed || f.Name() == lock && info.Mode().IsRegular() && info.Size() > 0
	}
	if !signed {
		return
	}
	now, cancel := context.WithCancel(context.Background())
	cancel() // it waits for nobody
	held, err := link.Acquire(now, filepath.Join(dir, db))
	if err != nil {
		return
	}
	defer func() { _ = held.Release() }()
	for _, f := range files {
		if f.Name() != lock {
			_ = root.Remove(f.Name())
		}
	}
	_ = root.Remove(lock) // last: until then the folder is known again
	_ = os.Remove(dir)    // only if it is empty
}

func ofDemo(name string) bool {
	for _, begin := range demoFiles {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}
