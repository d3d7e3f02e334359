package sender

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hooktop/model"
)

// teller starts a receiver that reads whole requests and writes one answer to each, on
// as many connections as it is given; it counts both.
func teller(t testing.TB, answer string) (url string, connections, requests *atomic.Int64) {
	t.Helper()
	connections, requests = new(atomic.Int64), new(atomic.Int64)
	address := dialogue(t, func(c *net.TCPConn) {
		connections.Add(1)
		in := bufio.NewReader(c)
		for {
			r, err := http.ReadRequest(in)
			if err != nil {
				return
			}
			if _, err := io.Copy(io.Discard, r.Body); err != nil {
				return
			}
			requests.Add(1)
			if write(c, answer) != nil {
				return
			}
			if strings.Contains(answer, "until the end") {
				return
			}
		}
	})
	return "http://" + address, connections, requests
}

// again makes an attempt that may share a connection.
func again(ctx context.Context, s *Sender, h model.Hook, body []byte, watch func(phase)) model.Attempt {
	ev := model.Event{ID: "evt_1", Type: "call.processed", Body: body}
	return s.wire.attempt(ctx, recipeOf(&h), envelope{event: ev, delivery: "dlv_1", n: 1}, watch)
}

func TestOnlyCleanConnectionsServeAgain(t *testing.T) {
	ok := "HTTP/1.1 200 OK\r\n"
	for name, c := range map[string]struct {
		answer      string
		connections int64
	}{
		"no body":           {ok + "Content-Length: 0\r\n\r\n", 1},
		"no content":        {"HTTP/1.1 204 No Content\r\n\r\n", 1},
		"a body":            {ok + "Content-Length: 2\r\n\r\nok", 1},
		"chunks":            {ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 1},
		"a failure":         {"HTTP/1.1 500 X\r\nContent-Length: 2\r\n\r\nno", 1},
		"hints first":       {"HTTP/1.1 103 Early Hints\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", 1},
		"says close":        {ok + "Connection: close\r\nContent-Length: 0\r\n\r\n", 3},
		"HTTP/1.0":          {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 3},
		"another answer":    {ok + "Content-Length: 0\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", 3},
		"too long a body":   {ok + "Content-Length: 2\r\n\r\nok!", 3},
		"content after 204": {"HTTP/1.1 204 No Content\r\n\r\nok", 3},
		"until the end":     {ok + "\r\nuntil the end", 3},
		"broken chunks":     {ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nokZZ\r\n", 3},
		"more than is read": {ok + "Content-Length: 300000\r\n\r\n" + strings.Repeat("x", 300000), 3},
		"another protocol":  {"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", 3},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := house(t)
			url, connections, requests := teller(t, c.answer)
			for range 3 {
				if a := again(t.Context(), s, hookTo(s, url), []byte("{}"), nil); a.Response == nil {
					t.Fatalf("%s %+v", a.Outcome, a.Failure)
				}
			}
			if connections.Load() != c.connections || requests.Load() != 3 {
				t.Errorf("%d connections for %d requests, want %d for 3", connections.Load(), requests.Load(), c.connections)
			}
		})
	}
}

// theIdle is the only idle connection of a sender.
func theIdle(t testing.TB, s *Sender) *conn {
	t.Helper()
	idle := s.wire.pool.kept[0].idle
	if len(idle) != 1 {
		t.Fatalf("%d idle connections", len(idle))
	}
	return idle[0]
}

// A connection that its receiver has given up costs nothing, and nothing is sent twice.
func TestStaleConnectionsCostNoAttempt(t *testing.T) {
	for name, end := range map[string]func(c *net.TCPConn){
		"closed":       func(c *net.TCPConn) { c.Close() },
		"reset":        func(c *net.TCPConn) { reset(c); c.Close() },
		"talked first": func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n") },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := house(t)
			var requests atomic.Int64
			give := make(chan func(*net.TCPConn), 1)
			h := hookTo(s, raw(t, func(c *net.TCPConn) {
				requests.Add(1)
				_ = write(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
				if requests.Load() == 1 {
					(<-give)(c)
				}
				silence(c)
			}))
			again(t.Context(), s, h, []byte("{}"), nil)
			old := theIdle(t, s)
			give <- end
			_, _ = old.line.Conn.Read(make([]byte, 1)) // until it has arrived
			a := again(t.Context(), s, h, []byte("{}"), nil)
			if a.Outcome != model.OutcomeDelivered || a.Timings.Connect == 0 || requests.Load() != 2 {
				t.Errorf("%s %+v, %d requests", a.Outcome, a.Failure, requests.Load())
			}
		})
	}
}

// What has not left may go another way within the same attempt.
func TestAConnectionThatTakesNothingIsReplaced(t *testing.T) {
	for _, size := range []int{2, 1 << 20} {
		s, _ := house(t)
		var requests atomic.Int64
		end := make(chan struct{})
		defer close(end)
		h := hookTo(s, raw(t, func(c *net.TCPConn) {
			requests.Add(1)
			_ = write(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
			<-end
		}))
		again(t.Context(), s, h, []byte("{}"), nil)
		_ = theIdle(t, s).line.Conn.(*net.TCPConn).CloseWrite()
		if a := again(t.Context(), s, h, make([]byte, size), nil); a.Outcome != model.OutcomeDelivered || requests.Load() != 2 {
			t.Errorf("%s %+v, %d requests", a.Outcome, a.Failure, requests.Load())
		}
	}
}

func TestAnswersBeforeTheRequestHasGone(t *testing.T) {
	over := make(chan struct{})
	defer close(over)
	for name, then := range map[string]func(*net.TCPConn){
		"and reads no more": func(*net.TCPConn) { <-over },
		"and closes":        func(*net.TCPConn) {},
	} {
		s, _ := house(t)
		h := hookTo(s, "http://"+dialogue(t, func(c *net.TCPConn) {
			if _, err := http.ReadRequest(bufio.NewReaderSize(c, 16)); err == nil {
				_ = write(c, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno")
				then(c)
			}
		}))
		a := again(t.Context(), s, h, make([]byte, 8<<20), nil)
		if a.Response == nil || a.Response.Status != 413 || string(a.Response.Body) != "no" || a.Timings.Total > time.Second {
			t.Errorf("%s: %s %+v after %s", name, a.Outcome, a.Failure, a.Timings.Total)
		}
		if n := len(s.wire.pool.kept[0].idle); n != 0 {
			t.Errorf("%s: half a request, and another may follow it", name)
		}
	}
}

func TestLargeBodiesArriveWhole(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	for i, size := range []int{0, 1, atOnce - 1, atOnce, atOnce + 1, 1 << 20} {
		body := bytes.Repeat([]byte("x"), size)
		a := again(t.Context(), s, hookTo(s, in.URL), body, nil)
		if a.Outcome != model.OutcomeDelivered || in.requests()[i].body != string(body) {
			t.Errorf("%d bytes: %s %+v", size, a.Outcome, a.Failure)
		}
		if i > 0 && a.Timings.Connect != 0 {
			t.Errorf("%d bytes: a connection of its own", size)
		}
	}
}

// The limit is for all headers, however steadily they come.
func TestDrippingHeadersEndWithTheLimit(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, raw(t, func(c *net.TCPConn) {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for line := "HTTP/1.1 200 OK\r\n"; write(c, line) == nil; line = "X: y\r\n" {
			<-tick.C
		}
	}))
	h.Limits.Headers = 60 * time.Millisecond
	a := again(t.Context(), s, h, []byte("{}"), nil)
	if a.Outcome != model.OutcomeUnknown || a.Failure.Code != model.CodeTimeout || a.Failure.Reason != model.PhaseHeaders {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}

func TestHeadersInSmallPieces(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, raw(t, func(c *net.TCPConn) {
		_ = c.SetNoDelay(true)
		for _, b := range []byte("HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\nok") {
			_ = write(c, string(b))
		}
		silence(c)
	}))
	a := again(t.Context(), s, h, []byte("{}"), nil)
	if a.Outcome != model.OutcomeDelivered || a.Response.Get("X-A") != "b" || string(a.Response.Body) != "ok" {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}

func TestAttemptsCanBeCancelledInEveryPhase(t *testing.T) {
	deaf := dialogue(t, silence)
	for at, url := range map[phase]string{
		phaseDNS:     "http://crm.example.com/",
		phaseConnect: "http://" + fullBacklog(t),
		phaseTLS:     "https://" + deaf,
		phaseHeaders: "http://" + deaf,
		phaseBody: raw(t, func(c *net.TCPConn) {
			_ = write(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
			silence(c)
		}),
	} {
		for _, size := range []int{2, 1 << 20} {
			s, _ := house(t, func(c *Config) {
				if at == phaseDNS {
					c.Resolver = nameServer(t, nil)
				}
			})
			ctx, cancel := context.WithCancel(t.Context())
			a := again(ctx, s, hookTo(s, url), make([]byte, size), func(p phase) {
				if p == at {
					cancel()
				}
			})
			cancel()
			if at == phaseBody {
				if a.Outcome != model.OutcomeDelivered || !a.Response.Truncated {
					t.Errorf("%s: %s %+v", at, a.Outcome, a.Failure)
				}
			} else if a.Outcome != model.OutcomeInterrupted || a.Failure.Reason != string(at) {
				t.Errorf("%s: %s %+v", at, a.Outcome, a.Failure)
			}
			if a.Timings.Total > time.Second {
				t.Errorf("%s: took %s", at, a.Timings.Total)
			}
		}
	}
}

// clump holds back what is written until it is told to send it at once.
type clump struct {
	net.Conn
	hold bool
	held []byte
}

func (c *clump) Write(b []byte) (int, error) {
	if !c.hold {
		return c.Conn.Write(b)
	}
	c.held = append(c.held, b...)
	return len(b), nil
}

// An answer nobody asked for is not taken for that of the next request, even when TLS
// has read it already.
func TestASmuggledAnswerOverTLS(t *testing.T) {
	config := &tls.Config{Certificates: []tls.Certificate{newAuthority(t).leaf(t, nil)}}
	for name, c := range map[string]struct {
		extra       string
		connections int64
	}{"one answer": {"", 1}, "two answers": {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 2}} {
		s, _ := house(t)
		var connections atomic.Int64
		h := hookTo(s, "https://"+dialogue(t, func(tcp *net.TCPConn) {
			connections.Add(1)
			line := &clump{Conn: tcp}
			over := tls.Server(line, config)
			in := bufio.NewReader(over)
			for {
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				line.hold = true
				_ = write(over, "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")
				if c.extra != "" {
					_ = write(over, c.extra)
				}
				_ = write(tcp, string(line.held))
				line.hold, line.held = false, nil
			}
		}))
		h.TLS.SkipVerify = true
		for range 2 {
			if a := again(t.Context(), s, h, []byte("{}"), nil); a.Response == nil || a.Response.Status != 500 {
				t.Errorf("%s: %s %+v", name, a.Outcome, a.Failure)
			}
		}
		if connections.Load() != c.connections {
			t.Errorf("%s: %d connections, want %d", name, connections.Load(), c.connections)
		}
	}
}

// FuzzAnswer holds whatever a receiver may say against the caps, and against what a
// clean end is.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 204 No Content\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n",
		"HTTP/1.0 200 OK\r\n\r\nuntil the end", "HTTP/1.1 101 X\r\nUpgrade: y\r\n\r\n", "HTTP/1.1 200 OK\r\nX: ", "SSH-2.0\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		in := bytes.NewReader(said)
		c := &conn{stream: teapot{in}, limit: math.MaxInt64}
		c.in = bufio.NewReader(c)
		resp, err := c.answer()
		if err != nil {
			return
		}
		if head := len(said) - in.Len() - c.in.Buffered(); head > maxHeaderBytes {
			t.Fatalf("%d bytes of headers", head)
		}
		got, whole := capture(resp)
		if len(got.Body) > keepBytes || got.BodyRead > drainBytes || got.BodyRead < int64(len(got.Body)) {
			t.Fatalf("kept %d of %d", len(got.Body), got.BodyRead)
		}
		if whole && !resp.Close && c.spent() && (c.in.Buffered() > 0 || c.ended || resp.StatusCode < 200 || resp.ProtoMinor == 0 && resp.Header.Get("Connection") == "") {
			t.Fatalf("would serve again after %q", said)
		}
	})
}

// teapot is a connection that only says something.
type teapot struct{ io.Reader }

func (teapot) Write([]byte) (int, error)        { return 0, io.ErrClosedPipe }
func (teapot) Close() error                     { return nil }
func (teapot) LocalAddr() net.Addr              { return nil }
func (teapot) RemoteAddr() net.Addr             { return nil }
func (teapot) SetDeadline(time.Time) error      { return nil }
func (teapot) SetReadDeadline(time.Time) error  { return nil }
func (teapot) SetWriteDeadline(time.Time) error { return nil }
