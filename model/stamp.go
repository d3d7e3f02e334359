package model

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"
)

// TimeFormat is how times travel: RFC 3339 in UTC with milliseconds.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// Stamp returns body with the values of its top-level "id", "timestamp" and "test"
// overwritten; every other byte stays, and a member that is absent stays absent.
// Duplicate keys are all overwritten. A body that is no JSON object comes back as
// it is. The body given is never changed.
func Stamp(body []byte, id string, at time.Time, test bool) []byte {
	quoted, _ := json.Marshal(id)
	values := map[string][]byte{
		"id":        quoted,
		"timestamp": []byte(`"` + at.UTC().Format(TimeFormat) + `"`),
		"test":      strconv.AppendBool(nil, test),
	}
	var out []byte
	last := 0
	ok := members(body, func(key []byte, start, end int) {
		if v, found := values[string(key)]; found {
			out = append(append(out, body[last:start]...), v...)
			last = end
		}
	})
	if !ok || last == 0 {
		return body
	}
	return append(out, body[last:]...)
}

// Subject is the call a body is about: call_details.call_uuid, else
// call_details.call_id, else "". A number comes as its exact text.
func Subject(body []byte) string {
	s := scan{text: body}
	if subject, ok := s.subject(); ok {
		return subject
	}
	return ""
}

// InspectBody is CheckBody and Subject in one pass.
func InspectBody(body []byte) (subject string, f *Fault) {
	s := scan{text: body}
	if subject, ok := s.subject(); ok && len(body) <= MaxBody && utf8.Valid(body) {
		return subject, nil
	}
	return "", CheckBody(body) // not an object, or at fault
}

// subject reads the whole text, which must be one object.
func (s *scan) subject() (subject string, ok bool) {
	var uuid, id string
	ok = s.members(func(key []byte, start, end int) {
		if string(key) != "call_details" {
			return
		}
		details := s.text[start:end]
		members(details, func(key []byte, start, end int) {
			switch string(key) {
			case "call_uuid":
				uuid = scalar(details[start:end])
			case "call_id":
				id = scalar(details[start:end])
			}
		})
	})
	if uuid != "" {
		return uuid, ok
	}
	return id, ok
}

// scalar is the text of a valid JSON string or number; "" for anything else.
func scalar(raw []byte) string {
	switch c := raw[0]; {
	case c == '-' || ('0' <= c && c <= '9'):
		return string(raw)
	case c != '"':
		return ""
	case bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw):
		return string(raw[1 : len(raw)-1])
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// members visits the members of a JSON object with the range of each value. It
// reports whether the whole text was one object.
func members(text []byte, visit func(key []byte, start, end int)) bool {
	s := scan{text: text}
	return s.members(visit)
}

func (s *scan) members(visit func(key []byte, start, end int)) bool {
	s.space()
	if s.at == len(s.text) || s.text[s.at] != '{' {
		return false
	}
	ok := s.object(1, func(key []byte, start, end int) {
		if bytes.IndexByte(key, '\\') >= 0 || !utf8.Valid(key) {
			key = []byte(scalar([]byte(`"` + string(key) + `"`)))
		}
		visit(key, start, end)
	})
	s.space()
	return ok && s.at == len(s.text)
}
