package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"hooktop/model"
)

// hookColumns are the columns of a webhook in the order of hookValues and scanHook.
const hookColumns = `id, name, state, reason, revision, created_at, updated_at, deleted_at,
	authorization, secret, old_secret, old_secret_until, headers, url, events, condition,
	retry_name, retry_waits, limit_connect, limit_tls, limit_headers, limit_total,
	rate, concurrency, skip_verify, allow_private, ca`

// placeholders is "?, ?, ..." for a list of columns.
func placeholders(columns string) string {
	return strings.Repeat("?, ", strings.Count(columns, ",")) + "?"
}

func (s *sealer) hookValues(h model.Hook) ([]any, error) {
	auth, err1 := s.sealSecret(h.ID, "authorization", h.Authorization)
	secret, err2 := s.sealSecret(h.ID, "secret", h.Secret)
	old, err3 := s.sealSecret(h.ID, "old_secret", h.OldSecret)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	headers, err := s.sealHeaders(h)
	if err != nil {
		return nil, err
	}
	var events, waits encoder
	events.texts(h.Events)
	waits.durs(h.Retry.Waits)
	return []any{h.ID, h.Name, h.State, h.Reason, h.Revision,
		micros(h.CreatedAt), micros(h.UpdatedAt), micros(h.DeletedAt),
		auth, secret, old, micros(h.OldSecretUntil), headers, h.URL, events.b, h.Condition,
		h.Retry.Name, waits.b,
		int64(h.Limits.Connect), int64(h.Limits.TLS), int64(h.Limits.Headers), int64(h.Limits.Total),
		h.Rate, h.Concurrency, h.TLS.SkipVerify, h.AllowPrivate, h.TLS.CA}, nil
}

// scanHook reads one row of hookColumns.
func (s *sealer) scanHook(scan func(...any) error) (model.Hook, error) {
	var h model.Hook
	var created, updated, deleted, until int64
	var auth, secret, old, events, headers, waits []byte
	err := scan(&h.ID, &h.Name, &h.State, &h.Reason, &h.Revision, &created, &updated, &deleted,
		&auth, &secret, &old, &until, &headers, &h.URL, &events, &h.Condition,
		&h.Retry.Name, &waits,
		&h.Limits.Connect, &h.Limits.TLS, &h.Limits.Headers, &h.Limits.Total,
		&h.Rate, &h.Concurrency, &h.TLS.SkipVerify, &h.AllowPrivate, &h.TLS.CA)
	if err != nil {
		return h, err
	}
	h.CreatedAt, h.UpdatedAt, h.DeletedAt = fromMicros(created), fromMicros(updated), fromMicros(deleted)
	h.OldSecretUntil = fromMicros(until)
	e, w := decoder{b: events}, decoder{b: waits}
	h.Events, h.Retry.Waits = e.texts(), w.durs()

	var err1, err2, err3, err4 error
	h.Authorization, err1 = s.openSecret(h.ID, "authorization", auth)
	h.Secret, err2 = s.openSecret(h.ID, "secret", secret)
	h.OldSecret, err3 = s.openSecret(h.ID, "old_secret", old)
	h.Headers, err4 = s.openHeaders(h.ID, headers)
	return h, damaged("webhook", h.ID, errors.Join(e.err, w.err, err1, err2, err3, err4))
}

// sealHeaders encrypts the headers of a webhook's own, whose values may be keys;
// none is NULL.
func (s *sealer) sealHeaders(h model.Hook) ([]byte, error) {
	if len(h.Headers) == 0 {
		return nil, nil
	}
	var plain encoder
	plain.headers(h.Headers)
	return s.seal(h.ID, "headers", plain.b)
}

func (s *sealer) openHeaders(id string, sealed []byte) ([]model.Header, error) {
	if sealed == nil {
		return nil, nil
	}
	plain, err := s.open(id, "headers", sealed)
	d := decoder{b: plain}
	return d.headers(), errors.Join(err, d.err)
}

// damaged is a row whose record or ciphertext does not read.
func damaged(what, id string, err error) error {
	var f *model.Fault
	if err == nil || errors.As(err, &f) { // no key: nothing is damaged
		return err
	}
	return &model.Fault{Code: model.CodeStoreCorrupt, Field: model.FieldDB, Err: fmt.Errorf("read %s %s: %w", what, id, err)}
}

// loadHook reads one webhook, deleted or not; CodeNotFound.
func (s *sealer) loadHook(ctx context.Context, tx querier, id string) (model.Hook, error) {
	h, err := s.scanHook(tx.QueryRowContext(ctx, "SELECT "+hookColumns+" FROM hooks WHERE id = ?", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return h, notFound(id)
	}
	return h, err
}

func notFound(nameOrID string) error {
	return &model.Fault{Code: model.CodeNotFound, Field: model.FieldName, Value: nameOrID}
}

func isNotFound(err error) bool {
	var f *model.Fault
	return errors.As(err, &f) && f.Code == model.CodeNotFound
}
