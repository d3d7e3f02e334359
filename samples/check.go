package samples

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"hooktop/model"
)

// maxType is the longest event type, in bytes.
const maxType = 100

// validType reports whether typ is two or more dotted words of a-z, 0-9 and _
// (Standard Webhooks, "Event types", which also allows capitals).
func validType(typ string) bool {
	if len(typ) > maxType || !strings.Contains(typ, ".") {
		return false
	}
	for word := range strings.SplitSeq(typ, ".") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return true
}

// checkBody says what keeps b from being the sample of typ, and where: a sample
// is a JSON object whose top-level "type", if it has one, is typ.
func checkBody(typ string, b []byte) *model.Fault {
	if fault := model.CheckBody(b); fault != nil {
		return fault
	}
	doc := gjson.ParseBytes(b)
	if !doc.IsObject() {
		line, col := position(b, len(b)-len(bytes.TrimLeft(b, " \t\r\n")))
		return &model.Fault{Code: model.CodeBodyJSON, Field: model.FieldBody, Line: line, Col: col}
	}
	if got := doc.Get("type"); got.Exists() && got.String() != typ {
		line, col := position(b, got.Index)
		return &model.Fault{Code: model.CodeEventName, Value: got.String(), Line: line, Col: col}
	}
	return nil
}

// position turns an offset into a line and a column, both from 1; columns count
// characters.
func position(b []byte, offset int) (line, col int) {
	before := b[:min(offset, len(b))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}
