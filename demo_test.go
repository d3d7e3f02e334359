package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

// startDemo prepares the demonstration in a temporary directory of the test.
func startDemo(t *testing.T, lang, to string) *cli.Demo {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	d, err := demo(t.Context(), cli.Options{Lang: lang, Egress: "any"}, cli.DemoOptions{To: to})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// sendTo fires one event of the type at the webhook.
func sendTo(t *testing.T, d *cli.Demo, h model.Hook, typ string) model.TestResult {
	t.Helper()
	s, err := loadSamples(cli.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := s.Mint(typ, "es")
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Test(t.Context(), h, ev)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// R1: a webhook's data goes to its custom URL, for a call that has been processed,
// never before: what is sent is dated after the call and its analysis.
func TestR01_DataGoesToTheCustomURLOnceTheCallIsProcessed(t *testing.T) {
	own := receiver.New(receiver.Options{})
	server, err := receiver.Listen("127.0.0.1:0", own)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }()
	d := startDemo(t, "en", server.URL()+"/my/own/path?team=7")
	h := d.Hooks[len(d.Hooks)-1].Hook
	sent := sendTo(t, d, h, "call.processed")
	all := own.Requests()
	last := all[len(all)-1]
	if last.Path != "/my/own/path?team=7" || !bytes.Equal(last.Body, sent.Event.Body) || last.Type != "call.processed" {
		t.Errorf("%s at %s, %d bytes", last.Type, last.Path, len(last.Body))
	}
	body := gjson.ParseBytes(last.Body)
	at := body.Get("timestamp").Time()
	for _, path := range []string{"call_details.started_at", "call_details.ended_at", "call_score.evaluated_at"} {
		if before := body.Get(path).Time(); before.IsZero() || before.After(at) {
			t.Errorf("%s is %s, the event %s", path, before, at)
		}
	}
	if got := body.Get("call_details.transcript.status").String(); got != "DONE" {
		t.Errorf("the transcript is %q", got)
	}
}

// R2: internal systems, CRM tools, BI platforms and third-party applications each
// get their data at a URL of their own.
func TestR02_TheDemoServesEachKindOfConsumer(t *testing.T) {
	own := receiver.New(receiver.Options{})
	server, err := receiver.Listen("127.0.0.1:0", own)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }()
	d := startDemo(t, "en", server.URL())
	wantPaths := []string{d.URL + "/crm", d.URL + "/bi", d.URL + "/workflow", server.URL()}
	if len(d.Hooks) != len(wantPaths) {
		t.Fatalf("%d webhooks, want %d", len(d.Hooks), len(wantPaths))
	}
	keys := map[string]bool{}
	for i, saved := range d.Hooks {
		h := saved.Hook
		if h.URL != wantPaths[i] || h.State != model.HookActive || !saved.Activated {
			t.Errorf("%s: %s at %s, want active at %s", h.Name, h.State, h.URL, wantPaths[i])
		}
		got := sendTo(t, d, h, h.Events[0])
		if got.Attempt.Outcome != model.OutcomeDelivered {
			t.Errorf("%s: %s: %+v", h.Name, got.Attempt.Outcome, got.Attempt.Failure)
		}
		keys[h.Authorization.Reveal()] = true
	}
	if len(keys) != len(wantPaths) {
		t.Error("two webhooks share a key")
	}
	if n := len(own.Requests()); n != 2 { // the verification and the test
		t.Errorf("the third party got %d requests, want 2", n)
	}
}

// R3: the three stories of the article: enrichment of CRM records, custom
// dashboards, internal workflows based on call scores.
func TestR03_TheDemoTellsTheArticlesStories(t *testing.T) {
	for lang, told := range map[string][]string{
		"es": {"enriquecimiento de registros del CRM", "paneles personalizados", "puntuaciones de las llamadas"},
		"en": {"CRM record enrichment", "custom dashboards", "call scores"},
	} {
		t.Run(lang, func(t *testing.T) {
			long := strings.Join(strings.Fields(text.For(text.Lang(lang)).CLI.Cmd.DemoLong), " ")
			for _, want := range told {
				if !strings.Contains(long, want) {
					t.Errorf("the demonstration does not tell of %q", want)
				}
			}
			d := startDemo(t, lang, "")
			events := [][]string{
				{"call.processed", "call.tag.added", "call.note.added"},
				{"call.processed", "call.score.changed"},
				{"call.score.changed"},
			}
			for i, types := range events {
				h := d.Hooks[i].Hook
				for _, typ := range types {
					if !slices.Contains(h.Events, typ) {
						t.Errorf("%s does not get %s", h.Name, typ)
					}
				}
			}
			body := sendTo(t, d, d.Hooks[2].Hook, "call.score.changed").Event.Body
			if !bytes.Contains(body, []byte(`"call_score"`)) {
				t.Error("the workflow gets no call_score")
			}
		})
	}
}

func TestDemoReceiverRefusesAnotherKeyOrSignature(t *testing.T) {
	d := startDemo(t, "en", "")
	crm, bi := d.Hooks[0].Hook, d.Hooks[1].Hook
	wrongKey := crm.Clone()
	wrongKey.Authorization = bi.Authorization
	wrongSignature := crm.Clone()
	wrongSignature.Secret = bi.Secret
	for name, h := range map[string]model.Hook{"key": wrongKey, "signature": wrongSignature} {
		if got := sendTo(t, d, h, "call.processed"); got.Delivery.HTTPStatus != 401 {
			t.Errorf("another %s: %d, want 401", name, got.Delivery.HTTPStatus)
		}
	}
}

func TestDemoLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	d, err := demo(t.Context(), cli.Options{Lang: "en"}, cli.DemoOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(d.DB); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := os.Stat(filepath.Dir(d.Key)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the key is still there: %v", err)
	}
}
