package receiver

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"hooktop/model"
	"hooktop/sender/sign"
)

// Request is one request as it arrived. All texts in it are the sender's choice:
// clean them before a terminal.
type Request struct {
	N             int // 1... since New or Clear
	At            time.Time
	Method        string
	Path          string // with the query
	Proto         string // "HTTP/1.1"
	RemoteAddr    string
	Headers       []model.Header // sorted by name; of Authorization the mask
	Authorization model.Secret   // as it came; none: absent
	Body          []byte         // exact; of one that is too large the first 1 MiB
	ID            string         // webhook-id
	Type          string         // X-Hooktop-Event, else the body's "type"
	Delivery      string         // X-Hooktop-Delivery
	Attempt       int            // X-Hooktop-Attempt; 0: absent
	Test          bool           // X-Hooktop-Test
	Auth          Verdict        // of Authorization
	Signature     Verdict        // of the signature
	Refusal       Refusal        // the first check that failed
	Seen          int            // how often the id had passed the checks before
	Replay        bool           // the id had been accepted (2xx) before
	Status        int            // answered
}

func newRequest(req *http.Request, now time.Time) Request {
	h := req.Header
	attempt, _ := strconv.Atoi(h.Get("X-Hooktop-Attempt"))
	rec := Request{
		At:         now,
		Method:     req.Method,
		Path:       req.URL.RequestURI(),
		Proto:      req.Proto,
		RemoteAddr: req.RemoteAddr,
		Headers:    []model.Header{{Name: "Host", Value: req.Host}},
		ID:         h.Get(sign.HeaderID),
		Type:       h.Get("X-Hooktop-Event"),
		Delivery:   h.Get("X-Hooktop-Delivery"),
		Attempt:    attempt,
		Test:       h.Get("X-Hooktop-Test") == "true",
	}
	if vs := h.Values("Authorization"); len(vs) > 0 {
		rec.Authorization = model.NewSecret(vs[0])
	}
	for name, values := range h {
		for _, v := range values {
			if name == "Authorization" || name == "Proxy-Authorization" {
				v = model.NewSecret(v).Masked()
			}
			rec.Headers = append(rec.Headers, model.Header{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(rec.Headers, func(a, b model.Header) int { return cmp.Compare(a.Name, b.Name) })
	return rec
}

// Header returns the first value of a header, or "".
func (r Request) Header(name string) string { return model.HeaderValue(r.Headers, name) }

// size is about the memory it holds, in bytes.
func (r *Request) size() int {
	n := len(r.Body) + len(r.Path)
	for _, h := range r.Headers {
		n += len(h.Name) + len(h.Value)
	}
	return n
}

// readBody completes the type from the body and returns the challenge of a
// verification, "" for anything else.
func (r *Request) readBody() string {
	var body struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(r.Body, &body) != nil {
		return ""
	}
	r.Type = cmp.Or(r.Type, body.Type)
	if body.Type != model.VerificationType {
		return ""
	}
	return body.Challenge
}

// problem is the word that a refused sender is answered: the check, and the
// mistake when there are several.
func (r *Request) problem() string {
	switch r.Refusal {
	case RefusedAuthorization:
		return string(r.Refusal) + "_" + string(r.Auth)
	case RefusedSignature:
		return string(r.Refusal) + "_" + string(r.Signature)
	}
	return string(r.Refusal)
}
