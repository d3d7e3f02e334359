package sender

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"time"

	"hooktop/model"
)

// phase is how far an attempt has come; its text is the reason of
// model.CodeTimeout.
type phase string

const (
	phaseStart   phase = ""
	phaseDNS     phase = model.PhaseDNS
	phaseConnect phase = model.PhaseConnect
	phaseTLS     phase = model.PhaseTLS
	phaseHeaders phase = model.PhaseHeaders // the request is being written, or the answer awaited
	phaseBody    phase = "body"             // the status is known
)

// countedConn counts what is written, below TLS, and remembers that the other side has
// ended the stream: a header cut short looks like garbage to net/http.
type countedConn struct {
	net.Conn
	written atomic.Int64
	ended   atomic.Bool
}

func (c *countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if errors.Is(err, io.EOF) {
		c.ended.Store(true)
	}
	return n, err
}

func (c *countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.written.Add(int64(n))
	return n, err
}

// trace collects what httptrace tells of one attempt. Its hooks may run in other
// goroutines, and even after the attempt is over: a dial outlives its request.
type trace struct {
	watch func(phase) // called when a phase begins; may be nil

	mu                                   sync.Mutex
	closed, got, asked                   bool
	phase                                phase
	start, dnsStart, connStart, tlsStart time.Time
	wrote, firstByte                     time.Time
	dns, connect, handshake              time.Duration
	remote                               string
	conn                                 *countedConn
	secure                               *tls.Conn // above conn
	before                               int64     // bytes written on conn before this request
	wroteHeaders                         bool
	tls                                  *tls.ConnectionState
}

func newTrace(watch func(phase)) *trace { return &trace{start: time.Now(), watch: watch} }

// traceKey finds the trace of a handshake, which httptrace has no hook for.
type traceKey struct{}

// attach makes ctx carry the trace to net/http and crypto/tls. Most requests find a
// connection: what is traced of a dial is added by the dial.
func (t *trace) attach(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(context.WithValue(ctx, traceKey{}, t), t.hooks())
}

// traceDial makes the ctx of a dial carry the trace of its request to net.
func traceDial(ctx context.Context) context.Context {
	t, ok := ctx.Value(traceKey{}).(*trace)
	if !ok {
		return ctx
	}
	return httptrace.WithClientTrace(ctx, t.dialHooks())
}

// noCertificate answers a receiver that wants a certificate of ours with none, and
// remembers that it asked.
func noCertificate(i *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	if t, ok := i.Context().Value(traceKey{}).(*trace); ok {
		t.note(func() { t.asked = true })
	}
	return &tls.Certificate{}, nil
}

// note runs f unless the attempt is over, then tells of a new phase.
func (t *trace) note(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	was := t.phase
	f()
	if t.phase != was && t.watch != nil {
		t.watch(t.phase)
	}
}

// dialing is note for what comes before the request has its connection; a dial
// that lost the race may go on after that.
func (t *trace) dialing(f func()) {
	t.note(func() {
		if !t.got {
			f()
		}
	})
}

// hooks tell of a request, and of the handshake before it.
func (t *trace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		TLSHandshakeStart: func() {
			t.dialing(func() { t.phase, t.tlsStart = phaseTLS, time.Now() })
		},
		TLSHandshakeDone: func(tls.ConnectionState, error) {
			t.dialing(func() { t.handshake = time.Since(t.tlsStart) })
		},
		GotConn:              t.gotConn,
		WroteHeaders:         func() { t.note(func() { t.wroteHeaders = true }) },
		WroteRequest:         func(httptrace.WroteRequestInfo) { t.note(func() { t.wrote = time.Now() }) },
		GotFirstResponseByte: func() { t.note(func() { t.firstByte = time.Now() }) },
	}
}

// dialHooks tell of the connection.
func (t *trace) dialHooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) {
			t.dialing(func() { t.phase, t.dnsStart = phaseDNS, time.Now() })
		},
		DNSDone: func(httptrace.DNSDoneInfo) {
			t.dialing(func() { t.dns = time.Since(t.dnsStart) })
		},
		ConnectStart: func(_, address string) {
			t.dialing(func() {
				t.phase, t.remote = phaseConnect, address
				if t.connStart.IsZero() {
					t.connStart = time.Now()
				}
			})
		},
		ConnectDone: func(_, _ string, _ error) {
			t.dialing(func() { t.connect = time.Since(t.connStart) })
		},
	}
}

func (t *trace) gotConn(i httptrace.GotConnInfo) {
	t.note(func() {
		t.got, t.phase, t.remote = true, phaseHeaders, i.Conn.RemoteAddr().String()
		c := i.Conn
		if secure, ok := c.(*tls.Conn); ok {
			state := secure.ConnectionState()
			t.tls, t.secure, c = &state, secure, secure.NetConn()
		}
		if counted, ok := c.(*countedConn); ok {
			t.conn, t.before = counted, counted.written.Load()
		}
		if i.Reused {
			t.dns, t.connect, t.handshake = 0, 0, 0
		}
	})
}

// at moves the trace to a phase that httptrace does not know.
func (t *trace) at(p phase) { t.note(func() { t.phase = p }) }

// now returns the phase.
func (t *trace) now() phase {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.phase
}

// askedForCert reports whether the receiver wanted a certificate of ours.
func (t *trace) askedForCert() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asked
}

// left reports whether bytes of the request may have reached the network.
func (t *trace) left() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wroteHeaders && (t.conn == nil || t.conn.written.Load() > t.before)
}

// ended reports whether the receiver has ended the stream, of TCP or of TLS.
func (t *trace) ended() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conn != nil && t.conn.ended.Load() {
		return true
	}
	if t.secure == nil {
		return false
	}
	_ = t.secure.SetReadDeadline(time.Unix(1, 0)) // what is known already, no more
	_, err := t.secure.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

// connected reports whether the request had a connection.
func (t *trace) connected() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.got
}
