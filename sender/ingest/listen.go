package ingest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

	"hooktop/model"
)

const (
	maxConnections = 256
	maxHeaders     = 16 << 10 // bytes
	headerSlop     = 4 << 10  // net/http allows this much beyond MaxHeaderBytes
)

// Server serves a handler on an address until Close.
type Server struct {
	ln   net.Listener
	http *http.Server
	done chan error
}

// Listen takes an address; nobody is answered before Serve. An address that is taken
// is a Fault CodePortInUse.
func Listen(addr string) (*Server, error) {
	ln, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &model.Fault{Code: model.CodePortInUse, Value: addr, Err: err}
	case err != nil:
		return nil, &model.Fault{Code: model.CodeUsage, Value: addr, Err: err}
	}
	return &Server{ln: ln, done: make(chan error, 1)}, nil
}

// Serve answers with h, within the limits of an API that strangers may reach. It is
// called once and returns at once.
func (s *Server) Serve(h http.Handler, log *slog.Logger) {
	s.http = &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 2 * time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       30 * time.Second,
		MaxHeaderBytes:    maxHeaders - headerSlop,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	go func() { s.done <- s.http.Serve(netutil.LimitListener(s.ln, maxConnections)) }()
}

// URL is where the server can be reached: "http://127.0.0.1:8711".
func (s *Server) URL() string { return "http://" + s.ln.Addr().String() }

// Done gets the error that ended the server.
func (s *Server) Done() <-chan error { return s.done }

// Close accepts nothing more and waits for what is being answered until ctx ends;
// then it cuts.
func (s *Server) Close(ctx context.Context) error {
	if s.http == nil {
		return s.ln.Close()
	}
	err := s.http.Shutdown(ctx)
	if err != nil { // somebody is still at it
		err = s.http.Close()
	}
	return err
}
