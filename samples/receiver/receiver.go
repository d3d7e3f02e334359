// Package receiver is a webhook receiver for workshops, demonstrations and
// tests. It accepts POST with JSON, checks Authorization and the Standard
// Webhooks signature and says which mistake was made, keeps what arrived byte for
// byte, and answers what it is told. Everything is in memory and bounded.
package receiver

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"hooktop/model"
)

// Bounds of what is remembered.
const (
	defaultKeep = 1000
	keepBytes   = 64 << 20 // of bodies and headers; the oldest requests give way
	maxIDs      = 10_000   // of the event ids remembered
)

// Options of a receiver; the zero value accepts any POST with JSON.
type Options struct {
	Authorization model.Secret     // expected, byte for byte; none: not checked
	Secrets       []model.Secret   // signing secrets of which one must match; none: not checked
	Keep          int              // requests kept; 0: 1,000
	Now           func() time.Time // nil: time.Now
	Echo          bool             // answer a webhook.verification with its challenge
	AnyAddress    bool             // lets Listen leave loopback; needs Authorization or Secrets
}

// Receiver is an http.Handler; it may be used from several goroutines.
type Receiver struct {
	opts Options

	mu       sync.Mutex
	script   script
	arrived  int // requests since New or Clear
	requests []Request
	size     int // bytes of their bodies and headers
	maxSize  int
	ids      map[idKey]arrivals
	idOrder  []idKey       // oldest first
	changed  chan struct{} // closed when a request arrives
}

// idKey is the digest of an event id, so that an id may be of any length.
type idKey [sha256.Size]byte

// arrivals is what is known of an event id.
type arrivals struct {
	n        int
	accepted bool // one of them was answered 2xx
}

// New returns a receiver that answers 200.
func New(opts Options) *Receiver {
	if opts.Keep <= 0 {
		opts.Keep = defaultKeep
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	opts.Secrets = slices.DeleteFunc(slices.Clone(opts.Secrets), model.Secret.IsZero)
	return &Receiver{opts: opts, maxSize: keepBytes, ids: map[idKey]arrivals{}, changed: make(chan struct{})}
}

// ServeHTTP records the request, then answers it.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	rec := newRequest(req, r.opts.Now())
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, model.MaxBody))
	rec.Body = body
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		rec.Refusal = RefusedTooLarge
	case err != nil:
		rec.Refusal = RefusedIncomplete
	}
	challenge := rec.readBody()
	r.check(&rec, req.Header)
	reply := r.record(rec)
	if r.opts.Echo && challenge != "" && reply.Body == nil && reply.accepts() {
		reply.Body = object("challenge", challenge)
	}
	reply.send(req.Context(), w)
}

// record keeps rec and decides its answer: the refusal's, or the next one of the
// script. Refused requests use up no step of the script.
func (r *Receiver) record(rec Request) Reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	reply := refusals[rec.Refusal]
	if rec.Refusal == Accepted {
		reply = r.script.next()
		r.remember(&rec, reply.accepts())
	}
	if reply.Body == nil && rec.Refusal != Accepted {
		reply.Body = object("error", rec.problem())
	}
	rec.Status = reply.Status
	r.arrived++
	rec.N = r.arrived
	r.requests = append(r.requests, rec)
	r.size += rec.size()
	drop := 0
	for len(r.requests)-drop > r.opts.Keep || r.size > r.maxSize {
		r.size -= r.requests[drop].size()
		drop++
	}
	r.requests = slices.Delete(r.requests, 0, drop)
	close(r.changed)
	r.changed = make(chan struct{})
	return reply
}

// remember counts the arrivals of an event id. Only requests that passed the
// checks count: a stranger cannot make a genuine one look like a replay.
func (r *Receiver) remember(rec *Request, accepted bool) {
	if rec.ID == "" {
		return
	}
	key := idKey(sha256.Sum256([]byte(rec.ID)))
	known, seen := r.ids[key]
	rec.Seen, rec.Replay = known.n, known.accepted
	if !seen {
		r.idOrder = append(r.idOrder, key)
	}
	r.ids[key] = arrivals{n: known.n + 1, accepted: known.accepted || accepted}
	if len(r.idOrder) > maxIDs {
		delete(r.ids, r.idOrder[0])
		r.idOrder = r.idOrder[1:]
	}
}

// Requests returns what is kept, oldest first. Bodies are shared: do not write
// to them.
func (r *Receiver) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests)
}

// Wait returns when n requests, refused ones included, have arrived since New or
// Clear. They are recorded before they are answered.
func (r *Receiver) Wait(ctx context.Context, n int) error {
	for {
		r.mu.Lock()
		arrived, changed := r.arrived, r.changed
		r.mu.Unlock()
		if arrived >= n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for request %d, %d have arrived: %w", n, arrived, ctx.Err())
		}
	}
}

// Clear forgets requests and event ids; the script stays where it is.
func (r *Receiver) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests, r.size, r.arrived = nil, 0, 0
	r.ids, r.idOrder = map[idKey]arrivals{}, nil
}
