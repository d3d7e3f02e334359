package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"hooktop/store"
)

// load has a serve of its own deliver new events until ctx ends.
func load(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "crowd-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var arrived atomic.Int64
	receiver, err := receive(&arrived)
	if err != nil {
		return err
	}
	defer func() { _ = receiver.Close() }()
	if err := redirect(ctx, o, "http://"+receiver.Addr+"/%s"); err != nil {
		return err
	}
	if o.program == "" {
		o.program = filepath.Join(dir, "hooktop")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", o.program, "hooktop").CombinedOutput(); err != nil {
			return fmt.Errorf("build hooktop: %w: %s", err, out)
		}
	}
	s, err := serve(o, dir)
	if err != nil {
		return err
	}
	began := time.Now()
	made, err := s.feed(ctx, o.rate)
	fmt.Fprintf(os.Stderr, "%d events in %v, %d deliveries arrived\n", made, time.Since(began).Round(time.Second), arrived.Load())
	return errors.Join(err, s.stop())
}

// redirect points the webhooks at the receiver.
func redirect(ctx context.Context, o options, url string) error {
	db, err := store.Open(o.db, store.Options{KeyFile: o.key, Now: time.Now})
	if err != nil {
		return err
	}
	_, err = putHooks(ctx, db, url)
	return errors.Join(err, db.Close())
}

// receive answers 200, but for one in fifty of the CRM's.
func receive(arrived *atomic.Int64) (*http.Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Addr: l.Addr().String(), ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if n := arrived.Add(1); n%50 == 0 && r.URL.Path == "/crm" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})}
	go func() { _ = s.Serve(l) }()
	return s, nil
}

// server is the program that sends.
type server struct {
	cmd        *exec.Cmd
	url, token string
}

func serve(o options, dir string) (*server, error) {
	token := filepath.Join(dir, "token")
	s := &server{cmd: exec.Command(o.program, "serve", "--db", o.db, "--listen", "127.0.0.1:0", "--token-file", token)}
	s.cmd.Env = append(os.Environ(), "HOOKTOP_KEY_FILE="+o.key)
	s.cmd.Stderr = io.Discard // the token, and what fails
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if !ok {
		return nil, errors.Join(fmt.Errorf("serve did not start: %q", line), err, s.stop())
	}
	secret, err := os.ReadFile(token)
	s.url, s.token = url, strings.TrimSpace(string(secret))
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// stop ends it; that it was interrupted is how it should end.
func (s *server) stop() error {
	_ = s.cmd.Process.Signal(os.Interrupt)
	err := s.cmd.Wait()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil
	}
	return err
}

// feed posts so many events a second, in batches, and tells of the first.
func (s *server) feed(ctx context.Context, rate int) (made int, err error) {
	const every = 50 * time.Millisecond
	tick := time.NewTicker(every)
	defer tick.Stop()
	began := time.Now()
	for {
		select {
		case <-ctx.Done():
			return made, nil
		case now := <-tick.C:
			due := int(now.Sub(began).Seconds()*float64(rate)) - made
			if due = min(due, 4*rate); due < 1 { // a machine that slept does not catch up
				continue
			}
			if err := s.post(ctx, made, due); err != nil {
				if ctx.Err() != nil {
					return made, nil
				}
				return made, err
			}
			if made == 0 {
				fmt.Println("feeding", s.url)
			}
			made += due
		}
	}
}

// post sends events as lines of JSON. Each goes to one webhook.
func (s *server) post(ctx context.Context, from, n int) error {
	var lines bytes.Buffer
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(i)))
		_, c := choose(r)
		_, _ = lines.Write(event(r, from+i, c, time.Now()).Body)
		_ = lines.WriteByte('\n')
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/v1/events", &lines)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if got := bytes.Count(answer, []byte(`"status":202`)); err == nil && got != n {
		err = fmt.Errorf("%d of %d events accepted: %.200s", got, n, answer)
	}
	return err
}
