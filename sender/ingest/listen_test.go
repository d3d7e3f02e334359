package ingest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func listen(t *testing.T, c Config) *Server {
	t.Helper()
	c.Token = model.NewSecret(secretToken)
	s, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Serve(New(c), slog.New(slog.DiscardHandler))
	t.Cleanup(func() {
		_ = s.Close(context.Background())
		if err := <-s.Done(); !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

func TestPortInUse(t *testing.T) {
	s := listen(t, Config{Outbox: &fakeOutbox{}})
	addr := strings.TrimPrefix(s.URL(), "http://")
	_, err := Listen(addr)
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != model.CodePortInUse || f.Value != addr {
		t.Fatal(err)
	}
}

// TestUnservedAddressIsGivenBack when the start fails for another reason.
func TestUnservedAddressIsGivenBack(t *testing.T) {
	for range 2 {
		s, err := Listen("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://")); err == nil {
			t.Fatal("it still listens")
		}
	}
}

// TestHeadersAreBounded answers 431 beyond 16 KiB and takes 11.
func TestHeadersAreBounded(t *testing.T) {
	s := listen(t, Config{Outbox: &fakeOutbox{}})
	for size, want := range map[int]int{11 << 10: 202, 17 << 10: 431} {
		if resp := do(t, request(t, s.URL(), body, "X-Long: "+strings.Repeat("a", size))); resp.StatusCode != want {
			t.Errorf("%d bytes: %s", size, resp.Status)
		}
	}
}

// TestSlowHeadersAreCut ends a connection that does not come to the point.
func TestSlowHeadersAreCut(t *testing.T) {
	t.Parallel()
	s := listen(t, Config{Outbox: &fakeOutbox{}})
	if s.http.ReadTimeout.Seconds() != 5 || s.http.IdleTimeout.Seconds() != 30 {
		t.Fatal("other limits than promised")
	}
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, "POST /v1/events HTTP/1.1\r\nHost: ")
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	start := time.Now()
	if _, err := io.ReadAll(c); err != nil || time.Since(start) > 4*time.Second {
		t.Fatalf("%v after %v", err, time.Since(start))
	}
}

// TestHalfBody is no event, and nothing is acknowledged for it.
func TestHalfBody(t *testing.T) {
	box := &fakeOutbox{}
	s := listen(t, Config{Outbox: box})
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+secretToken+
		"\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{\"type\":")
	_ = c.(*net.TCPConn).CloseWrite()
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 400 || len(box.taken()) != 0 {
		t.Fatal(resp.Status, box.taken())
	}
}

// TestConnectionsAreBounded: who comes when so many are there waits until one of them
// goes, and is answered then.
func TestConnectionsAreBounded(t *testing.T) {
	box := &fakeOutbox{}
	s := listen(t, Config{Outbox: box})
	connect := func() net.Conn {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	send := func(c net.Conn) {
		_, err := fmt.Fprintf(c, "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"+
			"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", secretToken, len(body), body)
		if err != nil {
			t.Fatal(err)
		}
	}
	answered := func(c net.Conn) {
		t.Helper()
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || resp.StatusCode != http.StatusAccepted {
			t.Fatal(resp, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
	}
	first := connect()
	for n := range maxConnections {
		c := first
		if n > 0 {
			c = connect()
		}
		send(c)
		answered(c)
	}
	last := connect()
	send(last)
	for range 100 { // as long as any other request takes
		send(first)
		answered(first)
	}
	if n := len(box.taken()); n != maxConnections+100 {
		t.Errorf("%d events were taken: the last connection did not wait", n)
	}
	_ = first.Close()
	answered(last)
}

func TestToken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "token")
	first, made, err := Token(path)
	if err != nil || !made || len(first.Reveal()) < 26 {
		t.Fatal(made, err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	again, made, err := Token(path)
	if err != nil || made || !again.Equal(first) {
		t.Fatal("another token the second time", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Error("something is left behind", left)
	}
	code := func(want model.Code) {
		t.Helper()
		var f *model.Fault
		if _, _, err := Token(path); !errors.As(err, &f) || f.Code != want {
			t.Error(err)
		}
	}
	_ = os.Chmod(path, 0o644)
	code(model.CodeKeyMode)
	_ = os.Chmod(path, 0o600)
	_ = os.WriteFile(path, []byte("short\n"), 0o600)
	code(model.CodeLimit)
}
