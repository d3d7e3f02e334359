package receiver

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"hooktop/model"
)

// FieldScript and FieldAddr name in faults what was given.
const (
	FieldScript model.Field = "script"
	FieldAddr   model.Field = "addr"
)

// Statuses a receiver can be told to answer; 1xx is no final answer.
const (
	minStatus = 200
	maxStatus = 599
)

// Reply is what a request that passed the checks is answered.
type Reply struct {
	Status  int            // 200 to 599; anything else is sent as 500
	Headers []model.Header // Content-Type is application/json unless it is among them
	Body    []byte         // nil: a short JSON object; empty: none
	Delay   time.Duration  // before the status line
}

func (p Reply) accepts() bool { return p.Status >= 200 && p.Status < 300 }

// send writes the reply, unless the sender goes away during the delay.
func (p Reply) send(ctx context.Context, w http.ResponseWriter) {
	if p.Delay > 0 {
		timer := time.NewTimer(p.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
	}
	if p.Body == nil {
		p.Body = object("status", strconv.Itoa(p.Status))
	}
	w.Header().Set("Content-Type", "application/json")
	for _, h := range p.Headers {
		w.Header().Set(h.Name, h.Value)
	}
	w.WriteHeader(p.Status)
	if p.Status != http.StatusNoContent && p.Status != http.StatusNotModified {
		_, _ = w.Write(p.Body)
	}
}

// object is a JSON object of one member, without escaping for HTML.
func object(key, value string) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(map[string]string{key: value})
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

// After says what follows the last reply of a script.
type After int

const (
	Stay    After = iota // the last reply, again and again
	Recover              // 200
)

// script is what is left to answer. The zero value answers 200.
type script struct {
	replies []Reply
	after   After
}

func (s *script) next() Reply {
	if len(s.replies) == 0 {
		return Reply{Status: http.StatusOK}
	}
	p := s.replies[0]
	if len(s.replies) > 1 || s.after == Recover {
		s.replies = s.replies[1:]
	}
	if p.Status < minStatus || p.Status > maxStatus {
		p.Status = http.StatusInternalServerError
	}
	return p
}

// Answer fixes what every request that passes the checks is answered from now on.
func (r *Receiver) Answer(status int, headers ...model.Header) {
	r.Play(Stay, Reply{Status: status, Headers: headers})
}

// Play answers one reply after the other; none at all is 200.
func (r *Receiver) Play(after After, replies ...Reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.script = script{replies: slices.Clone(replies), after: after}
}

// Script plays statuses separated by commas or blanks: "500,500,200". A word that
// is no status from 200 to 599 is a *model.Fault with it as Value, and the script
// stays as it was.
func (r *Receiver) Script(text string, after After) error {
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(", \t\r\n", c) })
	replies := make([]Reply, 0, len(words))
	for _, word := range words {
		status, err := strconv.Atoi(word)
		if err != nil || status < minStatus || status > maxStatus {
			return &model.Fault{Code: model.CodeLimit, Field: FieldScript, Value: word, Limit: maxStatus}
		}
		replies = append(replies, Reply{Status: status})
	}
	r.Play(after, replies...)
	return nil
}
