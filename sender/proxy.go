package sender

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

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
	case r.URL.Scheme == "http" && !w.proxyTokens && len(r.Header["Authorization"]) > 0:
		return nil, &proxyError{model.ProxyToken}
	}
	return u, nil
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
