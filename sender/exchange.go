package sender

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"time"
)

const (
	// maxHeaderBytes is how much of response headers is accepted, informational answers
	// included.
	maxHeaderBytes = 64 << 10
	// atOnce is what a connection takes in one piece, whether or not it is read.
	atOnce = 16 << 10
	// afterwards is how long an answer is looked for when the request could not be
	// written: a receiver may have given it and closed.
	afterwards = 50 * time.Millisecond
)

var errHeadersTooLong = errors.New("the headers of the answer are too long")

// exchange writes a request and reads the head of the answer. limit is the time for the
// answer, from the end of the request. rest is what of the request is written while the
// answer is waited for: a receiver need not read it all to answer.
func (c *conn) exchange(ctx context.Context, t *trace, limit time.Duration, head, rest []byte) (*http.Response, error) {
	var resp *http.Response
	var err, unsent error
	if rest == nil {
		unsent = c.write(ctx, t, limit, head)
		resp, err = c.answer()
	} else {
		written := make(chan error, 1)
		go func() {
			defer func() {
				if p := recover(); p != nil {
					written <- fmt.Errorf("panic: %v", p)
				}
			}()
			written <- c.write(ctx, t, limit, head, rest)
		}()
		resp, err = c.answer()
		_ = c.line.SetWriteDeadline(past())
		unsent = <-written
	}
	if resp != nil && unsent != nil {
		resp.Close = true // after half a request there is no place for another
	}
	return resp, err
}

// write writes the parts and sets the deadline of the answer.
func (c *conn) write(ctx context.Context, t *trace, limit time.Duration, parts ...[]byte) (err error) {
	for i := 0; i < len(parts) && err == nil; i++ {
		_, err = c.stream.Write(parts[i])
	}
	t.wrote = time.Now()
	if err != nil {
		_ = c.until(ctx, t.wrote.Add(afterwards))
		return err
	}
	return c.until(ctx, earlier(t.end, t.wrote.Add(limit)))
}

// answer reads the head of the answer, past informational ones.
func (c *conn) answer() (*http.Response, error) {
	c.limit = maxHeaderBytes
	for {
		resp, err := http.ReadResponse(c.in, nil)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode/100 != 1 || resp.StatusCode == http.StatusSwitchingProtocols {
			c.limit = math.MaxInt64
			resp.Close = resp.Close || resp.StatusCode < 200
			return resp, nil
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
