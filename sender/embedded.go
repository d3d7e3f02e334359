package sender

import "net/netip"

// embedding is a form of IPv6 address that carries IPv4 ones: the offsets of
// their bytes, and whether those are inverted.
type embedding struct {
	prefix   netip.Prefix
	offsets  [][4]int
	inverted bool
}

func embeddings() []embedding {
	last := [4]int{12, 13, 14, 15}
	return []embedding{
		{prefix: netip.MustParsePrefix("::/96"), offsets: [][4]int{last}},           // RFC 4291 2.5.5.1: compatible
		{prefix: netip.MustParsePrefix("::ffff:0:0:0/96"), offsets: [][4]int{last}}, // RFC 7915: SIIT
		{prefix: netip.MustParsePrefix("64:ff9b::/96"), offsets: [][4]int{last}},    // RFC 6052: NAT64
		{ // RFC 8215: local NAT64, whose prefix is 48, 56, 64 or 96 bits long (RFC 6052 2.2)
			prefix:  netip.MustParsePrefix("64:ff9b:1::/48"),
			offsets: [][4]int{last, {6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}},
		},
		{prefix: netip.MustParsePrefix("2002::/16"), offsets: [][4]int{{2, 3, 4, 5}}},         // RFC 3056: 6to4
		{prefix: netip.MustParsePrefix("2001::/32"), offsets: [][4]int{{4, 5, 6, 7}}},         // RFC 4380: Teredo server
		{prefix: netip.MustParsePrefix("2001::/32"), offsets: [][4]int{last}, inverted: true}, // RFC 4380: Teredo client
		{prefix: netip.MustParsePrefix("::/0"), offsets: [][4]int{last}},                      // RFC 5214: ISATAP, see isatap
	}
}

// isatap reports whether the interface identifier says that an IPv4 address
// follows (RFC 5214 6.1).
func isatap(b [16]byte) bool {
	return b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}

// embedded lists the IPv4 addresses that an IPv6 address may lead to.
func embedded(a netip.Addr) []netip.Addr {
	if !a.Is6() || a.IsUnspecified() || a.IsLoopback() {
		return nil
	}
	var out []netip.Addr
	b := a.As16()
	for _, e := range embeddings() {
		if !e.prefix.Contains(a) || (e.prefix.Bits() == 0 && !isatap(b)) {
			continue
		}
		for _, at := range e.offsets {
			v4 := pick(b, at, e.inverted)
			if len(e.offsets) > 1 && v4.As4()[0] == 0 {
				continue // the padding of another prefix length
			}
			out = append(out, v4)
		}
	}
	return out
}

func pick(b [16]byte, at [4]int, inverted bool) netip.Addr {
	var v4 [4]byte
	for i, o := range at {
		v4[i] = b[o]
		if inverted {
			v4[i] ^= 0xff
		}
	}
	return netip.AddrFrom4(v4)
}
