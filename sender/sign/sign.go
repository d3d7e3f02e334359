// Package sign makes and checks Standard Webhooks signatures, version 1 of the
// specification: HMAC-SHA256 over "id.timestamp.body", header value
// "v1,<base64>", several separated by blanks while a secret rotates. It is pure
// but for Generate, which reads the system's randomness.
package sign

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"sync"
	"time"

	"hooktop/model"
)

// Names of the headers, as the specification spells them.
const (
	HeaderID        = "webhook-id"
	HeaderTimestamp = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// Tolerance is how far a timestamp may be off, either way.
const Tolerance = 5 * time.Minute

// Why Verify refuses.
var (
	ErrMissingHeader = errors.New("missing signature header")
	ErrTimestamp     = errors.New("timestamp is not a whole number of seconds")
	ErrTooOld        = errors.New("timestamp too old")
	ErrTooNew        = errors.New("timestamp too new")
	ErrNoMatch       = errors.New("no signature matches")
)

// generatedBytes is the size of a secret we make; the specification asks for 24 to 64.
const generatedBytes = 32

// Generate makes a signing secret of 32 random bytes.
func Generate() (model.Secret, error) {
	key := make([]byte, generatedBytes)
	if _, err := rand.Read(key); err != nil {
		return model.Secret{}, fmt.Errorf("read randomness: %w", err)
	}
	return model.NewSecret(model.SecretPrefix + base64.StdEncoding.EncodeToString(key)), nil
}

// Key is a signing secret that is ready to sign. Many goroutines may use it at once.
type Key struct{ macs sync.Pool }

// mac is the work of one signature.
type mac struct {
	hash.Hash
	text []byte
}

// NewKey makes a secret ready. The error is a *model.Fault that never has the secret.
func NewKey(s model.Secret) (*Key, error) {
	if _, f := model.CheckSecret(s.Reveal()); f != nil || s.IsZero() {
		return nil, cmp.Or(f, &model.Fault{Code: model.CodeSecretFormat, Field: model.FieldSecret})
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Reveal(), model.SecretPrefix))
	if err != nil {
		return nil, fmt.Errorf("decode secret: %w", err)
	}
	k := &Key{}
	k.macs.New = func() any { return &mac{Hash: hmac.New(sha256.New, key)} }
	return k, nil
}

// sum is the signature's bytes.
func (k *Key) sum(id, timestamp string, body []byte) [sha256.Size]byte {
	m := k.macs.Get().(*mac)
	defer k.macs.Put(m)
	m.Reset()
	m.text = append(append(append(append(m.text[:0], id...), '.'), timestamp...), '.')
	m.Write(m.text)
	m.Write(body)
	m.text = m.Sum(m.text[:0])
	return [sha256.Size]byte(m.text)
}

// Header is the value of webhook-signature: one "v1,<base64>" for each key, in the
// order given. It is "" when there is none. The body is signed as it is; at counts in
// whole seconds. An id with a dot is refused: it would make the signed text ambiguous.
func Header(keys []*Key, id string, at time.Time, body []byte) (string, error) {
	if id == "" || strings.Contains(id, ".") {
		return "", fmt.Errorf("sign event: id %q is empty or has a dot", id)
	}
	var out []byte
	timestamp := strconv.FormatInt(at.Unix(), 10)
	for i, k := range keys {
		if i > 0 {
			out = append(out, ' ')
		}
		sum := k.sum(id, timestamp, body)
		out = base64.StdEncoding.AppendEncode(append(out, "v1,"...), sum[:])
	}
	return string(out), nil
}

// Headers are the three values a receiver verifies.
type Headers struct{ ID, Timestamp, Signature string }

// Verify accepts a body whose signature matches one of the secrets and whose
// timestamp is within tolerance of now. Signatures of other versions in the list
// are passed over. The comparison takes constant time.
func Verify(secrets []model.Secret, h Headers, body []byte, now time.Time, tolerance time.Duration) error {
	if h.ID == "" || h.Timestamp == "" || h.Signature == "" {
		return ErrMissingHeader
	}
	seconds, err := strconv.ParseInt(h.Timestamp, 10, 64)
	if err != nil {
		return ErrTimestamp
	}
	window := int64(tolerance / time.Second) // whole seconds: a hostile number overflows time.Time
	switch {
	case seconds < now.Unix()-window:
		return ErrTooOld
	case seconds > now.Unix()+window:
		return ErrTooNew
	}
	found := false
	for _, s := range secrets {
		if s.IsZero() {
			continue
		}
		key, err := NewKey(s)
		if err != nil {
			return fmt.Errorf("verify signature: %w", err)
		}
		want := key.sum(h.ID, h.Timestamp, body)
		for part := range strings.FieldsSeq(h.Signature) {
			encoded, ok := strings.CutPrefix(part, "v1,")
			got, err := base64.StdEncoding.DecodeString(encoded)
			if ok && err == nil && hmac.Equal(got, want[:]) {
				found = true
			}
		}
	}
	if !found {
		return ErrNoMatch
	}
	return nil
}
