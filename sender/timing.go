package sender

import (
	"crypto/tls"
	"time"

	"hooktop/model"
)

// close fills in what the attempt measured.
func (t *trace) close(a *model.Attempt) {
	end := time.Now()
	t.measure(end)
	if a.Failure == nil || a.Failure.Code != model.CodeBlockedAddress {
		a.RemoteAddr = t.remote
	}
	a.Timings = model.Timings{DNS: t.dns, Connect: t.connect, TLS: t.handshake, Total: end.Sub(t.start)}
	c := t.conn
	if c == nil {
		return
	}
	switch {
	case t.wrote.IsZero():
	case c.first.IsZero():
		a.Timings.Wait = end.Sub(t.wrote)
	default:
		a.Timings.Wait = max(c.first.Sub(t.wrote), 0)
		a.Timings.Body = end.Sub(c.first)
	}
	if c.tls != nil {
		a.TLSVersion = versionName(c.tls.Version)
		if len(c.tls.PeerCertificates) > 0 {
			a.TLSExpiry = c.tls.PeerCertificates[0].NotAfter
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
