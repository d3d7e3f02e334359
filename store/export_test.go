package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// Raw connects to a file as another program would.
func Raw(path string) *sql.DB { return connect(path, 2, busyTimeout(time.Second)) }

// LimitPages makes the disk full beyond so many pages.
func LimitPages(t *testing.T, d *DB, pages int) {
	t.Helper()
	Pragma(t, d, fmt.Sprintf("max_page_count = %d", pages))
}

// Pragma sets something on the writer's connection.
func Pragma(t *testing.T, d *DB, pragma string) {
	t.Helper()
	err := d.w.alone(t.Context(), func(q querier) error {
		_, err := q.ExecContext(t.Context(), "PRAGMA "+pragma)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Commits is how many groups have been written.
func Commits(d *DB) int64 { return d.w.commits.Load() }

// Probe has f called at the points of a group, in the writer's goroutine.
func Probe(d *DB, f func(point string)) {
	_ = d.w.alone(context.Background(), func(querier) error { d.w.probe = f; return nil })
}

// Fill adds finished deliveries of three webhooks behind the verbs' back, one a
// millisecond up to now: one in a hundred is dead, one in two hundred cancelled.
func Fill(ctx context.Context, d *DB, rows int) error {
	const slice = 20_000
	for from := 0; from < rows; from += slice {
		n := min(slice, rows-from)
		err := d.write(ctx, "fill", func(t *txn) error { return t.fill(ctx, n, time.Now().Add(time.Duration(from-rows)*time.Millisecond)) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *txn) fill(ctx context.Context, n int, at time.Time) error {
	var hooks, types [3]int64
	for i := range hooks {
		var err1, err2 error
		hooks[i], err1 = t.word(fmt.Sprintf("wh_%026d", i+1))
		types[i], err2 = t.word([]string{"call.processed", "call.tag.added", "call.note.added"}[i])
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
	}
	failed, err := t.word(string(model.CodeServerError))
	if err != nil {
		return err
	}
	first := t.now.rev + 1
	t.now.rev += int64(n) * 2 // the second number is the result's
	const rows = "WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r WHERE i < ?1 - 1) "
	id := "printf('%026d', ?2 + 2 * i)"
	for _, q := range []string{
		rows + `INSERT INTO events (seq, id, type, fanout, test, created_at, subject, subject_id, body)
			SELECT ?2 + 2 * i, 'evt_' || ` + id + `, ?7, 1, 0, ?3 + 1000 * i, 'call-' || (?2 + 2 * i), 1, CAST(printf('{"n": %d, "text": "%s"}', ?2 + 2 * i, hex(zeroblob(150))) AS BLOB) FROM r`,
		rows + `INSERT INTO deliveries (seq, id, event, hook, type, state, attempts, free, http_status, error, duration, next_at, created_at, done_at, test, replay_of)
			SELECT ?2 + 2 * i, 'dlv_' || ` + id + `, ?2 + 2 * i, CASE i % 3 WHEN 0 THEN ?4 WHEN 1 THEN ?5 ELSE ?6 END,
			CASE (i / 3) % 97 WHEN 0 THEN ?9 WHEN 1 THEN ?8 ELSE ?7 END, CASE WHEN i % 100 = 0 THEN 4 WHEN i % 200 = 1 THEN 5 ELSE 6 END,
			1, 0, CASE WHEN i % 100 = 0 THEN 500 ELSE 200 END, CASE WHEN i % 100 = 0 THEN ?10 ELSE 0 END, 40000000, 0, ?3 + 1000 * i, ?3 + 1000 * i + 40000, 0, '' FROM r`,
	} {
		args := []any{n, first, micros(at), hooks[0], hooks[1], hooks[2], types[0], types[1], types[2], failed}
		if _, err := t.ExecContext(ctx, q, args[:strings.Count(q, "?8")*3+7]...); err != nil {
			return err
		}
	}
	for i := 0; i < n; i += 1000 {
		t.place(first+2*int64(i), first+2*int64(min(i+999, n-1)), micros(at)+int64(i)*1000)
		t.place(first+2*int64(i), first+2*int64(min(i+999, n-1)), micros(at)+int64(min(i+999, n-1))*1000)
	}
	return t.digests(ctx, first, n)
}

// digests sets those of the subjects, which SQL cannot compute.
func (t *txn) digests(ctx context.Context, first int64, n int) error {
	set, err := prepareOn(t.w.raw, "UPDATE events SET subject_id = ? WHERE seq = ?")
	if err != nil {
		return err
	}
	defer set.s.Close()
	for i := range int64(n) {
		if err := set.exec(subjectID(fmt.Sprint("call-", first+2*i)), first+2*i); err != nil {
			return err
		}
	}
	return nil
}

// FillRollups adds counts of so many webhooks up to a time: so many days of minutes,
// and so many of hours.
func FillRollups(ctx context.Context, d *DB, until time.Time, hooks, days, hourDays int) error {
	return d.write(ctx, "fill", func(t *txn) error {
		hook, err := t.word(fmt.Sprintf("wh_%026d", 1))
		if err != nil {
			return err
		}
		r := rollup{delivered: 100, failed: 3, causes: map[cause]int64{{503, 1}: 2, {0, 2}: 1}, slow: 1, took: 5}
		for i := range 12 {
			r.latency[30+i] = int64(i + 1)
		}
		end := micros(until) / minute
		values := r.row()
		args := []any{int64(hooks), hook}
		for _, v := range values {
			args = append(args, v)
		}
		for _, q := range []struct {
			table, key string
			from, to   int64
		}{{"rollup", "minute", end - int64(days)*24*60, end}, {"hours", "hour", end/60 - int64(hourDays)*24, end / 60}} {
			_, err := t.ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE h(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM h WHERE n < ?1),
				t(at) AS (SELECT %d UNION ALL SELECT at + 1 FROM t WHERE at + 1 < %d)
				INSERT INTO %s (%s, hook, %s) SELECT at, CASE n WHEN 0 THEN 0 ELSE ?2 + n - 1 END, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM t CROSS JOIN h`,
				q.from, q.to, q.table, q.key, rollupColumns), args...)
			if err != nil {
				return err
			}
		}
		t.now.folded = end/60 - 1
		return nil
	})
}
