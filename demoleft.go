package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"hooktop/sender/link"
)

// demoDir is how the folders of demonstrations begin.
const demoDir = "hooktop-demo-"

// demoMark is a file that only demonstrations make, once they have their lock.
const demoMark = "hooktop-demo"

// demoFiles are all that a demonstration makes in its folder.
var demoFiles = []string{demoMark, "key", "hooktop.log", "hooktop.log.1", "hooktop.log.2", "hooktop.db", "hooktop.db-wal", "hooktop.db-shm", "hooktop.db-journal", "hooktop.db.lock", "hooktop.db.sock"}

// sweepDemos removes the folders of demonstrations that were killed. What cannot be
// removed stays for the next one: a demonstration does not fail for the sake of an
// earlier one.
func sweepDemos() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), demoDir+"*"))
	for _, dir := range left {
		sweepDemo(dir)
	}
}

// sweepDemo removes a folder if it is closed to others, was made by a demonstration whose
// lock nobody holds, and has nothing else in it.
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
	if err != nil || slices.ContainsFunc(files, notOfDemo) || !slices.ContainsFunc(files, isDemoMark) {
		return
	}
	now, cancel := context.WithCancel(context.Background())
	cancel() // it waits for nobody
	held, err := link.Acquire(now, filepath.Join(dir, "hooktop.db"))
	if err != nil {
		return
	}
	defer func() { _ = held.Release() }()
	for _, f := range files {
		if isDemoMark(f) {
			continue
		}
		if err := root.Remove(f.Name()); err != nil {
			return
		}
	}
	_ = root.Remove("hooktop.db.lock") // ours, if there was none
	_ = root.Remove(demoMark)          // last: until then the folder is known again
	_ = os.Remove(dir)                 // only if it is empty
}

func isDemoMark(f os.DirEntry) bool { return f.Name() == demoMark && f.Type().IsRegular() }

func notOfDemo(f os.DirEntry) bool { return f.IsDir() || !slices.Contains(demoFiles, f.Name()) }
