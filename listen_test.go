package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/sender/sign"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

const (
	listenToken  = "Bearer CANARY-1f2e3d4c5b"
	listenSecret = "whsec_Q0FOQVJZLXNpZ25pbmctc2VjcmV0LTAxMjM0NTY3ODk="
)

// listener is `hooktop listen` in this process, and the lines it prints.
type listener struct {
	t     *testing.T
	url   string
	lines *bufio.Scanner
	errs  *bytes.Buffer
	stop  func() (code int)
}

func startListener(t *testing.T, tty bool, args ...string) *listener {
	t.Helper()
	household(t)
	in, out := io.Pipe()
	l := &listener{t: t, lines: bufio.NewScanner(in), errs: &bytes.Buffer{}}
	d := deps()
	d.In, d.Out, d.Err, d.InTTY, d.OutTTY = strings.NewReader(listenSecret+"\n"), out, l.errs, false, tty
	d.Env = func(name string) string { return map[string]string{"TOKEN": listenToken}[name] }
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	go func() {
		done <- cli.Run(ctx, d, append([]string{"listen", "--addr", "127.0.0.1:0"}, args...))
		_ = out.Close()
	}()
	l.stop = func() int { cancel(); return <-done }
	ready := l.next()
	l.url = strings.TrimPrefix(ready, "ready ")
	if gjson.Valid(ready) {
		l.url = gjson.Get(ready, "ready").String()
	}
	return l
}

func (l *listener) next() string {
	l.t.Helper()
	if !l.lines.Scan() {
		l.t.Fatalf("no line: %v %s", l.lines.Err(), l.errs)
	}
	return l.lines.Text()
}

// post sends a body with headers and says what came back.
func (l *listener) post(body string, headers ...string) int {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, l.url+"/crm", strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// signed are the headers of a signed request with the key.
func signed(t *testing.T, secret, id string, at time.Time, body string) []string {
	t.Helper()
	key, err := sign.NewKey(model.NewSecret(secret))
	if err != nil {
		t.Fatal(err)
	}
	signature, err := sign.Header([]*sign.Key{key}, id, at, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return []string{"Authorization: " + listenToken, "webhook-id: " + id, "webhook-timestamp: " + strconv.FormatInt(at.Unix(), 10), "webhook-signature: " + signature}
}

func TestListenSaysWhichMistakeWasMade(t *testing.T) {
	l := startListener(t, false, "--json", "--auth-env", "TOKEN", "--secret-stdin", "--script", "500,202")
	const body = `{"type":"call.processed"}`
	now := time.Now()
	good := signed(t, listenSecret, "evt_1", now, body)
	for _, c := range []struct {
		headers []string
		body    string
		want    string // status, refusal, authorization, signature, seen
	}{
		{good, body, `[500,"","ok","ok",0]`},
		{good, body, `[202,"","ok","ok",1]`},
		{good, body, `[200,"","ok","ok",2]`},
		{good[1:], body, `[401,"authorization","missing","ok",0]`},
		{append(good[1:], "Authorization: Bearer another"), body, `[401,"authorization","wrong","ok",0]`},
		{good[:1], body, `[401,"signature","ok","missing",0]`},
		{good, body + "\n", `[401,"signature","ok","no_match",0]`},
		{signed(t, listenSecret, "evt_2", now.Add(-time.Hour), body), body, `[401,"signature","ok","stale",0]`},
		{signed(t, listenSecret, "evt_3", now, "["), "[", `[400,"json","ok","ok",0]`},
	} {
		status := l.post(c.body, c.headers...)
		line := l.next()
		got := gjson.Get(line, "[status,refusal,authorization,signature,seen]").Raw
		if got != c.want || gjson.Get(c.want, "0").Int() != int64(status) {
			t.Errorf("answered %d and said %s, want %s", status, got, c.want)
		}
		if mistakes := gjson.Get(line, "mistakes").Raw; (mistakes == `["body_line_end"]`) != strings.HasSuffix(c.body, "\n") || mistakes == "" {
			t.Error(mistakes)
		}
		if gjson.Get(line, "body.text").String() != c.body || gjson.Get(line, "path").String() != "/crm" || strings.Contains(line, "CANARY") {
			t.Error(line)
		}
	}
	if code := l.stop(); code != cli.ExitInterrupt {
		t.Errorf("exit code %d", code)
	}
}

// In lines for people nothing that a sender writes reaches the terminal as a control.
func TestListenPrintsALineForEachRequest(t *testing.T) {
	l := startListener(t, true, "--lang", "es", "--secret", "generate")
	l.post(`{"type":"\u001b[2J\u009d","x":1}`)
	if line := l.next(); !strings.Contains(line, "  401  POST /crm  ") || !strings.Contains(line, "sin firma") || strings.ContainsAny(line, "\x1b\u009d") {
		t.Errorf("%q", line)
	}
	if code := l.stop(); code != cli.ExitInterrupt || !strings.Contains(l.errs.String(), "whsec_") {
		t.Errorf("exit code %d, %s", code, l.errs)
	}
}

func TestEveryVerdictOnASignatureHasAWord(t *testing.T) {
	for _, lang := range []text.Lang{text.ES, text.EN} {
		for _, m := range sign.Mistakes() {
			if p := text.For(lang).Signature.Mistakes[string(m)]; p.What == "" || p.Cure == "" {
				t.Errorf("%s: mistake %s", lang, m)
			}
		}
		w := text.For(lang).Listen
		for _, v := range []receiver.Verdict{receiver.OK, receiver.Missing, receiver.Wrong} {
			if w.Key[string(v)] == "" {
				t.Errorf("%s: key %s", lang, v)
			}
		}
		for _, v := range []receiver.Verdict{receiver.OK, receiver.Missing, receiver.Malformed, receiver.Stale, receiver.Future, receiver.NoMatch, receiver.Unusable} {
			if w.Signature[string(v)] == "" {
				t.Errorf("%s: signature %s", lang, v)
			}
		}
		for _, r := range []receiver.Refusal{receiver.RefusedMethod, receiver.RefusedType, receiver.RefusedTooLarge, receiver.RefusedIncomplete, receiver.RefusedJSON} {
			if w.Refused[string(r)] == "" {
				t.Errorf("%s: refused for %s", lang, r)
			}
		}
	}
}
