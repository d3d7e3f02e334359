package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"hooktop/model"
)

const body = `{ "type" : "call.processed",  "n":1.0 }` + "\n"

// TestAnswers walks every answer of the API for one event.
func TestAnswers(t *testing.T) {
	fault := func(c model.Code) error { return &model.Fault{Code: c} }
	huge := `{"type":"call.processed","x":"` + strings.Repeat("a", model.MaxBody) + `"}`
	for name, tt := range map[string]struct {
		body    string
		headers []string
		err     error // of the outbox
		status  int
		code    model.Code
		retry   bool
		line    int
		column  int
	}{
		"type in the body":                     {status: 202},
		"type in a header":                     {body: `{}`, headers: []string{"X-Event-Type: call.processed"}, status: 202},
		"header beside a type of another kind": {body: `{"type":7}`, headers: []string{"X-Event-Type: call.processed"}, status: 202},
		"charset utf-8":                        {headers: []string{"Content-Type: application/json; charset=UTF-8"}, status: 202},
		"IPv6 host":                            {headers: []string{"Host: [::1]:8711"}, status: 202},
		"own page":                             {headers: []string{"Sec-Fetch-Site: same-origin"}, status: 202},
		"bad JSON":                             {body: "{\"type\":\"call.processed\",\n \"x\":}", status: 400, code: model.CodeBodyJSON, line: 2, column: 6},
		"bad JSON without type":                {body: "{\n\n nope", status: 400, code: model.CodeBodyJSON, line: 3, column: 2},
		"empty":                                {body: " ", status: 400, code: model.CodeBodyEmpty},
		"no UTF-8":                             {body: "{\"type\":\"call.processed\",\"x\":\"\xff\"}", status: 400, code: model.CodeBodyUTF8, line: 1, column: 31},
		"bad ce-time":                          {headers: []string{"Ce-Time: yesterday"}, status: 400, code: codeHeader},
		"bad ce-specversion":                   {headers: []string{"Ce-Specversion: 0.3"}, status: 400, code: codeHeader},
		"no token":                             {headers: []string{"Authorization: "}, status: 401, code: codeToken},
		"wrong token":                          {headers: []string{"Authorization: Bearer x"}, status: 401, code: codeToken},
		"token of another scheme":              {headers: []string{"Authorization: Basic " + secretToken}, status: 401, code: codeToken},
		"cross-site origin":                    {headers: []string{"Origin: http://evil.example"}, status: 403, code: codeCrossSite},
		"cross-site fetch":                     {headers: []string{"Sec-Fetch-Site: cross-site"}, status: 403, code: codeCrossSite},
		"key with other bytes":                 {err: fault(model.CodeDuplicate), status: 409, code: model.CodeDuplicate},
		"too large":                            {body: huge, status: 413, code: model.CodeBodyTooLarge},
		"no content type":                      {headers: []string{"Content-Type: "}, status: 415, code: codeMedia},
		"form":                                 {headers: []string{"Content-Type: text/plain"}, status: 415, code: codeMedia},
		"other charset":                        {headers: []string{"Content-Type: application/json; charset=latin1"}, status: 415, code: codeMedia},
		"gzip":                                 {headers: []string{"Content-Encoding: gzip"}, status: 415, code: codeMedia},
		"no coding":                            {headers: []string{"Content-Encoding: identity"}, status: 202},
		"structured CloudEvent":                {headers: []string{"Content-Type: application/cloudevents+json"}, status: 415, code: codeMedia},
		"other host":                           {headers: []string{"Host: evil.example:8711"}, status: 421, code: codeHost},
		"host that looks like ours":            {headers: []string{"Host: localhost.evil.example"}, status: 421, code: codeHost},
		"unknown type":                         {body: `{"type":"call.unheard"}`, status: 422, code: model.CodeUnknownEvent},
		"no type":                              {body: `{}`, status: 422, code: model.CodeUnknownEvent},
		"header against body":                  {headers: []string{"X-Event-Type: call.note.added"}, status: 422, code: model.CodeEventName},
		"header against header":                {headers: []string{"X-Event-Type: call.processed", "Ce-Type: call.note.added"}, status: 422, code: model.CodeEventName},
		"rate":                                 {err: fault(model.CodeRateLimited), status: 429, code: model.CodeRateLimited, retry: true},
		"disk full":                            {err: fault(model.CodeStoreFull), status: 503, code: model.CodeStoreFull, retry: true},
		"file gone":                            {err: fault(model.CodeStoreGone), status: 503, code: model.CodeStoreGone, retry: true},
		"failing fsync":                        {err: fault(model.CodeStoreIO), status: 503, code: model.CodeStoreIO, retry: true},
		"locked":                               {err: fault(model.CodeStoreLocked), status: 503, code: model.CodeStoreLocked, retry: true},
		"a fault of ours":                      {err: errors.New("surprise"), status: 503, code: codeStore, retry: true},
		"hooks kept changing":                  {err: model.ErrStale, status: 503, code: codeStore, retry: true},
	} {
		t.Run(name, func(t *testing.T) {
			box := &fakeOutbox{err: tt.err}
			if tt.body == "" {
				tt.body = body
			}
			resp := do(t, request(t, serve(t, Config{Outbox: box}), tt.body, tt.headers...))
			raw, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tt.status {
				t.Fatalf("status %d, want %d: %s", resp.StatusCode, tt.status, raw)
			}
			if got := resp.Header.Get("Retry-After") != ""; got != tt.retry {
				t.Errorf("Retry-After given: %v", got)
			}
			if tt.status == 202 {
				if string(raw) != `{"id":"evt_1","deliveries":2}`+"\n" {
					t.Errorf("answer %q", raw)
				}
				if got := box.taken(); len(got) != 1 || string(got[0].Body) != tt.body || got[0].Type != "call.processed" {
					t.Errorf("the outbox got %+v", got)
				}
				return
			}
			var got refusal
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatal(err)
			}
			if got.Error != tt.code || got.Line != tt.line || got.Column != tt.column {
				t.Errorf("refused with %+v", got)
			}
			if len(box.taken()) != 0 {
				t.Error("what was refused was taken")
			}
		})
	}
}

func TestCloudEventsBinary(t *testing.T) {
	box := &fakeOutbox{}
	resp := do(t, request(t, serve(t, Config{Outbox: box}), `{"x":1}`, "Ce-Specversion: 1.0", "Ce-Id: a-1", "Ce-Type: call.note.added",
		"Ce-Source: /pbx", "Ce-Subject: 4711", "Ce-Time: 2026-03-12T10:00:00Z"))
	if resp.StatusCode != 202 {
		t.Fatal(resp.Status)
	}
	if ev := box.taken()[0]; ev.ID != "a-1" || ev.Type != "call.note.added" || ev.Subject != "4711" || !ev.CreatedAt.IsZero() {
		t.Errorf("event %+v", ev)
	}
}

// TestSameKey promises the same answer for the same bytes.
func TestSameKey(t *testing.T) {
	url := serve(t, Config{Outbox: &fakeOutbox{}})
	for i, want := range []int{202, 202, 409} {
		b := body
		if i == 2 {
			b += " "
		}
		resp := do(t, request(t, url, b, "Idempotency-Key: k1"))
		raw, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != want || want == 202 && string(raw) != `{"id":"evt_k1","deliveries":2}`+"\n" {
			t.Errorf("request %d: %d %s", i, resp.StatusCode, raw)
		}
	}
}

// TestAckAfterCommit promises that no answer leaves before the outbox has the event.
func TestAckAfterCommit(t *testing.T) {
	commit, reached := make(chan struct{}), make(chan struct{})
	url := serve(t, Config{Outbox: &fakeOutbox{before: func(context.Context) error { close(reached); <-commit; return nil }}})
	answered := make(chan int, 1)
	req := request(t, url, body)
	go func() {
		resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
		if err != nil {
			answered <- 0
			return
		}
		_ = resp.Body.Close()
		answered <- resp.StatusCode
	}()
	<-reached
	select {
	case status := <-answered:
		t.Fatalf("%d before the commit", status)
	default:
	}
	close(commit)
	if status := <-answered; status != 202 {
		t.Fatal(status)
	}
}

func TestOtherPaths(t *testing.T) {
	url := serve(t, Config{Outbox: &fakeOutbox{}, Metrics: func(w io.Writer) { _, _ = io.WriteString(w, "more 1\n") }})
	for _, tt := range []struct {
		method, path, token string
		status              int
		has                 string
	}{
		{"GET", "/healthz", "", 200, `"ok"`},
		{"POST", "/healthz", "", 405, "method"},
		{"GET", "/metrics", "", 401, "unauthorized"},
		{"GET", "/metrics", secretToken, 200, "more 1"},
		{"GET", "/metrics", secretToken, 200, `hooktop_ingest_requests_total{status="401"} 1`},
		{"GET", "/v1/events", secretToken, 405, "method"},
		{"OPTIONS", "/v1/events", secretToken, 405, "method"},
		{"POST", "/v1/hooks", secretToken, 404, "no_such_path"}, // no webhook is made with an ingest token
	} {
		r, _ := http.NewRequest(tt.method, url+tt.path, nil)
		if tt.token != "" {
			r.Header.Set("Authorization", "Bearer "+tt.token)
		}
		resp := do(t, r)
		raw, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != tt.status || !strings.Contains(string(raw), tt.has) {
			t.Errorf("%s %s: %d %s", tt.method, tt.path, resp.StatusCode, raw)
		}
	}
}

func TestHealthTellsOfTheStore(t *testing.T) {
	url := serve(t, Config{Outbox: &fakeOutbox{}, Ready: func(context.Context) error { return &model.Fault{Code: model.CodeStoreFull} }})
	r, _ := http.NewRequest(http.MethodGet, url+"/healthz", nil)
	if resp := do(t, r); resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "30" {
		t.Fatal(resp.Status, resp.Header)
	}
}

// TestHealthTellsOfTheLastEvent says no after the store did, and yes once it takes
// events again.
func TestHealthTellsOfTheLastEvent(t *testing.T) {
	box := &fakeOutbox{err: &model.Fault{Code: model.CodeStoreGone}}
	url := serve(t, Config{Outbox: box})
	for _, want := range []int{503, 200} {
		_ = do(t, request(t, url, body))
		r, _ := http.NewRequest(http.MethodGet, url+"/healthz", nil)
		if resp := do(t, r); resp.StatusCode != want {
			t.Fatal(resp.Status)
		}
		box.mu.Lock()
		box.err = nil
		box.mu.Unlock()
	}
}

// TestRefusalsTellNoPaths keeps to itself where this machine has its files.
func TestRefusalsTellNoPaths(t *testing.T) {
	say := func(c model.Code, f *model.Fault) string {
		if f == nil {
			return string(c)
		}
		return string(c) + " " + f.Value
	}
	for _, fault := range []*model.Fault{
		{Code: model.CodeStoreGone, Field: model.FieldDB, Value: "/home/me/x.db"},
		{Code: model.CodeKeyWrong, Field: model.FieldKey, Value: "/home/me/key"},
	} {
		url := serve(t, Config{Outbox: &fakeOutbox{err: fault}, Say: say})
		raw, _ := io.ReadAll(do(t, request(t, url, body)).Body)
		if want := `{"error":"` + string(fault.Code) + `","message":"unavailable"}` + "\n"; string(raw) != want {
			t.Errorf("%s, want %s", raw, want)
		}
		r, _ := http.NewRequest(http.MethodGet, url+"/healthz", nil)
		raw, _ = io.ReadAll(do(t, r).Body)
		if want := `{"error":"` + string(fault.Code) + `"}` + "\n"; string(raw) != want {
			t.Errorf("%s, want %s", raw, want)
		}
	}
}

// TestStrangersAreSentAway closes the connection of whoever has no token, and keeps
// that of a source.
func TestStrangersAreSentAway(t *testing.T) {
	url := serve(t, Config{Outbox: &fakeOutbox{}})
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	for header, closed := range map[string]bool{"Authorization: ": true, "Authorization: Bearer x": true, "X-A: b": false} {
		resp, err := transport.RoundTrip(request(t, url, body, header))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.Close != closed {
			t.Errorf("%s: closed %v", header, resp.Close)
		}
	}
}

// TestMemoryIsBounded refuses bodies for which there is no room, and takes them again
// after.
func TestMemoryIsBounded(t *testing.T) {
	a := New(Config{Outbox: &fakeOutbox{}, Token: model.NewSecret(secretToken), Memory: model.MaxBody})
	if !a.reserve(t.Context(), model.MaxBody) {
		t.Fatal("the first body has no room")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a.reserve(ctx, 1) {
		t.Fatal("more than the memory")
	}
	a.memory.Release(model.MaxBody)
	if !a.reserve(t.Context(), 1) {
		t.Fatal("no room was given back")
	}
}
