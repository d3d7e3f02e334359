package main

import (
	"context"
	"errors"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/sender/sign"
	"hooktop/ui/cli"
)

// listen is a receiver on its own, until ctx ends.
func listen(ctx context.Context, l cli.ListenOptions, ready func(url string) error, got func(cli.Received) error) (err error) {
	r := receiver.New(receiver.Options{Authorization: l.Authorization, Secrets: []model.Secret{l.Secret}, Echo: true, AnyAddress: true})
	if err := r.Script(l.Script, receiver.Recover); err != nil {
		return err
	}
	s, err := receiver.Listen(l.Addr, r)
	if err != nil {
		return err
	}
	defer func() {
		soon, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if cerr := s.Close(soon); !errors.Is(cerr, context.DeadlineExceeded) { // it was cut off, as it may be
			err = errors.Join(err, cerr)
		}
	}()
	if err := ready(s.URL()); err != nil {
		return err
	}
	for last := 0; ; {
		if err := r.Wait(ctx, last+1); err != nil {
			return err
		}
		for _, q := range r.Requests() {
			if q.N <= last {
				continue
			}
			last = q.N
			if err := got(receivedOf(q, l.Secret)); err != nil {
				return err
			}
		}
	}
}

func receivedOf(q receiver.Request, secret model.Secret) cli.Received {
	var mistakes []string
	if q.Signature == receiver.NoMatch {
		h := sign.Headers{ID: q.ID, Timestamp: q.Header(sign.HeaderTimestamp), Signature: q.Header(sign.HeaderSignature)}
		found, _ := sign.Explain([]model.Secret{secret}, h, q.Body, q.At) // the secret can be used: it did not match
		for _, m := range found {
			mistakes = append(mistakes, string(m))
		}
	}
	return cli.Received{
		N: q.N, At: q.At, Method: q.Method, Path: q.Path, RemoteAddr: q.RemoteAddr, Headers: q.Headers, Body: q.Body,
		EventID: q.ID, Type: q.Type, Delivery: q.Delivery, Attempt: q.Attempt, Test: q.Test,
		Auth: string(q.Auth), Signature: string(q.Signature), Refusal: string(q.Refusal), Mistakes: mistakes, Seen: q.Seen, Status: q.Status,
	}
}
