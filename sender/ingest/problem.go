package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"hooktop/model"
)

// What a request can have wrong beside the codes of model.
const (
	codeHost      model.Code = "unknown_host"
	codeCrossSite model.Code = "cross_site"
	codeToken     model.Code = "unauthorized"
	codePath      model.Code = "no_such_path"
	codeMethod    model.Code = "method_not_allowed"
	codeMedia     model.Code = "content_type"
	codeHeader    model.Code = "bad_header" // Value is its name
	codeSlow      model.Code = "request_timeout"
	codeBroken    model.Code = "body_incomplete"
	codeBusy      model.Code = "busy"
	codeStore     model.Code = "unavailable"
)

// problem is why a request, or a line of one, was refused.
type problem struct {
	code  model.Code
	fault *model.Fault // position and value, if any
}

// statuses are the HTTP statuses of codes; any other code of a fault is 422, the
// store's are 503.
var statuses = map[model.Code]int{
	codeHost:               http.StatusMisdirectedRequest,
	codeCrossSite:          http.StatusForbidden,
	codeToken:              http.StatusUnauthorized,
	codePath:               http.StatusNotFound,
	codeMethod:             http.StatusMethodNotAllowed,
	codeMedia:              http.StatusUnsupportedMediaType,
	codeHeader:             http.StatusBadRequest,
	codeSlow:               http.StatusRequestTimeout,
	codeBroken:             http.StatusBadRequest,
	codeBusy:               http.StatusTooManyRequests,
	codeStore:              http.StatusServiceUnavailable,
	model.CodeBodyEmpty:    http.StatusBadRequest,
	model.CodeBodyJSON:     http.StatusBadRequest,
	model.CodeBodyUTF8:     http.StatusBadRequest,
	model.CodeBodyTooLarge: http.StatusRequestEntityTooLarge,
	model.CodeDuplicate:    http.StatusConflict,
	model.CodeRateLimited:  http.StatusTooManyRequests,
	model.CodeNotFound:     http.StatusServiceUnavailable,
	model.CodeCancelled:    http.StatusServiceUnavailable,
	model.CodeConflict:     http.StatusServiceUnavailable,
	model.CodeReadOnly:     http.StatusServiceUnavailable,
	model.CodeLocal:        http.StatusServiceUnavailable,
}

// waits are the seconds to ask for before a 429 or 503 is tried again: what a person
// must mend takes longer than what passes by itself.
var waits = map[model.Code]int{
	model.CodeStoreFull: 30, model.CodeStoreGone: 30, model.CodeStoreIO: 30, model.CodeStoreReadOnly: 30,
	model.CodeStoreCorrupt: 30, model.CodeReadOnly: 30,
}

func (p problem) status() int {
	if s, ok := statuses[p.code]; ok {
		return s
	}
	if storeCode(p.code) {
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

func storeCode(c model.Code) bool {
	switch c {
	case model.CodeStoreLocked, model.CodeStoreForeign, model.CodeStoreNewer, model.CodeStoreOlder, model.CodeStoreCorrupt, model.CodeStoreReadOnly,
		model.CodeStoreFull, model.CodeStoreGone, model.CodeStoreIO, model.CodeKeyMissing, model.CodeKeyWrong, model.CodeKeyMode:
		return true
	}
	return false
}

// retryAfter is in seconds; 0: trying again does not help.
func (p problem) retryAfter() int {
	switch p.status() {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if n, ok := waits[p.code]; ok {
			return n
		}
		return 1
	}
	return 0
}

// problemOf is the problem an error of the outbox stands for. What is no fault of
// the caller's is 503: the event was not acknowledged and may be sent again.
func (a *API) problemOf(err error) problem {
	var f *model.Fault
	if errors.As(err, &f) {
		return problem{code: f.Code, fault: f}
	}
	if !errors.Is(err, context.Canceled) {
		a.Log.Error("accept event", "err", err)
	}
	return problem{code: codeStore}
}

// refusal is the body of every answer that is no 2xx.
type refusal struct {
	Error   model.Code `json:"error"`
	Message string     `json:"message,omitempty"`
	Line    int        `json:"line,omitempty"`
	Column  int        `json:"column,omitempty"`
}

func (a *API) refusalOf(p problem) refusal {
	out := refusal{Error: p.code}
	if p.private() {
		out.Message = a.Say(codeStore, nil)
	} else {
		out.Message = a.Say(p.code, p.fault)
	}
	if p.fault != nil {
		out.Line, out.Column = p.fault.Line, p.fault.Col
	}
	return out
}

// private reports whether the words for the problem would tell where this machine
// keeps its files.
func (p problem) private() bool {
	return p.fault != nil && (p.fault.Field == model.FieldDB || p.fault.Field == model.FieldKey || storeCode(p.code))
}

func (a *API) refuse(w http.ResponseWriter, p problem) { a.answer(w, p, a.refusalOf(p)) }

func (a *API) answer(w http.ResponseWriter, p problem, body refusal) {
	status := p.status()
	a.count.answer(status)
	h := w.Header()
	h.Set("Content-Type", "application/json")
	if p.code == codeToken {
		h.Set("WWW-Authenticate", `Bearer realm="hooktop"`)
	}
	if n := p.retryAfter(); n > 0 {
		h.Set("Retry-After", strconv.Itoa(n))
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client is gone: nobody to tell
}
