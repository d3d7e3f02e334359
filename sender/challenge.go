package sender

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"hooktop/model"
)

// newChallenge is 24 random bytes in base64url.
func newChallenge() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// verificationEvent mints the event that Verify sends: the sample of the type, with
// its identity put in place, and challenge and webhook if it is the one made for
// verifying; every other byte stays.
func (s *Sender) verificationEvent(h model.Hook, typ, challenge string) (model.Event, error) {
	body, err := s.samples.Body(typ, "en")
	if err != nil {
		return model.Event{}, fmt.Errorf("read verification sample: %w", err)
	}
	if !gjson.ValidBytes(body) || !gjson.ParseBytes(body).IsObject() {
		return model.Event{}, fmt.Errorf("read verification sample: no JSON object")
	}
	at := s.now()
	id := s.newID("evt_")
	body = model.Stamp(bytes.Clone(body), id, at, true)
	if typ != model.VerificationType {
		return model.Event{ID: id, Type: typ, Body: body, CreatedAt: at, Test: true}, nil
	}
	for _, m := range []struct{ path, value string }{
		{"challenge", challenge}, {"webhook.id", h.ID}, {"webhook.name", h.Name},
	} {
		if body, err = sjson.SetRawBytes(body, m.path, quote(m.value)); err != nil {
			return model.Event{}, fmt.Errorf("fill in %s: %w", m.path, err)
		}
	}
	return model.Event{ID: id, Type: model.VerificationType, Body: body, CreatedAt: at}, nil
}

// quote writes a JSON string without the escapes that only HTML needs.
func quote(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return bytes.TrimSpace(b.Bytes())
}
