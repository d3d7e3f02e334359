package main

import (
	"context"
	"errors"
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
	server *receiver.Server

	mu    sync.RWMutex
	paths map[string]*receiver.Receiver
}

func listenDemo() (*demoReceiver, error) {
	r := &demoReceiver{paths: map[string]*receiver.Receiver{}}
	var err error
	if r.server, err = receiver.Listen(demoPort, r); err != nil {
		r.server, err = receiver.Listen("127.0.0.1:0", r)
	}
	if err != nil {
		return nil, err
	}
	r.url = r.server.URL()
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
	err := r.server.Close(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // it was cut off, as it may be
	}
	return err
}
