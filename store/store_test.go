package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"hooktop/sender"
	"hooktop/store"
	"hooktop/store/storetest"
)

var (
	_ sender.Hooks    = (*store.DB)(nil)
	_ sender.Records  = (*store.DB)(nil)
	_ sender.Outbox   = (*store.DB)(nil)
	_ sender.Recovery = (*store.DB)(nil)
	_ sender.Archive  = (*store.DB)(nil)
)

// files are a database and its key, in folders that do not exist yet.
type files struct{ db, key string }

func newFiles(t testing.TB) files {
	dir := t.TempDir()
	return files{db: filepath.Join(dir, "data", "hooktop.db"), key: filepath.Join(dir, "config", "key")}
}

func (f files) options() store.Options {
	return store.Options{KeyFile: f.key, Busy: 50 * time.Millisecond, Now: storetest.Epoch}
}

func (f files) open(t testing.TB) *store.DB {
	t.Helper()
	d, err := store.Open(f.db, f.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store { return newFiles(t).open(t) })
}
