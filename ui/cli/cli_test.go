package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// desk is a fake of all verbs: one webhook and one answer.
type fakeDesk struct {
	Archive
	Book
	Record
	Wire
	Keys
	hook   model.HookView
	result model.TestResult
	check  model.Verification
	err    error
}

func (f *fakeDesk) Hooks(context.Context) ([]model.HookView, error) {
	return []model.HookView{f.hook}, f.err
}
func (f *fakeDesk) Hook(context.Context, string) (model.HookView, error) { return f.hook, f.err }
func (f *fakeDesk) Test(context.Context, model.Hook, model.Event) (model.TestResult, error) {
	return f.result, nil
}

func (f *fakeDesk) Verify(context.Context, model.Hook, func(model.Verification)) (model.Verification, error) {
	return f.check, nil
}
func (f *fakeDesk) VerifySample(context.Context, model.Hook, string, func(model.Verification)) (model.Verification, error) {
	return f.check, nil
}
func (f *fakeDesk) Verifications(context.Context, string) ([]model.Verification, error) {
	return []model.Verification{f.check}, nil
}
func (f *fakeDesk) Tests(context.Context, string, int) ([]model.TestResult, error) {
	return []model.TestResult{f.result}, nil
}

// Delivery answers every id with the one attempt; to dlv_2 the receiver said more.
func (f *fakeDesk) Delivery(_ context.Context, id string) (model.DeliveryView, error) {
	t := f.result.Attempt
	if id == "dlv_2" {
		answer := *t.Response
		answer.Body = append([]byte("again\n"), bytes.ReplaceAll(answer.Body, []byte("\n"), []byte(" again\n"))...)
		answer.Headers = nil
		t.Response = &answer
	}
	return model.DeliveryView{Delivery: model.Delivery{ID: id, HookID: "wh_1"}, Attempts: []model.Attempt{t}}, nil
}

func (f *fakeDesk) History(context.Context, string) ([]model.Change, error) { return nil, nil }

type fakeSamples struct{}

func (fakeSamples) Catalogue() model.Catalogue          { return model.NewCatalogue([]string{"call.processed"}) }
func (fakeSamples) Body(string, string) ([]byte, error) { return []byte(`{"a":1}`), nil }
func (fakeSamples) Mint(string, string) (model.Event, error) {
	return model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{"a":1}`)}, nil
}
func (fakeSamples) Own(typ string, b []byte) (model.Event, error) {
	return model.Event{ID: "evt_1", Type: typ, Body: b}, nil
}
func (fakeSamples) Label(key, _ string) string { return key }

// run executes a command line on the fake.
func (f *fakeDesk) run(t *testing.T, tty bool, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	d := f.deps()
	d.Out, d.Err, d.OutTTY = &o, &e, tty
	code = Run(t.Context(), d, args)
	return code, o.String(), e.String()
}

func (f *fakeDesk) deps() Deps {
	return Deps{
		Version: "1", Env: func(string) string { return "" }, In: strings.NewReader(""), Out: io.Discard, Err: io.Discard,
		Now:     time.Now,
		Paths:   func(Options) (Paths, error) { return Paths{}, nil },
		Samples: func(Options, func(error)) (Samples, error) { return fakeSamples{}, nil },
		Open: func(context.Context, Options) (*Desk, error) {
			return &Desk{Book: f, Record: f, Wire: f, Keys: f, Archive: f, Close: func() error { return nil }}, nil
		},
	}
}

// hostile has an escape of every kind that a terminal would obey.
const hostile = "\x1b[2J\x1b]52;c;QQ==\a\r\u009d0;x\u0007\u202e\u200b\x00"

func hostileDesk() *fakeDesk {
	h := model.Hook{ID: "wh_1", Name: "A" + hostile, URL: "http://127.0.0.1/" + hostile, State: model.HookActive}
	return &fakeDesk{
		hook: model.HookView{Hook: h},
		result: model.TestResult{
			Event: model.Event{ID: "evt_1", Type: "call.processed"},
			Attempt: model.Attempt{URL: h.URL, Response: &model.Response{
				Status: 200, Proto: "HTTP/1.1" + hostile, Headers: []model.Header{{Name: "X", Value: hostile}}, Body: []byte("line\n" + hostile),
			}},
		},
	}
}

func TestATerminalGetsNoControls(t *testing.T) {
	for _, args := range [][]string{
		{"hook", "list"}, {"hook", "list", "--json"}, {"hook", "show", "A"}, {"test", "A", "call.processed"},
		{"test", "A", "call.processed", "--json"}, {"hook", "list", "--jq", ".name"}, {},
		{"delivery", "diff", "dlv_1", "--with", "dlv_2"}, {"delivery", "diff", "dlv_1", "--with", "dlv_2", "--json"},
	} {
		_, out, errs := hostileDesk().run(t, true, args...)
		if out == "" {
			t.Errorf("%v printed nothing", args)
		}
		for _, c := range "\x1b\a\r\x00\u009d\u202e\u200b" {
			if strings.ContainsRune(out+errs, c) {
				t.Errorf("%v let %U through: %q", args, c, out+errs)
			}
		}
	}
}

// The escapes of --json change no value.
func TestJSONKeepsEveryCharacter(t *testing.T) {
	d := hostileDesk()
	d.hook.Name = hostile + "\U000e0041 ñandú 👩‍💻"
	_, out, _ := d.run(t, false, "hook", "list", "--json")
	var got struct{ Name string }
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Name != d.hook.Name {
		t.Errorf("%q, %v", got.Name, err)
	}
}

// What goes to stderr is for a person even when stdout is a pipe.
func TestStderrGetsNoControls(t *testing.T) {
	d := hostileDesk()
	d.result.Attempt.Failure = &model.Failure{Code: model.CodeTLS, Reason: model.TLSHostname, Detail: hostile, Host: hostile}
	_, _, errs := d.run(t, false, "test", "A", "call.processed", "--json")
	if errs == "" || strings.ContainsAny(errs, "\x1b\a\r\x00\u009d\u202e\u200b") {
		t.Errorf("stderr: %q", errs)
	}
}

// stdout and stderr may lead to one place.
func TestTheReasonBeginsOnALineOfItsOwn(t *testing.T) {
	for body, want := range map[string]string{"no": "\n429: ", "no\n": "429: ", "": "429: "} {
		d := hostileDesk()
		d.result.Attempt.Response.Body = []byte(body)
		d.result.Attempt.Failure = model.ClassifyStatus(429)
		code, out, errs := d.run(t, false, "test", "A", "call.processed")
		if code != ExitFailed || !strings.HasPrefix(errs, want) || !strings.HasSuffix(out, "\n"+body) {
			t.Errorf("body %q: stdout %q, stderr %q", body, out, errs)
		}
	}
}

func TestAPipeGetsTheExactBody(t *testing.T) {
	_, out, _ := hostileDesk().run(t, false, "test", "A", "call.processed")
	if !strings.HasSuffix(out, "\n\nline\n"+hostile) {
		t.Errorf("not the exact bytes: %q", out)
	}
}

// CLI.md's table, one row per family of codes.
func TestExitCodes(t *testing.T) {
	fault := func(c model.Code) error { return fmt.Errorf("save: %w", &model.Fault{Code: c}) }
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{&Failed{model.CodeServerError}, 1}, {&Failed{model.CodeDNS}, 1}, {&Failed{model.CodeTLS}, 1}, {&Failed{model.CodeTimeout}, 1},
		{&Failed{model.CodeRedirect}, 1}, {&Failed{model.CodeProxy}, 1},
		{fault(model.CodeUsage), 2}, {fault(model.CodeUnknownEvent), 2}, {fault(model.CodeNameTaken), 2}, {fault(model.CodeBodyJSON), 2},
		{&model.Fault{Code: model.CodeConflict, Field: model.FieldState}, 2},
		{fault(model.CodeNotFound), 3},
		{fault(model.CodeStoreLocked), 4}, {fault(model.CodeConflict), 4},
		{&Failed{model.CodeLocal}, 5},
		{&Failed{model.CodeBlockedAddress}, 6}, {fault(model.CodeReadOnly), 6},
		{fault(model.CodeStoreForeign), 7}, {fault(model.CodeStoreNewer), 7}, {fault(model.CodeStoreCorrupt), 7},
		{fault(model.CodeStoreReadOnly), 7}, {fault(model.CodeStoreFull), 7}, {fault(model.CodeKeyWrong), 7}, {fault(model.CodeKeyMode), 7},
		{errors.New("disk on fire"), 7},
		{&Crash{}, 70},
		{context.Canceled, 130}, {fault(model.CodeCancelled), 130},
	} {
		if got := ExitCode(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

func TestJQIsBounded(t *testing.T) {
	d := hostileDesk()
	for expr, want := range map[string]int{
		".id": 0, "nope": 2, ".[": 2, "error(\"x\")": 2, "[limit(3;repeat(1))]": 0, "last(repeat(1))": 2, "range(1e9)|\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"": 2,
		"env": 0,
	} {
		t.Run(expr, func(t *testing.T) {
			code, out, errs := d.run(t, false, "hook", "list", "--jq", expr)
			if code != want {
				t.Errorf("exit code %d, want %d: %s", code, want, errs)
			}
			if len(out) > 2*jqSize {
				t.Errorf("%d bytes came out", len(out))
			}
			if expr == "env" && strings.TrimSpace(out) != "{}" {
				t.Errorf("an expression reads the environment: %s", out)
			}
		})
	}
}

// Every command and every flag has its words in both languages, and none of
// cobra's own English is left in the Spanish help.
func TestHelpIsWhole(t *testing.T) {
	for _, lang := range []string{"es", "en"} {
		a := &app{Deps: Deps{Env: func(string) string { return "" }}}
		a.language(lang)
		var walk func(c *cobra.Command)
		seen := 0
		walk = func(c *cobra.Command) {
			seen++
			text := a.help(c)
			if c.Short == "" || strings.Contains(text, "%!") {
				t.Errorf("%s in %s: %s", c.CommandPath(), lang, text)
			}
			for _, line := range strings.Split(text, "\n") {
				if lang == "es" && (strings.Contains(line, "Usage") || strings.Contains(line, "help for") || strings.Contains(line, "[flags]") || strings.Contains(line, "(default")) {
					t.Errorf("%s: English in the Spanish help: %s", c.CommandPath(), line)
				}
				if strings.HasPrefix(line, "  -") && len(strings.Fields(line)) < 2 {
					t.Errorf("%s in %s: a flag without words: %s", c.CommandPath(), lang, line)
				}
			}
			for _, sub := range c.Commands() {
				walk(sub)
			}
		}
		walk(a.root())
		if seen < 20 {
			t.Errorf("only %d commands", seen)
		}
	}
}

// A receiver that echoes its request says the webhook's keys: nothing prints them.
func TestEchoedKeysAreMasked(t *testing.T) {
	const key, header = "CANARY-0123456789abcdef", "CANARY-header-0123456789"
	echo := "Authorization: Bearer " + key + "\nx-api-key: " + header
	d := &fakeDesk{
		hook: model.HookView{Hook: model.Hook{
			ID: "wh_1", Name: "A", State: model.HookActive, Authorization: model.NewSecret("Bearer " + key),
			Headers: []model.Header{{Name: "x-api-key", Value: header}},
		}},
		result: model.TestResult{Attempt: model.Attempt{Response: &model.Response{
			Status: 200, Headers: []model.Header{{Name: "X-Echo", Value: echo}}, Body: []byte(echo),
		}}},
	}
	d.result.Attempt.AuthFingerprint, d.result.Attempt.Request = d.hook.AuthFingerprint(), d.hook.MaskedHeaders()
	d.check = model.Verification{OK: true, FirstBytes: echo, Failure: &model.Failure{Detail: echo}}
	d.hook.Verification, d.hook.LastAttempt = &d.check, &d.result
	for _, args := range [][]string{
		{"hook", "list", "--json"}, {"hook", "show", "A", "--json"}, {"hook", "show", "A"}, {"hook", "verify", "A", "--json"},
		{"hook", "history", "A", "--tests", "--json"}, {"hook", "history", "A", "--verifications", "--json"},
		{"test", "A", "call.processed"}, {"test", "A", "call.processed", "--json"}, {"delivery", "show", "dlv_1", "--json"},
		{"delivery", "diff", "dlv_1", "--with", "dlv_2"}, {"delivery", "diff", "dlv_2", "--with", "dlv_1", "--json"},
	} {
		code, out, errs := d.run(t, false, args...)
		if code != 0 || !strings.Contains(out, "****") {
			t.Errorf("%v: exit %d, %q", args, code, out)
		}
		if strings.Contains(out+errs, "CANARY") {
			t.Errorf("%v: %s%s", args, out, errs)
		}
	}
	if !strings.Contains(string(d.result.Attempt.Response.Body), key) {
		t.Error("what is kept was changed")
	}
}

// A test that left nothing behind says so, on stderr, even when few words are wanted.
func TestATestThatIsNotKeptSaysSo(t *testing.T) {
	d := hostileDesk()
	d.result.Unkept = model.CodeStoreFull
	for _, flag := range []string{"--json", "--quiet"} {
		if code, _, errs := d.run(t, false, "test", "A", "call.processed", flag); code != 0 || !strings.Contains(errs, "could not be kept") {
			t.Errorf("%s: exit %d, %q", flag, code, errs)
		}
	}
}

// endless is a stdin on which nothing comes.
type endless struct{ context.Context }

func (e endless) Read([]byte) (int, error) { <-e.Done(); return 0, io.EOF }

func TestWaitingForStdinEndsWithTheContext(t *testing.T) {
	life, end := context.WithCancel(context.Background())
	defer end()
	for _, args := range [][]string{
		{"test", "A", "call.processed", "--data", "-"}, {"hook", "edit", "A", "--auth-stdin"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		d := hostileDesk().deps()
		d.In = endless{life}
		code := make(chan int)
		go func() { code <- Run(ctx, d, args) }()
		cancel()
		if got := <-code; got != ExitInterrupt {
			t.Errorf("%v: exit %d", args, got)
		}
	}
}
