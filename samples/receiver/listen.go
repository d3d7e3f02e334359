package receiver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

	"hooktop/model"
)

// Bounds of a server; senders are strangers.
const (
	readHeaderTimeout = 2 * time.Second
	readTimeout       = 5 * time.Second
	idleTimeout       = 30 * time.Second
	maxHeaderBytes    = 64 << 10
	maxConns          = 256
)

// Server is a receiver behind a TCP port.
type Server struct {
	http *http.Server
	addr net.Addr
	done chan struct{} // closed when the accept loop has ended
	err  error         // why it ended before Close; read after done
}

// Listen serves h at addr ("127.0.0.1:8787"; port 0: any free one) until Close.
// It binds loopback addresses only, unless h is a Receiver whose Options say
// otherwise. Faults:
// CodePortInUse, CodeBlockedAddress, CodeUsage for what is no address, each with
// addr as Value.
func Listen(addr string, h http.Handler) (*Server, error) {
	fault := func(code model.Code, err error) error {
		return &model.Fault{Code: code, Field: FieldAddr, Value: addr, Err: err}
	}
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return nil, fault(model.CodeUsage, err)
	}
	r, _ := h.(*Receiver)
	if err := r.mayBind(host); err != nil {
		return nil, fault(model.CodeBlockedAddress, err)
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault(model.CodePortInUse, err)
	case err != nil:
		return nil, fault(model.CodeLocal, err)
	}
	s := &Server{
		http: &http.Server{
			Handler:           h,
			ReadHeaderTimeout: readHeaderTimeout,
			ReadTimeout:       readTimeout,
			IdleTimeout:       idleTimeout,
			MaxHeaderBytes:    maxHeaderBytes,
			ErrorLog:          log.New(io.Discard, "", 0), // a line on stderr would tear the screen
		},
		addr: l.Addr(),
		done: make(chan struct{}),
	}
	go s.serve(netutil.LimitListener(l, maxConns))
	return s, nil
}

// mayBind keeps the receiver on this machine, and asks for a key elsewhere.
func (r *Receiver) mayBind(host string) error {
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "localhost" || err == nil && ip.Unmap().IsLoopback():
		return nil
	case r == nil || !r.opts.AnyAddress:
		return errors.New("not a loopback address")
	case r.opts.Authorization.IsZero() && len(r.opts.Secrets) == 0:
		return errors.New("no key is set")
	}
	return nil
}

// serve owns the accept loop; net/http recovers each handler.
func (s *Server) serve(l net.Listener) {
	defer close(s.done)
	defer func() {
		if p := recover(); p != nil {
			s.err = fmt.Errorf("accept connections: panic: %v", p)
		}
	}()
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		s.err = fmt.Errorf("accept connections: %w", err)
	}
}

// URL is where to post: "http://127.0.0.1:8787".
func (s *Server) URL() string { return "http://" + s.addr.String() }

// Addr is host and port as bound.
func (s *Server) Addr() string { return s.addr.String() }

// Close lets requests in flight finish until ctx ends, then cuts them off. The
// port is free when it returns; a second Close does nothing more. It also tells
// what ended the server before its time.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		_ = s.http.Close()
		err = fmt.Errorf("close receiver: %w", err)
	}
	<-s.done
	return errors.Join(err, s.err)
}
