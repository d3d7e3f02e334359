package sender

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// reset makes closing the connection send RST.
func reset(c *net.TCPConn) { _ = c.SetLinger(0) }

func TestHostileReceivers(t *testing.T) {
	ok := "HTTP/1.1 200 OK\r\n"
	for name, c := range map[string]struct {
		talk      func(c *net.TCPConn)
		outcome   model.Outcome
		code      model.Code
		truncated bool
	}{
		"reset after the request":  {reset, model.OutcomeUnknown, model.CodeReset, false},
		"close without an answer":  {func(*net.TCPConn) {}, model.OutcomeUnknown, model.CodeReset, false},
		"close within the headers": {func(c *net.TCPConn) { _ = write(c, ok+"X: ") }, model.OutcomeUnknown, model.CodeReset, false},
		"close within a name":      {func(c *net.TCPConn) { _ = write(c, ok+"Dat") }, model.OutcomeUnknown, model.CodeReset, false},
		"close after a header":     {func(c *net.TCPConn) { _ = write(c, ok+"X: y\r\n") }, model.OutcomeUnknown, model.CodeReset, false},
		"garbage":                  {func(c *net.TCPConn) { _ = write(c, "\x00\x1b]0;hi\x07 SSH-2.0\r\n\r\n") }, model.OutcomeFailed, model.CodeProtocol, false},
		"status 99":                {func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 99 X\r\n\r\n") }, model.OutcomeFailed, model.CodeProtocol, false},
		"status 099":               {func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n") }, model.OutcomeFailed, model.CodeProtocol, false},
		"status 999":               {func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n") }, model.OutcomeFailed, model.CodeProtocol, false},
		"two lengths":              {func(c *net.TCPConn) { _ = write(c, ok+"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab") }, model.OutcomeFailed, model.CodeProtocol, false},
		"control in a header":      {func(c *net.TCPConn) { _ = write(c, ok+"X-A: a\x1b[31mb\r\nContent-Length: 0\r\n\r\n") }, model.OutcomeFailed, model.CodeProtocol, false},
		"reason phrase with escapes": {func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 200 \x1b]52;c;aGk=\x07\r\nContent-Length: 0\r\n\r\n") },
			model.OutcomeDelivered, "", false},
		"end within the body": {func(c *net.TCPConn) { _ = write(c, ok+"Content-Length: 10\r\n\r\nabc") }, model.OutcomeDelivered, "", true},
		"reset within the body": {func(c *net.TCPConn) { _ = write(c, ok+"Content-Length: 10\r\n\r\nabc"); reset(c) },
			model.OutcomeDelivered, "", true},
		"bad chunk":         {func(c *net.TCPConn) { _ = write(c, ok+"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nZZ\r\n") }, model.OutcomeDelivered, "", true},
		"failure cut short": {func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 500 X\r\nContent-Length: 10\r\n\r\nabc") }, model.OutcomeFailed, model.CodeServerError, true},
		"smuggled second answer": {func(c *net.TCPConn) {
			_ = write(c, "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"+ok+"Content-Length: 0\r\n\r\n")
		}, model.OutcomeFailed, model.CodeServerError, false},
		"informational first": {func(c *net.TCPConn) {
			_ = write(c, strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 100)+ok+"Content-Length: 0\r\n\r\n")
		}, model.OutcomeDelivered, "", false},
		"informational flood": {func(c *net.TCPConn) {
			for write(c, "HTTP/1.1 100 Continue\r\n\r\n") == nil {
			}
		}, model.OutcomeFailed, model.CodeProtocol, false},
		"two megabytes of headers": {func(c *net.TCPConn) {
			_ = write(c, ok)
			for range 2 << 10 {
				if write(c, "X-Pad: "+strings.Repeat("x", 1000)+"\r\n") != nil {
					return
				}
			}
		}, model.OutcomeFailed, model.CodeProtocol, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := house(t)
			a := try(t, s, hookTo(s, raw(t, c.talk)))
			if a.Outcome != c.outcome {
				t.Fatalf("outcome %s %+v, want %s", a.Outcome, a.Failure, c.outcome)
			}
			if c.code != "" && a.Failure.Code != c.code {
				t.Errorf("%+v, want %s", a.Failure, c.code)
			}
			if a.Response != nil && a.Response.Truncated != c.truncated {
				t.Errorf("truncated %v of %+v", a.Response.Truncated, a.Response)
			}
			if c.outcome == model.OutcomeDelivered && a.Failure != nil {
				t.Errorf("a 2xx is a success whatever follows: %+v", a.Failure)
			}
			if a.Timings.Total > 2*time.Second {
				t.Errorf("took %s", a.Timings.Total)
			}
		})
	}
}

func TestDripIsASuccessCutShort(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, raw(t, func(c *net.TCPConn) {
		_ = write(c, "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nx")
		silence(c)
	}))
	h.Limits.Total = 60 * time.Millisecond
	a := try(t, s, h)
	if a.Outcome != model.OutcomeDelivered || !a.Response.Truncated || a.Response.BodyRead != 1 || a.Response.ContentLength != 100 {
		t.Errorf("%s %+v", a.Outcome, a.Response)
	}
}

func TestSlowHeadersEndWithTheLimit(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, raw(t, func(c *net.TCPConn) { _ = write(c, "HTTP/1.1 200 OK\r\nX-Slow: "); silence(c) }))
	h.Limits.Headers = 60 * time.Millisecond
	a := try(t, s, h)
	if a.Outcome != model.OutcomeUnknown || a.Failure.Code != model.CodeTimeout || a.Failure.Reason != model.PhaseHeaders {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}

func TestEndlessBodyIsReadToTheCap(t *testing.T) {
	s, _ := house(t)
	block := bytes.Repeat([]byte("0123456789abcdef"), 4096)
	a := try(t, s, hookTo(s, raw(t, func(c *net.TCPConn) {
		_ = write(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
		for {
			if _, err := c.Write(block); err != nil {
				return
			}
		}
	})))
	r := a.Response
	if a.Outcome != model.OutcomeDelivered || len(r.Body) != keepBytes || r.BodyRead != drainBytes || !r.Truncated {
		t.Fatalf("%s kept %d read %d", a.Outcome, len(r.Body), r.BodyRead)
	}
	sum := sha256.Sum256(bytes.Repeat(block, drainBytes/len(block)))
	if r.Digest != hex.EncodeToString(sum[:]) {
		t.Error("the digest is not that of what was read")
	}
}

func TestCaptureAtItsBounds(t *testing.T) {
	s, _ := house(t)
	for _, size := range []int{0, 1, keepBytes - 1, keepBytes, keepBytes + 1, drainBytes, drainBytes + 1} {
		for _, chunked := range []bool{false, true} {
			in := receive(t, func(w http.ResponseWriter, _ *http.Request) {
				if chunked {
					w.(http.Flusher).Flush()
				}
				_, _ = w.Write(make([]byte, size))
			})
			r := try(t, s, hookTo(s, in.URL)).Response
			if len(r.Body) != min(size, keepBytes) || r.BodyRead != int64(min(size, drainBytes)) || r.Truncated != (size > keepBytes) {
				t.Errorf("%d chunked %v: kept %d, read %d, truncated %v", size, chunked, len(r.Body), r.BodyRead, r.Truncated)
			}
		}
	}
}

func TestGzipBombStaysPacked(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	zeros := make([]byte, 1<<20)
	for range 64 {
		_, _ = z.Write(zeros)
	}
	z.Close()
	s, _ := house(t)
	in := receive(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a := try(t, s, hookTo(s, in.URL))
	runtime.ReadMemStats(&after)
	if !bytes.Equal(a.Response.Body, bomb.Bytes()[:min(bomb.Len(), keepBytes)]) {
		t.Error("the body was not kept as it came")
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 {
		t.Errorf("allocated %d bytes", grown)
	}
	if in.requests()[0].header.Get("Accept-Encoding") != "" {
		t.Error("asked for compression")
	}
}
