package model

import "time"

// VerifyState is what the word beside a URL says (DOMAIN.md 4.3).
type VerifyState string

const (
	Unverified   VerifyState = "unverified"    // never, or the URL has changed since
	Verified     VerifyState = "verified"      // some 2xx
	VerifiedEcho VerifyState = "verified_echo" // 2xx and the challenge came back
	VerifyFailed VerifyState = "failed"
	VerifyStale  VerifyState = "stale" // verified, but Authorization has changed since
)

// OK reports whether the URL counts as verified now.
func (s VerifyState) OK() bool { return s == Verified || s == VerifiedEcho }

// Echo is where the challenge was found in the answer.
type Echo string

const (
	EchoNone   Echo = ""
	EchoJSON   Echo = "json"   // top-level JSON "challenge"
	EchoText   Echo = "text"   // the whole body
	EchoForm   Echo = "form"   // challenge=... as a form field
	EchoHeader Echo = "header" // Validation-Token response header
)

// KeyCheck is what the request without the key came to.
type KeyCheck string

const (
	KeySkipped  KeyCheck = "skipped"  // neither Authorization nor secret set, or switched off
	KeyEnforced KeyCheck = "enforced" // 401 or 403 without the key
	KeyOpen     KeyCheck = "open"     // 2xx without the key
	KeyUnknown  KeyCheck = "unknown"  // anything else
)

// StepName is one line of the verify checklist.
type StepName string

const (
	StepURL     StepName = "url"
	StepDNS     StepName = "dns"
	StepConnect StepName = "connect"
	StepTLS     StepName = "tls"
	StepPost    StepName = "post"
	StepEcho    StepName = "echo"
	StepKey     StepName = "key"
)

// StepState is how far a step has come.
type StepState string

const (
	StepPending StepState = "pending"
	StepRunning StepState = "running"
	StepOK      StepState = "ok"
	StepWarn    StepState = "warn" // done, with something to know
	StepFailed  StepState = "failed"
	StepSkipped StepState = "skipped"
)

// Step is one line of the checklist.
type Step struct {
	Name  StepName      `json:"name"`
	State StepState     `json:"state"`
	Took  time.Duration `json:"took"`
}

// Warning is something to know about a URL that does not stop it.
type Warning string

const (
	WarnHTML         Warning = "html"          // the 2xx answer is an HTML page
	WarnHTTP         Warning = "http"          // plain http to a host that is not loopback
	WarnHTTPToken    Warning = "http_token"    // and an Authorization value travels on it
	WarnSharedURL    Warning = "shared_url"    // another webhook has this URL
	WarnKeyOpen      Warning = "key_open"      // accepts requests without the key
	WarnIDN          Warning = "idn"           // the host has an ASCII form that differs
	WarnMixedScripts Warning = "mixed_scripts" // the host mixes scripts or looks like another
	WarnClockSkew    Warning = "clock_skew"    // the Date header is more than 60 s off
	WarnSkipVerify   Warning = "skip_verify"   // certificates are not checked
	WarnProxy        Warning = "proxy"         // goes through a proxy
)

// Verification is the result of one Verify, or its state so far while it runs.
type Verification struct {
	HookID          string
	At              time.Time
	Steps           []Step // in order, always all seven
	OK              bool   // a 2xx came
	Echo            Echo
	Key             KeyCheck
	Failure         *Failure // why not OK; nil when OK
	Warnings        []Warning
	HTTPStatus      int
	Latency         time.Duration
	RemoteAddr      string
	TLSExpiry       time.Time
	ContentType     string // untrusted
	FirstBytes      string // of the answer's body, at most 256; untrusted
	Location        string // of a 3xx; untrusted
	ASCIIHost       string // the host as dialled, when it differs from what was typed
	URLFingerprint  string
	AuthFingerprint string
}

// VerifyState derives the word to show from the newest verification; nil means
// never verified.
func (h Hook) VerifyState(last *Verification) VerifyState {
	switch {
	case last == nil || last.URLFingerprint != h.URLFingerprint():
		return Unverified
	case !last.OK:
		return VerifyFailed
	case last.AuthFingerprint != h.AuthFingerprint():
		return VerifyStale
	case last.Echo != EchoNone:
		return VerifiedEcho
	}
	return Verified
}

// KeepVerifications is how many verifications of a webhook are kept.
const KeepVerifications = 20
