package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"hooktop/model"
)

// window is how many lines of one batch are on their way at a time: enough for the
// writer of the outbox to put many into one commit.
const window = 128

// line is one line of a batch: an event of its own, with an answer of its own.
type line struct {
	n       int // from 1, blank ones counted
	body    []byte
	got     model.Accepted
	problem *problem
	done    chan struct{} // closed when got or problem stands
}

// batch takes each line of the body as an event (JSON Lines: blank lines are left
// out, the line end belongs to no event). A line that is refused does not stop the
// others. Answers come in the order of the lines, while the body is still being
// read: a client that sends much must read meanwhile. An Idempotency-Key stands for
// the batch: line n has "KEY n", which no key that is given can be.
func (a *API) batch(w http.ResponseWriter, r *http.Request) {
	e, p := envelopeOf(r.Header)
	if p == nil && e.id != "" { // one id cannot be that of all
		p = &problem{code: codeHeader, fault: &model.Fault{Value: "ce-id"}}
	}
	if p != nil {
		a.refuse(w, *p)
		return
	}
	ctl := http.NewResponseController(w)
	if err := ctl.EnableFullDuplex(); err != nil {
		a.refuse(w, a.problemOf(fmt.Errorf("enable full duplex: %w", err)))
		return
	}
	a.count.answer(http.StatusOK)
	w.Header().Set("Content-Type", typeLines)
	// A read that fails cancels the request's own context, and with it what came whole.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	order := make(chan *line, window)
	free := make(chan *line) // to a worker that has nothing to do
	var workers sync.WaitGroup
	go func() {
		defer close(order)
		defer close(free)
		defer a.recovered(cancel)
		a.readLines(ctx, lineReader{bufio.NewReaderSize(pieces{r.Body, ctl, a.Read}, 64<<10)}, func(l *line) bool {
			select {
			case order <- l:
			case <-ctx.Done():
				return false
			}
			if l.problem != nil {
				return true
			}
			select {
			case free <- l:
			default:
				workers.Go(func() {
					for ok := true; ok; l, ok = <-free {
						a.take(ctx, e, l)
					}
				})
			}
			return true
		})
	}()
	a.answerLines(w, ctl, order, cancel)
	workers.Wait()
}

// take hands one line to the outbox.
func (a *API) take(ctx context.Context, e envelope, l *line) {
	defer close(l.done)
	defer a.memory.Release(int64(len(l.body)))
	defer a.recovered(func() { l.problem = &problem{code: codeStore} })
	key := e.key
	if key != "" {
		key += " " + strconv.Itoa(l.n)
	}
	l.got, l.problem = a.accept(ctx, e, l.body, key)
}

// recovered keeps a panic of one line from ending the program.
func (a *API) recovered(then func()) {
	if cause := recover(); cause != nil {
		a.Log.Error("panic in ingest", "cause", fmt.Sprint(cause))
		then()
	}
}

// readLines hands on the lines of a batch until it ends, cannot be read further, or
// send says no.
func (a *API) readLines(ctx context.Context, in lineReader, send func(*line) bool) {
	for n := 1; ; n++ {
		body, p, err := in.next()
		if p == nil && len(body) == 0 && err == nil {
			continue
		}
		if len(body) > 0 || p != nil {
			l := &line{n: n, body: body, problem: p, done: make(chan struct{})}
			if p != nil {
				close(l.done)
			} else if a.memory.Acquire(ctx, int64(len(body))) != nil { // waits: the sender is slowed, not refused
				return
			}
			if !send(l) {
				if p == nil {
					a.memory.Release(int64(len(body)))
				}
				return
			}
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			l := &line{n: n, problem: readProblem(err), done: make(chan struct{})}
			close(l.done)
			send(l)
			return
		}
	}
}

// answerLines writes the answers in order. When nobody reads them the rest of the
// batch is given up: what was accepted stays so, unacknowledged.
func (a *API) answerLines(w http.ResponseWriter, ctl *http.ResponseController, order <-chan *line, give func()) {
	var out []byte
	flush := func() {
		if len(out) == 0 {
			return
		}
		_ = ctl.SetWriteDeadline(time.Now().Add(a.Write))
		if _, err := w.Write(out); err != nil || ctl.Flush() != nil {
			give()
		}
		out = out[:0]
	}
	for {
		var l *line
		var more bool
		select {
		case l, more = <-order:
		default: // it waits for the client: send what there is meanwhile
			flush()
			l, more = <-order
		}
		if !more {
			flush()
			return
		}
		select {
		case <-l.done:
		default: // it waits for the disk
			flush()
			<-l.done
		}
		if out = a.appendResult(out, l); len(out) > 16<<10 {
			flush()
		}
	}
}

// lineResult is the answer to a line: what the line alone would have been answered.
type lineResult struct {
	Line   int `json:"line"`
	Status int `json:"status"`
	refusal
	RetryAfter int `json:"retry_after,omitempty"` // seconds
}

func (a *API) appendResult(out []byte, l *line) []byte {
	if l.problem == nil {
		out = append(out, `{"line":`...)
		out = strconv.AppendInt(out, int64(l.n), 10)
		out = append(out, `,"status":202,`...)
		return append(append(out, appendAccepted(nil, l.got)[1:]...), '\n')
	}
	r := lineResult{Line: l.n, Status: l.problem.status(), refusal: a.refusalOf(*l.problem), RetryAfter: l.problem.retryAfter()}
	b, err := json.Marshal(r)
	if err != nil { // numbers and texts only
		a.Log.Error("write result", "err", err)
	}
	return append(append(out, b...), '\n')
}

// lineReader parts a batch into lines.
type lineReader struct{ *bufio.Reader }

// next returns the next line without its end, a copy; a problem instead when it is
// longer than an event may be. The error is that of reading; io.EOF comes with the
// last line.
func (r lineReader) next() (body []byte, p *problem, err error) {
	for {
		piece, err := r.ReadSlice('\n')
		if len(body)+len(piece) > model.MaxBody+2 {
			p, body = tooLarge(0), nil
		}
		if p == nil {
			body = append(body, piece...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, p, err // half a line is no event
		}
		body = bytes.TrimRight(body, "\r\n")
		if len(bytes.TrimSpace(body)) == 0 {
			body = nil
		}
		if len(body) > model.MaxBody {
			p, body = tooLarge(0), nil
		}
		return body, p, err
	}
}

// pieces gives each piece of a batch the time that a whole body has otherwise.
type pieces struct {
	r    io.Reader
	ctl  *http.ResponseController
	each time.Duration
}

func (p pieces) Read(b []byte) (int, error) {
	if err := p.ctl.SetReadDeadline(time.Now().Add(p.each)); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}
