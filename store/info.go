package store

import (
	"context"
	"io/fs"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Info is the state of a store for people and scripts.
type Info struct {
	Path          string
	KeyFile       string
	SQLite        string // version of the library
	SchemaVersion int
	JournalMode   string // "wal"
	Synchronous   int    // of the writer: 2 is FULL; -1: read-only
	PageSize      int    // bytes
	Integrity     string // "ok", or the first thing quick_check found
	Unclean       bool   // the process that wrote last before was stopped in the midst
	Full          bool   // Prune has found no room: no events are accepted
	DBBytes       int64
	FreeBytes     int64 // of the database, to be used again or given back by Prune
	WALBytes      int64
	Hooks         int64 // not deleted
	Events        int64
	Deliveries    int64
	Pending       int64       // deliveries that are not done
	Oldest        time.Time   // the event that has been kept longest; zero: none
	Files         []FileState // database, -wal, -shm, key file; only those that exist
}

// FileState is one file and who may do what with it.
type FileState struct {
	Path string
	Mode fs.FileMode
}

// Info describes the store. It reads the whole file to check it (quick_check).
func (d *DB) Info(ctx context.Context) (Info, error) {
	version, _, _ := sqlite3.Version()
	i := Info{Path: d.path, KeyFile: d.opt.KeyFile, SQLite: version, Synchronous: -1,
		Unclean: d.unclean, Full: d.capped.Load()}
	err := d.read(ctx, "read state", func(tx querier) error { return i.query(ctx, tx) })
	if err == nil && d.w != nil {
		err = d.explain("read state", d.w.alone(ctx, func(q querier) error {
			return q.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&i.Synchronous)
		}))
	}
	i.stat(d.path)
	return i, err
}

func (i *Info) query(ctx context.Context, tx querier) error {
	var free, oldest int64
	for _, q := range []struct {
		sql string
		to  any
	}{
		{"PRAGMA user_version", &i.SchemaVersion},
		{"PRAGMA journal_mode", &i.JournalMode},
		{"PRAGMA page_size", &i.PageSize},
		{"PRAGMA quick_check(1)", &i.Integrity},
		{"SELECT count(*) FROM hooks WHERE deleted_at = 0", &i.Hooks},
		{"SELECT count(*) FROM events", &i.Events},
		{"SELECT count(*) FROM deliveries", &i.Deliveries},
		{`SELECT (SELECT count(*) FROM deliveries INDEXED BY deliveries_open WHERE state < 6 AND state < 4)
			+ (SELECT count(*) FROM deliveries NOT INDEXED WHERE seq >= (SELECT low FROM state) AND state = 7)`, &i.Pending},
		{"PRAGMA freelist_count", &free},
		{"SELECT coalesce((SELECT created_at FROM events ORDER BY seq LIMIT 1), 0)", &oldest},
	} {
		if err := tx.QueryRowContext(ctx, q.sql).Scan(q.to); err != nil {
			return err
		}
	}
	i.FreeBytes, i.Oldest = free*int64(i.PageSize), fromMicros(oldest)
	return nil
}

func (i *Info) stat(path string) {
	for n, p := range []string{path, path + "-wal", path + "-shm", i.KeyFile} {
		f, err := os.Stat(p)
		if err != nil {
			continue
		}
		i.Files = append(i.Files, FileState{Path: p, Mode: f.Mode().Perm()})
		switch n {
		case 0:
			i.DBBytes = f.Size()
		case 1:
			i.WALBytes = f.Size()
		}
	}
}
