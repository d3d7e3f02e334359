package sender

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	"hooktop/model"
)

// maxTransports bounds the transports kept: one for all webhooks with default
// limits and TLS policy, and one for each other combination.
const maxTransports = 32

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

func policyOf(h model.Hook) policy {
	l := h.Limits.OrDefaults()
	return policy{
		ca: h.TLS.CA, skipVerify: h.TLS.SkipVerify, private: h.AllowPrivate,
		connect: l.Connect, tls: l.TLS, headers: l.Headers,
	}
}

// pool keeps transports by policy, the most recently used ones.
type pool struct {
	guard    guard
	resolver *net.Resolver
	roots    *x509.CertPool
	now      func() time.Time

	mu   sync.Mutex
	kept []*transport // least recently used first
}

// get returns the transport of a policy. The error is a *model.Fault about the
// webhook's CA.
func (p *pool) get(k policy) (*transport, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.kept, func(t *transport) bool { return t.policy == k }); i >= 0 {
		t := p.kept[i]
		p.kept = append(slices.Delete(p.kept, i, i+1), t)
		return t, nil
	}
	t, err := p.make(k)
	if err != nil {
		return nil, err
	}
	if len(p.kept) == maxTransports {
		p.kept[0].close()
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	p.kept = append(p.kept, t)
	return t, nil
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.kept {
		t.close()
	}
	p.kept = nil
}

func (p *pool) make(k policy) (*transport, error) {
	config, err := p.tlsConfig(k)
	if err != nil {
		return nil, err
	}
	return &transport{policy: k, config: config, resolver: p.resolver, control: p.guard.control(k.private)}, nil
}

func (p *pool) tlsConfig(k policy) (*tls.Config, error) {
	c := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		RootCAs:            p.roots,
		InsecureSkipVerify: k.skipVerify, // the webhook's own choice, shown in red
		Time:               p.now,
		NextProtos:         []string{"http/1.1"},
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
