package link

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"hooktop/model"
)

// Client has the owner's verbs. It may be used by many goroutines at once; verbs end
// in the owner when their ctx does.
type Client struct {
	http  *http.Client
	quiet time.Duration
}

// Dial makes a client of the owner behind the socket at path. It connects at the
// first verb.
func Dial(path string) *Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
		if err != nil {
			return nil, err
		}
		if err := checkPeer(c); err != nil { // another user's socket would learn secrets
			return nil, errors.Join(err, c.Close())
		}
		return c, nil
	}
	return &Client{quiet: silence, http: &http.Client{Transport: &http.Transport{DialContext: dial, MaxIdleConnsPerHost: 16}}}
}

// Close drops the idle connections.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

var errSilent = errors.New("no sign of life")

// call is one verb: its arguments out, frames in. An owner that cannot be reached, or
// breaks off, is a Fault CodeLocal of FieldSocket; one that gives no sign of life for
// 5 s a CodeStoreLocked of it.
func call[A, R any](ctx context.Context, c *Client, name string, args A, watch func(model.Verification)) (R, error) {
	var out R
	raw, err := json.Marshal(args)
	if err != nil {
		return out, fmt.Errorf("write arguments: %w", err)
	}
	quiet, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	alarm := time.AfterFunc(c.quiet, func() { cancel(errSilent) })
	defer alarm.Stop()
	fail := func(err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(context.Cause(quiet), errSilent):
			return &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldSocket, Err: errSilent}
		}
		return &model.Fault{Code: model.CodeLocal, Field: model.FieldSocket, Err: err}
	}
	r, err := http.NewRequestWithContext(quiet, http.MethodPost, "http://owner"+rootPath+name, bytes.NewReader(raw))
	if err != nil {
		return out, fmt.Errorf("make request: %w", err)
	}
	r.GetBody = nil // a verb is never sent a second time behind our back
	resp, err := c.http.Do(r)
	if err != nil {
		return out, fail(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(resp.Body, 256))
		return out, fail(fmt.Errorf("owner says %d to %q: %s", resp.StatusCode, name, bytes.TrimSpace(why)))
	}
	frames := json.NewDecoder(living{resp.Body, func() { alarm.Reset(c.quiet) }})
	for {
		var f frame
		if err := frames.Decode(&f); err != nil {
			return out, fail(err)
		}
		switch {
		case f.Watch != nil:
			if watch != nil {
				watch(*f.Watch)
			}
		case f.Error != nil:
			return out, f.Error.error()
		default:
			if err := json.Unmarshal(f.Result, &out); err != nil {
				return out, fmt.Errorf("read result: %w", err)
			}
			return out, nil
		}
	}
}

// living tells of every sign of life.
type living struct {
	r    io.Reader
	seen func()
}

func (l living) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if n > 0 {
		l.seen()
	}
	return n, err
}
