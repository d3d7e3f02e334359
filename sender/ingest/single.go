package ingest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"hooktop/model"
)

// patience is how long a request waits for others to give back memory.
const patience = time.Second

// single takes the body as one event.
func (a *API) single(w http.ResponseWriter, r *http.Request) {
	e, p := envelopeOf(r.Header)
	if p == nil && r.ContentLength > model.MaxBody {
		p = tooLarge(0)
	}
	if p != nil {
		a.refuse(w, *p)
		return
	}
	size := r.ContentLength
	if size < 0 { // chunked: as much as may come
		size = model.MaxBody
	}
	if !a.reserve(r.Context(), size) {
		a.refuse(w, problem{code: codeBusy})
		return
	}
	defer a.memory.Release(size)
	body, p := readBody(r)
	if p != nil {
		a.refuse(w, *p)
		return
	}
	got, p := a.accept(r.Context(), e, body, e.key)
	if p != nil {
		a.refuse(w, *p)
		return
	}
	a.count.answer(http.StatusAccepted)
	w.Header()["Content-Type"] = []string{typeJSON}
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write(append(appendAccepted(make([]byte, 0, 96), got), '\n'))
}

// reserve waits a moment for the memory of a body.
func (a *API) reserve(ctx context.Context, size int64) bool {
	if a.memory.TryAcquire(size) {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return a.memory.Acquire(ctx, size) == nil
}

// readBody reads the whole body, at most MaxBody bytes of it.
func readBody(r *http.Request) ([]byte, *problem) {
	var body []byte
	var err error
	if r.ContentLength >= 0 {
		body = make([]byte, r.ContentLength)
		_, err = io.ReadFull(r.Body, body)
	} else {
		var b bytes.Buffer
		_, err = b.ReadFrom(io.LimitReader(r.Body, model.MaxBody+1))
		body = b.Bytes()
	}
	switch {
	case err != nil:
		return nil, readProblem(err)
	case len(body) > model.MaxBody:
		return nil, tooLarge(0)
	}
	return body, nil
}

func readProblem(err error) *problem {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return &problem{code: codeSlow}
	}
	return &problem{code: codeBroken}
}

func tooLarge(line int) *problem {
	return &problem{code: model.CodeBodyTooLarge, fault: &model.Fault{
		Code: model.CodeBodyTooLarge, Field: model.FieldBody, Limit: model.MaxBody, Line: line,
	}}
}

// accept hands one event to the outbox and returns once it is on disk.
func (a *API) accept(ctx context.Context, e envelope, body []byte, key string) (model.Accepted, *problem) {
	ev, p := e.event(body)
	if p != nil {
		return model.Accepted{}, p
	}
	start := time.Now()
	got, err := a.Outbox.Emit(ctx, ev, key)
	if err != nil {
		p := a.problemOf(err)
		if storeCode(p.code) {
			a.sick.Store(&sickness{p, time.Now().Add(time.Duration(p.retryAfter()) * time.Second)})
		}
		return got, &p
	}
	if a.sick.Load() != nil {
		a.sick.Store(nil)
	}
	a.count.accepted(len(body), time.Since(start), got.Duplicate)
	return got, nil
}

// appendAccepted writes the answer to an event: {"id":"evt_...","deliveries":2}. The
// same event answers the same a second time.
func appendAccepted(b []byte, got model.Accepted) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendQuote(b, got.EventID) // an id is visible ASCII
	b = append(b, `,"deliveries":`...)
	return append(strconv.AppendInt(b, int64(got.Deliveries), 10), '}')
}
