package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// fold adds up the minutes of the oldest hour that is over before that one, if that
// has not been done: at most one hour a group, so that nobody waits for more. Minutes
// that come later are added to both (addMinute).
func (t *txn) fold(before int64) error {
	if before <= t.now.folded+1 {
		return nil
	}
	ctx := context.Background()
	var next int64
	err := t.QueryRowContext(ctx, "SELECT coalesce(min(minute) / 60, ?2) FROM rollup WHERE minute >= (?1 + 1) * 60", t.now.folded, before).Scan(&next)
	if err != nil || next >= before {
		if err == nil {
			t.now.folded = before - 1
		}
		return err
	}
	rows, err := t.QueryContext(ctx, "SELECT hook, "+rollupColumns+" FROM rollup WHERE minute >= ? AND minute < ?", next*hour, (next+1)*hour)
	if err != nil {
		return err
	}
	hooks := map[int64]*rollup{}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		hook, r, err := scanRollup(scan)
		if err == nil && hooks[hook] == nil {
			hooks[hook] = &rollup{}
		}
		if err == nil {
			hooks[hook].add(r)
		}
		return none, err
	})
	if err != nil {
		return err
	}
	for hook, r := range hooks {
		if err := t.putHour(next, hook, r); err != nil {
			return err
		}
	}
	t.now.folded = next
	return nil
}

// scanRollup reads a key and rollupColumns.
func scanRollup(scan func(...any) error) (key int64, r *rollup, err error) {
	var row rollupRow
	if err := scan(append([]any{&key}, row.to()...)...); err != nil {
		return 0, nil, err
	}
	r, err = row.rollup()
	return key, r, err
}

// addHour adds to an hour that is folded.
func (t *txn) addHour(at, hook int64, r *rollup) error {
	ctx := context.Background()
	_, old, err := scanRollup(t.QueryRowContext(ctx, "SELECT hook, "+rollupColumns+" FROM hours WHERE hour = ? AND hook = ?", at, hook).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return t.putHour(at, hook, r)
	}
	if err != nil {
		return err
	}
	old.add(r)
	return t.putHour(at, hook, old)
}

func (t *txn) putHour(at, hook int64, r *rollup) error {
	args := []any{at, hook}
	for _, v := range r.row() {
		args = append(args, v)
	}
	_, err := t.ExecContext(context.Background(), fmt.Sprintf("INSERT OR REPLACE INTO hours (hour, hook, %s) VALUES (%s)",
		rollupColumns, strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")), args...)
	return err
}
