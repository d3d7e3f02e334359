package model

import "strconv"

// Phases: Reason of CodeTimeout.
const (
	PhaseDNS     = "dns"
	PhaseConnect = "connect"
	PhaseTLS     = "tls"
	PhaseHeaders = "headers" // the request went out, no status line came back
	PhaseTotal   = "total"   // the limit of the whole attempt
)

// Kinds of address: Reason of CodeBlockedAddress.
const (
	AddrLinkLocal   = "link_local"
	AddrMetadata    = "metadata" // where clouds serve credentials
	AddrUnspecified = "unspecified"
	AddrMulticast   = "multicast"
	AddrLoopback    = "loopback" // under --egress public
	AddrPrivate     = "private"  // under --egress public
	AddrReserved    = "reserved" // assigned to nobody, or for documents and tests
)

// Reason of CodeDNS, CodeProxy (beside the proxy's HTTP status) and CodeLocal.
const (
	DNSNotFound = "not_found" // the name does not exist
	DNSServer   = "server"    // the name server failed

	ProxyEgress  = "egress"  // --egress public: behind a proxy the guard is blind
	ProxyToken   = "token"   // Authorization would pass the proxy in clear
	ProxyConnect = "connect" // the proxy cannot be reached

	LocalDescriptors = "descriptors"
	LocalMemory      = "memory"
	LocalPorts       = "ports"
	LocalForbidden   = "forbidden" // our own firewall or sandbox
	LocalInternal    = "internal"  // a fault of ours
)

// ClassifyStatus says why an HTTP status is no delivery; nil for 2xx. Reason is
// the status in decimal.
func ClassifyStatus(status int) *Failure {
	if status >= 200 && status <= 299 {
		return nil
	}
	return &Failure{Code: statusCode(status), Reason: strconv.Itoa(status)}
}

func statusCode(status int) Code {
	switch status {
	case 401, 403:
		return CodeAuthRejected
	case 404, 410:
		return CodeHTTPNotFound
	case 405:
		return CodePostNotAllowed
	case 400, 415, 422:
		return CodeJSONNotAccepted
	case 407: // only a proxy may say so (RFC 9110, section 15.5.8)
		return CodeProxy
	case 429:
		return CodeRateLimited
	}
	switch status / 100 {
	case 3:
		return CodeRedirect
	case 5:
		return CodeServerError
	case 1, 4:
		return CodeHTTPError
	}
	return CodeProtocol // outside 100-599 it is no HTTP status
}

// Status is the HTTP status a failure came from; 0: none.
func (f *Failure) Status() int {
	if f == nil {
		return 0
	}
	switch f.Code {
	case CodeRedirect, CodeAuthRejected, CodeAuthMissing, CodeHTTPNotFound, CodePostNotAllowed, CodeJSONNotAccepted,
		CodeRateLimited, CodeServerError, CodeHTTPError, CodeProxy, CodeProtocol:
		n, _ := strconv.Atoi(f.Reason)
		return n
	}
	return 0
}

// Gone reports that the receiver answered 410: the webhook is disabled at once.
func (f *Failure) Gone() bool { return f.Status() == 410 }

// Retried reports whether the schedule goes on after the failure: everything but
// a success and 410 is tried again.
func (f *Failure) Retried() bool { return f != nil && !f.Gone() }

// FeedsBreaker reports whether the failure counts towards opening the circuit
// breaker: the receiver could not be reached, did not speak HTTP, or said 408, 429
// or 5xx. What is ours (a refused address, a proxy, our own limits) does not.
func (f *Failure) FeedsBreaker() bool {
	if f == nil {
		return false
	}
	switch f.Code {
	case CodeDNS, CodeRefused, CodeUnreachable, CodeReset, CodeTimeout, CodeTLS, CodeProtocol,
		CodeRateLimited, CodeServerError:
		return true
	}
	return f.Status() == 408
}
