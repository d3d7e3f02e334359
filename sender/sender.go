package sender

import (
	"crypto/rand"
	"crypto/x509"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/oklog/ulid/v2"
	"golang.org/x/net/http/httpproxy"

	"hooktop/model"
)

// Which addresses may be reached (CLI.md, --egress).
const (
	EgressAny    = "any"    // loopback, private and public addresses
	EgressPublic = "public" // public ones, and what a webhook allows for itself; no proxies
)

// Config is what a Sender needs. Hooks, Records and Samples must be set; the rest
// has defaults.
type Config struct {
	Hooks   Hooks
	Records Records
	Samples Samples

	Version      string // travels in User-Agent
	Egress       string // EgressAny, also when empty; anything else is EgressPublic
	NoProxy      bool   // leave the environment's proxies aside
	SkipKeyCheck bool   // Verify does not try the request without the key

	Now      func() time.Time // default time.Now
	Log      *slog.Logger     // default: nothing is logged
	Resolver *net.Resolver    // default: the system's
	Roots    *x509.CertPool   // default: the system's
	// Proxy chooses the proxy of a request; default: the environment's, read by New.
	Proxy func(*url.URL) (*url.URL, error)
}

// Sender has the verbs on webhooks and their receivers. It may be used by many
// goroutines at once.
type Sender struct {
	hooks   Hooks
	records Records
	samples Samples
	wire    *wire
	skipKey bool
	now     func() time.Time
	log     *slog.Logger
}

// New makes a Sender. It dials nothing and reads nothing but the environment's
// proxy variables.
func New(c Config) *Sender {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case c.NoProxy:
		c.Proxy = func(*url.URL) (*url.URL, error) { return nil, nil }
	case c.Proxy == nil:
		c.Proxy = httpproxy.FromEnvironment().ProxyFunc()
	}
	return &Sender{
		hooks:   c.Hooks,
		records: c.Records,
		samples: c.Samples,
		wire:    newWire(c),
		skipKey: c.SkipKeyCheck,
		now:     c.Now,
		log:     c.Log,
	}
}

// Close drops the idle connections. Requests in flight are not cut.
func (s *Sender) Close() { s.wire.pool.close() }

// New returns an empty draft with a fresh id and the defaults; nothing is stored.
func (s *Sender) New() model.Hook {
	h := model.Hook{ID: s.newID("wh_"), State: model.HookDraft}
	if s.samples.Catalogue().Has(firstTrigger) {
		h.Events = []string{firstTrigger}
	}
	return h
}

// firstTrigger is what a new webhook has chosen: the one that most people want.
const firstTrigger = "call.processed"

// newID mints a time-ordered identifier.
func (s *Sender) newID(prefix string) string {
	return prefix + ulid.MustNew(ulid.Timestamp(s.now()), rand.Reader).String()
}
