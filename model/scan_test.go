package model

import (
	"encoding/json"
	"strings"
	"testing"
)

// deep is an array in an array, n times.
func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func jsonSeeds() []string {
	return []string{
		`{}`, `[]`, ` null `, `true`, `falsey`, `"a\u00e9\n"`, `"\u00g0"`, `"\x"`, "\"\t\"", `-0.5e+10`, `01`, `-`, `1.`, `1e`, `.5`,
		`{"a": [1, {"b": null}], "a": "x"}`, `{"a" 1}`, `{"a":1,}`, `[1,]`, `[1 2]`, `{a:1}`, `"`, `"\`, ``, ` `, `{}{}`, "\ufeff{}", "nul",
		deep(MaxDepth), deep(MaxDepth + 1), `{"\u0069d": 1}`,
	}
}

func TestScanAgreesWithEncodingJSON(t *testing.T) {
	for _, text := range jsonSeeds() {
		if got := validJSON([]byte(text)); got != json.Valid([]byte(text)) {
			t.Errorf("%.40q: %v", text, got)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range jsonSeeds() {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		valid := json.Valid(text)
		if validJSON(text) != valid {
			t.Errorf("%q: encoding/json says %v", text, valid)
		}
		var object map[string]json.RawMessage
		isObject := json.Unmarshal(text, &object) == nil && object != nil
		seen := map[string]string{}
		if members(text, func(key []byte, start, end int) { seen[string(key)] = string(text[start:end]) }) != isObject {
			t.Errorf("%q: an object: %v", text, isObject)
		}
		for key, value := range object {
			if seen[key] != string(value) {
				t.Errorf("%q: %q is %q, want %q", text, key, seen[key], value)
			}
		}
	})
}

func TestInspectBodyIsCheckBodyAndSubject(t *testing.T) {
	more := []string{`{"call_details": {"call_uuid": "u", "call_id": 1}}`, "{\"a\": \"\xff\"}", `{"call_details": {"call_id": 12.50}} x`, `[{"call_details": {}}]`}
	for _, text := range append(more, jsonSeeds()...) {
		subject, f := InspectBody([]byte(text))
		if want := CheckBody([]byte(text)); (f == nil) != (want == nil) || f != nil && (f.Code != want.Code || f.Col != want.Col) {
			t.Errorf("%.40q: %v, want %v", text, f, want)
		}
		if f == nil && subject != Subject([]byte(text)) {
			t.Errorf("%.40q: subject %q", text, subject)
		}
	}
}

func BenchmarkInspectBody(b *testing.B) {
	body := []byte(`{"call_details": {"call_id": 1}, "x": [` + strings.Repeat(`{"speaker": "agent", "text": "buenos días"},`, 45) + `{}]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if subject, f := InspectBody(body); f != nil || subject != "1" {
			b.Fatal("wrong")
		}
	}
}
