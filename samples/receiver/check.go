package receiver

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"hooktop/model"
	"hooktop/sender/sign"
)

// Verdict is what a check of the key or the signature came to.
type Verdict string

const (
	Unchecked Verdict = ""          // the receiver asks for none
	OK        Verdict = "ok"        //
	Missing   Verdict = "missing"   // the header, or one of the signature's three, is not there
	Wrong     Verdict = "wrong"     // another Authorization value
	Malformed Verdict = "malformed" // webhook-timestamp is no number of seconds
	Stale     Verdict = "stale"     // webhook-timestamp is more than 5 minutes old
	Future    Verdict = "future"    // webhook-timestamp is more than 5 minutes ahead
	NoMatch   Verdict = "no_match"  // signed with another secret, or other bytes
	Unusable  Verdict = "unusable"  // the receiver's own secret is none
)

// Refusal names the first check that a request failed.
type Refusal string

const (
	Accepted             Refusal = ""
	RefusedMethod        Refusal = "method"        // 405
	RefusedType          Refusal = "content_type"  // 415
	RefusedTooLarge      Refusal = "too_large"     // 413
	RefusedIncomplete    Refusal = "incomplete"    // 400: the body broke off
	RefusedAuthorization Refusal = "authorization" // 401
	RefusedSignature     Refusal = "signature"     // 401
	RefusedJSON          Refusal = "json"          // 400
)

var refusals = map[Refusal]Reply{
	RefusedMethod:        {Status: http.StatusMethodNotAllowed, Headers: []model.Header{{Name: "Allow", Value: "POST"}}},
	RefusedType:          {Status: http.StatusUnsupportedMediaType, Headers: []model.Header{{Name: "Accept", Value: "application/json"}}},
	RefusedTooLarge:      {Status: http.StatusRequestEntityTooLarge},
	RefusedIncomplete:    {Status: http.StatusBadRequest},
	RefusedAuthorization: {Status: http.StatusUnauthorized},
	RefusedSignature:     {Status: http.StatusUnauthorized},
	RefusedJSON:          {Status: http.StatusBadRequest},
}

// check fills the verdicts and the refusal. Key and signature are both judged
// even if an earlier check failed: the record shows every mistake.
func (r *Receiver) check(rec *Request, h http.Header) {
	rec.Auth = r.checkAuthorization(h.Values("Authorization"))
	rec.Signature = r.checkSignature(rec, h)
	switch {
	case rec.Method != http.MethodPost:
		rec.Refusal = RefusedMethod
	case !isJSON(h):
		rec.Refusal = RefusedType
	case rec.Refusal != Accepted: // too large or incomplete
	case rec.Auth != Unchecked && rec.Auth != OK:
		rec.Refusal = RefusedAuthorization
	case rec.Signature != Unchecked && rec.Signature != OK:
		rec.Refusal = RefusedSignature
	case !json.Valid(rec.Body):
		rec.Refusal = RefusedJSON
	}
}

// checkAuthorization compares digests, so that neither value nor length shows in
// the time it takes.
func (r *Receiver) checkAuthorization(values []string) Verdict {
	switch {
	case r.opts.Authorization.IsZero():
		return Unchecked
	case len(values) == 0:
		return Missing
	}
	want := sha256.Sum256([]byte(r.opts.Authorization.Reveal()))
	got := sha256.Sum256([]byte(values[0]))
	if len(values) > 1 || subtle.ConstantTimeCompare(want[:], got[:]) != 1 {
		return Wrong
	}
	return OK
}

func (r *Receiver) checkSignature(rec *Request, h http.Header) Verdict {
	if len(r.opts.Secrets) == 0 {
		return Unchecked
	}
	headers := sign.Headers{ID: rec.ID, Timestamp: h.Get(sign.HeaderTimestamp), Signature: h.Get(sign.HeaderSignature)}
	err := sign.Verify(r.opts.Secrets, headers, rec.Body, rec.At, sign.Tolerance)
	switch {
	case err == nil:
		return OK
	case errors.Is(err, sign.ErrMissingHeader):
		return Missing
	case errors.Is(err, sign.ErrTimestamp):
		return Malformed
	case errors.Is(err, sign.ErrTooOld):
		return Stale
	case errors.Is(err, sign.ErrTooNew):
		return Future
	case errors.Is(err, sign.ErrNoMatch):
		return NoMatch
	}
	return Unusable
}

// isJSON accepts application/json and application/*+json, not compressed.
func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	encoding := h.Get("Content-Encoding")
	if err != nil || encoding != "" && !strings.EqualFold(encoding, "identity") {
		return false
	}
	sub, ok := strings.CutPrefix(media, "application/")
	return ok && (sub == "json" || strings.HasSuffix(sub, "+json"))
}
