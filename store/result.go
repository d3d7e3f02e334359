package store

import (
	"context"
	"database/sql"

	"hooktop/model"
)

// selectResult reads deliveries with their event and newest attempt. Without
// bodies no page that only holds bodies is touched.
func selectResult(bodies bool) string {
	eventBody, answer := "NULL", "NULL"
	if bodies {
		eventBody, answer = "e.body", "a.body"
	}
	return `SELECT e.id, e.type, e.subject, e.test, e.created_at, ` + eventBody + `,
			d.id, d.hook_id, coalesce(h.name, ''), d.type, d.state, d.attempts, d.http_status, d.error,
			d.duration, d.next_at, d.created_at, d.done_at, d.test, d.replay_of,
			a.n, a.started_at, a.outcome, a.head, ` + answer + `
		FROM deliveries d
		JOIN events e ON e.id = d.event_id
		JOIN attempts a ON a.delivery = d.seq AND a.n = (SELECT max(n) FROM attempts WHERE delivery = d.seq)
		LEFT JOIN hooks h ON h.id = d.hook_id`
}

// newest is the newest delivery that has an attempt of the webhook named by an SQL
// expression.
func newest(hook string) string {
	return `(SELECT x.seq FROM deliveries x WHERE x.hook_id = ` + hook + `
		AND EXISTS (SELECT 1 FROM attempts WHERE delivery = x.seq) ORDER BY x.seq DESC LIMIT 1)`
}

func (s *sealer) scanResult(scan func(...any) error) (model.TestResult, error) {
	var t model.TestResult
	ev, d, a := &t.Event, &t.Delivery, &t.Attempt
	var evAt, next, created, done, started int64
	var head, body []byte
	err := scan(&ev.ID, &ev.Type, &ev.Subject, &ev.Test, &evAt, &ev.Body,
		&d.ID, &d.HookID, &d.Hook, &d.Type, &d.State, &d.Attempts, &d.HTTPStatus, &d.Error,
		&d.Duration, &next, &created, &done, &d.Test, &d.ReplayOf,
		&a.N, &started, &a.Outcome, &head, &body)
	if err != nil {
		return t, err
	}
	id := attemptID(d.ID, a.N)
	plain, err := s.open(id, "head", head)
	if err != nil {
		return t, damaged("attempt", id, err)
	}
	n, outcome := a.N, a.Outcome
	if *a, err = decodeAttempt(plain); err != nil {
		return t, damaged("attempt", id, err)
	}
	if body != nil && a.Response != nil {
		if a.Response.Body, err = s.open(id, "body", body); err != nil {
			return t, damaged("attempt", id, err)
		}
	}
	a.DeliveryID, a.N, a.StartedAt, a.Outcome = d.ID, n, fromMicros(started), outcome
	ev.CreatedAt, d.EventID = fromMicros(evAt), ev.ID
	d.NextAt, d.CreatedAt, d.DoneAt = fromMicros(next), fromMicros(created), fromMicros(done)
	return t, nil
}

// lastAttempt is the newest test or delivery of a webhook with its bodies, or nil.
func (s *sealer) lastAttempt(ctx context.Context, tx *sql.Tx, hookID string) (*model.TestResult, error) {
	rows, err := tx.QueryContext(ctx, selectResult(true)+" WHERE d.seq = "+newest("?1"), hookID)
	if err != nil {
		return nil, err
	}
	list, err := collect(rows, s.scanResult)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
