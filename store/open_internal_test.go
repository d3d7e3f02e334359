package store

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
)

// pragmas of every connection; of the writer and of readers where they differ.
func TestConnectionsAreSetUpAsPromised(t *testing.T) {
	last, err := schemaVersion()
	if err != nil {
		t.Fatal(err)
	}
	version := fmt.Sprint(last)
	d := openTemp(t)
	for pragma, want := range map[string][2]string{
		"journal_mode":       {"wal", "wal"},
		"synchronous":        {"2", "*"},
		"foreign_keys":       {"1", "*"},
		"query_only":         {"0", "1"},
		"busy_timeout":       {"5000", "5000"},
		"trusted_schema":     {"0", "0"},
		"cell_size_check":    {"1", "1"},
		"mmap_size":          {"0", "0"},
		"secure_delete":      {"2", "2"}, // FAST
		"journal_size_limit": {"16777216", "16777216"},
		"wal_autocheckpoint": {"1024", "1024"},
		"page_size":          {"16384", "16384"},
		"auto_vacuum":        {"2", "2"}, // INCREMENTAL
		"application_id":     {"1751872624", "1751872624"},
		"user_version":       {version, version},
	} {
		for i, db := range []interface{ one(string) string }{writerConn{t, d.w}, pool{t, d.r}} {
			if got := db.one("PRAGMA " + pragma); got != want[i] && want[i] != "*" {
				t.Errorf("%s of connection %d is %s, want %s", pragma, i, got, want[i])
			}
		}
	}
}

// From 3.7.0 to 3.51.2 a reset of the -wal file could damage the database.
func TestSQLiteIsNewEnough(t *testing.T) {
	if text, number, _ := sqlite3.Version(); number < 3_051_003 {
		t.Errorf("SQLite is %s", text)
	}
}

func TestOpenRefusesACommitThatDoesNotWait(t *testing.T) {
	d := openTemp(t)
	for _, sync := range []string{"NORMAL", "OFF"} {
		db := connect(d.path, 1, "mode=rw", "_journal_mode=WAL", "_synchronous="+sync)
		if err := assertDurable(t.Context(), d.path, db); err == nil || !strings.Contains(err.Error(), "synchronous") {
			t.Errorf("%s passes: %v", sync, err)
		}
		db.Close()
	}
}

func TestOpenedAgainNothingIsWritten(t *testing.T) {
	d := openTemp(t)
	path, o := d.path, d.opt
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	i, err := d.Info(t.Context())
	if err != nil || i.WALBytes != 0 {
		t.Errorf("opening wrote %d bytes, %v", i.WALBytes, err)
	}
	if i.JournalMode != "wal" || i.Synchronous != 2 || i.Integrity != "ok" || i.PageSize != pageSize || i.DBBytes == 0 {
		t.Errorf("state is %+v", i)
	}
}

func TestPathIsTakenLiterally(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/a?mode=memory&b#c%41 d.db"
	d, err := Open(path, Options{KeyFile: dir + "/key", Busy: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if i, err := d.Info(t.Context()); err != nil || i.Path != path || i.DBBytes == 0 {
		t.Errorf("state is %+v, %v", i, err)
	}
}

// writerConn asks one value of the writer's connection.
type writerConn struct {
	t *testing.T
	w *writer
}

func (c writerConn) one(query string) (v string) {
	c.t.Helper()
	err := c.w.alone(c.t.Context(), func(q querier) error { return q.QueryRowContext(c.t.Context(), query).Scan(&v) })
	if err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	return v
}

// A new file is whole when it appears: it has its schema, and nothing lies beside it.
func TestANewFileAppearsWhole(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/data/hooktop.db"
	for range 2 { // the second finds that another was first
		if err := makeFile(t.Context(), path, time.Second); err != nil {
			t.Fatal(err)
		}
		version, err := probe(t.Context(), path, time.Second)
		if last, _ := schemaVersion(); err != nil || version != last {
			t.Errorf("version %d, %v", version, err)
		}
		if files, err := os.ReadDir(dir + "/data"); err != nil || len(files) != 1 {
			t.Errorf("files %v, %v", files, err)
		}
	}
}
