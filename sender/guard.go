package sender

import (
	"context"
	"fmt"
	"net/netip"
	"syscall"

	"hooktop/model"
)

// network is one line of the table: its kind, and whether even the default
// profile refuses it.
type network struct {
	prefix netip.Prefix
	kind   string
	never  bool
}

// networks lists what is not plain public address space, the more precise line
// first. Sources: the IANA special-purpose registries and the providers' manuals.
func networks() []network {
	table := []struct {
		prefix, kind string
		never        bool
	}{
		{"169.254.169.254/32", model.AddrMetadata, true}, // AWS, Azure, Google, DigitalOcean, OpenStack
		{"169.254.170.0/24", model.AddrMetadata, true},   // AWS: credentials of containers
		{"100.100.100.200/32", model.AddrMetadata, true}, // Alibaba Cloud
		{"192.0.0.192/32", model.AddrMetadata, true},     // Oracle Cloud
		{"168.63.129.16/32", model.AddrMetadata, true},   // Azure: host of the virtual machine
		{"0.0.0.0/32", model.AddrUnspecified, true},      // RFC 1122 3.2.1.3: Linux dials it as loopback
		{"0.0.0.0/8", model.AddrReserved, true},          // RFC 791: "this network"
		{"10.0.0.0/8", model.AddrPrivate, false},         // RFC 1918
		{"100.64.0.0/10", model.AddrPrivate, false},      // RFC 6598: carriers' NAT
		{"127.0.0.0/8", model.AddrLoopback, false},       // RFC 1122
		{"169.254.0.0/16", model.AddrLinkLocal, true},    // RFC 3927
		{"172.16.0.0/12", model.AddrPrivate, false},      // RFC 1918
		{"192.0.0.0/24", model.AddrReserved, false},      // RFC 6890: protocol assignments
		{"192.0.2.0/24", model.AddrReserved, false},      // RFC 5737: documentation
		{"192.88.99.0/24", model.AddrReserved, false},    // RFC 7526: former 6to4 relays
		{"192.168.0.0/16", model.AddrPrivate, false},     // RFC 1918
		{"198.18.0.0/15", model.AddrReserved, false},     // RFC 2544: benchmarks
		{"198.51.100.0/24", model.AddrReserved, false},   // RFC 5737: documentation
		{"203.0.113.0/24", model.AddrReserved, false},    // RFC 5737: documentation
		{"224.0.0.0/4", model.AddrMulticast, true},       // RFC 5771
		{"240.0.0.0/4", model.AddrReserved, true},        // RFC 1112, and RFC 919: broadcast

		{"fd00:ec2::254/128", model.AddrMetadata, true}, // AWS
		{"fd20:ce::254/128", model.AddrMetadata, true},  // Google Cloud
		{"fd00:42::42/128", model.AddrMetadata, true},   // Scaleway
		{"::/128", model.AddrUnspecified, true},         // RFC 4291
		{"::1/128", model.AddrLoopback, false},          // RFC 4291
		{"64:ff9b::/96", "", false},                     // RFC 6052: NAT64, judged by what it embeds
		{"64:ff9b:1::/48", model.AddrPrivate, false},    // RFC 8215: local NAT64
		{"::ffff:0:0:0/96", "", false},                  // RFC 7915: SIIT, judged by what it embeds
		{"100::/64", model.AddrReserved, false},         // RFC 6666: discard
		{"2001:db8::/32", model.AddrReserved, false},    // RFC 3849: documentation
		{"3fff::/20", model.AddrReserved, false},        // RFC 9637: documentation
		{"fc00::/7", model.AddrPrivate, false},          // RFC 4193: unique local
		{"fe80::/10", model.AddrLinkLocal, true},        // RFC 4291
		{"fec0::/10", model.AddrPrivate, false},         // RFC 3879: former site-local
		{"ff00::/8", model.AddrMulticast, true},         // RFC 4291
		{"2000::/3", "", false},                         // RFC 4291: global unicast
		{"::/0", model.AddrReserved, true},              // the rest is not assigned
	}
	out := make([]network, len(table))
	for i, t := range table {
		out[i] = network{netip.MustParsePrefix(t.prefix), t.kind, t.never}
	}
	return out
}

// blockedError is the guard's refusal of one address.
type blockedError struct {
	addr netip.Addr
	kind string
}

func (e *blockedError) Error() string {
	return fmt.Sprintf("address %s is refused (%s)", e.addr, e.kind)
}

// guard decides which addresses may be dialled. It sees what the name resolved
// to, at the moment of the dial, for every connection: text checks on URLs prove
// nothing, and answers of a name server change (RELIABILITY.md S7).
type guard struct {
	public bool // --egress public
	table  []network
}

func newGuard(public bool) guard { return guard{public: public, table: networks()} }

// check returns the kind of address that forbids dialling a, or "". private
// allows private and loopback addresses under --egress public.
func (g guard) check(a netip.Addr, private bool) string {
	n := g.lookup(a)
	if n.never || (g.public && !private) {
		return n.kind
	}
	return ""
}

// lookup classifies an address. The IPv4 address embedded in it counts too: a
// translator or a tunnel would carry the connection there.
func (g guard) lookup(a netip.Addr) network {
	a = a.WithZone("").Unmap()
	own := g.find(a)
	for _, v4 := range embedded(a) {
		n := g.find(v4)
		if n.never {
			return n
		}
		if own.kind == "" {
			own = n
		}
	}
	return own
}

func (g guard) find(a netip.Addr) network {
	for _, n := range g.table {
		if n.prefix.Contains(a) {
			return n
		}
	}
	return network{}
}

// control is the net.Dialer hook.
func (g guard) control(private bool) func(context.Context, string, string, syscall.RawConn) error {
	return func(_ context.Context, _, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("parse dialled address: %w", err)
		}
		if kind := g.check(ap.Addr(), private); kind != "" {
			return &blockedError{ap.Addr().WithZone("").Unmap(), kind}
		}
		return nil
	}
}
