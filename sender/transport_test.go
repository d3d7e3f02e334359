package sender

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// lent is a connection at the end of a request, and what tells that it is closed.
func lent(t testing.TB) (c *conn, closed func() bool) {
	here, there := net.Pipe()
	t.Cleanup(func() { _ = there.Close() })
	c = newConn(here, route{address: "127.0.0.1:1"})
	if err := c.begin(context.Background(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	return c, func() bool {
		_ = there.SetReadDeadline(time.Now())
		_, err := there.Read(make([]byte, 1))
		return errors.Is(err, io.EOF)
	}
}

func kept(t *transport) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.idle)
}

func TestIdleConnectionsAreBoundedAndExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var pool transport
		var closed []func() bool
		for range maxKept + 1 {
			c, over := lent(t)
			pool.put(c)
			closed = append(closed, over)
		}
		if kept(&pool) != maxKept || !closed[0]() || closed[1]() {
			t.Errorf("%d are kept, not the newest %d", kept(&pool), maxKept)
		}
		time.Sleep(idleTime / 2)
		c, over := lent(t)
		pool.put(c)
		time.Sleep(idleTime/2 + time.Second)
		synctest.Wait()
		if kept(&pool) != 1 || !closed[maxKept]() || over() {
			t.Errorf("%d are left at the end of their time", kept(&pool))
		}
		pool.close()
		last, gone := lent(t)
		pool.put(last)
		if kept(&pool) != 0 || !over() || !gone() {
			t.Error("a closed pool keeps connections")
		}
	})
}

func TestACancelledConnectionIsNotKept(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	c := newConn(here, route{})
	ctx, cancel := context.WithCancel(t.Context())
	if err := c.begin(ctx, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	cancel()
	var pool transport
	pool.put(c)
	if kept(&pool) != 0 {
		t.Error("its deadline may change while another request is under way")
	}
}
