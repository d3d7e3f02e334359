package sender

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hooktop/model"
)

// authority is a local CA.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  string
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Local CA"},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA:        true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, _ := x509.ParseCertificate(der)
	return &authority{cert, key, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// leaf is a certificate of the authority for 127.0.0.1, or as change makes it.
func (a *authority) leaf(t testing.TB, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "receiver"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// receiveTLS starts a receiver that answers 200 over TLS.
func receiveTLS(t testing.TB, c *tls.Config) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.TLS = c
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestR26_GoodHTTPSIsVerified(t *testing.T) {
	ca := newAuthority(t)
	cert := ca.leaf(t, nil)
	s, _ := house(t)
	for version, name := range map[uint16]string{tls.VersionTLS12: "1.2", tls.VersionTLS13: "1.3"} {
		h := hookTo(s, receiveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert}, MaxVersion: version}))
		h.TLS.CA = ca.pem
		v := verify(t, s, h)
		if !v.OK || len(v.Warnings) != 0 || stepState(&v, model.StepTLS) != model.StepOK {
			t.Errorf("%+v %+v", v, v.Failure)
		}
		if d := time.Until(v.TLSExpiry); d < 30*time.Minute || d > time.Hour {
			t.Errorf("expiry %s", v.TLSExpiry)
		}
		if a := try(t, s, h); a.TLSVersion != name || a.Timings.TLS <= 0 || a.Outcome != model.OutcomeDelivered {
			t.Errorf("%+v", a)
		}
	}
}

func TestR26_TLSFailuresAreToldApart(t *testing.T) {
	ca, other := newAuthority(t), newAuthority(t)
	serve := func(cert tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{cert}} }
	good := ca.leaf(t, nil)
	for name, c := range map[string]struct {
		config *tls.Config
		want   string
	}{
		"expired":                     {serve(ca.leaf(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })), model.TLSExpired},
		"future":                      {serve(ca.leaf(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) })), model.TLSNotYetValid},
		"unknown":                     {serve(other.leaf(t, nil)), model.TLSUnknownCA},
		"self-signed":                 {serve(tls.Certificate{Certificate: [][]byte{other.cert.Raw}, PrivateKey: other.key}), model.TLSUnknownCA},
		"host":                        {serve(ca.leaf(t, func(c *x509.Certificate) { c.IPAddresses = nil; c.DNSNames = []string{"evil\x1b]0;x\x07.example"} })), model.TLSHostname},
		"tls 1.1":                     {&tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, model.TLSVersion},
		"client certificate, tls 1.3": {&tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAnyClientCert}, model.TLSClientCert},
		"client certificate, tls 1.2": {&tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, model.TLSClientCert},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := house(t)
			h := hookTo(s, receiveTLS(t, c.config))
			h.TLS.CA = ca.pem
			fails(t, s, h, model.CodeTLS, c.want, model.StepTLS)
			if a := try(t, s, h); a.Outcome != model.OutcomeFailed {
				t.Errorf("outcome %s", a.Outcome)
			}
		})
	}
}

func TestR26_PlainHTTPOnTheTLSPort(t *testing.T) {
	in := receive(t, status(200))
	s, _ := house(t)
	fails(t, s, hookTo(s, "https://"+in.Listener.Addr().String()), model.CodeTLS, model.TLSPlainHTTP, model.StepTLS)
}

func TestSkipVerifyAcceptsAnyCertificateAndSaysSo(t *testing.T) {
	ca := newAuthority(t)
	expired := ca.leaf(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	s, _ := house(t)
	h := hookTo(s, receiveTLS(t, &tls.Config{Certificates: []tls.Certificate{expired}}))
	h.TLS.SkipVerify = true
	v := verify(t, s, h)
	if !v.OK || len(v.Warnings) != 1 || v.Warnings[0] != model.WarnSkipVerify || stepState(&v, model.StepTLS) != model.StepWarn {
		t.Errorf("%+v", v)
	}
	h.TLS.SkipVerify = false // and the connections are not shared
	if a := try(t, s, h); a.Outcome != model.OutcomeFailed {
		t.Errorf("outcome %s", a.Outcome)
	}
}

func TestBadCAIsAFault(t *testing.T) {
	s, _ := house(t)
	h := hookTo(s, "https://127.0.0.1:1/")
	h.TLS.CA = "not PEM"
	_, err := s.Verify(t.Context(), h, nil)
	isFault(t, err, model.CodeCA, model.FieldCA)
}

// TestAnEndWithinTheHeadersOverTLS is no answer either: what was cut short may look
// like garbage.
func TestAnEndWithinTheHeadersOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nDat"))
		_ = c.Close() // with close_notify
	}))
	defer server.Close()
	s, _ := house(t)
	h := hookTo(s, server.URL)
	h.TLS.SkipVerify = true
	a := try(t, s, h)
	if a.Outcome != model.OutcomeUnknown || a.Failure.Code != model.CodeReset {
		t.Errorf("outcome %s %+v", a.Outcome, a.Failure)
	}
}
