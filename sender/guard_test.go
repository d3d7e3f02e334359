package sender

import (
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"hooktop/model"
)

// forms are addresses with their kind and whether even the default profile
// refuses them.
var forms = []struct {
	address, kind string
	never         bool
}{
	{"169.254.169.254", model.AddrMetadata, true},
	{"169.254.170.2", model.AddrMetadata, true},
	{"100.100.100.200", model.AddrMetadata, true},
	{"192.0.0.192", model.AddrMetadata, true},
	{"168.63.129.16", model.AddrMetadata, true},
	{"fd00:ec2::254", model.AddrMetadata, true},
	{"fd20:ce::254", model.AddrMetadata, true},
	{"::ffff:169.254.169.254", model.AddrMetadata, true},
	{"::169.254.169.254", model.AddrMetadata, true},
	{"::ffff:0:169.254.169.254", model.AddrMetadata, true},
	{"64:ff9b::169.254.169.254", model.AddrMetadata, true},
	{"64:ff9b:1::a9fe:a9fe", model.AddrMetadata, true},
	{"64:ff9b:1:a9fe:a9:fe00::", model.AddrMetadata, true},
	{"2002:a9fe:a9fe::1", model.AddrMetadata, true},
	{"2001:0:a9fe:a9fe:0:0:808:808", model.AddrMetadata, true},
	{"2001:0:4136:e378:8000:63bf:5601:5601", model.AddrMetadata, true},
	{"2001:4860::5efe:169.254.169.254", model.AddrMetadata, true},
	{"fd00::200:5efe:169.254.169.254", model.AddrMetadata, true},
	{"169.254.0.1", model.AddrLinkLocal, true},
	{"169.254.255.255", model.AddrLinkLocal, true},
	{"::ffff:169.254.1.1", model.AddrLinkLocal, true},
	{"2002:a9fe:101::", model.AddrLinkLocal, true},
	{"64:ff9b::169.254.1.1", model.AddrLinkLocal, true},
	{"fe80::1", model.AddrLinkLocal, true},
	{"fe80::1%eth0", model.AddrLinkLocal, true},
	{"febf:ffff::1", model.AddrLinkLocal, true},
	{"0.0.0.0", model.AddrUnspecified, true},
	{"::", model.AddrUnspecified, true},
	{"::ffff:0.0.0.0", model.AddrUnspecified, true},
	{"64:ff9b::0.0.0.0", model.AddrUnspecified, true},
	{"0.1.2.3", model.AddrReserved, true},
	{"224.0.0.1", model.AddrMulticast, true},
	{"239.255.255.250", model.AddrMulticast, true},
	{"ff02::1", model.AddrMulticast, true},
	{"240.0.0.1", model.AddrReserved, true},
	{"255.255.255.255", model.AddrReserved, true},
	{"::ffff:255.255.255.255", model.AddrReserved, true},
	{"4000::1", model.AddrReserved, true},
	{"127.0.0.1", model.AddrLoopback, false},
	{"127.8.9.10", model.AddrLoopback, false},
	{"::1", model.AddrLoopback, false},
	{"::ffff:127.0.0.1", model.AddrLoopback, false},
	{"64:ff9b::127.0.0.1", model.AddrLoopback, false},
	{"10.0.0.1", model.AddrPrivate, false},
	{"172.16.0.1", model.AddrPrivate, false},
	{"172.31.255.255", model.AddrPrivate, false},
	{"192.168.1.1", model.AddrPrivate, false},
	{"100.64.0.1", model.AddrPrivate, false},
	{"fd12:3456::1", model.AddrPrivate, false},
	{"fec0::1", model.AddrPrivate, false},
	{"2002:c0a8:101::", model.AddrPrivate, false},
	{"64:ff9b::10.0.0.1", model.AddrPrivate, false},
	{"192.0.2.1", model.AddrReserved, false},
	{"198.18.0.1", model.AddrReserved, false},
	{"2001:db8::1", model.AddrReserved, false},
	{"8.8.8.8", "", false},
	{"172.32.0.1", "", false},
	{"100.128.0.1", "", false},
	{"169.253.255.255", "", false},
	{"2606:4700::1111", "", false},
	{"64:ff9b::8.8.8.8", "", false},
	{"2002:808:808::1", "", false},
}

func TestGuardJudgesEveryForm(t *testing.T) {
	lax, public := newGuard(false), newGuard(true)
	for _, f := range forms {
		a := netip.MustParseAddr(f.address)
		want := ""
		if f.never {
			want = f.kind
		}
		if got := lax.check(a, false); got != want {
			t.Errorf("%s by default: %q, want %q", f.address, got, want)
		}
		if got := public.check(a, true); got != want {
			t.Errorf("%s public, private allowed: %q, want %q", f.address, got, want)
		}
		if got := public.check(a, false); got != f.kind {
			t.Errorf("%s public: %q, want %q", f.address, got, f.kind)
		}
	}
}

// url writes an address as the host of a URL.
func urlOf(address string) string {
	if a := netip.MustParseAddr(address); a.Is6() {
		return "http://[" + a.WithZone("").String() + "]:1/"
	}
	return "http://" + address + ":1/"
}

func TestR8_RefusedAddressesAreNotDialled(t *testing.T) {
	answers := map[string]string{}
	for _, f := range forms {
		if f.never {
			if a := netip.MustParseAddr(f.address); a.Zone() == "" {
				answers["h"+hexOf(a)+".example.com"] = f.address
			}
		}
	}
	resolver := nameServer(t, func(name string) (net.IP, dnsmessage.RCode) {
		return net.ParseIP(answers[name]), dnsmessage.RCodeSuccess
	})
	s, _ := house(t, func(c *Config) { c.Resolver = resolver })
	for name, address := range answers {
		kind := newGuard(false).check(netip.MustParseAddr(address), false)
		for _, target := range []string{urlOf(address), "http://" + name + ":1/"} {
			a := try(t, s, hookTo(s, target))
			if a.Outcome != model.OutcomeFailed || a.Failure.Code != model.CodeBlockedAddress || a.Failure.Reason != kind {
				t.Errorf("%s (%s): %s %+v", target, address, a.Outcome, a.Failure)
			}
			if a.RemoteAddr != "" {
				t.Errorf("%s: dialled %s", target, a.RemoteAddr)
			}
		}
	}
}

func hexOf(a netip.Addr) string {
	b := a.As16()
	const digits = "0123456789abcdef"
	var out []byte
	for _, x := range b {
		out = append(out, digits[x>>4], digits[x&15])
	}
	return string(out)
}

func TestGuardSeesTheAnswerOfTheMoment(t *testing.T) {
	in := receive(t, status(200))
	_, port, _ := net.SplitHostPort(in.Listener.Addr().String())
	var next atomic.Value
	next.Store("127.0.0.1")
	s, _ := house(t, func(c *Config) {
		c.Resolver = nameServer(t, func(string) (net.IP, dnsmessage.RCode) {
			return net.ParseIP(next.Load().(string)), dnsmessage.RCodeSuccess
		})
	})
	h := hookTo(s, "http://rebind.example.com:"+port)
	if a := try(t, s, h); a.Outcome != model.OutcomeDelivered {
		t.Fatalf("%+v", a.Failure)
	}
	next.Store("169.254.169.254")
	if a := try(t, s, h); a.Failure == nil || a.Failure.Code != model.CodeBlockedAddress {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}

func TestPublicEgressRefusesLoopbackUnlessAllowed(t *testing.T) {
	in := receive(t, status(200))
	s, _ := house(t, func(c *Config) { c.Egress = EgressPublic })
	h := hookTo(s, in.URL)
	v := fails(t, s, h, model.CodeBlockedAddress, model.AddrLoopback, model.StepConnect)
	if !strings.Contains(v.Failure.Detail, "address 127.0.0.1 is refused (loopback)") || len(in.requests()) != 0 {
		t.Errorf("%+v, %d requests", v.Failure, len(in.requests()))
	}
	h.AllowPrivate = true
	if v := verify(t, s, h); !v.OK {
		t.Errorf("%+v", v.Failure)
	}
	h.AllowPrivate = false // the other webhook's connections are not borrowed
	if a := s.wire.attempt(t.Context(), recipeOf(&h), envelope{event: model.Event{Body: []byte("{}")}}, nil); a.Outcome != model.OutcomeFailed {
		t.Errorf("%s", a.Outcome)
	}
}
