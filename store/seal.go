package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"

	"hooktop/model"
)

const (
	keySize   = 32 // of the data key in bytes (AES-256)
	nonceSize = 12
	tagSize   = 16
)

// sealer encrypts single columns: AES-256-GCM with a random 96-bit nonce in front
// (NIST SP 800-38D). The row's id and the column's name are authenticated with it,
// so that a ciphertext moved to another row or column does not open.
type sealer struct {
	aead   cipher.AEAD
	locked error // why there is no key: a reader that does without
}

func newSealer(key []byte) (*sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &sealer{aead: aead}, nil
}

// seal encrypts plain. Without a key nothing is written in clear: it fails.
func (s *sealer) seal(id, column string, plain []byte) ([]byte, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	b := append(make([]byte, nonceSize, nonceSize+len(plain)+tagSize), plain...)
	return s.sealInPlace(id, column, b), nil
}

// sealInPlace encrypts what follows the first nonceSize bytes of b, which are for the
// nonce. With room for tagSize more bytes nothing is copied.
func (s *sealer) sealInPlace(id, column string, b []byte) []byte {
	nonce := b[:nonceSize]
	rand.Read(nonce) // never fails: crypto/rand ends the process instead
	var ad [96]byte
	return s.aead.Seal(nonce, nonce, b[nonceSize:], appendAssociated(ad[:0], id, column))
}

func (s *sealer) ready() error {
	if s == nil {
		return errNoKey()
	}
	return s.locked
}

// fault is what keeps this process from opening what is sealed; "": nothing.
func (s *sealer) fault() model.Code {
	var f *model.Fault
	if s != nil && errors.As(s.locked, &f) {
		return f.Code
	}
	return ""
}

func (s *sealer) open(id, column string, sealed []byte) ([]byte, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	if len(sealed) < nonceSize {
		return nil, errors.New("sealed column is too short")
	}
	return s.aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], appendAssociated(nil, id, column))
}

func appendAssociated(b []byte, id, column string) []byte {
	return append(append(append(b, id...), 0), column...)
}

// sealSecret encrypts a secret; the absent one is NULL.
func (s *sealer) sealSecret(id, column string, v model.Secret) ([]byte, error) {
	if v.IsZero() {
		return nil, nil
	}
	return s.seal(id, column, []byte(v.Reveal()))
}

func (s *sealer) openSecret(id, column string, sealed []byte) (model.Secret, error) {
	if sealed == nil {
		return model.Secret{}, nil
	}
	plain, err := s.open(id, column, sealed)
	return model.NewSecret(string(plain)), err
}

func errNoKey() error { return &model.Fault{Code: model.CodeKeyMissing, Field: model.FieldKey} }
