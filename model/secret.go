package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
)

// Secret is a value that must never be shown by accident: an Authorization value
// or a signing secret. Every way of printing it yields the mask; only Reveal
// gives the value. The value sits behind a pointer so that even reflection-based
// printers that cannot call methods print an address.
type Secret struct{ value *string }

// NewSecret wraps v; the empty string is the absent secret.
func NewSecret(v string) Secret {
	if v == "" {
		return Secret{}
	}
	return Secret{value: &v}
}

// Reveal returns the value in clear.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero reports whether no secret is set.
func (s Secret) IsZero() bool { return s.value == nil }

// Equal reports whether both hold the same value.
func (s Secret) Equal(o Secret) bool { return s.Reveal() == o.Reveal() }

// maskedFrom is the length from which a mask may show the last four characters
// (DOMAIN.md 4.5).
const maskedFrom = 16

// Masked is what may be shown: stars, and for values of 16 characters or more
// the scheme word, if it is a known one, and the last four characters.
func (s Secret) Masked() string {
	v := s.Reveal()
	if v == "" {
		return ""
	}
	if len(v) < maskedFrom {
		return "********"
	}
	scheme := ""
	if word, _, ok := strings.Cut(v, " "); ok && knownScheme(word) {
		scheme = word + " "
	}
	return scheme + "********" + v[len(v)-4:]
}

func knownScheme(word string) bool {
	switch strings.ToLower(word) {
	case "bearer", "basic", "apikey", "api-key", "token", "key", "digest", "hmac":
		return true
	}
	return false
}

// Fingerprint identifies the value among the values of one owner without saying
// it: the first 8 hex digits of SHA-256 over owner, NUL and value. 32 bits are
// enough to see a change and too few to confirm a guess. Empty for no secret.
func (s Secret) Fingerprint(owner string) string {
	if s.IsZero() {
		return ""
	}
	return Fingerprint(owner, s.Reveal())
}

// Fingerprint is the short digest used for URLs and secrets: 8 hex digits.
func Fingerprint(owner, value string) string {
	sum := sha256.Sum256([]byte(owner + "\x00" + value))
	return hex.EncodeToString(sum[:4])
}

// String implements fmt.Stringer with the mask.
func (s Secret) String() string { return s.Masked() }

// Format prints the mask for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.Masked())) }

// MarshalJSON writes the mask.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.Masked()) }

// LogValue logs the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.Masked()) }
