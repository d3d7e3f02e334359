package sender

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"hooktop/model"
)

// proxyError is a failure of the proxy, or our refusal to use it.
type proxyError struct{ reason string } // of model.CodeProxy

func (e *proxyError) Error() string { return fmt.Sprintf("proxy: %s", e.reason) }

// chooseProxy returns the proxy of a request, nil for none (RELIABILITY.md S7, S9).
func (w *wire) chooseProxy(r *recipe, bare bool) (*url.URL, error) {
	to := r.to.url
	u, err := w.proxy(to)
	if u == nil || err != nil {
		return nil, err
	}
	switch {
	case w.pool.guard.public:
		return nil, &proxyError{model.ProxyEgress}
	case to.Scheme == "http" && r.secretive(bare):
		return nil, &proxyError{model.ProxyToken}
	}
	// The guard sees the proxy's address at the dial; what the URL itself names must
	// be judged here.
	if a, ok := literal(to.Hostname()); ok {
		if kind := w.pool.guard.check(a, false); kind != "" {
			return nil, &blockedError{a.WithZone("").Unmap(), kind}
		}
	}
	return u, nil
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
