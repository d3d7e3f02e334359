package sender

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"hooktop/model"
)

// through configures a proxy for everything, loopback included.
func through(address string) func(*Config) {
	return func(c *Config) {
		c.NoProxy = false
		c.Proxy = func(*url.URL) (*url.URL, error) { return url.Parse(address) }
	}
}

func TestProxyFailuresAreTheProxys(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	needsAuth := receive(t, status(407, "Proxy-Authenticate", "Basic"))
	for _, c := range []struct{ proxy, target, reason string }{
		{"http://" + l.Addr().String(), "http://127.0.0.1:1/", model.ProxyConnect},
		{"http://" + l.Addr().String(), "https://127.0.0.1:1/", model.ProxyConnect},
		{needsAuth.URL, "http://127.0.0.1:1/", "407"},
		{needsAuth.URL, "https://127.0.0.1:1/", "407"},
		{receive(t, status(403)).URL, "https://127.0.0.1:1/", "403"},
	} {
		s, _ := house(t, through(c.proxy))
		a := try(t, s, hookTo(s, c.target))
		if a.Outcome != model.OutcomeFailed || a.Failure.Code != model.CodeProxy || a.Failure.Reason != c.reason || a.Failure.FeedsBreaker() {
			t.Errorf("%s through %s: %s %+v", c.target, c.proxy, a.Outcome, a.Failure)
		}
	}
}

func TestPublicEgressRefusesProxies(t *testing.T) {
	proxy := receive(t, status(200))
	s, _ := house(t, through(proxy.URL), func(c *Config) { c.Egress = EgressPublic })
	a := try(t, s, hookTo(s, "http://203.0.113.9/"))
	if a.Failure == nil || a.Failure.Code != model.CodeProxy || a.Failure.Reason != model.ProxyEgress || len(proxy.requests()) != 0 {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}

func TestTokenDoesNotPassAProxyInClear(t *testing.T) {
	proxy := receive(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
	s, _ := house(t, through(proxy.URL))
	h := hookTo(s, "http://203.0.113.9/")
	if v := verify(t, s, h); !v.OK || !slices.Contains(v.Warnings, model.WarnProxy) {
		t.Errorf("without a token: %+v %v", v.Failure, v.Warnings)
	}
	h.Authorization = model.NewSecret("Bearer canary-canary")
	before := len(proxy.requests())
	a := try(t, s, h)
	if a.Failure == nil || a.Failure.Code != model.CodeProxy || a.Failure.Reason != model.ProxyToken || len(proxy.requests()) != before {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
	h.Authorization, h.Headers = model.Secret{}, []model.Header{{Name: "x-api-key", Value: "canary"}}
	a = try(t, s, h)
	if a.Failure == nil || a.Failure.Reason != model.ProxyToken || len(proxy.requests()) != before {
		t.Errorf("a header of one's own: %s %+v", a.Outcome, a.Failure)
	}
}

func TestProxyIsNoWayAroundTheGuard(t *testing.T) {
	proxy := receive(t, status(200))
	s, _ := house(t, through(proxy.URL))
	for host, kind := range map[string]string{
		"169.254.169.254": model.AddrMetadata, "169.254.169.254.": model.AddrMetadata, "2852039166": model.AddrMetadata,
		"0xa9.0xfea9fe": model.AddrMetadata, "[::ffff:169.254.169.254]": model.AddrMetadata,
		"169.254.7.7": model.AddrLinkLocal, "[fe80::1]": model.AddrLinkLocal, "0": model.AddrUnspecified,
	} {
		for _, scheme := range []string{"http", "https"} {
			a := try(t, s, hookTo(s, scheme+"://"+host+"/latest/meta-data"))
			if a.Failure == nil || a.Failure.Code != model.CodeBlockedAddress || a.Failure.Reason != kind {
				t.Errorf("%s %s: %s %+v", scheme, host, a.Outcome, a.Failure)
			}
		}
	}
	if n := len(proxy.requests()); n != 0 {
		t.Errorf("%d requests went to the proxy", n)
	}
	if a := try(t, s, hookTo(s, "http://192.168.7.7/")); a.Outcome != model.OutcomeDelivered {
		t.Errorf("a private address: %s %+v", a.Outcome, a.Failure)
	}
}

func TestEnvironmentsProxyIsHonoured(t *testing.T) {
	proxy := receive(t, status(200))
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("NO_PROXY", "skip.example.com")
	s, _ := house(t, func(c *Config) { c.NoProxy = false })
	if !s.wire.proxied("http://crm.example.com/") || s.wire.proxied("http://skip.example.com/") || s.wire.proxied("http://127.0.0.1/") {
		t.Error("HTTP_PROXY and NO_PROXY decide")
	}
	if v := verify(t, s, hookTo(s, "http://crm.example.com/hook")); !v.OK {
		t.Errorf("%+v", v.Failure)
	}
	without, _ := house(t)
	if without.wire.proxied("http://crm.example.com/") {
		t.Error("NoProxy leaves them aside")
	}
}
