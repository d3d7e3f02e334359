package sender

import (
	"context"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"hooktop/model"
)

// proxyError is a failure of the proxy, or our refusal to use it.
type proxyError struct{ reason string } // of model.CodeProxy

func (e *proxyError) Error() string { return fmt.Sprintf("proxy: %s", e.reason) }

// chooseProxy is the transport's choice of a proxy (RELIABILITY.md S7, S9).
func (w *wire) chooseProxy(r *http.Request, public bool) (*url.URL, error) {
	u, err := w.proxy(r.URL)
	if u == nil || err != nil {
		return nil, err
	}
	switch {
	case public:
		return nil, &proxyError{model.ProxyEgress}
	case r.URL.Scheme == "http" && carriesKey(r.Header):
		return nil, &proxyError{model.ProxyToken}
	}
	// The guard sees the proxy's address at the dial; what the URL itself names must
	// be judged here.
	if a, ok := literal(r.URL.Hostname()); ok {
		if kind := w.pool.guard.check(a, false); kind != "" {
			return nil, &blockedError{a.WithZone("").Unmap(), kind}
		}
	}
	return u, nil
}

// carriesKey reports whether a request has a header that may be a credential:
// Authorization, or one that the webhook adds (spelled as its owner typed it).
func carriesKey(headers http.Header) bool {
	for name := range headers {
		if secretHeader(name) {
			return true
		}
	}
	return false
}

// literal reads a host that is an address: as we write them, or as resolvers read
// IPv4 from of old, "0x7f.1" (inet_aton(3)).
func literal(host string) (netip.Addr, bool) {
	host = strings.TrimSuffix(host, ".")
	if a, err := netip.ParseAddr(host); err == nil {
		return a, true
	}
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var v uint64
	for i, p := range parts {
		bits := 8
		if i == len(parts)-1 { // the last part fills what is left
			bits = 32 - 8*i
		}
		n, err := strconv.ParseUint(p, 0, bits)
		if err != nil {
			return netip.Addr{}, false
		}
		v = v<<bits | n
	}
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(v)))), true
}

// proxied reports whether requests to the URL go through a proxy.
func (w *wire) proxied(rawURL string) bool {
	u, err := target(rawURL)
	if err != nil {
		return false
	}
	p, err := w.proxy(u)
	return p != nil && err == nil
}

// refusedByProxy names the status with which a proxy refused to connect.
func refusedByProxy(_ context.Context, _ *url.URL, _ *http.Request, r *http.Response) error {
	if r.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{strconv.Itoa(r.StatusCode)}
}
