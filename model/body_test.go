package model

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestCheckBody(t *testing.T) {
	cases := []struct {
		name, body string
		code       Code
		line, col  int
		value      string
	}{
		{"object", `{"a":1}`, "", 0, 0, ""},
		{"any value", ` "x" `, "", 0, 0, ""},
		{"duplicate keys", `{"a":1,"a":2}`, "", 0, 0, ""},
		{"20 digits", `{"id":14820057731904466213}`, "", 0, 0, ""},
		{"lone surrogate", `"\ud800"`, "", 0, 0, ""},
		{"CRLF", "{\r\n}", "", 0, 0, ""},
		{"empty", "", CodeBodyEmpty, 0, 0, ""},
		{"blank", " \n ", CodeBodyEmpty, 0, 0, ""},
		{"BOM", "\ufeff{}", CodeBodyJSON, 1, 1, "\ufeff"},
		{"NaN", `{"a":NaN}`, CodeBodyJSON, 1, 6, "N"},
		{"trailing text", "{}\n x", CodeBodyJSON, 2, 2, "x"},
		{"trailing comma", "{\n  \"año\": 1,\n}", CodeBodyJSON, 3, 1, "}"},
		{"columns are characters", `{"ñandú": x}`, CodeBodyJSON, 1, 11, "x"},
		{"cut off", "{\n  \"a\": ", CodeBodyJSON, 2, 8, ""},
		{"single quotes", `{'a':1}`, CodeBodyJSON, 1, 2, "'"},
		{"broken UTF-8", "{\"a\":\"\n\xff\"}", CodeBodyUTF8, 2, 1, ""},
		{"UTF-16", "\xff\xfe{\x00}\x00", CodeBodyUTF8, 1, 1, ""},
		{"control in string", "\"a\x01\"", CodeBodyJSON, 1, 3, "\x01"},
	}
	for _, c := range cases {
		f := CheckBody([]byte(c.body))
		wantFault(t, c.name, f, c.code, FieldBody)
		if f != nil && (f.Line != c.line || f.Col != c.col || f.Value != c.value) {
			t.Errorf("%s: at %d:%d %q, want %d:%d %q", c.name, f.Line, f.Col, f.Value, c.line, c.col, c.value)
		}
	}
}

func TestCheckBodySizes(t *testing.T) {
	whole := []byte(`"` + strings.Repeat("a", MaxBody-2) + `"`)
	wantFault(t, "largest", CheckBody(whole), "", FieldBody)
	f := CheckBody(append(whole, ' '))
	wantFault(t, "one more", f, CodeBodyTooLarge, FieldBody)
	if f.Limit != MaxBody {
		t.Errorf("limit %d", f.Limit)
	}
	deep := []byte(strings.Repeat("[", 100000) + strings.Repeat("]", 100000))
	f = CheckBody(deep)
	wantFault(t, "100,000 levels", f, CodeBodyJSON, FieldBody)
	if f.Limit != MaxDepth || f.Col != MaxDepth+1 {
		t.Errorf("limit %d at column %d", f.Limit, f.Col)
	}
	if got := Stamp(deep, "x", time.Time{}, true); !bytes.Equal(got, deep) {
		t.Error("Stamp changed a deep body")
	}
}

func TestStampTouchesThreeValuesOnly(t *testing.T) {
	at := time.Date(2026, 3, 12, 10, 41, 7, 312e6, time.FixedZone("CET", 3600))
	const stamp = `"2026-03-12T09:41:07.312Z"`
	cases := []struct{ name, in, want string }{
		{"plain", `{"id":"a","type":"t","timestamp":"b","test":false}`, `{"id":"evt_1","type":"t","timestamp":` + stamp + `,"test":true}`},
		{"spacing and order", "{ \"test\" :\n\tnull ,\r\n \"n\": 1.50e+2, \"id\":  17  }\n", "{ \"test\" :\n\ttrue ,\r\n \"n\": 1.50e+2, \"id\":  \"evt_1\"  }\n"},
		{"duplicates", `{"id":1,"id":{"id":2}}`, `{"id":"evt_1","id":"evt_1"}`},
		{"escaped key", `{"\u0069d":"a"}`, `{"\u0069d":"evt_1"}`},
		{"nested ones stay", `{"call":{"id":"a","test":1},"l":[{"id":2}]}`, `{"call":{"id":"a","test":1},"l":[{"id":2}]}`},
		{"big numbers and odd escapes stay", `{"n":14820057731904466213,"s":"\u00e9\/é","id":0}`, `{"n":14820057731904466213,"s":"\u00e9\/é","id":"evt_1"}`},
		{"none", `{"a":1}`, `{"a":1}`},
		{"array", `[{"id":1}]`, `[{"id":1}]`},
		{"not JSON", `{"id":1`, `{"id":1`},
		{"trailing text", `{"id":1} x`, `{"id":1} x`},
		{"empty object", ` {} `, ` {} `},
	}
	for _, c := range cases {
		in := []byte(c.in)
		if got := string(Stamp(in, "evt_1", at, true)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if string(in) != c.in {
			t.Errorf("%s: the input was changed", c.name)
		}
	}
}

func TestSubject(t *testing.T) {
	cases := map[string]string{
		`{"call_details":{"call_uuid":"u-1","call_id":"7"}}`:  "u-1",
		`{"call_details":{"call_id":"14820057731904466213"}}`: "14820057731904466213",
		`{"call_details":{"call_id": 14820057731904466213 }}`: "14820057731904466213",
		`{"call_details":{"call_uuid":null,"call_id":"7"}}`:   "7",
		`{"call_details":{"call_uuid":"","call_id":"7"}}`:     "7",
		`{"call_details":{"call_uuid":{"a":1}}}`:              "",
		`{"call_details":"x"}`:                                "",
		`{"call_uuid":"u-1"}`:                                 "",
		`{"other":{"call_details":{"call_uuid":"no"}}}`:       "",
		`[]`:                                  "",
		`{"call_details":{"call_uuid":"u-1"}`: "",
	}
	for body, want := range cases {
		if got := Subject([]byte(body)); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// What Stamp returns is again JSON of the same members, whatever came in.
func FuzzStamp(f *testing.F) {
	for _, s := range []string{`{"id":1}`, `{"timestamp":"x","id":[1,{"id":2}]} `, `[]`, `{"test":tru`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := Stamp(body, "evt_1", time.Unix(0, 0), true)
		if CheckBody(body) == nil && CheckBody(got) != nil {
			t.Errorf("%q became %q", body, got)
		}
		if again := Stamp(got, "evt_1", time.Unix(0, 0), true); !bytes.Equal(again, got) {
			t.Errorf("not stable: %q then %q", got, again)
		}
	})
}
