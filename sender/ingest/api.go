// Package ingest is the inbound HTTP API that feeds the outbox.
//
// Promises: an event is answered with 202 only after Emit has returned, that is,
// after the commit that holds it is on disk; its body is handed on byte for byte;
// nothing but events can be made here. Who may speak is decided before a body is
// read: the Host must be one of ours (against DNS rebinding), the request must not
// come from another site's page, and it must carry the token.
package ingest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"hooktop/model"
)

// Outbox takes events.
type Outbox interface {
	// Emit checks type and body and returns after the event is on disk. ID may be
	// empty. Errors a caller can mend are *model.Fault.
	Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error)
}

// Config is what an API needs. Outbox and Token must be set.
type Config struct {
	Outbox Outbox
	Token  model.Secret
	Hosts  []string // names accepted in Host beside localhost, 127.0.0.1 and [::1]; without a port

	// Say has the words for a code of ours or of a fault, which is nil for ours;
	// default: no words.
	Say     func(code model.Code, f *model.Fault) string
	Metrics func(io.Writer)             // adds to GET /metrics, in Prometheus' text format; may be nil
	Ready   func(context.Context) error // nil when events are accepted; default: always
	Log     *slog.Logger                // default: nothing is logged

	Memory int64         // bytes of bodies held at a time; default 32 MiB. More is 429
	Read   time.Duration // for a body, or between two pieces of a batch; default 5 s
	Write  time.Duration // for an answer, or one piece of a batch's; default 30 s
}

// API answers the requests. It may be used by many goroutines at once.
type API struct {
	Config
	mux    *http.ServeMux
	cross  *http.CrossOriginProtection
	token  [32]byte // digest of the token
	memory *semaphore.Weighted
	count  counters
	sick   atomic.Pointer[sickness]
}

// sickness is why the store did not take the last event, for as long as the sender of
// that was asked to wait.
type sickness struct {
	problem problem
	until   time.Time
}

// New makes the API.
func New(c Config) *API {
	orDefault(&c.Memory, 32<<20)
	orDefault(&c.Read, 5*time.Second)
	orDefault(&c.Write, 30*time.Second)
	c.Memory = max(c.Memory, model.MaxBody) // one body must fit
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Say == nil {
		c.Say = func(model.Code, *model.Fault) string { return "" }
	}
	a := &API{
		Config: c, mux: http.NewServeMux(), cross: http.NewCrossOriginProtection(),
		token: digest(c.Token.Reveal()), memory: semaphore.NewWeighted(c.Memory),
	}
	a.mux.HandleFunc("POST /v1/events", a.events)
	a.mux.HandleFunc("/v1/events", a.method(http.MethodPost))
	a.mux.HandleFunc("GET /healthz", a.health)
	a.mux.HandleFunc("/healthz", a.method(http.MethodGet))
	a.mux.HandleFunc("GET /metrics", a.metrics)
	a.mux.HandleFunc("/metrics", a.method(http.MethodGet))
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { a.refuse(w, problem{code: codePath}) })
	return a
}

func orDefault[T int64 | time.Duration](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}

// ServeHTTP implements http.Handler. The order of the checks is that of the package
// comment; none of them reads the body. A stranger's connection does not outlive the
// answer: there are only so many.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	known := a.known(r.Header.Get("Authorization"))
	if !known {
		w.Header().Set("Connection", "close")
	}
	if p := a.admit(r, known); p != nil {
		a.refuse(w, *p)
		return
	}
	a.mux.ServeHTTP(w, r)
}

func (a *API) method(allowed string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", allowed)
		a.refuse(w, problem{code: codeMethod})
	}
}

// health says whether events are accepted now; it needs no token and tells nothing
// else.
func (a *API) health(w http.ResponseWriter, r *http.Request) {
	if a.Ready != nil {
		if err := a.Ready(r.Context()); err != nil {
			a.unwell(w, a.problemOf(err))
			return
		}
	}
	if s := a.sick.Load(); s != nil && time.Now().Before(s.until) {
		a.unwell(w, s.problem)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"status":"ok"}`+"\n")
}

// unwell tells a code and no words: anybody may ask.
func (a *API) unwell(w http.ResponseWriter, p problem) { a.answer(w, p, refusal{Error: p.code}) }

// events takes one event, or many when the body is a batch of lines.
func (a *API) events(w http.ResponseWriter, r *http.Request) {
	media, p := mediaType(r.Header)
	if p == nil {
		switch media {
		case typeJSON:
			a.single(w, r)
			return
		case typeLines:
			a.batch(w, r)
			return
		}
	}
	a.refuse(w, problem{code: codeMedia})
}
