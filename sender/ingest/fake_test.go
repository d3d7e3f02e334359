package ingest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"hooktop/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const secretToken = "token-of-the-tests-0001"

// fakeOutbox keeps what it is given and checks as the engine does.
type fakeOutbox struct {
	mu     sync.Mutex
	events []model.Event
	keys   map[string]string // key -> body
	err    error
	before func(context.Context) error // runs before an event is taken
}

func (f *fakeOutbox) Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error) {
	if f.before != nil {
		if err := f.before(ctx); err != nil {
			return model.Accepted{}, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return model.Accepted{}, f.err
	}
	if ev.Type != "call.processed" && ev.Type != "call.note.added" {
		return model.Accepted{}, &model.Fault{Code: model.CodeUnknownEvent, Value: ev.Type}
	}
	if fault := model.CheckBody(ev.Body); fault != nil {
		return model.Accepted{}, fault
	}
	if body, ok := f.keys[key]; ok && key != "" {
		if body != string(ev.Body) {
			return model.Accepted{}, &model.Fault{Code: model.CodeDuplicate, Value: key}
		}
		return model.Accepted{EventID: "evt_" + key, Deliveries: 2, Duplicate: true}, nil
	}
	if f.keys == nil {
		f.keys = map[string]string{}
	}
	f.keys[key] = string(ev.Body)
	f.events = append(f.events, ev)
	id := ev.ID
	if id == "" {
		id = "evt_1"
	}
	if key != "" {
		id = "evt_" + key
	}
	return model.Accepted{EventID: id, Deliveries: 2}, nil
}

func (f *fakeOutbox) taken() []model.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.events
}

// serve starts the API on a loopback port until the test ends.
func serve(t testing.TB, c Config) string {
	t.Helper()
	if c.Token.IsZero() {
		c.Token = model.NewSecret(secretToken)
	}
	srv := httptest.NewServer(New(c))
	t.Cleanup(srv.Close)
	return srv.URL
}

// request is a POST of an event that would be accepted.
func request(t testing.TB, url, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url+"/v1/events", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+secretToken)
	r.Header.Set("Content-Type", "application/json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
		if value == "" {
			r.Header.Del(name)
		}
	}
	return r
}

func do(t testing.TB, r *http.Request) *http.Response {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}
