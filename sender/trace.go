package sender

import (
	"sync"
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

// trace is what is known of one attempt while it goes on. It belongs to the attempt's
// goroutine, but for connecting.
type trace struct {
	watch func(phase) // called when a phase begins; may be nil

	phase                   phase
	start, end              time.Time // of the attempt; when it is over at the latest
	began                   time.Time // of the phase
	wrote                   time.Time // the last byte of the request
	dns, connect, handshake time.Duration
	asked                   bool   // the receiver wanted a certificate of ours
	conn                    *conn  // that has the request
	before                  int64  // bytes written on conn before this request
	remote                  string // address

	mu     sync.Mutex
	dialed bool
}

func newTrace(watch func(phase)) *trace { return &trace{start: time.Now(), watch: watch} }

// enter begins a phase and measures the one before it.
func (t *trace) enter(p phase) {
	t.measure(time.Now())
	t.phase = p
	if t.watch != nil {
		t.watch(p)
	}
}

func (t *trace) measure(now time.Time) {
	took := now.Sub(t.began)
	switch t.phase {
	case phaseDNS:
		t.dns = took
	case phaseConnect:
		t.connect = took
	case phaseTLS:
		t.handshake = took
	}
	t.began = now
}

// connecting notes an address that is dialled, from any goroutine: a dial that has lost
// against another may go on when the attempt is over.
func (t *trace) connecting(address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.dialed {
		return
	}
	t.remote = address
	if t.phase != phaseConnect {
		t.enter(phaseConnect)
	}
}

// connected ends what connecting may do.
func (t *trace) connected() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dialed = true
}

// carry gives the request to a connection.
func (t *trace) carry(c *conn) {
	t.conn, t.before, t.remote = c, c.line.written.Load(), c.remote
	t.enter(phaseHeaders)
}

// left reports whether bytes of the request have left.
func (t *trace) left() bool { return t.conn != nil && t.conn.line.written.Load() > t.before }
