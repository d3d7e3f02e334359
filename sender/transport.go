package sender

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Connections that wait for another request.
const (
	maxKept  = 256
	idleTime = 90 * time.Second
)

// route is where a connection leads. Only requests with the same route may share it.
type route struct {
	secure  bool
	host    string // the name a certificate must have
	address string // host:port
	proxy   string // URL; empty: none
}

// transport makes and keeps the connections of one policy.
type transport struct {
	policy   policy
	config   *tls.Config
	resolver *net.Resolver
	control  func(context.Context, string, string, syscall.RawConn) error // the guard

	mu     sync.Mutex
	idle   []*conn // the longest idle first
	sweep  *time.Timer
	closed bool
}

// get returns a connection for one request: an idle one whose receiver has kept
// quiet, or a new one. again says that it has carried requests before.
func (t *transport) get(ctx context.Context, tr *trace, r route) (c *conn, again bool, err error) {
	for c := t.take(r); c != nil; c = t.take(r) {
		if !c.quiet() {
			_ = c.stream.Close()
			continue
		}
		if err := c.begin(ctx, tr.end); err != nil {
			c.drop()
			return nil, true, err
		}
		return c, true, nil
	}
	c, err = t.connect(ctx, tr, r)
	return c, false, err
}

// take takes out the idle connection of a route that was used last, or returns nil.
func (t *transport) take(r route) *conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, c := range slices.Backward(t.idle) {
		if c.route == r {
			t.idle = slices.Delete(t.idle, i, i+1)
			return c
		}
	}
	return nil
}

// put takes back a connection that may serve again.
func (t *transport) put(c *conn) {
	live := c.stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if !live || t.closed || t.policy.fresh {
		_ = c.stream.Close()
		return
	}
	c.since = time.Now()
	t.idle = append(t.idle, c)
	if len(t.idle) > maxKept {
		t.drop(1)
	}
	if t.sweep == nil {
		t.sweep = time.AfterFunc(idleTime, t.expire)
	}
}

// drop closes the n that are idle longest.
func (t *transport) drop(n int) {
	for _, c := range t.idle[:n] {
		_ = c.stream.Close()
	}
	t.idle = slices.Delete(t.idle, 0, n)
}

// expire closes the connections whose time is over.
func (t *transport) expire() {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, n := time.Now(), 0
	for n < len(t.idle) && now.Sub(t.idle[n].since) >= idleTime {
		n++
	}
	t.drop(n)
	if len(t.idle) == 0 {
		t.sweep = nil
		return
	}
	t.sweep.Reset(t.idle[0].since.Add(idleTime).Sub(now))
}

// close drops the idle connections. Those in use go when their request is over.
func (t *transport) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.drop(len(t.idle))
	if t.sweep != nil {
		t.sweep.Stop()
	}
}
