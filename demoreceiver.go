package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
)

// demoPort is where people look for the receiver; any free one will do.
const demoPort = "127.0.0.1:8787"

// demoReceiver is one address with a receiver of its own behind each path, so that
// each webhook has its own key.
type demoReceiver struct {
	url    string
	server *http.Server
	done   chan struct{} // closed when the accept loop has ended

	mu    sync.RWMutex
	paths map[string]*receiver.Receiver
}

func listenDemo() (*demoReceiver, error) {
	l, err := net.Listen("tcp", demoPort)
	if err != nil {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, &model.Fault{Code: model.CodeLocal, Value: demoPort, Err: err}
	}
	r := &demoReceiver{
		url:   "http://" + l.Addr().String(),
		done:  make(chan struct{}),
		paths: map[string]*receiver.Receiver{},
	}
	r.server = &http.Server{
		Handler: r, ReadHeaderTimeout: 2 * time.Second, ReadTimeout: 5 * time.Second, IdleTimeout: 30 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0), // a line on stderr would tear the screen
	}
	go func() {
		defer close(r.done)
		_ = r.server.Serve(l) // always ErrServerClosed; net/http recovers each handler
	}()
	return r, nil
}

func (r *demoReceiver) add(path string, auth, secret model.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.paths[path] = receiver.New(receiver.Options{Authorization: auth, Secrets: []model.Secret{secret}, Echo: true})
}

func (r *demoReceiver) at(path string) *receiver.Receiver {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.paths[path]
}

// ServeHTTP hands the request to the receiver of its path.
func (r *demoReceiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if to := r.at(req.URL.Path); to != nil {
		to.ServeHTTP(w, req)
		return
	}
	http.NotFound(w, req)
}

// Close lets what is being answered finish, for a second at most.
func (r *demoReceiver) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := r.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = r.server.Close()
	}
	<-r.done
	return err
}
