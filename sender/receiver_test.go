package sender

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// arrived is one request as a receiver saw it.
type arrived struct {
	method, proto, path string
	header              http.Header
	body                string
}

// inbox is a receiver that keeps what arrives.
type inbox struct {
	*httptest.Server
	mu  sync.Mutex
	all []arrived
}

func (i *inbox) requests() []arrived {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]arrived(nil), i.all...)
}

func (i *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	b, _ := io.ReadAll(r.Body)
	i.mu.Lock()
	i.all = append(i.all, arrived{r.Method, r.Proto, r.URL.RequestURI(), r.Header.Clone(), string(b)})
	i.mu.Unlock()
	r.Body = io.NopCloser(strings.NewReader(string(b)))
	answer(w, r)
}

// receive starts a receiver that answers with the handler.
func receive(t testing.TB, answer http.HandlerFunc) *inbox {
	t.Helper()
	i := &inbox{}
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { i.ServeHTTP(w, r, answer) }))
	t.Cleanup(i.Close)
	return i
}

// status answers with a status and nothing else.
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

// raw starts a receiver that talks bytes; it has read one request when talk runs,
// and closes when talk returns. The returned URL is plain http.
func raw(t testing.TB, talk func(c *net.TCPConn)) string {
	t.Helper()
	return "http://" + dialogue(t, func(c *net.TCPConn) {
		if r, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			talk(c)
		}
	})
}

// dialogue starts a receiver that has read nothing yet.
func dialogue(t testing.TB, talk func(c *net.TCPConn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			stop := context.AfterFunc(ctx, func() { c.Close() })
			wg.Go(func() {
				defer stop()
				defer c.Close()
				talk(c.(*net.TCPConn))
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		cancel()
		wg.Wait()
	})
	return l.Addr().String()
}

// silence waits until the other side is gone.
func silence(c *net.TCPConn) { _, _ = io.Copy(io.Discard, c) }

func write(c net.Conn, text string) error {
	_, err := io.WriteString(c, text)
	return err
}

// nameServer resolves names as answer says; a nil answer is silence.
func nameServer(t testing.TB, answer func(name string) (ip net.IP, code dnsmessage.RCode)) *net.Resolver {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := pc.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := reply(buf[:n], answer); reply != nil {
				_, _ = pc.WriteTo(reply, from)
			}
		}
	})
	// Look-ups of the Go resolver outlive their request: cut them off at the end.
	life, end := context.WithCancel(context.Background())
	t.Cleanup(func() { end(); pc.Close(); wg.Wait() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		if life.Err() != nil {
			return nil, life.Err()
		}
		c, err := new(net.Dialer).DialContext(ctx, "udp", pc.LocalAddr().String())
		if err == nil {
			context.AfterFunc(life, func() { c.Close() })
		}
		return c, err
	}}
}

func reply(query []byte, answer func(string) (net.IP, dnsmessage.RCode)) []byte {
	var m dnsmessage.Message
	if answer == nil || m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	ip, code := answer(strings.TrimSuffix(q.Name.String(), "."))
	m.Header.Response, m.Header.RCode = true, code
	m.Additionals = nil
	header := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
	switch v4 := ip.To4(); {
	case v4 != nil && q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: [4]byte(v4)}}}
	case ip != nil && v4 == nil && q.Type == dnsmessage.TypeAAAA:
		m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AAAAResource{AAAA: [16]byte(ip.To16())}}}
	}
	out, _ := m.Pack()
	return out
}
