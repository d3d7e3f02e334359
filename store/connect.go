package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"hooktop/model"
)

const (
	pageSize        = 16 << 10
	checkpointBytes = 16 << 20
	cacheBytes      = 4 << 20 // of the writer: what one large group changes
)

// connector opens connections to one file. It stands in for a registered driver,
// which would be a global.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// connect returns a pool of at most conns connections. They are never recycled:
// while one is open, SQLite keeps the -wal file where it is.
func connect(path string, conns int, params ...string) *sql.DB {
	return pooled(connectorTo(path, params...), conns)
}

func connectorTo(path string, params ...string) connector {
	// The path is escaped: "?" and "%" in it are not parameters.
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(params, "&")
	return connector{dsn: dsn, driver: &sqlite3.SQLiteDriver{ConnectHook: harden}}
}

func pooled(c driver.Connector, conns int) *sql.DB {
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db
}

// harden sets what the driver's DSN has no parameter for, on every connection: a
// file handed to us may carry a hostile schema (the first three), deleted cells are
// overwritten, and the -wal file does not stay large.
func harden(c *sqlite3.SQLiteConn) error {
	_, err := c.Exec(fmt.Sprintf(`
		PRAGMA trusted_schema = OFF;
		PRAGMA cell_size_check = ON;
		PRAGMA mmap_size = 0;
		PRAGMA secure_delete = FAST;
		PRAGMA journal_size_limit = %d;
		PRAGMA wal_autocheckpoint = %d;`, checkpointBytes, checkpointBytes/pageSize), nil)
	return err
}

func busyTimeout(d time.Duration) string {
	return fmt.Sprintf("_busy_timeout=%d", d.Milliseconds())
}

// connectWriter opens the one connection that writes. The driver opens WAL with
// NORMAL unless told. auto_vacuum is a property of the file (create): asking for it
// on every connection would write, and wait for the disk, at every start.
func connectWriter(path string, busy time.Duration) *sql.DB {
	return connect(path, 1, "mode=rw", "_journal_mode=WAL", "_synchronous=FULL",
		busyTimeout(busy), "_txlock=immediate", "_foreign_keys=1", fmt.Sprintf("_cache_size=-%d", cacheBytes>>10))
}

// keptStatements is how many prepared statements a reader keeps: a screen that follows
// asks the same dozen again and again.
const keptStatements = 32

// connectReaders opens a pool that reads.
func connectReaders(path string, conns int, busy time.Duration, params ...string) *sql.DB {
	params = append(params, "mode=ro", "_query_only=1", busyTimeout(busy), fmt.Sprintf("_stmt_cache_size=%d", keptStatements))
	return pooled(readerConnector{connectorTo(path, params...)}, conns)
}

// readers is how many readers may be at it at once.
const readers = 4

// assertDurable refuses to go on unless a commit on this connection waits for the
// disk.
func assertDurable(ctx context.Context, path string, db *sql.DB) error {
	var mode string
	var sync int
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&sync); err != nil {
		return err
	}
	if mode != "wal" || sync != 2 {
		return storeFault(model.CodeStoreIO, path,
			fmt.Errorf("journal_mode is %q and synchronous %d, want wal and 2 (FULL)", mode, sync))
	}
	return nil
}
