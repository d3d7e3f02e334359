package sender

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/net/proxy"
)

// connect makes a new connection.
func (t *transport) connect(ctx context.Context, tr *trace, r route) (*conn, error) {
	c, err := t.reach(ctx, tr, r)
	if err != nil {
		return nil, err
	}
	if !r.secure {
		return c, nil
	}
	tr.enter(phaseTLS)
	if err := t.handshake(ctx, tr, c, r.host); err != nil {
		c.drop()
		return nil, err
	}
	return c, nil
}

// reach dials, and passes the proxy if there is one.
func (t *transport) reach(ctx context.Context, tr *trace, r route) (*conn, error) {
	if r.proxy == "" {
		return t.dial(ctx, tr, r, r.address)
	}
	u, err := url.Parse(r.proxy)
	if err != nil {
		return nil, fmt.Errorf("parse proxy: %w", err)
	}
	c, err := t.dial(ctx, tr, r, addressOf(u))
	if err == nil {
		if err = t.pass(ctx, tr, c, u); err != nil {
			c.drop()
		}
	}
	if err != nil {
		return nil, &net.OpError{Op: "proxyconnect", Net: "tcp", Err: err}
	}
	return c, nil
}

func (t *transport) dial(ctx context.Context, tr *trace, r route, address string) (*conn, error) {
	if _, err := netip.ParseAddrPort(address); err != nil {
		tr.enter(phaseDNS)
	} else {
		tr.connecting(address)
	}
	d := net.Dialer{
		Timeout: t.policy.connect, Deadline: tr.end, Resolver: t.resolver,
		ControlContext: func(ctx context.Context, network, address string, raw syscall.RawConn) error {
			tr.connecting(address)
			return t.control(ctx, network, address, raw)
		},
	}
	n, err := d.DialContext(ctx, "tcp", address)
	tr.connected()
	if err != nil {
		return nil, err
	}
	c := newConn(n, r)
	if err := c.begin(ctx, tr.end); err != nil {
		c.drop()
		return nil, err
	}
	return c, nil
}

// handshake puts TLS above what c writes to.
func (t *transport) handshake(ctx context.Context, tr *trace, c *conn, host string) error {
	config := t.config.Clone()
	config.ServerName = host
	tr.asked = false
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		tr.asked = true
		return &tls.Certificate{}, nil
	}
	if err := c.until(ctx, earlier(tr.end, time.Now().Add(t.policy.tls))); err != nil {
		return err
	}
	s := tls.Client(c.stream, config)
	if err := s.Handshake(); err != nil {
		return err
	}
	state := s.ConnectionState()
	c.stream, c.tls = s, &state
	return c.until(ctx, tr.end)
}

// pass makes a connection to a proxy one that leads through it.
func (t *transport) pass(ctx context.Context, tr *trace, c *conn, u *url.URL) error {
	switch u.Scheme {
	case "socks5", "socks5h":
		return socks(ctx, tr, c, u)
	case "https":
		if err := t.handshake(ctx, tr, c, u.Hostname()); err != nil {
			return err
		}
		c.tls = nil // the proxy's, not the receiver's
	}
	if !c.route.secure {
		return nil // it gets the request itself
	}
	address := c.route.address
	request := "CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\n"
	if key := proxyKey(u); key != "" {
		request += "Proxy-Authorization: " + key + "\r\n"
	}
	if _, err := c.stream.Write([]byte(request + "\r\n")); err != nil {
		return fmt.Errorf("write to proxy: %w", err)
	}
	resp, err := c.answer() //nolint:bodyclose // there is none
	switch {
	case err != nil:
		return fmt.Errorf("read from proxy: %w", err)
	case resp.StatusCode != http.StatusOK:
		return &proxyError{strconv.Itoa(resp.StatusCode)}
	case c.in.Buffered() > 0:
		return errors.New("the proxy goes on after its answer")
	}
	c.first = time.Time{}
	return nil
}

// dialled is a dialer that has dialled.
type dialled struct{ net.Conn }

func (d dialled) Dial(string, string) (net.Conn, error) { return d.Conn, nil }
func (d dialled) DialContext(context.Context, string, string) (net.Conn, error) {
	return d.Conn, nil
}

func socks(ctx context.Context, tr *trace, c *conn, u *url.URL) error {
	var auth *proxy.Auth
	if u.User != nil {
		password, _ := u.User.Password()
		auth = &proxy.Auth{User: u.User.Username(), Password: password}
	}
	d, err := proxy.SOCKS5("tcp", addressOf(u), auth, dialled{c.line})
	if err != nil {
		return err
	}
	limited, cancel := context.WithDeadline(ctx, tr.end)
	defer cancel()
	if _, err := d.(proxy.ContextDialer).DialContext(limited, "tcp", c.route.address); err != nil {
		return err
	}
	return c.until(ctx, tr.end)
}

// proxyKey is the value of Proxy-Authorization, or "".
func proxyKey(u *url.URL) string {
	if u == nil || u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}
