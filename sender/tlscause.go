package sender

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"

	"hooktop/model"
)

// tlsCause names a failure of the handshake, or returns nil. asked says that the
// receiver wanted a certificate of ours.
func tlsCause(err error, now time.Time, asked bool) *model.Failure {
	if reason := tlsReason(err, now, asked); reason != "" {
		return &model.Failure{Code: model.CodeTLS, Reason: reason}
	}
	return nil
}

func tlsReason(err error, now time.Time, asked bool) string {
	var (
		invalid x509.CertificateInvalidError
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
		roots   x509.SystemRootsError
		record  tls.RecordHeaderError
		verify  *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if invalid.Cert != nil && now.Before(invalid.Cert.NotBefore) {
			return model.TLSNotYetValid
		}
		return model.TLSExpired
	case errors.As(err, &host):
		return model.TLSHostname
	case errors.As(err, &unknown), errors.As(err, &roots):
		return model.TLSUnknownCA
	case errors.As(err, &record):
		if strings.HasPrefix(string(record.RecordHeader[:]), "HTTP") {
			return model.TLSPlainHTTP
		}
		return model.TLSOther
	case errors.As(err, &verify):
		return model.TLSOther
	}
	return alertReason(err, asked)
}

// Alerts of RFC 8446, section 6, by the meaning they have for a person.
const (
	alertHandshakeFailure    = tls.AlertError(40)
	alertBadCertificate      = tls.AlertError(42)
	alertUnsupportedCert     = tls.AlertError(43)
	alertCertificateUnknown  = tls.AlertError(46)
	alertUnknownCA           = tls.AlertError(48)
	alertAccessDenied        = tls.AlertError(49)
	alertProtocolVersion     = tls.AlertError(70)
	alertCertificateRequired = tls.AlertError(116)
)

// alertReason names an alert of the receiver or a complaint of our own TLS stack.
// crypto/tls gives alerts a type of their own only under QUIC, hence the texts.
func alertReason(err error, asked bool) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "remote error" {
		switch op.Err.Error() {
		case alertProtocolVersion.Error():
			return model.TLSVersion
		case alertHandshakeFailure.Error(), alertBadCertificate.Error(), alertUnsupportedCert.Error(),
			alertCertificateUnknown.Error(), alertUnknownCA.Error(), alertAccessDenied.Error(), alertCertificateRequired.Error():
			if asked {
				return model.TLSClientCert // we sent none
			}
		}
		return model.TLSOther
	}
	switch text := err.Error(); {
	case strings.HasPrefix(text, "tls: ") && strings.Contains(text, "unsupported protocol version"):
		return model.TLSVersion
	case strings.HasPrefix(text, "tls: "), strings.HasPrefix(text, "x509: "):
		return model.TLSOther
	}
	return ""
}

// expiryOf is when a refused certificate ends, if that is known.
func expiryOf(err error) time.Time {
	var verify *tls.CertificateVerificationError
	if errors.As(err, &verify) && len(verify.UnverifiedCertificates) > 0 {
		return verify.UnverifiedCertificates[0].NotAfter
	}
	return time.Time{}
}
