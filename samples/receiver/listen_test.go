package receiver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// start serves r on a free port until the test ends, and returns a client that
// leaves nothing behind.
func start(t *testing.T, r *Receiver) (*Server, *http.Client) {
	t.Helper()
	s, err := Listen("127.0.0.1:0", r)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return s, &http.Client{Transport: transport}
}

func TestServesOverTCP(t *testing.T) {
	r := New(Options{Authorization: model.NewSecret(key), Secrets: []model.Secret{model.NewSecret(secret)}})
	s, client := start(t, r)
	req, err := http.NewRequest(http.MethodPost, s.URL()+"/empower", strings.NewReader(odd))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", key)
	signed(t, secret, "evt_1", time.Now(), odd)(req)
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	rec := last(t, r)
	if resp.StatusCode != 200 || string(rec.Body) != odd || rec.Signature != OK || rec.Path != "/empower" || rec.Header("Host") != s.Addr() {
		t.Errorf("%d, record %+v", resp.StatusCode, rec)
	}
}

func TestPortInUseNamesThePort(t *testing.T) {
	s, _ := start(t, New(Options{}))
	_, err := Listen(s.Addr(), New(Options{}))
	var fault *model.Fault
	if !errors.As(err, &fault) || fault.Code != model.CodePortInUse || fault.Value != s.Addr() {
		t.Errorf("err = %v", err)
	}
}

func TestListensOnLoopbackOnlyUnlessTold(t *testing.T) {
	open := Options{AnyAddress: true}
	keyed := Options{AnyAddress: true, Authorization: model.NewSecret(key)}
	for _, c := range []struct {
		addr string
		opts Options
		code model.Code // empty: it listens
	}{
		{"127.0.0.1:0", Options{}, ""},
		{"127.8.9.1:0", Options{}, ""},
		{"localhost:0", Options{}, ""},
		{":0", Options{}, model.CodeBlockedAddress},
		{"0.0.0.0:0", Options{}, model.CodeBlockedAddress},
		{"[::]:0", Options{}, model.CodeBlockedAddress},
		{"192.0.2.1:0", Options{}, model.CodeBlockedAddress},
		{"example.com:0", Options{}, model.CodeBlockedAddress},
		{"0.0.0.0:0", open, model.CodeBlockedAddress},
		{"0.0.0.0:0", keyed, ""},
		{"127.0.0.1", Options{}, model.CodeUsage},
		{"127.0.0.1:99999", Options{}, model.CodeUsage},
	} {
		t.Run(fmt.Sprint(c.addr, " ", c.opts.AnyAddress), func(t *testing.T) {
			s, err := Listen(c.addr, New(c.opts))
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Close(t.Context()); err != nil {
					t.Error(err)
				}
				return
			}
			var fault *model.Fault
			if !errors.As(err, &fault) || fault.Code != c.code || fault.Field != FieldAddr || fault.Value != c.addr {
				t.Errorf("err = %v, want %s", err, c.code)
			}
		})
	}
}

func TestCloseFreesThePortAndMayBeCalledTwice(t *testing.T) {
	s, err := Listen("127.0.0.1:0", New(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
	again, err := Listen(s.Addr(), New(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close(t.Context())
}

func TestCloseCutsOffWhatOutlastsItsContext(t *testing.T) {
	r := New(Options{})
	r.Play(Stay, Reply{Status: 200, Delay: time.Hour})
	s, err := Listen("127.0.0.1:0", r)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	failed := make(chan error, 1)
	go func() {
		resp, err := client.Post(s.URL(), "application/json", strings.NewReader("{}"))
		if err == nil {
			_ = resp.Body.Close()
		}
		failed <- err
	}()
	if err := r.Wait(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Close(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("Close = %v", err)
	}
	if err := <-failed; err == nil {
		t.Error("the request was answered")
	}
}

func TestABodyThatBreaksOffIsRecorded(t *testing.T) {
	r := New(Options{})
	s, _ := start(t, r)
	conn, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\"")
	_ = conn.(*net.TCPConn).CloseWrite()
	_, _ = bufio.NewReader(conn).ReadString(0)
	_ = conn.Close()
	if err := r.Wait(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if rec := last(t, r); rec.Refusal != RefusedIncomplete || string(rec.Body) != `{"a"` {
		t.Errorf("record %q, body %q", rec.Refusal, rec.Body)
	}
}
