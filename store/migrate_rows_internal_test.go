package store

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// No step loses a row or changes what was in it: every table has one before it. What
// becomes of tables that a step makes anew, TestMigrationsKeepWhatIsThere says.
func TestEachStepKeepsTheRowsOfEveryTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hooktop.db")
	check(t, os.WriteFile(path, nil, 0o600))
	check(t, create(t.Context(), path, time.Second, "OFF"))
	db := connectWriter(path, time.Second)
	defer db.Close()
	check(t, addHistograms(t.Context(), db))
	last, err := schemaVersion()
	check(t, err)
	anew := map[int][]string{3: {"minutes", "rollup"}}
	dropped := map[int]string{4: "rev"}
	for step := 1; step <= last; step++ {
		before := rowsOf(t, db, nil, dropped[step])
		if _, err := migrateOne(t.Context(), path, db, step); err != nil {
			t.Fatal(err)
		}
		for table, was := range before {
			if now := rowsOf(t, db, before, "")[table]; !slices.Contains(anew[step], table) && !reflect.DeepEqual(now, was) {
				t.Errorf("step %d: %s was %v, is %v", step, table, was, now)
			}
		}
		for _, table := range names(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
			fillTable(t, db, table)
		}
		if v := names(t, db, "PRAGMA integrity_check"); v[0] != "ok" {
			t.Errorf("step %d: %v", step, v)
		}
	}
}

// content is the rows of a table, in the order of its columns.
type content struct {
	columns []string
	rows    [][]any
}

// rowsOf reads every table but for a column; with before, only the tables and columns it
// has.
func rowsOf(t *testing.T, db *sql.DB, before map[string]content, without string) map[string]content {
	t.Helper()
	out := map[string]content{}
	for _, table := range names(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		columns := names(t, db, "SELECT name FROM pragma_table_info('"+table+"') ORDER BY cid")
		columns = slices.DeleteFunc(columns, func(c string) bool { return c == without && table == "deliveries" })
		if before != nil {
			columns = before[table].columns
		}
		if len(columns) == 0 {
			continue // a new table
		}
		rows, err := db.QueryContext(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" ORDER BY 1, 2")
		check(t, err)
		list, err := collect(rows, func(scan func(...any) error) ([]any, error) {
			row, to := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				to[i] = &row[i]
			}
			return row, scan(to...)
		})
		check(t, err)
		out[table] = content{columns, list}
	}
	return out
}

// fillTable adds a row of plain values to a table that has none.
func fillTable(t *testing.T, db *sql.DB, table string) {
	t.Helper()
	if n := names(t, db, "SELECT count(*) FROM "+table); n[0] != "0" {
		return
	}
	var values []string
	for i, kind := range names(t, db, "SELECT type FROM pragma_table_info('"+table+"') ORDER BY cid") {
		values = append(values, map[string]string{
			"INTEGER": fmt.Sprint(i + 1), "REAL": "1.5", "BLOB": "x'0202'", "TEXT": "'text'", "ANY": "'any'",
		}[kind])
	}
	_, err := db.ExecContext(t.Context(), "INSERT INTO "+table+" VALUES ("+strings.Join(values, ", ")+")")
	if err != nil {
		t.Fatalf("fill %s: %v", table, err)
	}
}

// names reads the first column of a query.
func names(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	check(t, err)
	list, err := collect(rows, func(scan func(...any) error) (s string, err error) { return s, scan(&s) })
	check(t, err)
	return list
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
