package store

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// op is one verb on its way through the writer.
type op struct {
	run   func(*txn) error
	alone bool        // outside any transaction, by itself
	begun atomic.Bool // by the writer, or by its caller who gave up: whoever is first
	err   error
	done  chan error
}

// queue holds what is to be written, in order.
type queue struct {
	mu     sync.Mutex
	ops    []*op
	want   int // wake is sent when there are so many
	closed bool
	wake   chan struct{}
}

func newQueue() *queue { return &queue{want: math.MaxInt, wake: make(chan struct{}, 1)} }

// push adds an op; false when the queue is closed.
func (q *queue) push(o *op) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.ops = append(q.ops, o)
	if len(q.ops) >= q.want {
		q.signal()
	}
	return true
}

func (q *queue) signal() {
	q.want = math.MaxInt
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.signal()
}

// await returns when there are n ops, the queue is closed, or, if limit is
// positive, that time has passed.
func (q *queue) await(n int, limit time.Duration) {
	var over <-chan time.Time
	if limit > 0 {
		t := time.NewTimer(limit)
		defer t.Stop()
		over = t.C
	}
	for {
		q.mu.Lock()
		if q.closed || len(q.ops) >= n {
			q.mu.Unlock()
			return
		}
		q.want = n
		q.mu.Unlock()
		select {
		case <-q.wake:
		case <-over:
			return
		}
	}
}

// take moves up to n ops into buf and says how many are left.
func (q *queue) take(buf []*op, n int) (ops []*op, left int, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n = min(n, len(q.ops))
	ops = append(buf[:0], q.ops[:n]...)
	rest := copy(q.ops, q.ops[n:])
	clear(q.ops[rest:])
	q.ops = q.ops[:rest]
	return ops, rest, q.closed
}

// wait returns what became of o, and whether the writer has said so. When ctx ends before the writer has begun with it,
// it is left out and nothing of it is written. From then on the answer is waited
// for: to know is worth more than the moment until the commit.
func (o *op) wait(ctx context.Context) (answered bool, err error) {
	select {
	case err := <-o.done:
		return true, err
	case <-ctx.Done():
	}
	if o.begun.CompareAndSwap(false, true) {
		return false, ctx.Err()
	}
	return true, <-o.done
}
