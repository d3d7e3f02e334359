package sender

import (
	"crypto/tls"
	"time"

	"hooktop/model"
)

// close ends the trace and fills in what the attempt measured.
func (t *trace) close(a *model.Attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	end := time.Now()
	t.cut(end)
	if a.Failure == nil || a.Failure.Code != model.CodeBlockedAddress {
		a.RemoteAddr = t.remote
	}
	a.Timings = model.Timings{DNS: t.dns, Connect: t.connect, TLS: t.handshake, Total: end.Sub(t.start)}
	switch {
	case t.wrote.IsZero():
	case t.firstByte.IsZero():
		a.Timings.Wait = end.Sub(t.wrote)
	default:
		a.Timings.Wait = max(t.firstByte.Sub(t.wrote), 0)
		a.Timings.Body = end.Sub(t.firstByte)
	}
	if t.tls != nil {
		a.TLSVersion = versionName(t.tls.Version)
		if len(t.tls.PeerCertificates) > 0 {
			a.TLSExpiry = t.tls.PeerCertificates[0].NotAfter
		}
	}
}

// cut measures the phase in which the attempt ended before it was over.
func (t *trace) cut(end time.Time) {
	for _, p := range []struct {
		phase phase
		start time.Time
		took  *time.Duration
	}{{phaseDNS, t.dnsStart, &t.dns}, {phaseConnect, t.connStart, &t.connect}, {phaseTLS, t.tlsStart, &t.handshake}} {
		if t.phase == p.phase && *p.took == 0 {
			*p.took = end.Sub(p.start)
		}
	}
}

func versionName(v uint16) string {
	switch v {
	case tls.VersionTLS12:
		return "1.2"
	case tls.VersionTLS13:
		return "1.3"
	}
	return tls.VersionName(v)
}
