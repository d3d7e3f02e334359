package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// toxic is a bad line between the sender and a receiver that answers 200 with 2 KB,
// and what one test over it must say.
type toxic struct {
	name       string
	kind       string // of toxiproxy; empty: a good line
	stream     string // downstream when empty
	attributes map[string]int
	outcome    model.Outcome // empty: any but delivered
	code       model.Code    // of the failure
	whole      bool          // the answer's body came whole
	atLeast    time.Duration
}

// TestBadLines sends over lines that are slow, cut, reset or in slices: each test
// gives 200 or the cause by its name, within the limit of 2 s, and the next one over a
// good line works.
func TestBadLines(t *testing.T) {
	tier2(t)
	if _, err := exec.LookPath("toxiproxy-server"); err != nil {
		t.Skip("needs toxiproxy-server 2.5.0 in PATH; .ci/run installs it")
	}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, strings.Repeat("receiver", 256))
	}))
	defer receiver.Close()
	api := startToxiproxy(t)
	line := api.proxy(strings.TrimPrefix(receiver.URL, "http://"))
	h := newHouse(t, program, t.TempDir())
	h.run("", "hook", "add", "--name", "bad", "--url", "http://"+line, "--trigger", "all", "--no-verify", "--timeout", "2s")

	const ms = time.Millisecond
	for _, x := range []toxic{
		{name: "latency 500", kind: "latency", attributes: map[string]int{"latency": 500}, outcome: model.OutcomeDelivered, whole: true, atLeast: 500 * ms},
		{name: "latency 4000", kind: "latency", attributes: map[string]int{"latency": 4000}, outcome: model.OutcomeUnknown, code: model.CodeTimeout, atLeast: 2000 * ms},
		{name: "timeout never", kind: "timeout", attributes: map[string]int{"timeout": 0}, outcome: model.OutcomeUnknown, code: model.CodeTimeout, atLeast: 2000 * ms},
		{name: "timeout 300", kind: "timeout", attributes: map[string]int{"timeout": 300}, outcome: model.OutcomeUnknown, code: model.CodeReset, atLeast: 300 * ms},
		{name: "reset at once", kind: "reset_peer", attributes: map[string]int{"timeout": 0}, outcome: model.OutcomeUnknown, code: model.CodeReset},
		{name: "reset after 300", kind: "reset_peer", attributes: map[string]int{"timeout": 300}, outcome: model.OutcomeUnknown, code: model.CodeReset, atLeast: 300 * ms},
		{name: "20 bytes", kind: "limit_data", attributes: map[string]int{"bytes": 20}, outcome: model.OutcomeUnknown, code: model.CodeReset}, // ends in a header's name
		{name: "25 bytes", kind: "limit_data", attributes: map[string]int{"bytes": 25}, outcome: model.OutcomeUnknown, code: model.CodeReset},
		{name: "200 bytes", kind: "limit_data", attributes: map[string]int{"bytes": 200}, outcome: model.OutcomeDelivered},
		{name: "request cut", kind: "limit_data", stream: "upstream", attributes: map[string]int{"bytes": 200}, outcome: model.OutcomeUnknown, code: model.CodeReset},
		{name: "slices", kind: "slicer", attributes: map[string]int{"average_size": 16, "size_variation": 8, "delay": 1000}, outcome: model.OutcomeDelivered, whole: true},
		{name: "request in slices", kind: "slicer", stream: "upstream", attributes: map[string]int{"average_size": 16, "size_variation": 8, "delay": 1000}, outcome: model.OutcomeDelivered, whole: true},
		{name: "1 KB a second", kind: "bandwidth", attributes: map[string]int{"rate": 1}, outcome: model.OutcomeDelivered},
	} {
		t.Run(x.name, func(t *testing.T) {
			heal := api.poison(x)
			checkLine(t, h, x)
			heal()
			checkLine(t, h, toxic{outcome: model.OutcomeDelivered, whole: true})
		})
	}
}

// checkLine fires one test and holds what it says against x.
func checkLine(t *testing.T, h *house, x toxic) {
	t.Helper()
	cmd := exec.Command(h.program, "test", "bad", "call.processed", "--json")
	cmd.Env = h.env
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("%v: %s", err, out)
	}
	var got struct {
		Attempt struct {
			Outcome  model.Outcome
			Failure  *struct{ Code model.Code }
			Response *struct {
				Status    int
				Truncated bool
			}
			Took float64 `json:"duration_ms"`
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	a := got.Attempt
	if x.outcome != "" && a.Outcome != x.outcome || (err == nil) != (x.outcome == model.OutcomeDelivered) {
		t.Errorf("outcome %q, exit %v, want %q: %s", a.Outcome, err, x.outcome, out)
	}
	if (a.Failure == nil) != (err == nil) || x.code != "" && a.Failure.Code != x.code {
		t.Errorf("failure %+v, want %s: %s", a.Failure, x.code, out)
	}
	if x.outcome == model.OutcomeDelivered && (a.Response == nil || a.Response.Status != 200 || a.Response.Truncated == x.whole) {
		t.Errorf("response %+v, want 200, whole %v", a.Response, x.whole)
	}
	// 2 s and a tenth, and what a busy machine takes to notice.
	if took := time.Duration(a.Took * float64(time.Millisecond)); took < x.atLeast || took > 2500*time.Millisecond {
		t.Errorf("took %v, want from %v to the limit of 2 s", took, x.atLeast)
	}
}

// toxiproxy is the server's address.
type toxiproxy struct {
	t   *testing.T
	url string
}

func startToxiproxy(t *testing.T) toxiproxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	cmd := exec.Command("toxiproxy-server", "-host", "127.0.0.1", "-port", strconv.Itoa(port))
	cmd.Env = append(os.Environ(), "LOG_LEVEL=error")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	p := toxiproxy{t, fmt.Sprintf("http://127.0.0.1:%d", port)}
	waitUntil(t, func() bool {
		resp, err := http.Get(p.url + "/version")
		if err == nil {
			_ = resp.Body.Close()
		}
		return err == nil
	})
	return p
}

// proxy makes a line to upstream and returns its address.
func (p toxiproxy) proxy(upstream string) string {
	p.t.Helper()
	var got struct{ Listen string }
	p.call(http.MethodPost, "/proxies", map[string]any{"name": "line", "listen": "127.0.0.1:0", "upstream": upstream, "enabled": true}, &got)
	return got.Listen
}

// poison makes the line a bad one until heal is called.
func (p toxiproxy) poison(x toxic) (heal func()) {
	p.t.Helper()
	stream := x.stream
	if stream == "" {
		stream = "downstream"
	}
	p.call(http.MethodPost, "/proxies/line/toxics",
		map[string]any{"name": "bad", "type": x.kind, "stream": stream, "toxicity": 1, "attributes": x.attributes}, nil)
	return func() { p.call(http.MethodDelete, "/proxies/line/toxics/bad", nil, nil) }
}

func (p toxiproxy) call(method, path string, in, out any) {
	p.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequest(method, p.url+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, _ := io.ReadAll(resp.Body)
	if resp.StatusCode/100 != 2 {
		p.t.Fatalf("%s %s: %s: %s", method, path, resp.Status, answer)
	}
	if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			p.t.Fatal(err)
		}
	}
}
