package model

import (
	"crypto/x509"
	"encoding/base64"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a webhook may be given. PRODUCT's "Numbers to keep".
const (
	MaxName        = 80      // characters
	MaxURL         = 2048    // bytes
	MaxAuth        = 4096    // bytes
	MaxHeader      = 4 << 10 // bytes of name and value together
	MaxHeaders     = 64      // lines
	MaxRate        = 1000.0  // deliveries per second
	MinRate        = 0.001   // one in 16 minutes
	MaxConcurrency = 64      // attempts in flight
	MinLimit       = time.Millisecond
	MaxLimit       = time.Minute

	// A signing secret is 24 to 64 random bytes (Standard Webhooks, "Signature
	// scheme"); fewer are accepted and called weak.
	MinSecretBytes = 24
	MaxSecretBytes = 64
)

// SecretPrefix begins a symmetric signing secret.
const SecretPrefix = "whsec_"

// CheckHook returns everything wrong with h that can be seen without a network, a
// clock or a store, in the order of the form's fields. An empty choice of triggers
// is a fault unless h is a draft. Conditions are not checked here.
func CheckHook(h Hook, c Catalogue) []*Fault {
	var out []*Fault
	add := func(f *Fault) {
		if f != nil {
			out = append(out, f)
		}
	}
	add(CheckName(h.Name))
	add(CheckURL(h.URL))
	add(CheckAuthorization(h.Authorization.Reveal()))
	if len(h.Events) == 0 && h.State != HookDraft {
		add(&Fault{Code: CodeNoTriggers, Field: FieldTriggers})
	}
	for _, typ := range h.Events {
		if !c.Has(typ) {
			add(&Fault{Code: CodeUnknownEvent, Field: FieldTriggers, Value: typ})
		}
	}
	_, f := CheckSecret(h.Secret.Reveal())
	add(f)
	if len(h.Headers) > MaxHeaders {
		add(&Fault{Code: CodeLimit, Field: FieldHeader, Limit: MaxHeaders})
	}
	for _, header := range h.Headers {
		add(CheckHeader(header))
	}
	add(CheckSchedule(h.Retry))
	add(CheckLimits(h.Limits))
	add(CheckRate(h.Rate))
	add(CheckConcurrency(h.Concurrency))
	add(CheckCA(h.TLS.CA))
	return out
}

// CheckName accepts 1 to MaxName characters of valid text without controls. That
// no other webhook has the name is for the store to say.
func CheckName(name string) *Fault {
	switch {
	case strings.TrimSpace(name) == "":
		return &Fault{Code: CodeNameEmpty, Field: FieldName}
	case utf8.RuneCountInString(name) > MaxName:
		return &Fault{Code: CodeNameTooLong, Field: FieldName, Limit: MaxName}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return &Fault{Code: CodeNameControl, Field: FieldName}
	}
	return nil
}

// CheckSecret accepts the absent secret and "whsec_" followed by padded standard
// base64 (the Go and JavaScript libraries refuse anything else). Weak reports
// fewer than MinSecretBytes bytes. The fault never carries the value.
func CheckSecret(secret string) (weak bool, f *Fault) {
	if secret == "" {
		return false, nil
	}
	encoded, ok := strings.CutPrefix(secret, SecretPrefix)
	if !ok || strings.ContainsAny(encoded, "\r\n") { // DecodeString skips line ends
		return false, &Fault{Code: CodeSecretFormat, Field: FieldSecret}
	}
	key, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(key) == 0 {
		return false, &Fault{Code: CodeSecretFormat, Field: FieldSecret}
	}
	if len(key) > MaxSecretBytes {
		return false, &Fault{Code: CodeSecretFormat, Field: FieldSecret, Limit: MaxSecretBytes}
	}
	return len(key) < MinSecretBytes, nil
}

// CheckLimits accepts MinLimit to MaxLimit for every phase, and zero for the
// default. Limit of the fault is in milliseconds.
func CheckLimits(l Limits) *Fault {
	for _, d := range []time.Duration{l.Connect, l.TLS, l.Headers, l.Total} {
		if d == 0 {
			continue
		}
		if d < MinLimit {
			return &Fault{Code: CodeLimit, Field: FieldTimeout, Value: d.String(), Limit: int(MinLimit.Milliseconds())}
		}
		if d > MaxLimit {
			return &Fault{Code: CodeLimit, Field: FieldTimeout, Value: d.String(), Limit: int(MaxLimit.Milliseconds())}
		}
	}
	return nil
}

// CheckRate accepts MinRate to MaxRate deliveries per second, and zero for no limit.
func CheckRate(r float64) *Fault {
	if r == 0 || (r >= MinRate && r <= MaxRate && !math.IsNaN(r)) {
		return nil
	}
	return &Fault{Code: CodeLimit, Field: FieldRate, Limit: int(MaxRate)}
}

// CheckConcurrency accepts 1 to MaxConcurrency attempts in flight, and zero for
// the default.
func CheckConcurrency(n int) *Fault {
	if n < 0 || n > MaxConcurrency {
		return &Fault{Code: CodeLimit, Field: FieldConcurrency, Limit: MaxConcurrency}
	}
	return nil
}

// CheckCA accepts no certificate at all, or PEM with at least one in it.
func CheckCA(pem string) *Fault {
	if pem == "" || x509.NewCertPool().AppendCertsFromPEM([]byte(pem)) {
		return nil
	}
	return &Fault{Code: CodeCA, Field: FieldCA}
}
