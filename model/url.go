package model

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckURL accepts an absolute http or https URL with a host, without userinfo and
// fragment, with a port of 1 to 65535 or none, and without controls or blanks. It
// says nothing about which addresses may be dialled: that is known at dial time
// only. Value of the fault is the part at fault, never a credential.
func CheckURL(raw string) *Fault {
	fault := func(code Code, value string) *Fault {
		return &Fault{Code: code, Field: FieldURL, Value: value}
	}
	switch {
	case strings.TrimSpace(raw) == "":
		return fault(CodeURLEmpty, "")
	case len(raw) > MaxURL:
		return &Fault{Code: CodeURLTooLong, Field: FieldURL, Limit: MaxURL}
	case !utf8.ValidString(raw):
		return fault(CodeURLSyntax, "")
	}
	if i := strings.IndexFunc(raw, controlOrBlank); i >= 0 {
		r, _ := utf8.DecodeRuneInString(raw[i:])
		return fault(CodeURLControl, fmt.Sprintf("U+%04X", r))
	}
	scheme, rest, ok := strings.Cut(raw, ":")
	if !ok || !isHTTP(scheme) {
		if !strings.HasPrefix(rest, "//") {
			scheme = "" // "localhost:8080" and "crm.example.com" have none
		}
		return fault(CodeURLScheme, scheme)
	}
	rest, ok = strings.CutPrefix(rest, "//")
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	switch {
	case !ok || authority == "":
		return fault(CodeURLHost, "")
	case strings.Contains(authority, "@"):
		return fault(CodeURLUserinfo, authority[strings.LastIndex(authority, "@")+1:])
	case strings.Contains(rest, "#"):
		return fault(CodeURLFragment, rest[strings.Index(rest, "#"):])
	}
	return checkAuthority(raw, authority)
}

func checkAuthority(raw, authority string) *Fault {
	fault := func(code Code, value string) *Fault {
		return &Fault{Code: code, Field: FieldURL, Value: value}
	}
	if port, ok := portOf(authority); ok {
		n, err := strconv.ParseUint(port, 10, 32)
		if err != nil || n < 1 || n > 65535 {
			return fault(CodeURLPort, port)
		}
	}
	u, err := url.Parse(raw)
	if err != nil {
		return fault(CodeURLSyntax, "") // the error quotes the whole URL
	}
	if !hostLooksRight(u.Hostname(), strings.HasPrefix(authority, "[")) {
		return fault(CodeURLHost, u.Hostname())
	}
	return nil
}

// portOf returns what follows the colon of an authority, "[::1]:80" included.
func portOf(authority string) (string, bool) {
	i := strings.LastIndexByte(authority, ':')
	if i < 0 || strings.LastIndexByte(authority, ']') > i {
		return "", false
	}
	return authority[i+1:], true
}

// hostLooksRight accepts an IPv6 address in brackets, or dotted labels of letters
// and digits of any script, '-', '_' and invisible characters that IDNA will drop.
// Lengths are those of RFC 1035, section 2.3.4.
func hostLooksRight(host string, bracketed bool) bool {
	if bracketed {
		addr, err := netip.ParseAddr(host)
		return err == nil && addr.Is6()
	}
	host = strings.TrimSuffix(host, ".")
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || (isASCII(label) && len(label) > 63) {
			return false
		}
	}
	return !strings.ContainsFunc(host, func(r rune) bool {
		return r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	})
}

func isHTTP(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

func controlOrBlank(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
