package sender

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hooktop/model"
)

// splice carries bytes both ways until one side ends.
func splice(a, b net.Conn) {
	var wg sync.WaitGroup
	for _, way := range [][2]net.Conn{{a, b}, {b, a}} {
		wg.Go(func() {
			_, _ = io.Copy(way[0], way[1])
			_ = way[0].Close()
			_ = way[1].Close()
		})
	}
	wg.Wait()
}

// tunneller is a proxy that connects those who know its key.
func tunneller(t testing.TB, secure bool) (url string, tunnels *atomic.Int64) {
	t.Helper()
	tunnels = new(atomic.Int64)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte("ana:s3cret")) {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		if r.Method != http.MethodConnect {
			_, _ = fmt.Fprintf(w, "%s %v", r.RequestURI, r.Host)
			return
		}
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		tunnels.Add(1)
		wg.Add(1) // while the server still waits for this request when it is closed
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			wg.Done()
			t.Error(err)
			return
		}
		_ = write(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		context.AfterFunc(ctx, func() { _ = here.Close() })
		go func() {
			defer wg.Done()
			splice(here, there)
		}()
	}))
	server.Config.ErrorLog = quiet()
	scheme := "http"
	if secure {
		server.StartTLS()
		scheme = "https"
	} else {
		server.Start()
	}
	t.Cleanup(func() {
		cancel()
		server.Close()
		wg.Wait()
	})
	return scheme + "://ana:s3cret@" + server.Listener.Addr().String(), tunnels
}

func TestProxiesAreGivenTheirKey(t *testing.T) {
	ca := newAuthority(t)
	target := receiveTLS(t, &tls.Config{Certificates: []tls.Certificate{ca.leaf(t, nil)}})
	for _, secure := range []bool{false, true} {
		proxy, tunnels := tunneller(t, secure)
		s, _ := house(t, through(proxy))
		h := hookTo(s, target)
		h.TLS.CA, h.TLS.SkipVerify = ca.pem, secure // the proxy's certificate is of another authority
		for range 2 {
			a := again(t.Context(), s, h, []byte("{}"), nil)
			if a.Outcome != model.OutcomeDelivered || a.TLSVersion != "1.3" {
				t.Errorf("%s %+v", a.Outcome, a.Failure)
			}
		}
		if tunnels.Load() != 1 {
			t.Errorf("%d tunnels for one route", tunnels.Load())
		}
		h.URL = "http://203.0.113.9:81/a?b"
		a := again(t.Context(), s, h, []byte("{}"), nil)
		if a.Outcome != model.OutcomeDelivered || string(a.Response.Body) != "http://203.0.113.9:81/a?b 203.0.113.9:81" {
			t.Errorf("in clear: %s %+v %+v", a.Outcome, a.Failure, a.Response)
		}
		if slices.ContainsFunc(a.Request, func(h model.Header) bool { return strings.HasPrefix(h.Name, "Proxy-") }) {
			t.Errorf("the proxy's key is recorded: %v", a.Request)
		}
		wrong, _ := house(t, through(strings.Replace(proxy, "s3cret", "guess", 1)))
		h.URL = target
		if a := again(t.Context(), wrong, h, []byte("{}"), nil); a.Failure == nil || a.Failure.Code != model.CodeProxy || a.Failure.Reason != "407" {
			t.Errorf("with another key: %s %+v", a.Outcome, a.Failure)
		}
	}
}

func TestAProxyThatIsSilentOrTalksTooMuch(t *testing.T) {
	for name, talk := range map[string]func(*net.TCPConn){
		"silent":  silence,
		"garbage": func(c *net.TCPConn) { _ = write(c, "SSH-2.0\r\n\r\n"); silence(c) },
		"goes on": func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 200 OK\r\n\r\nand more"); silence(c) },
		"headers": func(c *net.TCPConn) {
			for line := "HTTP/1.1 200 OK\r\n"; write(c, line) == nil; line = "X: y\r\n" {
			}
		},
	} {
		s, _ := house(t, through("http://"+dialogue(t, talk)))
		h := hookTo(s, "https://203.0.113.9/")
		h.Limits.Total = 60 * time.Millisecond
		a := again(t.Context(), s, h, []byte("{}"), nil)
		if a.Outcome != model.OutcomeFailed || a.Failure.Code != model.CodeProxy || a.Failure.Reason != model.ProxyConnect {
			t.Errorf("%s: %s %+v", name, a.Outcome, a.Failure)
		}
	}
}

// socksServer is a SOCKS 5 proxy (RFC 1928) for those with the right key (RFC 1929).
func socksServer(t testing.TB) (address string) {
	t.Helper()
	return dialogue(t, func(c *net.TCPConn) {
		read := func(n int) []byte {
			b := make([]byte, n)
			_, _ = io.ReadFull(c, b)
			return b
		}
		read(int(read(2)[1])) // methods
		_ = write(c, "\x05\x02")
		name := string(read(int(read(2)[1])))
		if password := string(read(int(read(1)[0]))); name != "ana" || password != "s3cret" {
			_ = write(c, "\x01\x01")
			return
		}
		_ = write(c, "\x01\x00")
		read(4) // CONNECT, an IPv4 address
		ip, port := read(4), read(2)
		there, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: ip, Port: int(port[0])<<8 | int(port[1])})
		if err != nil {
			_ = write(c, "\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00")
			return
		}
		_ = write(c, "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
		splice(c, there)
	})
}

func TestSOCKSProxies(t *testing.T) {
	ca := newAuthority(t)
	proxy := socksServer(t)
	s, _ := house(t, through("socks5://ana:s3cret@"+proxy))
	plain := receive(t, status(200))
	for _, target := range []string{plain.URL, receiveTLS(t, &tls.Config{Certificates: []tls.Certificate{ca.leaf(t, nil)}})} {
		h := hookTo(s, target)
		h.TLS.CA = ca.pem
		again(t.Context(), s, h, []byte("{}"), nil)
		if a := again(t.Context(), s, h, []byte("{}"), nil); a.Outcome != model.OutcomeDelivered || a.Timings.Connect != 0 {
			t.Errorf("%s: %s %+v", target, a.Outcome, a.Failure)
		}
	}
	if r := plain.requests()[0]; r.path != "/" || r.header.Get("Proxy-Authorization") != "" {
		t.Errorf("arrived %+v", r)
	}
	for _, bad := range []string{"socks5://ana:guess@" + proxy, "socks5://" + dialogue(t, func(*net.TCPConn) {})} {
		s, _ := house(t, through(bad))
		if a := again(t.Context(), s, hookTo(s, plain.URL), []byte("{}"), nil); a.Failure == nil || a.Failure.Reason != model.ProxyConnect {
			t.Errorf("%s: %s %+v", bad, a.Outcome, a.Failure)
		}
	}
}
