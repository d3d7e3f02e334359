package sender

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"hooktop/model"
)

// maxTransports bounds the transports kept: one for all webhooks with default
// limits and TLS policy, and one for each other combination.
const maxTransports = 32

// maxHeaderBytes is how much of response headers is accepted.
const maxHeaderBytes = 64 << 10

// policy is what requests must share to share connections.
type policy struct {
	ca         string
	skipVerify bool
	private    bool // may reach private addresses under --egress public
	fresh      bool // every request has a connection of its own
	connect    time.Duration
	tls        time.Duration
	headers    time.Duration
}

func policyOf(h model.Hook, fresh bool) policy {
	l := h.Limits.OrDefaults()
	return policy{
		ca: h.TLS.CA, skipVerify: h.TLS.SkipVerify, private: h.AllowPrivate, fresh: fresh,
		connect: l.Connect, tls: l.TLS, headers: l.Headers,
	}
}

// pool keeps transports by policy, the least recently used one last to stay.
type pool struct {
	guard    guard
	resolver *net.Resolver
	roots    *x509.CertPool
	proxy    func(*http.Request) (*url.URL, error)
	now      func() time.Time

	mu   sync.Mutex
	kept []pooled // least recently used first
}

type pooled struct {
	policy    policy
	transport *http.Transport
}

// get returns the transport of a policy. The error is a *model.Fault about the
// webhook's CA.
func (p *pool) get(k policy) (*http.Transport, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.kept, func(e pooled) bool { return e.policy == k }); i >= 0 {
		e := p.kept[i]
		p.kept = append(slices.Delete(p.kept, i, i+1), e)
		return e.transport, nil
	}
	t, err := p.make(k)
	if err != nil {
		return nil, err
	}
	if len(p.kept) == maxTransports {
		p.kept[0].transport.CloseIdleConnections()
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	p.kept = append(p.kept, pooled{k, t})
	return t, nil
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.kept {
		e.transport.CloseIdleConnections()
	}
	p.kept = nil
}

func (p *pool) make(k policy) (*http.Transport, error) {
	config, err := p.tlsConfig(k)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: k.connect, ControlContext: p.guard.control(k.private), Resolver: p.resolver}
	t := &http.Transport{
		Proxy: p.proxy,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(traceDial(ctx), network, address)
			if err != nil {
				return nil, err
			}
			return &countedConn{Conn: c}, nil
		},
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    k.tls,
		ResponseHeaderTimeout:  k.headers,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    model.MaxConcurrency,
		Protocols:              new(http.Protocols),
		OnProxyConnectResponse: refusedByProxy,
	}
	t.Protocols.SetHTTP1(true)
	if k.fresh {
		t.MaxIdleConnsPerHost = -1 // unlike DisableKeepAlives, adds no header
	}
	return t, nil
}

func (p *pool) tlsConfig(k policy) (*tls.Config, error) {
	c := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		RootCAs:            p.roots,
		InsecureSkipVerify: k.skipVerify, // the webhook's own choice, shown in red
		Time:               p.now,

		GetClientCertificate: noCertificate,
	}
	if k.ca == "" {
		return c, nil
	}
	roots, err := p.baseRoots()
	if err != nil {
		return nil, &model.Fault{Code: model.CodeCA, Field: model.FieldCA, Err: err}
	}
	if !roots.AppendCertsFromPEM([]byte(k.ca)) {
		return nil, &model.Fault{Code: model.CodeCA, Field: model.FieldCA, Err: errors.New("no certificate in PEM form")}
	}
	c.RootCAs = roots
	return c, nil
}

func (p *pool) baseRoots() (*x509.CertPool, error) {
	if p.roots != nil {
		return p.roots.Clone(), nil
	}
	return x509.SystemCertPool()
}
