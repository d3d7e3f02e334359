package ingest

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
)

// admit decides who may speak; nil for a request that may go on. known: it has the
// token.
func (a *API) admit(r *http.Request, known bool) *problem {
	switch {
	case !knownHost(r.Host, a.Hosts):
		return &problem{code: codeHost}
	case a.cross.Check(r) != nil:
		return &problem{code: codeCrossSite}
	case r.URL.Path != "/healthz" && !known:
		return &problem{code: codeToken}
	}
	return nil
}

// OnlyHosts answers 421 to a request whose Host is neither this machine's own nor one
// of the names (lower case, without a port), and leaves the others to h.
func OnlyHosts(names []string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !knownHost(r.Host, names) {
			http.Error(w, string(codeHost), http.StatusMisdirectedRequest)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// knownHost accepts this machine's own names and those configured, with any port: a
// page that had its own name resolve to our address sends that name.
func knownHost(host string, names []string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	switch host {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return slices.Contains(names, host)
}

// known compares the token in constant time; digests have one length, so that not
// even the token's own is told.
func (a *API) known(authorization string) bool {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || a.Token.IsZero() {
		return false
	}
	got := digest(token)
	return subtle.ConstantTimeCompare(got[:], a.token[:]) == 1
}

func digest(token string) [32]byte { return sha256.Sum256([]byte(token)) }
