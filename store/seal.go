package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"

	"hooktop/model"
)

// keySize is the length of the data key in bytes (AES-256).
const keySize = 32

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
	nonce := make([]byte, s.aead.NonceSize(), s.aead.NonceSize()+len(plain)+s.aead.Overhead())
	rand.Read(nonce) // never fails: crypto/rand ends the process instead
	return s.aead.Seal(nonce, nonce, plain, associated(id, column)), nil
}

func (s *sealer) ready() error {
	if s == nil {
		return errNoKey()
	}
	return s.locked
}

func (s *sealer) open(id, column string, sealed []byte) ([]byte, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("sealed column is too short")
	}
	return s.aead.Open(nil, sealed[:n], sealed[n:], associated(id, column))
}

func associated(id, column string) []byte { return []byte(id + "\x00" + column) }

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
