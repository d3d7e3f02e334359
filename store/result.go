package store

import (
	"context"
	"fmt"

	"hooktop/model"
)

// selectResult reads deliveries with their event and newest attempt. Without bodies
// no page that only holds bodies is touched.
func selectResult(bodies bool) string {
	eventBody, answer := "NULL", "NULL"
	if bodies {
		eventBody, answer = "e.body", "a.body"
	}
	return `SELECT e.id, e.subject, e.test, e.created_at, ` + eventBody + `,
			a.id, a.started_at, a.outcome, a.head, ` + answer + `, ` + deliveryColumns + `
		FROM deliveries d
		JOIN events e ON e.seq = d.event
		JOIN attempts a ON a.id = (SELECT max(id) FROM attempts WHERE id BETWEEN d.seq << 16 AND d.seq << 16 | 65535)
		` + deliveryTables
}

// scanResult reads one row of selectResult.
func (s *sealer) scanResult(bodies bool) func(func(...any) error) (model.TestResult, error) {
	return func(scan func(...any) error) (model.TestResult, error) {
		var t model.TestResult
		var r deliveryRow
		var evAt, id, started, outcome int64
		var head, body []byte
		ev := &t.Event
		err := scan(append([]any{&ev.ID, &ev.Subject, &ev.Test, &evAt, &ev.Body,
			&id, &started, &outcome, &head, &body}, r.to()...)...)
		if err != nil {
			return t, err
		}
		ev.Type, ev.CreatedAt = r.v.Type, fromMicros(evAt)
		t.Delivery = r.delivery(ev.ID, nil)
		if t.Attempt, err = s.openAttempt(r.v.ID, int(id&maxAttempts), head, body); err != nil {
			return t, err
		}
		if !bodies && t.Attempt.Response != nil {
			t.Attempt.Response.Body = nil
		}
		t.Attempt.StartedAt, t.Attempt.Outcome = fromMicros(started), nameOf(outcomes[:], outcome)
		return t, nil
	}
}

// lastAttempt is the newest test or delivery of a webhook with its bodies, or nil.
func (s *sealer) lastAttempt(ctx context.Context, tx querier, hookID string) (*model.TestResult, error) {
	list, err := s.results(ctx, tx, true, ` WHERE d.seq = (SELECT s.last FROM hook_status s
		JOIN words w ON w.num = s.hook WHERE w.text = ?)`, hookID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (s *sealer) results(ctx context.Context, tx querier, bodies bool, where string, args ...any) ([]model.TestResult, error) {
	rows, err := tx.QueryContext(ctx, selectResult(bodies)+where, args...)
	if err != nil {
		return nil, fmt.Errorf("select results: %w", err)
	}
	return collect(rows, s.scanResult(bodies))
}
