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
	err := d.w.alone(t.Context(), func(q querier) error {
		_, err := q.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
