package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

const lines = "Content-Type: application/x-ndjson"

func results(t *testing.T, r io.Reader) []lineResult {
	t.Helper()
	var out []lineResult
	for in := bufio.NewScanner(r); in.Scan(); {
		var l lineResult
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", in.Text(), err)
		}
		out = append(out, l)
	}
	return out
}

// TestBatchAnswersEachLine promises a result of its own for each line, in order, and
// that one that is refused stops no other.
func TestBatchAnswersEachLine(t *testing.T) {
	box := &fakeOutbox{}
	in := strings.Join([]string{
		`{"type":"call.processed","n":1}`,
		`{"type":"call.unheard"}`,
		``,
		`{"type":"call.processed",`,
		"{\"type\":\"call.processed\",\"n\":2}\r",
		`{"type":"call.processed","x":"` + strings.Repeat("a", model.MaxBody) + `"}`,
		`{ "type":"call.processed","n":3.0}`, // and no line end
	}, "\n")
	resp := do(t, request(t, serve(t, Config{Outbox: box}), in, lines))
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != typeLines {
		t.Fatal(resp.Status, resp.Header)
	}
	got := results(t, resp.Body)
	want := []struct {
		line, status int
		code         model.Code
	}{
		{1, 202, ""}, {2, 422, model.CodeUnknownEvent}, {4, 400, model.CodeBodyJSON}, {5, 202, ""}, {6, 413, model.CodeBodyTooLarge}, {7, 202, ""},
	}
	if len(got) != len(want) {
		t.Fatalf("%d results: %+v", len(got), got)
	}
	for i, w := range want {
		if got[i].Line != w.line || got[i].Status != w.status || got[i].Error != w.code {
			t.Errorf("result %d is %+v, want %+v", i, got[i], w)
		}
	}
	bodies := map[string]bool{}
	for _, ev := range box.taken() {
		bodies[string(ev.Body)] = true
	}
	for _, b := range []string{`{"type":"call.processed","n":1}`, `{"type":"call.processed","n":2}`, `{ "type":"call.processed","n":3.0}`} {
		if !bodies[b] {
			t.Errorf("%s did not arrive byte for byte", b)
		}
	}
}

// TestBatchKey makes the repetition of a whole batch harmless.
func TestBatchKey(t *testing.T) {
	box := &fakeOutbox{}
	url := serve(t, Config{Outbox: box})
	in := strings.Repeat(`{"type":"call.processed"}`+"\n", 3)
	first, _ := io.ReadAll(do(t, request(t, url, in, lines, "Idempotency-Key: b")).Body)
	again, _ := io.ReadAll(do(t, request(t, url, in, lines, "Idempotency-Key: b")).Body)
	if string(first) != string(again) || len(box.taken()) != 3 || !strings.Contains(string(first), "evt_b 3") {
		t.Errorf("%d events\n%s\n%s", len(box.taken()), first, again)
	}
}

// TestBatchKeyIsNoOther keeps the lines of a batch apart from events of their own.
func TestBatchKeyIsNoOther(t *testing.T) {
	box := &fakeOutbox{}
	url := serve(t, Config{Outbox: box})
	_ = do(t, request(t, url, body, "Idempotency-Key: b-1"))
	_, _ = io.ReadAll(do(t, request(t, url, `{"type":"call.processed","n":2}`, lines, "Idempotency-Key: b")).Body)
	if n := len(box.taken()); n != 2 {
		t.Errorf("%d events", n)
	}
	if resp := do(t, request(t, url, body, "Idempotency-Key: b 1")); resp.StatusCode != 422 {
		t.Error(resp.Status)
	}
}

// TestBatchIsConcurrent promises that lines wait for the disk together.
func TestBatchIsConcurrent(t *testing.T) {
	const n = 100
	arrived, all := make(chan struct{}, n), make(chan struct{})
	go func() {
		for range n {
			<-arrived
		}
		close(all)
	}()
	box := &fakeOutbox{before: func(context.Context) error { arrived <- struct{}{}; <-all; return nil }}
	resp := do(t, request(t, serve(t, Config{Outbox: box}), strings.Repeat(`{"type":"call.processed"}`+"\n", n), lines))
	if got := results(t, resp.Body); len(got) != n {
		t.Fatalf("%d results", len(got))
	}
}

// TestBatchAnswersWhileReading gives the first answers before the last line is sent.
func TestBatchAnswersWhileReading(t *testing.T) {
	url := serve(t, Config{Outbox: &fakeOutbox{}})
	pr, pw := io.Pipe()
	r := request(t, url, "", lines)
	r.Body, r.ContentLength = pr, -1
	go func() { _, _ = io.WriteString(pw, `{"type":"call.processed","n":1}`+"\n") }()
	resp := do(t, r)
	in := bufio.NewReader(resp.Body)
	for n := 1; n <= 3; n++ {
		got, err := in.ReadString('\n')
		if err != nil || !strings.Contains(got, fmt.Sprintf(`"line":%d,"status":202`, n)) {
			t.Fatalf("answer %q, %v", got, err)
		}
		if n < 3 {
			_, _ = io.WriteString(pw, `{"type":"call.processed","n":2}`+"\n")
		}
	}
	_ = pw.Close()
	if rest, err := io.ReadAll(in); err != nil || len(rest) != 0 {
		t.Fatalf("%q, %v", rest, err)
	}
}

// TestBatchThatStops is told so in its last line; what came whole is accepted.
func TestBatchThatStops(t *testing.T) {
	box := &fakeOutbox{}
	pr, pw := io.Pipe()
	defer pw.Close()
	r := request(t, serve(t, Config{Outbox: box, Read: 20 * time.Millisecond}), "", lines)
	r.Body, r.ContentLength = pr, -1
	go func() { _, _ = io.WriteString(pw, `{"type":"call.processed"}`+"\n"+`{"type":"call.pro`) }()
	got := results(t, do(t, r).Body)
	if len(got) != 2 || got[0].Status != 202 || got[1].Status != 408 || len(box.taken()) != 1 {
		t.Fatalf("%+v, %d events", got, len(box.taken()))
	}
}

func TestBatchTakesNoSharedID(t *testing.T) {
	resp := do(t, request(t, serve(t, Config{Outbox: &fakeOutbox{}}), `{"type":"call.processed"}`, lines, "Ce-Id: a"))
	if resp.StatusCode != http.StatusBadRequest {
		t.Fatal(resp.Status)
	}
}

// TestPanicOfOneLine costs that line alone.
func TestPanicOfOneLine(t *testing.T) {
	first := make(chan struct{}, 1)
	first <- struct{}{}
	box := &fakeOutbox{before: func(context.Context) error {
		select {
		case <-first:
			panic("a bug")
		default:
			return nil
		}
	}}
	got := results(t, do(t, request(t, serve(t, Config{Outbox: box}), strings.Repeat(`{"type":"call.processed"}`+"\n", 2), lines)).Body)
	if len(got) != 2 || got[0].Status+got[1].Status != 202+503 {
		t.Fatalf("%+v", got)
	}
}
