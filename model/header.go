package model

import (
	"strings"
	"unicode/utf8"
)

// CheckAuthorization accepts the absent value and up to MaxAuth printable ASCII
// characters that neither begin nor end with a blank: what is typed is what is
// sent, so nothing is trimmed. The fault never carries the value.
func CheckAuthorization(value string) *Fault {
	fault := func(code Code) *Fault { return &Fault{Code: code, Field: FieldAuth} }
	switch {
	case strings.ContainsFunc(value, isControlByte):
		return fault(CodeAuthControl)
	case !isASCII(value):
		return fault(CodeAuthASCII)
	case strings.TrimSpace(value) != value:
		return fault(CodeAuthBlanks)
	case len(value) > MaxAuth:
		return &Fault{Code: CodeAuthTooLong, Field: FieldAuth, Limit: MaxAuth}
	}
	return nil
}

// forbiddenHeaders are lower case. A trailing '-' forbids a whole family.
var forbiddenHeaders = []string{
	// hop-by-hop and framing (RFC 9110, section 7.6.1; RFC 9112)
	"connection", "keep-alive", "proxy-", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings", "expect",
	// of the request itself
	"host", "content-", "user-agent", "authorization",
	// ours
	"webhook-", "x-hooktop-", "validation-token",
}

// ForbiddenHeader reports whether a webhook may not set the header itself.
func ForbiddenHeader(name string) bool {
	name = strings.ToLower(name)
	for _, f := range forbiddenHeaders {
		if name == f || (strings.HasSuffix(f, "-") && strings.HasPrefix(name, f)) {
			return true
		}
	}
	return false
}

// CheckHeader accepts a token (RFC 9110, section 5.6.2) that is not forbidden as
// the name, and as the value text without controls but tab and without blanks at
// its ends. The fault's Value is the name: values may be credentials.
func CheckHeader(h Header) *Fault {
	fault := func(code Code) *Fault { return &Fault{Code: code, Field: FieldHeader, Value: h.Name} }
	switch {
	case h.Name == "" || strings.ContainsFunc(h.Name, notToken):
		return fault(CodeHeaderName)
	case ForbiddenHeader(h.Name):
		return fault(CodeHeaderForbidden)
	case !utf8.ValidString(h.Value), strings.TrimSpace(h.Value) != h.Value,
		strings.ContainsFunc(strings.ReplaceAll(h.Value, "\t", ""), isControlByte):
		return fault(CodeHeaderValue)
	case len(h.Name)+len(h.Value) > MaxHeader:
		f := fault(CodeHeaderTooLong)
		f.Limit = MaxHeader
		return f
	}
	return nil
}

func isControlByte(r rune) bool { return r < 0x20 || r == 0x7f }

func notToken(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return r >= utf8.RuneSelf || !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}
