package link

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	silence  = 5 * time.Second // after which a client gives up on the owner
	pulse    = time.Second     // between two signs of life of a verb that takes long
	maxCall  = 16 << 20        // bytes of a verb's arguments
	rootPath = "/v1/"
)

// Server serves the owner's verbs until Close.
type Server struct {
	path string
	file fs.FileInfo // of the socket
	http *http.Server
	done chan error
}

// Serve listens on a unix socket at path, 0600. Only the owner may call it: a socket
// that is there is what an owner that died left behind, and is removed.
func Serve(path string, v Verbs, o Owner, log *slog.Logger) (*Server, error) {
	if err := privateDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove old socket: %w", err)
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen on socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("protect socket: %w", err), ln.Close())
	}
	if u, ok := ln.(*net.UnixListener); ok {
		u.SetUnlinkOnClose(false) // it may be another owner's by then
	}
	file, err := os.Lstat(path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("look at socket: %w", err), ln.Close())
	}
	s := &Server{path: path, file: file, done: make(chan error, 1), http: &http.Server{
		Handler:           handler(v, o),
		ReadHeaderTimeout: silence,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}
	go func() { s.done <- s.http.Serve(sameUser{ln}) }()
	return s, nil
}

// Present reports whether the socket at the path is still ours.
func (s *Server) Present() bool {
	at, err := os.Lstat(s.path)
	return err == nil && os.SameFile(at, s.file)
}

// Close lets the verbs that run end until ctx does, cuts the rest and takes the
// socket away, if it is ours.
func (s *Server) Close(ctx context.Context) error {
	if s.Present() {
		_ = os.Remove(s.path)
	}
	err := s.http.Shutdown(ctx)
	if err != nil { // somebody is still at it
		err = s.http.Close()
	}
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// sameUser closes connections of other users: root could do without us, all others
// have no business here.
type sameUser struct{ net.Listener }

func (l sameUser) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if checkPeer(c) == nil {
			return c, nil
		}
		_ = c.Close()
	}
}

// watcher is told how far a verification has come.
type watcher func(v *frame)

// verb serves one verb: arguments as JSON in, frames out.
func verb[A, R any](mux *http.ServeMux, name string, do func(ctx context.Context, args A, watch watcher) (R, error)) {
	mux.HandleFunc("POST "+rootPath+name, func(w http.ResponseWriter, r *http.Request) {
		var args A
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxCall)).Decode(&args); err != nil {
			http.Error(w, "arguments: "+err.Error(), http.StatusBadRequest)
			return
		}
		out := &answer{w: w}
		out.beat()
		defer out.stop()
		got, err := do(r.Context(), args, out.send)
		if err != nil {
			out.send(&frame{Error: toError(err)})
			return
		}
		raw, err := json.Marshal(got)
		if err != nil {
			out.send(&frame{Error: toError(fmt.Errorf("write result: %w", err))})
			return
		}
		out.send(&frame{Result: raw})
	})
}

// answer writes frames, and a blank line every now and then between them.
type answer struct {
	mu   sync.Mutex
	w    http.ResponseWriter
	life *time.Timer
	over bool
}

func (a *answer) beat() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.life = time.AfterFunc(pulse, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if !a.over {
			a.write([]byte("\n"))
			a.life.Reset(pulse)
		}
	})
}

func (a *answer) stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	a.life.Stop()
}

func (a *answer) send(f *frame) {
	raw, err := json.Marshal(f)
	if err != nil { // the types marshal
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over { // a watcher that comes late
		return
	}
	a.write(append(raw, '\n'))
	a.over = f.Watch == nil
}

// write never fails towards the verb: a client that is gone cancels it.
func (a *answer) write(line []byte) {
	if _, err := a.w.Write(line); err == nil {
		_ = http.NewResponseController(a.w).Flush()
	}
}
