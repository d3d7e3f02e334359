package store

import (
	"database/sql"
	"fmt"
	"testing"
	"time"
)

// Raw connects to a file as another program would.
func Raw(path string) *sql.DB { return connect(path, 2, busyTimeout(time.Second)) }

// LimitPages makes the disk full beyond so many pages.
func LimitPages(t *testing.T, d *DB, pages int) {
	t.Helper()
	if _, err := d.w.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
		t.Fatal(err)
	}
}
