package store

import (
	"context"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sys/unix"

	"hooktop/model"
)

// Info describes the store. It reads the whole file to check it (quick_check).
func (d *DB) Info(ctx context.Context) (model.StoreInfo, error) {
	version, _, _ := sqlite3.Version()
	i := model.StoreInfo{Path: d.path, KeyFile: d.opt.KeyFile, Key: d.seal.fault(), Engine: "SQLite " + version, Synchronous: -1,
		Unclean: d.unclean, Full: d.capped.Load()}
	err := d.read(ctx, "read state", func(tx querier) error { return queryInfo(ctx, tx, &i) })
	if err == nil && d.w != nil {
		err = d.explain("read state", d.w.alone(ctx, func(q querier) error {
			return q.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&i.Synchronous)
		}))
	}
	statFiles(&i)
	return i, err
}

func queryInfo(ctx context.Context, tx querier, i *model.StoreInfo) error {
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

func statFiles(i *model.StoreInfo) {
	for n, p := range []string{i.Path, i.Path + "-wal", i.Path + "-shm", i.KeyFile} {
		f, err := os.Stat(p)
		if err != nil {
			continue
		}
		i.Files = append(i.Files, model.FileState{Path: p, Mode: uint32(f.Mode().Perm())})
		switch n {
		case 0:
			i.DBBytes = f.Size()
		case 1:
			i.WALBytes = f.Size()
		}
	}
	var disk unix.Statfs_t
	if err := unix.Statfs(filepath.Dir(i.Path), &disk); err == nil {
		i.DiskBytes = int64(disk.Bavail) * int64(disk.Bsize) //nolint:unconvert // their types differ between systems
	}
}
