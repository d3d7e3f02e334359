package sender

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"hooktop/model"
)

// drainTime bounds the reading of a response's body.
const drainTime = 2 * time.Second

// errTotal says that the attempt's total limit has passed.
var errTotal = errors.New("the attempt took too long")

// wire makes HTTP attempts.
type wire struct {
	agent   string
	proxy   func(*url.URL) (*url.URL, error)
	now     func() time.Time
	pool    pool
	buffers sync.Pool // of *[]byte, for requests
}

func newWire(c Config) *wire {
	version := c.Version
	if version == "" {
		version = "dev"
	}
	w := &wire{agent: "hooktop/" + version, proxy: c.Proxy, now: c.Now}
	w.buffers.New = func() any { return new([]byte) }
	w.pool.guard = newGuard(c.Egress != "" && c.Egress != EgressAny)
	w.pool.resolver, w.pool.roots, w.pool.now = c.Resolver, c.Roots, c.Now
	return w
}

// attempt makes one HTTP request and says what came of it; see attemptInto.
func (w *wire) attempt(ctx context.Context, r *recipe, e envelope, watch func(phase)) (a model.Attempt) {
	w.attemptInto(ctx, r, &e, watch, &a)
	return a
}

// attemptInto makes one HTTP request and fills a with what came of it: an attempt is
// large, and the engine's workers stay on small stacks. There is always an outcome:
// delivered on a 2xx, whatever happened to its body; unknown when bytes left and no
// answer came; interrupted when ctx ended first; failed otherwise.
// What it leaves has none of the webhook's keys, whatever the receiver sent back.
// watch (may be nil) is told of every phase as it begins, perhaps from other
// goroutines but never after attemptInto has returned.
func (w *wire) attemptInto(ctx context.Context, r *recipe, e *envelope, watch func(phase), a *model.Attempt) {
	t := newTrace(watch)
	*a = model.Attempt{
		DeliveryID: e.delivery, N: e.n, StartedAt: w.now(),
		Method: http.MethodPost, URL: r.hook.URL, Revision: r.hook.Revision,
	}
	if !e.bare {
		a.AuthFingerprint = r.auth
	}
	var transport *transport
	var again bool // the connection may serve again
	defer func() {
		if p := recover(); p != nil {
			a.Outcome = model.OutcomeFailed
			if t.left() && a.Response == nil {
				a.Outcome = model.OutcomeUnknown
			}
			a.Failure = &model.Failure{Code: model.CodeLocal, Reason: model.LocalInternal, Detail: fmt.Sprint(p)}
		}
		t.close(a)
		r.secrets.Mask(a)
		switch {
		case again:
			transport.put(t.conn)
		case t.conn != nil:
			t.conn.drop()
		}
	}()

	t.end = t.start.Add(r.total)
	transport, resp, err := w.send(ctx, t, r, e, a) //nolint:bodyclose // closing would read on; the connection is what ends
	if err != nil {
		if !time.Now().Before(t.end) {
			err = fmt.Errorf("%w: %w", errTotal, err)
		}
		w.conclude(ctx, t, a, err)
		return
	}
	t.enter(phaseBody)
	if resp.Body != http.NoBody {
		_ = t.conn.until(ctx, earlier(t.end, time.Now().Add(drainTime)))
	}
	var whole bool
	a.Response, whole = capture(resp)
	again = whole && !resp.Close && t.conn.spent()
	w.conclude(ctx, t, a, nil)
	if f := a.Failure; f != nil && f.Code == model.CodeAuthRejected && r.auth == "" && !e.bare {
		f.Code = model.CodeAuthMissing
	}
}

// send builds the request, records it in a, and waits for the head of the answer. An
// idle connection that takes nothing any more is replaced by another: what has not
// left is not sent twice.
func (w *wire) send(ctx context.Context, t *trace, r *recipe, e *envelope, a *model.Attempt) (*transport, *http.Response, error) {
	if r.urlErr != nil {
		return nil, nil, r.urlErr
	}
	headers, err := w.headers(r, e, a.StartedAt)
	if err != nil {
		return nil, nil, err
	}
	buf := w.buffers.Get().(*[]byte)
	defer w.buffers.Put(buf)
	proxy, err := w.chooseProxy(r, e.bare)
	if err == nil {
		*buf, err = r.to.appendHead((*buf)[:0], proxy, headers, len(e.event.Body))
	}
	r.mask(headers)
	a.Request = headers
	if err != nil {
		return nil, nil, err
	}
	policy := r.policy
	policy.fresh = e.fresh
	transport, err := w.pool.get(policy)
	if err != nil {
		return nil, nil, err
	}
	head, rest := *buf, e.event.Body
	if len(head)+len(rest) <= atOnce {
		head, rest = append(head, rest...), nil
		*buf = head
	}
	for {
		c, again, err := transport.get(ctx, t, r.to.route(proxy))
		if err != nil {
			return nil, nil, err
		}
		t.carry(c)
		resp, err := c.exchange(ctx, t, transport.policy.headers, head, rest)
		if err == nil || !again || t.left() || ctx.Err() != nil {
			return transport, resp, err
		}
		c.drop()
		t.conn = nil
	}
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
		a.Failure = &model.Failure{Code: model.CodeCancelled, Reason: string(t.phase), Host: hostPort(a.URL)}
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
