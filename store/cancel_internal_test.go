package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// A slice of a verb on many deliveries reads its own rows, whatever is in the file:
// otherwise a million of them take a million times a thousand.
func TestASliceReadsItsOwnRows(t *testing.T) {
	dir := t.TempDir()
	d, err := Open(filepath.Join(dir, "x.db"), Options{KeyFile: filepath.Join(dir, "key")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	seqs := make([]int64, verbSlice) // of a few the right plan is taken anyway
	for n := range seqs {
		seqs[n] = int64(3 * n)
	}
	for _, condition := range []string{cancellable, replayable} {
		err := d.read(t.Context(), "explain", func(tx querier) error {
			rows, err := tx.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+amongSeqs(seqs, condition))
			if err != nil {
				return err
			}
			plan, err := collect(rows, func(scan func(...any) error) (step string, err error) {
				var id, up, unused int
				return step, scan(&id, &up, &unused, &step)
			})
			if all := strings.Join(plan, "; "); err == nil && !strings.Contains(all, "SEARCH deliveries USING INTEGER PRIMARY KEY") {
				t.Errorf("%s: %s", condition, all)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
