package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// MaxDepth is the nesting from which a body is refused: encoding/json and most
// receivers stop there too.
const MaxDepth = 10000

// CheckBody accepts one JSON value in valid UTF-8 of at most MaxBody bytes. Line
// and Col of a fault count lines and characters from 1 and point at the first
// character that is wrong; Value is that character, empty when the text ends too
// early. Limit is MaxDepth when the nesting is too deep.
func CheckBody(body []byte) *Fault {
	switch {
	case len(body) > MaxBody:
		return &Fault{Code: CodeBodyTooLarge, Field: FieldBody, Limit: MaxBody}
	case len(bytes.TrimSpace(body)) == 0:
		return &Fault{Code: CodeBodyEmpty, Field: FieldBody}
	case utf8.Valid(body) && validJSON(body):
		return nil
	}
	if i := invalidUTF8(body); i >= 0 {
		f := &Fault{Code: CodeBodyUTF8, Field: FieldBody}
		f.Line, f.Col = position(body, i)
		return f
	}
	var raw json.RawMessage
	err := json.Unmarshal(body, &raw)
	if err == nil {
		return nil
	}
	f := &Fault{Code: CodeBodyJSON, Field: FieldBody, Err: err, Line: 1, Col: 1}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return f
	}
	at := len(body)
	if err.Error() != "unexpected end of JSON input" { // its offset is the length; else one past the culprit
		at = max(0, int(syntax.Offset)-1)
		_, size := utf8.DecodeRune(body[at:])
		f.Value = string(body[at : at+size])
	}
	if bytes.HasSuffix([]byte(err.Error()), []byte("max depth")) {
		f.Limit = MaxDepth
	}
	f.Line, f.Col = position(body, at)
	return f
}

func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// position turns a byte offset into line and column, both from 1; columns count
// characters.
func position(b []byte, offset int) (line, col int) {
	before := b[:min(offset, len(b))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return 1 + bytes.Count(before, []byte{'\n'}), 1 + utf8.RuneCount(before[start:])
}
