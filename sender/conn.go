package sender

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// counted counts what is written on the network, below TLS.
type counted struct {
	net.Conn
	written atomic.Int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.written.Add(int64(n))
	return n, err
}

// conn is a connection to a receiver. It carries one request at a time.
type conn struct {
	line   *counted        // where deadlines are set
	raw    syscall.RawConn // of the line; nil: it cannot be asked whether it is quiet
	stream net.Conn        // where requests are written: line, or TLS above it
	in     *bufio.Reader
	route  route
	remote string // address
	tls    *tls.ConnectionState
	since  time.Time   // idle since then
	stop   func() bool // forgets the ctx of the request; false: it has ended

	// Of the request under way.
	first time.Time // when the answer began
	limit int64     // what may still be read
	ended bool      // the receiver has ended the stream
}

func newConn(n net.Conn, r route) *conn {
	line := &counted{Conn: n}
	c := &conn{line: line, stream: line, route: r, remote: n.RemoteAddr().String(), limit: math.MaxInt64}
	c.in = bufio.NewReader(c)
	if s, ok := n.(syscall.Conn); ok {
		c.raw, _ = s.SyscallConn()
	}
	return c
}

// Read is what c.in reads from.
func (c *conn) Read(b []byte) (int, error) {
	if c.limit <= 0 {
		return 0, errHeadersTooLong
	}
	n, err := c.stream.Read(b[:min(int64(len(b)), c.limit)])
	c.limit -= int64(n)
	if n > 0 && c.first.IsZero() {
		c.first = time.Now()
	}
	c.ended = c.ended || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	return n, err
}

// begin makes the connection ready for a request that is to be over at end and is cut
// when ctx ends.
func (c *conn) begin(ctx context.Context, end time.Time) error {
	c.first, c.ended = time.Time{}, false
	c.stop = context.AfterFunc(ctx, func() { _ = c.line.SetDeadline(past()) })
	return c.until(ctx, end)
}

// until sets the deadline of what follows. When ctx has ended, its deadline may just
// have been undone.
func (c *conn) until(ctx context.Context, at time.Time) error {
	if err := c.line.SetDeadline(at); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		_ = c.line.SetDeadline(past())
		return err
	}
	return nil
}

// spent reports whether nothing is left of the answer.
func (c *conn) spent() bool { return c.in.Buffered() == 0 && !c.ended }

// past is a deadline that ends what is under way.
func past() time.Time { return time.Unix(1, 0) }

// drop closes the connection without a word.
func (c *conn) drop() {
	if c.stop != nil {
		c.stop()
	}
	_ = c.line.Close()
}

// quiet reports whether the receiver has said nothing while the connection was idle,
// not even good-bye. It leaves a deadline behind.
func (c *conn) quiet() bool {
	var b [1]byte
	if c.stream != net.Conn(c.line) { // TLS may have read more than it has given
		_ = c.line.SetReadDeadline(past())
		if _, err := c.stream.Read(b[:]); !errors.Is(err, os.ErrDeadlineExceeded) {
			return false
		}
	}
	if c.raw == nil {
		return false
	}
	quiet := false
	err := c.raw.Control(func(fd uintptr) {
		_, err := syscall.Read(int(fd), b[:]) // does not wait
		quiet = errors.Is(err, syscall.EAGAIN)
	})
	return quiet && err == nil
}
