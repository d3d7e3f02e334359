package sign

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"hooktop/model"
)

// Mistake is a known way to get a signature wrong.
type Mistake string

// The mistakes. What is signed is the text "id.timestamp.body"; the key is the secret
// without its prefix, decoded from base64.
const (
	HeadersMissing  Mistake = "headers_missing"  // one of the three is not there
	TimestampText   Mistake = "timestamp_text"   // no whole number
	TimestampMillis Mistake = "timestamp_millis" // milliseconds, not seconds
	TimestampOld    Mistake = "timestamp_old"    // more than Tolerance ago
	TimestampAhead  Mistake = "timestamp_ahead"  // more than Tolerance ahead: a clock is wrong
	BodyLineEnd     Mistake = "body_line_end"    // its last line end is missing or too much
	BodyRewritten   Mistake = "body_rewritten"   // it was parsed and written again
	SecretWhole     Mistake = "secret_whole"     // all of its text was the key, prefix and all
	SecretUndecoded Mistake = "secret_undecoded" // the text behind the prefix was the key
	SignedBody      Mistake = "signed_body"      // the body alone was signed
	SignedNoID      Mistake = "signed_no_id"     // "timestamp.body" was signed
	WrittenHex      Mistake = "written_hex"      // hexadecimal, not base64
	WrittenURL      Mistake = "written_url"      // base64 of URLs, or without padding
	WrittenBare     Mistake = "written_bare"     // without "v1,", or with something else
	NoMatch         Mistake = "no_match"         // the bytes or the secret; nothing was tried
	Unknown         Mistake = "unknown"          // none of these: another secret, or other bytes
)

// Mistakes lists all of them.
func Mistakes() []Mistake {
	return []Mistake{HeadersMissing, TimestampText, TimestampMillis, TimestampOld, TimestampAhead, BodyLineEnd, BodyRewritten,
		SecretWhole, SecretUndecoded, SignedBody, SignedNoID, WrittenHex, WrittenURL, WrittenBare, NoMatch, Unknown}
}

// Refusal says why Verify refuses; nothing when it does not. The error is about a secret.
func Refusal(secrets []model.Secret, h Headers, body []byte, now time.Time) ([]Mistake, error) {
	err := Verify(secrets, h, body, now, Tolerance)
	switch {
	case err == nil:
		return nil, nil
	case errors.Is(err, ErrMissingHeader):
		return []Mistake{HeadersMissing}, nil
	case errors.Is(err, ErrTimestamp):
		return []Mistake{TimestampText}, nil
	case errors.Is(err, ErrTooOld):
		return []Mistake{TimestampOld}, nil
	case errors.Is(err, ErrTooNew) && len(h.Timestamp) == len("1700000000000"):
		return []Mistake{TimestampMillis}, nil
	case errors.Is(err, ErrTooNew):
		return []Mistake{TimestampAhead}, nil
	case errors.Is(err, ErrNoMatch):
		return []Mistake{NoMatch}, nil
	}
	return nil, err
}

// Explain says why Verify refuses: the fewest mistakes that together make the signature
// what it is, whoever made them, sender or receiver. A good signature has none. The error
// is about a secret.
func Explain(secrets []model.Secret, h Headers, body []byte, now time.Time) ([]Mistake, error) {
	mistakes, err := Refusal(secrets, h, body, now)
	if err != nil || len(mistakes) == 0 || mistakes[0] == HeadersMissing {
		return mistakes, err
	}
	if mistakes[0] == NoMatch {
		mistakes = nil
	}
	keys, err := keysOf(secrets)
	if err != nil {
		return nil, err
	}
	others, found := fewest(signaturesIn(h.Signature), keys, texts(h), bodies(body))
	if !found {
		others = []Mistake{Unknown}
	}
	return append(mistakes, others...), nil
}

// variant is a way to do one thing, and the mistakes in it.
type variant struct {
	value    []byte
	mistakes []Mistake
}

// fewest finds the signature that is made with the fewest mistakes; of as many the first.
func fewest(signatures, keys, texts, bodies []variant) (best []Mistake, found bool) {
	for _, key := range keys {
		for _, text := range texts {
			for _, body := range bodies {
				mac := hmac.New(sha256.New, key.value)
				mac.Write(text.value)
				mac.Write(body.value)
				sum := mac.Sum(nil)
				for _, s := range signatures {
					if !hmac.Equal(sum, s.value) {
						continue
					}
					all := slices.Concat(body.mistakes, key.mistakes, text.mistakes, s.mistakes)
					if !found || len(all) < len(best) {
						best, found = all, true
					}
				}
			}
		}
	}
	return best, found
}

func keysOf(secrets []model.Secret) ([]variant, error) {
	var out []variant
	for _, s := range secrets {
		if s.IsZero() {
			continue
		}
		if _, err := NewKey(s); err != nil {
			return nil, err
		}
		encoded := strings.TrimPrefix(s.Reveal(), model.SecretPrefix)
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, err
		}
		out = append(out, variant{value: key}, variant{[]byte(s.Reveal()), []Mistake{SecretWhole}})
		if encoded != s.Reveal() {
			out = append(out, variant{[]byte(encoded), []Mistake{SecretUndecoded}})
		}
	}
	return out, nil
}

// texts stand before the body in what is signed.
func texts(h Headers) []variant {
	return []variant{
		{value: []byte(h.ID + "." + h.Timestamp + ".")},
		{[]byte(h.Timestamp + "."), []Mistake{SignedNoID}},
		{nil, []Mistake{SignedBody}},
	}
}

// signaturesIn are the sums that a header holds, however it writes them.
func signaturesIn(header string) []variant {
	var out []variant
	for part := range strings.FieldsSeq(header) {
		encoded, versioned := strings.CutPrefix(part, "v1,")
		var mistakes []Mistake
		if !versioned {
			mistakes = append(mistakes, WrittenBare)
			if at := strings.IndexAny(encoded, ",="); at >= 0 && at < len("sha256=") { // "v1=", "sha256="
				encoded = encoded[at+1:]
			}
		}
		bare := strings.TrimRight(encoded, "=")
		if sum, err := base64.StdEncoding.DecodeString(encoded); err == nil && len(sum) == sha256.Size {
			out = append(out, variant{sum, mistakes})
		} else if sum, err := base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(bare)); err == nil && len(sum) == sha256.Size {
			out = append(out, variant{sum, append(mistakes, WrittenURL)})
		} else if sum, err := hex.DecodeString(encoded); err == nil && len(sum) == sha256.Size {
			out = append(out, variant{sum, append(mistakes, WrittenHex)})
		}
	}
	return out
}

// bodies are a body and what it may have been before, or is after, it was handled.
func bodies(body []byte) []variant {
	out := []variant{{value: body}}
	bare := bytes.TrimRight(body, "\r\n")
	for _, b := range [][]byte{bare, append(bytes.Clone(bare), '\n'), append(bytes.Clone(bare), '\r', '\n')} {
		if !bytes.Equal(b, body) {
			out = append(out, variant{b, []Mistake{BodyLineEnd}})
		}
	}
	if !json.Valid(body) {
		return out
	}
	var compact, two, four, tabs bytes.Buffer
	_ = json.Compact(&compact, body) // it is valid
	_ = json.Indent(&two, compact.Bytes(), "", "  ")
	_ = json.Indent(&four, compact.Bytes(), "", "    ")
	_ = json.Indent(&tabs, compact.Bytes(), "", "\t")
	for _, b := range [][]byte{bare, compact.Bytes(), spaced(compact.Bytes()), two.Bytes(), four.Bytes(), tabs.Bytes()} {
		for _, b := range [][]byte{b, escaped(b), unescaped(b)} {
			for _, end := range []string{"", "\n"} {
				out = append(out, variant{append(bytes.Clone(b), end...), []Mistake{BodyRewritten}})
			}
		}
	}
	return out
}

// spaced writes compact JSON with a blank after each colon and comma, as Python does.
func spaced(compact []byte) []byte {
	var out []byte
	quoted := false
	for i, c := range compact {
		out = append(out, c)
		switch {
		case c == '"' && !escapedAt(compact, i):
			quoted = !quoted
		case (c == ':' || c == ',') && !quoted:
			out = append(out, ' ')
		}
	}
	return out
}

// escapedAt reports whether an odd number of backslashes stands before a place.
func escapedAt(b []byte, at int) bool {
	n := 0
	for at-n > 0 && b[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// escaped writes what is not ASCII as \u escapes, which only strings have.
func escaped(b []byte) []byte {
	if !utf8.Valid(b) {
		return b
	}
	var out []byte
	for _, r := range string(b) {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = append(out, '\\', 'u')
			out = hex.AppendEncode(out, []byte{byte(unit >> 8), byte(unit)})
		}
	}
	return out
}

// unescaped writes \u escapes of what is not ASCII, and of <, > and &, as the characters.
func unescaped(b []byte) []byte {
	var out []byte
	for at := 0; at < len(b); {
		r, n := escapeAt(b, at)
		if r >= utf8.RuneSelf || strings.ContainsRune("<>&", r) && n > 0 {
			out = utf8.AppendRune(out, r)
			at += n
			continue
		}
		out = append(out, b[at])
		at++
	}
	return out
}

// escapeAt reads the \u escape, or the pair of them, at a place; 0, 0 for none.
func escapeAt(b []byte, at int) (r rune, n int) {
	unit := func(at int) (rune, bool) {
		var two [2]byte
		if at+6 > len(b) || b[at] != '\\' || b[at+1] != 'u' || escapedAt(b, at) {
			return 0, false
		}
		_, err := hex.Decode(two[:], b[at+2:at+6])
		return rune(two[0])<<8 | rune(two[1]), err == nil
	}
	first, ok := unit(at)
	switch {
	case !ok:
		return 0, 0
	case !utf16.IsSurrogate(first):
		return first, 6
	}
	second, ok := unit(at + 6)
	if r := utf16.DecodeRune(first, second); ok && r != utf8.RuneError {
		return r, 12
	}
	return 0, 0
}
