package sender

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"hooktop/model"
)

// place is a URL that is sent to.
type place struct {
	url     *url.URL
	address string // host:port, to be dialled
	uri     string // in the request line
}

// placeOf parses a webhook's URL; the error is a *model.Fault.
func placeOf(raw string) (place, error) {
	u, err := target(raw)
	if err != nil {
		return place{}, err
	}
	return place{url: u, address: addressOf(u), uri: u.RequestURI()}, nil
}

// route is the way to the place.
func (p place) route(proxy *url.URL) route {
	r := route{secure: p.url.Scheme == "https", host: p.url.Hostname(), address: p.address}
	if proxy != nil {
		r.proxy = proxy.String()
	}
	return r
}

// target parses a webhook's URL as it will be dialled: the host in its ASCII form.
// The error is a *model.Fault.
func target(raw string) (*url.URL, error) {
	if f := model.CheckURL(raw); f != nil {
		return nil, f
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, &model.Fault{Code: model.CodeURLSyntax, Field: model.FieldURL, Value: raw, Err: err}
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return nil, &model.Fault{Code: model.CodeURLHost, Field: model.FieldURL, Value: u.Hostname(), Err: err}
	}
	if host != u.Hostname() {
		u.Host = host
		if port := portAsTyped(raw); port != "" {
			u.Host = net.JoinHostPort(host, port)
		}
	}
	return u, nil
}

// portAsTyped returns the port of a URL, or "".
func portAsTyped(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Port()
}

// idnaProfile is the lookup profile of UTS 46, with the bidi rule (RFC 5893) and
// the contextual rules of joiners (RFC 5892).
func idnaProfile() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false),
		idna.BidiRule(), idna.CheckJoiners(true), idna.ValidateLabels(true))
}

// asciiHost is the form in which a host is looked up. Hosts that are ASCII already
// stay as they are: names of local networks have underscores.
func asciiHost(host string) (string, error) {
	if isASCII(host) {
		return host, nil
	}
	ascii, err := idnaProfile().ToASCII(host)
	if err != nil {
		return "", fmt.Errorf("convert host: %w", err)
	}
	return ascii, nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e }) < 0
}

// hostPort names the receiver of a URL with its port; "" for none.
func hostPort(raw string) string {
	u, err := target(raw)
	if err != nil {
		return ""
	}
	return addressOf(u)
}

// addressOf is what is dialled for a URL, a receiver's or a proxy's.
func addressOf(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	case u.Scheme == "socks5", u.Scheme == "socks5h":
		port = "1080"
	default:
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// loopback reports whether a host names this machine by itself.
func loopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}
