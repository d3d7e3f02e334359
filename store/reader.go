package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/mattn/go-sqlite3"
)

// reader is a connection whose queries end with the reading they are part of.
// database/sql sees no context that can end: it would start a goroutine for each query to
// wait for that, which costs a screen that follows more than the queries themselves.
type reader struct {
	*sqlite3.SQLiteConn
	until context.Context
}

func (r *reader) QueryContext(_ context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return r.SQLiteConn.QueryContext(r.until, query, args)
}

// readerConnector opens readers.
type readerConnector struct{ connector }

func (c readerConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{conn.(*sqlite3.SQLiteConn), context.Background()}, nil
}

// within runs f on a reader, in a transaction: there is nothing to commit. When ctx ends,
// so does what f asks.
func within(ctx context.Context, db *sql.DB, f func(querier) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.Raw(func(c any) error { c.(*reader).until = ctx; return nil }); err != nil {
		return err
	}
	q := steady{conn: conn}
	if _, err := q.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() { _, _ = q.ExecContext(ctx, "ROLLBACK") }()
	if err := f(q); err != nil {
		return errors.Join(err, ctx.Err()) // SQLite only says "interrupted"
	}
	return nil
}
