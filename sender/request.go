package sender

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/sender/sign"
)

// envelope is what one attempt carries.
type envelope struct {
	event    model.Event
	delivery string // X-Hooktop-Delivery; empty for a verification, which has none
	n        int    // X-Hooktop-Attempt
	token    string // Validation-Token; empty: none
	bare     bool   // neither Authorization nor signature
	fresh    bool   // a connection of its own
}

// ownHeaders is how many header lines are ours at most.
const ownHeaders = 10

// headers lists the request's header lines (CLI.md, "On the wire"), but for Host
// and Content-Length, which follow from URL and body. A webhook's own headers come
// last and cannot replace ours.
func (w *wire) headers(h model.Hook, e envelope, at time.Time) ([]model.Header, error) {
	out := append(make([]model.Header, 0, ownHeaders+len(h.Headers)), model.Header{Name: "Content-Type", Value: "application/json"})
	add := func(name, value string) { out = append(out, model.Header{Name: name, Value: value}) }
	add("User-Agent", w.agent)
	if !h.Authorization.IsZero() && !e.bare {
		add("Authorization", h.Authorization.Reveal())
	}
	add("webhook-id", e.event.ID)
	add("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	if !h.Secret.IsZero() && !e.bare {
		signature, err := sign.Header(secrets(h, at), e.event.ID, at, e.event.Body)
		if err != nil {
			return nil, fmt.Errorf("sign request: %w", err)
		}
		add("webhook-signature", signature)
	}
	add("X-Hooktop-Event", e.event.Type)
	if e.delivery != "" {
		add("X-Hooktop-Attempt", strconv.Itoa(e.n))
		add("X-Hooktop-Delivery", e.delivery)
	}
	if e.event.Test {
		add("X-Hooktop-Test", "true")
	}
	if e.token != "" {
		add("Validation-Token", e.token)
	}
	for _, own := range h.Headers {
		if !model.ForbiddenHeader(own.Name) {
			out = append(out, own)
		}
	}
	return out, nil
}

// secrets are the webhook's signing secrets at a time: after a rotation the old
// one signs too, until it ends (RELIABILITY.md S10).
func secrets(h model.Hook, at time.Time) []model.Secret {
	out := []model.Secret{h.Secret}
	if !h.OldSecret.IsZero() && at.Before(h.OldSecretUntil) {
		out = append(out, h.OldSecret)
	}
	return out
}

// request builds the HTTP request. GetBody stays nil: with it net/http would send
// a request again that nobody recorded.
func request(ctx context.Context, u *url.URL, headers []model.Header, body []byte) *http.Request {
	r := &http.Request{
		Method: http.MethodPost, URL: u, Host: u.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        make(http.Header, len(headers)),
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
	}
	values := make([]string, len(headers)) // one piece of memory for all
	for i, h := range headers {
		values[i] = h.Value
		if before, again := r.Header[h.Name]; again {
			r.Header[h.Name] = append(before, h.Value)
		} else {
			r.Header[h.Name] = values[i : i+1 : i+1] // spelling kept
		}
	}
	return r.WithContext(ctx)
}

// masked returns the headers as they may be recorded.
func masked(headers []model.Header) []model.Header {
	out := make([]model.Header, len(headers))
	for i, h := range headers {
		if secretHeader(h.Name) {
			h.Value = model.NewSecret(h.Value).Masked()
		}
		out[i] = h
	}
	return out
}

// secretHeader reports whether the value of a header of ours may be a credential:
// Authorization, and every header that a webhook adds (model.ForbiddenHeader).
func secretHeader(name string) bool {
	return strings.EqualFold(name, "Authorization") || !model.ForbiddenHeader(name)
}
