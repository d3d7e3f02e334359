package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/mattn/go-sqlite3"
)

// statement is prepared once on the writer's connection and used past database/sql:
// the driver's Query resets, binds and steps in one call into C. Values are those
// of driver.Value: int64, float64, string, []byte, nil.
type statement struct {
	s    *sqlite3.SQLiteStmt
	args []driver.NamedValue
}

func prepareOn(c *sqlite3.SQLiteConn, query string) (*statement, error) {
	s, err := c.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	p := &statement{s: s.(*sqlite3.SQLiteStmt), args: make([]driver.NamedValue, s.NumInput())}
	for i := range p.args {
		p.args[i].Ordinal = i + 1
	}
	return p, nil
}

// exec runs a statement that returns no rows.
func (p *statement) exec(values ...driver.Value) error {
	_, err := p.query(values)
	return err // it has come to its end: nothing to close
}

func (p *statement) query(values []driver.Value) (driver.Rows, error) {
	if len(values) != len(p.args) {
		return nil, fmt.Errorf("%d values for %d parameters", len(values), len(p.args))
	}
	for i, v := range values {
		p.args[i].Value = v
	}
	return p.s.QueryContext(context.Background(), p.args)
}

// one reads the first row into row; found is false when there is none.
func (p *statement) one(row []driver.Value, values ...driver.Value) (found bool, err error) {
	rows, err := p.query(values)
	if err != nil {
		return false, err
	}
	err = rows.Next(row)
	found = err == nil
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return found, errors.Join(err, rows.Close())
}

// each reads every row into row and calls f after it.
func (p *statement) each(row []driver.Value, f func() error, values ...driver.Value) (err error) {
	rows, err := p.query(values)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := f(); err != nil {
			return err
		}
	}
}

// statements of the verbs that are called for every delivery.
type statements struct {
	begin, commit, rollback         *statement
	state, setState                 *statement
	word, addWord                   *statement
	addEvent, eventByID, eventBySeq *statement
	key, addKey, dropKey            *statement
	addDelivery, finish, deliveryOf *statement
	addAttempt, due, claim, release *statement
	held                            *statement
	status, setStatus               *statement
	rollup, setRollup, time         *statement
	all                             []*statement
}

func prepareAll(c *sqlite3.SQLiteConn) (*statements, error) {
	var s statements
	for _, p := range []struct {
		to    **statement
		query string
	}{
		{&s.begin, "BEGIN IMMEDIATE"},
		{&s.commit, "COMMIT"},
		{&s.rollback, "ROLLBACK"},
		{&s.state, "SELECT rev, low, hooks, writer, folded FROM state"},
		{&s.setState, "UPDATE state SET rev = ?, low = ?, hooks = ?, writer = ?, folded = ?"},
		{&s.word, "SELECT num FROM words WHERE text = ?"},
		{&s.addWord, "INSERT INTO words (text) VALUES (?) RETURNING num"},
		{&s.addEvent, `INSERT INTO events (seq, id, type, fanout, test, created_at, subject, subject_id, decisions, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&s.eventByID, "SELECT id, fanout, body, (SELECT text FROM words WHERE num = type) FROM events WHERE id = ?"},
		{&s.eventBySeq, "SELECT id, fanout, body, (SELECT text FROM words WHERE num = type) FROM events WHERE seq = ?"},
		{&s.key, "SELECT event, at FROM keys WHERE key = ?"},
		{&s.addKey, "INSERT INTO keys (key, event, at) VALUES (?, ?, ?)"},
		{&s.dropKey, "DELETE FROM keys WHERE key = ?"},
		{&s.addDelivery, `INSERT INTO deliveries (seq, id, event, hook, type, state, attempts, free, http_status, error,
			duration, next_at, created_at, done_at, test, replay_of) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?, 0, 0, ?)`},
		{&s.deliveryOf, "SELECT seq, hook, state, attempts, batch FROM deliveries WHERE id = ?"},
		{&s.held, "SELECT 1 FROM batches WHERE num = ? AND held_at > 0"},
		{&s.finish, `UPDATE deliveries SET state = ?, attempts = ?, free = free + ?, http_status = ?, error = ?,
			duration = ?, next_at = ?, done_at = ? WHERE seq = ?`},
		{&s.addAttempt, "INSERT INTO attempts (id, started_at, outcome, head, body) VALUES (?, ?, ?, ?, ?)"},
		{&s.due, `SELECT d.seq, d.id, d.attempts, d.free, d.created_at, e.id, w.text, e.subject, e.test, e.created_at, e.body
			FROM deliveries d INDEXED BY deliveries_due JOIN events e ON e.seq = d.event JOIN words w ON w.num = e.type
			WHERE d.hook = ? AND d.state = ? AND d.state < 3 AND d.next_at <= ? ORDER BY d.next_at, d.seq LIMIT ?`},
		{&s.claim, "UPDATE deliveries SET state = 3 WHERE seq = ?"},
		{&s.release, `UPDATE deliveries SET state = ` + waits + `,
			next_at = CASE next_at WHEN 0 THEN created_at ELSE next_at END WHERE id = ? AND attempts = ? AND state IN (3, 7) RETURNING seq`},
		{&s.status, "SELECT last, failing_since, failing_attempts, breaker FROM hook_status WHERE hook = ?"},
		{&s.setStatus, "INSERT OR REPLACE INTO hook_status (hook, last, failing_since, failing_attempts, breaker) VALUES (?, ?, ?, ?, ?)"},
		{&s.rollup, "SELECT " + rollupColumns + " FROM rollup WHERE minute = ? AND hook = ?"},
		{&s.setRollup, "INSERT OR REPLACE INTO rollup (minute, hook, " + rollupColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{&s.time, `INSERT INTO times (stretch, oldest, newest) VALUES (?1, ?2, ?3)
			ON CONFLICT DO UPDATE SET oldest = min(oldest, ?2), newest = max(newest, ?3)`},
	} {
		var err error
		if *p.to, err = prepareOn(c, p.query); err != nil {
			return nil, errors.Join(err, s.close())
		}
		s.all = append(s.all, *p.to)
	}
	return &s, nil
}

// close finalizes all of them.
func (s *statements) close() error {
	var errs []error
	for _, p := range s.all {
		errs = append(errs, p.s.Close())
	}
	return errors.Join(errs...)
}
