package sender

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"hooktop/model"
)

// overTheWire is a running engine with real attempts, and a way to wait for results.
func overTheWire(t *testing.T, h func(*Sender) model.Hook) (*Engine, chan model.Finish) {
	t.Helper()
	s, _ := house(t)
	l := newLedger(h(s))
	results := make(chan model.Finish, 100)
	l.onFinish = func(f *model.Finish) error { results <- *f; return nil }
	e := NewEngine(EngineConfig{Sender: s, Outbox: l, Recovery: l})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	})
	return e, results
}

func next(t *testing.T, results chan model.Finish) model.Finish {
	t.Helper()
	select {
	case f := <-results:
		return f
	case <-time.After(10 * time.Second):
		t.Fatal("no result")
	}
	return model.Finish{}
}

func TestRetriesCarryOneIDTheirNumberAndBothSignatures(t *testing.T) {
	var mu sync.Mutex
	tries := 0
	in := receive(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries < 3 {
			w.WriteHeader(500)
		}
	})
	secrets := []model.Secret{generate(t), generate(t)}
	e, results := overTheWire(t, func(s *Sender) model.Hook {
		h := hookTo(s, in.URL)
		h.State, h.Secret, h.OldSecret, h.OldSecretUntil = model.HookActive, secrets[0], secrets[1], time.Now().Add(time.Hour)
		h.Retry = model.Schedule{Waits: []time.Duration{0, time.Millisecond, time.Millisecond}}
		return h
	})
	body := []byte("{ \"a\" : 1.10,\n\"a\":2 }")
	accepted, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: body}, "")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 3; n++ {
		f := next(t, results)
		want := model.DeliveryRetrying
		if n == 3 {
			want = model.DeliveryDelivered
		}
		if f.Attempt.N != n || f.Verdict.State != want {
			t.Errorf("attempt %d: %s", f.Attempt.N, f.Verdict.State)
		}
	}
	var deliveries []string
	for i, r := range in.requests() {
		if r.body != string(body) || r.header.Get("Webhook-Id") != accepted.EventID || r.header.Get("X-Hooktop-Attempt") != fmt.Sprint(i+1) {
			t.Errorf("request %d: %+v", i, r)
		}
		deliveries = append(deliveries, r.header.Get("X-Hooktop-Delivery"))
		for _, secret := range secrets {
			w, err := standardwebhooks.NewWebhook(secret.Reveal())
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Verify([]byte(r.body), r.header); err != nil {
				t.Errorf("request %d: %v", i, err)
			}
		}
	}
	if len(deliveries) != 3 || len(slices.Compact(deliveries)) != 1 {
		t.Errorf("deliveries %v", deliveries)
	}
}

func TestSilenceAfterTheRequestIsUnknownAndRetried(t *testing.T) {
	url := raw(t, func(c *net.TCPConn) { _ = c.SetLinger(0) })
	e, results := overTheWire(t, func(s *Sender) model.Hook {
		h := hookTo(s, url)
		h.State, h.Retry = model.HookActive, model.Schedule{Waits: []time.Duration{0, time.Millisecond}}
		return h
	})
	if _, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []model.DeliveryState{model.DeliveryRetrying, model.DeliveryDead} {
		if f := next(t, results); f.Attempt.Outcome != model.OutcomeUnknown || f.Verdict.State != want {
			t.Errorf("%s, %s: %+v", f.Attempt.Outcome, f.Verdict.State, f.Attempt.Failure)
		}
	}
}

func TestStopCutsARealAttempt(t *testing.T) {
	arrived := make(chan struct{})
	url := raw(t, func(c *net.TCPConn) { close(arrived); silence(c) })
	s, _ := house(t)
	h := hookTo(s, url)
	h.State = model.HookActive
	l := newLedger(h)
	e := NewEngine(EngineConfig{Sender: s, Outbox: l, Recovery: l, Drain: 10 * time.Millisecond})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
		t.Fatal(err)
	}
	<-arrived
	if err := e.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := l.attempts(); len(a) != 1 || a[0].Outcome != model.OutcomeInterrupted {
		t.Errorf("%+v", a)
	}
}
