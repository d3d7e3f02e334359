package model

import (
	"bytes"
	"encoding/base64"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"strings"
	"testing"
	"time"
)

func TestCheckURL(t *testing.T) {
	cases := []struct {
		url   string
		code  Code
		value string
	}{
		{"https://crm.example.com/hooks/empower", "", ""},
		{"http://localhost:8787/h/taller?a=b%20c", "", ""},
		{"HTTPS://EXAMPLE.COM", "", ""},
		{"http://[::1]:8080/", "", ""},
		{"http://аpple.com/", "", ""}, // a warning, not a fault
		{"http://exam\u00adple.com/", "", ""},
		{"http://①②⑦.0.0.1/", "", ""}, // what it resolves to is seen at dial time
		{"http://my_service:80/x", "", ""},
		{"http://example.com./", "", ""},
		{"", CodeURLEmpty, ""},
		{"   ", CodeURLEmpty, ""},
		{"ftp://example.com", CodeURLScheme, "ftp"},
		{"file:///etc/passwd", CodeURLScheme, "file"},
		{"javascript:alert(1)", CodeURLScheme, ""},
		{"crm.example.com/hooks", CodeURLScheme, ""},
		{"localhost:8080/x", CodeURLScheme, ""},
		{"127.0.0.1:8080", CodeURLScheme, ""},
		{"//example.com/x", CodeURLScheme, ""},
		{"http://", CodeURLHost, ""},
		{"http:///path", CodeURLHost, ""},
		{"http:example.com", CodeURLHost, ""},
		{"http://:8080/", CodeURLHost, ""},
		{"http://a..b/", CodeURLHost, "a..b"},
		{"http://exa!mple.com/", CodeURLHost, "exa!mple.com"},
		{"http://[::1]x/", CodeURLSyntax, ""},
		{"http://[1.2.3.4]/", CodeURLSyntax, ""},
		{"http://" + strings.Repeat("a", 64) + ".com/", CodeURLHost, strings.Repeat("a", 64) + ".com"},
		{"https://user:pw@example.com/", CodeURLUserinfo, "example.com"},
		{"https://@example.com/", CodeURLUserinfo, "example.com"},
		{"https://example.com/#top", CodeURLFragment, "#top"},
		{"https://example.com:0/", CodeURLPort, "0"},
		{"https://example.com:65536/", CodeURLPort, "65536"},
		{"https://example.com:http/", CodeURLPort, "http"},
		{"https://example.com:/", CodeURLPort, ""},
		{"https://example.com:-1/", CodeURLPort, "-1"},
		{"https://example.com/a b", CodeURLControl, "U+0020"},
		{"https://example.com/\r\nX: y", CodeURLControl, "U+000D"},
		{"https://example.com/\x00", CodeURLControl, "U+0000"},
		{" https://example.com/", CodeURLControl, "U+0020"},
		{"https://example.com/\u0085", CodeURLControl, "U+0085"},
		{"https://example.com/%zz", CodeURLSyntax, ""},
		{"https://example.com/\xff", CodeURLSyntax, ""},
		{"http://a\\b/", CodeURLSyntax, ""},
		{"https://example.com/" + strings.Repeat("a", MaxURL), CodeURLTooLong, ""},
	}
	for _, c := range cases {
		wantFault(t, c.url, CheckURL(c.url), c.code, FieldURL)
		if f := CheckURL(c.url); f != nil && f.Value != c.value {
			t.Errorf("%q: value %q, want %q", c.url, f.Value, c.value)
		}
	}
}

// A URL with credentials in it must not reach a message or a log through a fault.
func TestURLFaultsKeepCredentials(t *testing.T) {
	for _, raw := range []string{"https://u:s3cr3t@h/", "https://u:s3cr3t@h:99999/", "https://u:s3cr3t@h/%zz", "ftp://u:s3cr3t@h/", "https://u:s3c r3t@h"} {
		f := CheckURL(raw)
		if f == nil || strings.Contains(f.Value+f.Error(), "s3c") {
			t.Errorf("%q: fault %v carries the password", raw, f)
		}
	}
}

func TestCheckAuthorization(t *testing.T) {
	cases := map[string]Code{
		"":                             "",
		"Bearer abc":                   "",
		"a  b":                         "",
		"Bearer abc\r\nX: y":           CodeAuthControl,
		"abc\x00":                      CodeAuthControl,
		"a\tb":                         CodeAuthControl,
		"a\x7f":                        CodeAuthControl,
		" abc":                         CodeAuthBlanks,
		"abc ":                         CodeAuthBlanks,
		"clé":                          CodeAuthASCII,
		"abc\xff":                      CodeAuthASCII,
		strings.Repeat("a", MaxAuth):   "",
		strings.Repeat("a", MaxAuth+1): CodeAuthTooLong,
	}
	for value, code := range cases {
		f := CheckAuthorization(value)
		wantFault(t, value, f, code, FieldAuth)
		if f != nil && f.Value != "" {
			t.Errorf("%q: the fault carries a value", value)
		}
	}
}

func TestCheckHeader(t *testing.T) {
	cases := []struct {
		name, value string
		code        Code
	}{
		{"X-Api-Key", "abc", ""},
		{"X-Empty", "", ""},
		{"X-Tab", "a\tb", ""},
		{"X-Name", "José", ""},
		{"", "x", CodeHeaderName},
		{"X Y", "x", CodeHeaderName},
		{"X:Y", "x", CodeHeaderName},
		{"X\r\nY", "x", CodeHeaderName},
		{"Ñ", "x", CodeHeaderName},
		{"Host", "x", CodeHeaderForbidden},
		{"cOnTeNt-LeNgTh", "1", CodeHeaderForbidden},
		{"Content-Type", "text/plain", CodeHeaderForbidden},
		{"Transfer-Encoding", "chunked", CodeHeaderForbidden},
		{"Connection", "close", CodeHeaderForbidden},
		{"Proxy-Authorization", "x", CodeHeaderForbidden},
		{"webhook-id", "x", CodeHeaderForbidden},
		{"Authorization", "x", CodeHeaderForbidden},
		{"X-Hooktop-Test", "true", CodeHeaderForbidden},
		{"User-Agent", "x", CodeHeaderForbidden},
		{"X-A", "a\r\nb", CodeHeaderValue},
		{"X-A", "a\x00", CodeHeaderValue},
		{"X-A", "a\x1b[31m", CodeHeaderValue},
		{"X-A", " a", CodeHeaderValue},
		{"X-A", "a\t", CodeHeaderValue},
		{"X-A", "\xff", CodeHeaderValue},
		{"X-A", strings.Repeat("a", MaxHeader), CodeHeaderTooLong},
	}
	for _, c := range cases {
		f := CheckHeader(Header{c.name, c.value})
		wantFault(t, c.name+": "+c.value, f, c.code, FieldHeader)
		if f != nil && f.Value != c.name {
			t.Errorf("%q: the fault says %q, not the name", c.name, f.Value)
		}
	}
}

func TestCheckSecret(t *testing.T) {
	of := func(n int) string {
		return SecretPrefix + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xa5}, n))
	}
	cases := []struct {
		secret string
		weak   bool
		code   Code
	}{
		{"", false, ""}, {of(24), false, ""}, {of(32), false, ""}, {of(64), false, ""},
		{of(23), true, ""}, {of(1), true, ""},
		{of(65), false, CodeSecretFormat},
		{"whsec_", false, CodeSecretFormat},
		{strings.TrimPrefix(of(32), SecretPrefix), false, CodeSecretFormat},
		{strings.TrimRight(of(32), "="), false, CodeSecretFormat}, // unpadded
		{of(24) + "\n", false, CodeSecretFormat},
		{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!", false, CodeSecretFormat},
	}
	for _, c := range cases {
		weak, f := CheckSecret(c.secret)
		wantFault(t, c.secret, f, c.code, FieldSecret)
		if weak != c.weak {
			t.Errorf("%q: weak %v, want %v", c.secret, weak, c.weak)
		}
		if f != nil && f.Value != "" {
			t.Errorf("%q: the fault carries a value", c.secret)
		}
	}
}

func TestCheckHookReportsFieldsInOrder(t *testing.T) {
	c := NewCatalogue([]string{"call.processed"})
	good := Hook{Name: "crm", URL: "https://example.com", Events: []string{"call.processed"}, State: HookActive}
	if got := CheckHook(good, c); len(got) != 0 {
		t.Fatalf("a good webhook has faults: %v", got)
	}
	empty := good
	empty.Events = nil
	if got := CheckHook(empty, c); len(got) != 1 || got[0].Code != CodeNoTriggers {
		t.Errorf("an active webhook without triggers: %v", got)
	}
	empty.State = HookDraft
	if got := CheckHook(empty, c); len(got) != 0 {
		t.Errorf("a draft may have no triggers: %v", got)
	}
	bad := Hook{
		Name: "\x1b[31m", URL: "ftp://x", Authorization: NewSecret(" x"), Events: []string{"call.unknown"},
		Secret: NewSecret("x"), Headers: []Header{{"Host", "x"}},
		Retry:  Schedule{Waits: []time.Duration{5, 1}},
		Limits: Limits{Total: 2 * time.Minute}, Rate: math.NaN(), Concurrency: 65,
		TLS: TLSPolicy{CA: "not a certificate"},
	}
	want := []Field{FieldName, FieldURL, FieldAuth, FieldTriggers, FieldSecret, FieldHeader, FieldRetry, FieldTimeout, FieldRate, FieldConcurrency, FieldCA}
	got := CheckHook(bad, c)
	if len(got) != len(want) {
		t.Fatalf("%d faults, want %d: %v", len(got), len(want), got)
	}
	for i, f := range got {
		if f.Field != want[i] {
			t.Errorf("fault %d is about %s, want %s", i, f.Field, want[i])
		}
	}
}

func TestCheckName(t *testing.T) {
	wantFault(t, "blank", CheckName(" \t"), CodeNameEmpty, FieldName)
	wantFault(t, "long", CheckName(strings.Repeat("ñ", MaxName+1)), CodeNameTooLong, FieldName)
	wantFault(t, "longest", CheckName(strings.Repeat("ñ", MaxName)), "", FieldName)
	wantFault(t, "newline", CheckName("a\nb"), CodeNameControl, FieldName)
	wantFault(t, "UTF-8", CheckName("a\xff"), CodeNameControl, FieldName)
}

// The list of codes is what translations are tested against: it must be whole.
func TestCodesListsEveryCode(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "fault.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Code" {
			lit := spec.Values[0].(*ast.BasicLit)
			declared = append(declared, Code(strings.Trim(lit.Value, `"`)))
		}
		return true
	})
	if len(declared) < 50 {
		t.Fatalf("found %d codes only", len(declared))
	}
	listed := map[Code]int{}
	for _, c := range Codes() {
		listed[c]++
	}
	for _, c := range declared {
		if listed[c] != 1 {
			t.Errorf("code %s is listed %d times", c, listed[c])
		}
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, s := range []string{"https://example.com/", "http://[::1%25eth0]:80/", "http://u@h", "http://h:1/#", "http:// h"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if CheckURL(raw) == nil && strings.ContainsAny(raw, "\r\n\x00\t #") {
			t.Errorf("%q passed", raw)
		}
	})
}

func FuzzCheckHeader(f *testing.F) {
	f.Add("X-A", "b")
	f.Fuzz(func(t *testing.T, name, value string) {
		if CheckHeader(Header{name, value}) == nil && strings.ContainsAny(name+value, "\r\n\x00") {
			t.Errorf("%q: %q passed", name, value)
		}
	})
}

func wantFault(t *testing.T, input string, f *Fault, code Code, field Field) {
	t.Helper()
	switch {
	case f == nil && code != "":
		t.Errorf("%q: accepted, want %s", input, code)
	case f != nil && code == "":
		t.Errorf("%q: refused with %v", input, f)
	case f != nil && (f.Code != code || f.Field != field):
		t.Errorf("%q: %s about %s, want %s about %s", input, f.Code, f.Field, code, field)
	}
}
