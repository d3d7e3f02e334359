package sender

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/http/httpguts"

	"hooktop/model"
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

const authorization = "Authorization"

// headers lists the request's header lines (CLI.md, "On the wire"), but for Host
// and Content-Length, which follow from URL and body. A webhook's own headers come
// last and cannot replace ours.
func (w *wire) headers(r *recipe, e *envelope, at time.Time) ([]model.Header, error) {
	out := append(make([]model.Header, 0, ownHeaders+len(r.own)), model.Header{Name: "Content-Type", Value: "application/json"})
	add := func(name, value string) { out = append(out, model.Header{Name: name, Value: value}) }
	add("User-Agent", w.agent)
	if !r.hook.Authorization.IsZero() && !e.bare {
		add(authorization, r.hook.Authorization.Reveal())
	}
	add("webhook-id", e.event.ID)
	add("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	if !r.hook.Secret.IsZero() && !e.bare {
		signature, err := r.signature(&e.event, at)
		if err != nil {
			return nil, err
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
	return append(out, r.own...), nil
}

// appendHead writes the head of a request to b. A line that would be none is refused.
func (p place) appendHead(b []byte, proxy *url.URL, headers []model.Header, length int) ([]byte, error) {
	uri := p.uri
	if p.url.Scheme == "http" && proxy != nil && !strings.HasPrefix(proxy.Scheme, "socks") {
		uri = "http://" + p.url.Host + uri
		if key := proxyKey(proxy); key != "" {
			headers = append(slices.Clip(headers), model.Header{Name: "Proxy-Authorization", Value: key})
		}
	}
	if strings.ContainsFunc(uri, unicode.IsControl) || !httpguts.ValidHostHeader(p.url.Host) {
		return nil, fmt.Errorf("invalid request line for %q", p.url.Host)
	}
	b = append(append(append(b, "POST "...), uri...), " HTTP/1.1\r\nHost: "...)
	b = append(append(b, p.url.Host...), "\r\n"...)
	for _, h := range headers {
		if !httpguts.ValidHeaderFieldName(h.Name) || !httpguts.ValidHeaderFieldValue(h.Value) {
			return nil, fmt.Errorf("invalid header %q", h.Name)
		}
		b = append(append(b, h.Name...), ": "...)
		b = append(append(b, h.Value...), "\r\n"...)
	}
	b = append(b, "Content-Length: "...)
	return append(strconv.AppendInt(b, int64(length), 10), "\r\n\r\n"...), nil
}
