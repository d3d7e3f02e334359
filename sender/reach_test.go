package sender

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"hooktop/model"
)

func TestR9_InvalidURLsAreNamed(t *testing.T) {
	s, m := house(t)
	for url, reason := range map[string]model.Code{
		"":                           model.CodeURLEmpty,
		"ftp://example.com/":         model.CodeURLScheme,
		"http://":                    model.CodeURLHost,
		"https://u:p@example.com/":   model.CodeURLUserinfo,
		"https://example.com/#x":     model.CodeURLFragment,
		"https://example.com:0/":     model.CodeURLPort,
		"https://exa\x00mple.com/":   model.CodeURLControl,
		"https://ex–\u202eample.com": model.CodeURLHost,
	} {
		h := hookTo(s, url)
		v := verify(t, s, h)
		if v.OK || v.Failure == nil || v.Failure.Code != model.CodeInvalidURL || stepState(&v, model.StepURL) != model.StepFailed {
			t.Errorf("%q: %+v", url, v.Failure)
			continue
		}
		if v.Failure.Reason != string(reason) && !strings.Contains(url, "\u202e") {
			t.Errorf("%q: reason %s, want %s", url, v.Failure.Reason, reason)
		}
		if stored, _ := m.Verifications(t.Context(), h.ID); len(stored) != 1 {
			t.Errorf("%q: not stored", url)
		}
	}
}

// fails verifies and compares failure and failing step.
func fails(t *testing.T, s *Sender, h model.Hook, code model.Code, reason string, step model.StepName) model.Verification {
	t.Helper()
	v := verify(t, s, h)
	if v.OK || v.Failure == nil || v.Failure.Code != code || v.Failure.Reason != reason {
		t.Errorf("got %+v, want %s/%s", v.Failure, code, reason)
	}
	if stepState(&v, step) != model.StepFailed {
		t.Errorf("%s/%s: step %s is not the failed one: %+v", code, reason, step, v.Steps)
	}
	return v
}

func TestR9_NamesThatDoNotResolve(t *testing.T) {
	for code, reason := range map[dnsmessage.RCode]string{
		dnsmessage.RCodeNameError: model.DNSNotFound, dnsmessage.RCodeServerFailure: model.DNSServer,
	} {
		s, _ := house(t, func(c *Config) {
			c.Resolver = nameServer(t, func(string) (net.IP, dnsmessage.RCode) { return nil, code })
		})
		fails(t, s, hookTo(s, "http://crm.example.com/hook"), model.CodeDNS, reason, model.StepDNS)
	}
}

func TestR9_RefusedConnection(t *testing.T) {
	s, _ := house(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	v := fails(t, s, hookTo(s, "http://"+l.Addr().String()), model.CodeRefused, "", model.StepConnect)
	if v.Failure.Host != l.Addr().String() {
		t.Errorf("host %q", v.Failure.Host)
	}
}

func TestR9_TimeoutsNameTheirPhase(t *testing.T) {
	short := 40 * time.Millisecond
	deaf := dialogue(t, silence)
	t.Run("dns", func(t *testing.T) {
		s, _ := house(t, func(c *Config) { c.Resolver = nameServer(t, nil) })
		h := hookTo(s, "http://crm.example.com/")
		h.Limits.Connect = short
		fails(t, s, h, model.CodeTimeout, model.PhaseDNS, model.StepDNS)
	})
	t.Run("connect", func(t *testing.T) {
		s, _ := house(t)
		h := hookTo(s, "http://"+fullBacklog(t))
		h.Limits.Connect = short
		fails(t, s, h, model.CodeTimeout, model.PhaseConnect, model.StepConnect)
	})
	t.Run("tls", func(t *testing.T) {
		s, _ := house(t)
		h := hookTo(s, "https://"+deaf)
		h.Limits.TLS = short
		fails(t, s, h, model.CodeTimeout, model.PhaseTLS, model.StepTLS)
	})
	t.Run("headers", func(t *testing.T) {
		s, _ := house(t)
		h := hookTo(s, "http://"+deaf)
		h.Limits.Headers = short
		fails(t, s, h, model.CodeTimeout, model.PhaseHeaders, model.StepPost)
		if a := try(t, s, h); a.Outcome != model.OutcomeUnknown || a.Timings.Wait < short {
			t.Errorf("bytes left and no answer came: %s %+v", a.Outcome, a.Timings)
		}
	})
	t.Run("total", func(t *testing.T) {
		s, _ := house(t)
		h := hookTo(s, "http://"+deaf)
		h.Limits.Total = short
		fails(t, s, h, model.CodeTimeout, model.PhaseTotal, model.StepPost)
		h.URL = "https://" + deaf
		v := fails(t, s, h, model.CodeTimeout, model.PhaseTotal, model.StepTLS)
		if v.Latency < short || v.Latency > time.Second {
			t.Errorf("latency %s", v.Latency)
		}
		if a := try(t, s, h); a.Outcome != model.OutcomeFailed || a.Timings.TLS < short/2 {
			t.Errorf("no byte of the request left: %s %+v", a.Outcome, a.Timings)
		}
	})
}

// fullBacklog is an address that answers no connection: its queue is full.
func fullBacklog(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	for range 4 { // fill the queue
		c, err := net.DialTimeout("tcp", address, 30*time.Millisecond)
		if err != nil {
			return address
		}
		t.Cleanup(func() { c.Close() })
	}
	t.Skip("this system queues connections beyond the backlog")
	return ""
}

func TestOurOwnFaultsAreNotTheReceivers(t *testing.T) {
	s, _ := house(t)
	for errno, want := range map[syscall.Errno]string{
		syscall.EMFILE: model.LocalDescriptors, syscall.ENFILE: model.LocalDescriptors, syscall.ENOMEM: model.LocalMemory,
		syscall.ENOBUFS: model.LocalMemory, syscall.EADDRNOTAVAIL: model.LocalPorts, syscall.EPERM: model.LocalForbidden,
	} {
		err := fmt.Errorf("x: %w", &net.OpError{Op: "dial", Err: os.NewSyscallError("socket", errno)})
		f := s.wire.classify(err, newTrace(nil), &model.Attempt{URL: "http://127.0.0.1"})
		if f.Code != model.CodeLocal || f.Reason != want || f.FeedsBreaker() {
			t.Errorf("%s: %+v", errno, f)
		}
	}
	for errno, want := range map[syscall.Errno]model.Code{
		syscall.EHOSTUNREACH: model.CodeUnreachable, syscall.ENETUNREACH: model.CodeUnreachable,
		syscall.ECONNREFUSED: model.CodeRefused, syscall.ECONNRESET: model.CodeReset, syscall.ETIMEDOUT: model.CodeTimeout,
	} {
		err := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", errno)}
		if f := s.wire.classify(err, newTrace(nil), &model.Attempt{URL: "http://127.0.0.1"}); f.Code != want {
			t.Errorf("%s: %+v", errno, f)
		}
	}
}

func TestVerifyCanBeCancelled(t *testing.T) {
	s, m := house(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	h := hookTo(s, "http://"+dialogue(t, func(c *net.TCPConn) { cancel(); silence(c) }))
	v, err := s.Verify(ctx, h, nil)
	if err != nil || v.Failure == nil || v.Failure.Code != model.CodeCancelled {
		t.Errorf("%v %+v", err, v.Failure)
	}
	if stored, _ := m.Verifications(t.Context(), h.ID); len(stored) != 0 {
		t.Error("a cancelled verification must not replace what is known")
	}
}

func TestPanicsBecomeOutcomes(t *testing.T) {
	s, _ := house(t, func(c *Config) {
		c.NoProxy = false
		c.Proxy = func(*url.URL) (*url.URL, error) { panic("boom") }
	})
	a := try(t, s, hookTo(s, "http://127.0.0.1:1/"))
	if a.Outcome != model.OutcomeFailed || a.Failure.Code != model.CodeLocal || a.Failure.Reason != model.LocalInternal {
		t.Errorf("%s %+v", a.Outcome, a.Failure)
	}
}
