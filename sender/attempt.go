package sender

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"hooktop/model"
)

// drainTime bounds the reading of a response's body.
const drainTime = 2 * time.Second

// errTotal is the cause of a context that ended with the attempt's total limit.
var errTotal = errors.New("the attempt took too long")

// wire makes HTTP attempts.
type wire struct {
	agent   string
	proxy   func(*url.URL) (*url.URL, error)
	now     func() time.Time
	pool    pool
	targets targets
}

func newWire(c Config) *wire {
	version := c.Version
	if version == "" {
		version = "dev"
	}
	public := c.Egress != "" && c.Egress != EgressAny
	w := &wire{agent: "hooktop/" + version, proxy: c.Proxy, now: c.Now}
	w.pool = pool{
		guard: newGuard(public), resolver: c.Resolver, roots: c.Roots, now: c.Now,
		proxy: func(r *http.Request) (*url.URL, error) { return w.chooseProxy(r, public) },
	}
	return w
}

// attempt makes one HTTP request and says what came of it. It always returns an
// outcome: delivered on a 2xx, whatever happened to its body; unknown when bytes
// left and no answer came; interrupted when ctx ended first; failed otherwise.
// watch (may be nil) is told of every phase as it begins, from other goroutines
// but never after attempt has returned.
func (w *wire) attempt(ctx context.Context, h model.Hook, e envelope, watch func(phase)) (a model.Attempt) {
	t := newTrace(watch)
	at := w.now()
	a = model.Attempt{
		DeliveryID: e.delivery, N: e.n, StartedAt: at,
		Method: http.MethodPost, URL: h.URL, Revision: h.Revision,
	}
	if !e.bare {
		a.AuthFingerprint = h.AuthFingerprint()
	}
	defer func() {
		if p := recover(); p != nil {
			a.Outcome = model.OutcomeFailed
			if t.left() && a.Response == nil {
				a.Outcome = model.OutcomeUnknown
			}
			a.Failure = &model.Failure{Code: model.CodeLocal, Reason: model.LocalInternal, Detail: fmt.Sprint(p)}
		}
		t.close(&a)
	}()

	limited, cancel := context.WithTimeoutCause(ctx, h.Limits.OrDefaults().Total, errTotal)
	defer cancel()
	resp, err := w.send(limited, t, h, e, &a)
	if err != nil {
		if errors.Is(context.Cause(limited), errTotal) && ctx.Err() == nil {
			err = errTotal
		}
		w.conclude(ctx, t, &a, err)
		return a
	}
	defer func() { _ = resp.Body.Close() }()
	t.at(phaseBody)
	if resp.Body != http.NoBody {
		defer time.AfterFunc(drainTime, cancel).Stop()
	}
	a.Response = capture(resp)
	w.conclude(ctx, t, &a, nil)
	if f := a.Failure; f != nil && f.Code == model.CodeAuthRejected && h.Authorization.IsZero() && !e.bare {
		f.Code = model.CodeAuthMissing
	}
	return a
}

// send builds the request, records it in a, and waits for the response's headers.
func (w *wire) send(ctx context.Context, t *trace, h model.Hook, e envelope, a *model.Attempt) (*http.Response, error) {
	u, err := w.targets.get(h.URL)
	if err != nil {
		return nil, err
	}
	headers, err := w.headers(h, e, a.StartedAt)
	if err != nil {
		return nil, err
	}
	a.Request = masked(headers)
	transport, err := w.pool.get(policyOf(h, e.fresh))
	if err != nil {
		return nil, err
	}
	return transport.RoundTrip(request(t.attach(ctx), u, headers, e.event.Body))
}

// conclude decides outcome and failure from what is known at the end.
func (w *wire) conclude(ctx context.Context, t *trace, a *model.Attempt, err error) {
	if a.Response != nil {
		a.Failure = judge(a.Response)
		a.Outcome = model.OutcomeDelivered
		if a.Failure != nil {
			a.Outcome = model.OutcomeFailed
			a.Failure.Host = hostPort(a.URL)
		}
		return
	}
	if ctx.Err() != nil {
		a.Outcome = model.OutcomeInterrupted
		a.Failure = &model.Failure{Code: model.CodeCancelled, Reason: string(t.now()), Host: hostPort(a.URL)}
		return
	}
	a.Failure = w.classify(err, t, a)
	a.TLSExpiry = expiryOf(err)
	a.Failure.Host = hostPort(a.URL)
	a.Outcome = model.OutcomeFailed
	if t.left() && unanswered(a.Failure) {
		a.Outcome = model.OutcomeUnknown
	}
}

// unanswered reports whether a failure leaves open what the receiver did with the
// request. An answer that is not HTTP, or a TLS alert about certificates, does not.
func unanswered(f *model.Failure) bool {
	switch f.Code {
	case model.CodeProtocol:
		return false
	case model.CodeTLS:
		return f.Reason == model.TLSOther
	}
	return true
}

// judge tells why a response is no success; nil for one.
func judge(r *model.Response) *model.Failure {
	f := model.ClassifyStatus(r.Status)
	if f != nil && (r.Status == http.StatusTooManyRequests || r.Status == http.StatusServiceUnavailable) {
		f.RetryAfter = r.Get("Retry-After")
	}
	return f
}
