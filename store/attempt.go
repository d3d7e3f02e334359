package store

import (
	"context"
	"database/sql/driver"
	"strconv"

	"hooktop/model"
)

// Attempts are numbered delivery << 16 | n.
const (
	attemptBits = 16
	maxAttempts = 1<<attemptBits - 1
)

func attemptSeq(delivery int64, n int) int64 { return delivery<<attemptBits | int64(n) }

// attemptID is what an attempt's sealed columns are bound to.
func attemptID(deliveryID string, n int) string { return deliveryID + "/" + strconv.Itoa(n) }

// shortAnswer is the length up to which a response's body is kept with its head.
const shortAnswer = 1 << 10

// sealAttempt encrypts the two columns of an attempt; the body is nil when it is
// short. The head is in room if that has enough; nil will do.
func (s *sealer) sealAttempt(room []byte, deliveryID string, a *model.Attempt) (head, body []byte, err error) {
	if err := s.ready(); err != nil {
		return nil, nil, err
	}
	var nonce [nonceSize]byte
	id := attemptID(deliveryID, a.N)
	head = s.sealInPlace(id, "head", appendAttempt(append(room[:0], nonce[:]...), a))
	if a.Response != nil && len(a.Response.Body) > shortAnswer {
		body, err = s.seal(id, "body", a.Response.Body)
	}
	return head, body, err
}

// blob is a value of a column that may be NULL.
func blob(b []byte) driver.Value {
	if b == nil {
		return nil
	}
	return b
}

// openAttempt decrypts an attempt; without body its long answer stays away.
func (s *sealer) openAttempt(deliveryID string, n int, head, body []byte) (model.Attempt, error) {
	id := attemptID(deliveryID, n)
	plain, err := s.open(id, "head", head)
	if err != nil {
		return model.Attempt{}, damaged("attempt", id, err)
	}
	a, err := decodeAttempt(plain)
	if err == nil && body != nil && a.Response != nil {
		a.Response.Body, err = s.open(id, "body", body)
	}
	a.DeliveryID, a.N = deliveryID, n
	return a, damaged("attempt", id, err)
}

// attempts reads all attempts of a delivery, in order.
func (s *sealer) attempts(ctx context.Context, tx querier, seq int64, deliveryID string) ([]model.Attempt, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, started_at, outcome, head, body FROM attempts WHERE id BETWEEN ? AND ? ORDER BY id",
		attemptSeq(seq, 0), attemptSeq(seq, maxAttempts))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (model.Attempt, error) {
		var id, started, outcome int64
		var head, body []byte
		if err := scan(&id, &started, &outcome, &head, &body); err != nil {
			return model.Attempt{}, err
		}
		a, err := s.openAttempt(deliveryID, int(id&maxAttempts), head, body)
		a.StartedAt, a.Outcome = fromMicros(started), nameOf(outcomes[:], outcome)
		return a, err
	})
}
