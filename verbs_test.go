package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/tidwall/gjson"

	"hooktop/ui/cli"
)

// lines are a command line for every verb; DELIVERY and EVENT stand for some that are
// there, DIR for a folder. With --json each of them writes objects, but for those in texts.
var lines = []string{
	"", "paths", "doctor", "backup DIR/NEW", "sample", "sample call.note.added", "stats", "test hostile call.processed",
	"hook list", "hook show hostile", "hook history hostile", "hook history hostile --tests", "hook history hostile --verifications",
	"hook add --name NEW --url http://127.0.0.1:1/ --draft", "hook edit new --rate 3 --no-verify", "hook verify hostile", "hook enable new",
	"hook pause hostile", "hook resume hostile", "hook disable new", "hook rotate-secret new", "hook delete new", "hook restore new",
	"emit call.processed", "event show EVENT", "event why EVENT", "event list", "event replay EVENT --hook hostile",
	"delivery list", "delivery show DELIVERY", "delivery diff DELIVERY --with sample", "delivery tail", "delivery retry DELIVERY", "delivery cancel DELIVERY", "delivery replay DELIVERY", "delivery hold none", "delivery resume none",
	"demo", "serve --listen nowhere", "listen --addr nowhere", "export", "import DIR/hooks.json", "completion bash",
	"signature sign --secret-file DIR/secret --data DIR/body.json", "signature verify --secret-file DIR/secret --data DIR/body.json --id e --timestamp 1 --signature v1,x",
	"signature explain --secret-file DIR/secret --data DIR/body.json --id e --timestamp 1 --signature v1,x", "reset-terminal", "help",
}

// texts are verbs that say no facts, so that they know no --json; with one more word
// for reset-terminal, whose whole purpose are controls.
var texts = []string{"completion bash", "help", "reset-terminal", "serve --listen nowhere", "listen --addr nowhere"}

// silent are verbs that may have nothing to say.
var silent = []string{"hook history hostile --verifications", "delivery tail"}

// TestEveryVerbInLinesAndInObjects runs every verb on a terminal as --accessible wants
// it: no control reaches it, whatever receivers have answered; and with --json into a
// pipe, which then has one object per line and nothing else.
func TestEveryVerbInLinesAndInObjects(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(poison))
	}))
	t.Cleanup(s.Close)
	dir := household(t)
	run := func(tty bool, line string) (code int, out, errs string) {
		var o, e bytes.Buffer
		d := deps()
		d.In, d.Out, d.Err, d.InTTY, d.OutTTY = strings.NewReader(""), &o, &e, false, tty
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		if strings.Contains(line, "delivery tail") { // it goes on until it is interrupted
			stop()
		}
		code = cli.Run(ctx, d, strings.Fields(line))
		return code, o.String(), e.String()
	}
	if code, _, errs := run(false, "hook add --name hostile --trigger all --no-verify --url "+s.URL); code != 0 {
		t.Fatal(errs)
	}
	file := filepath.Join(dir, "body.json")
	if err := os.WriteFile(file, []byte(poisoned), 0o600); err != nil {
		t.Fatal(err)
	}
	carried := `{"name":"carried","url":"http://127.0.0.1:1/","events":[]}`
	if err := os.WriteFile(filepath.Join(dir, "hooks.json"), []byte(carried), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte(listenSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run(false, "emit call.processed --id evt-1 --data "+file); code != 0 {
		t.Fatal(errs)
	}
	_, list, _ := run(false, "delivery list --json")
	fill := strings.NewReplacer("DELIVERY", gjson.Get(list, "id").String(), "EVENT", gjson.Get(list, "event_id").String(), "--name NEW", "--name new", "DIR", dir)
	for _, line := range lines {
		code, out, errs := run(true, "--accessible "+fill.Replace(line))
		if line != "reset-terminal" && strings.ContainsAny(out+errs, "\x1b\r\a\u009d\u202e") {
			t.Errorf("%s: %q %q", line, out, errs)
		}
		if out+errs == "" && code == cli.ExitOK && !slices.Contains(silent, line) || code == cli.ExitCrash {
			t.Errorf("%s: exit code %d, and it says %q", line, code, out+errs)
		}
		if slices.Contains(texts, line) {
			continue
		}
		code, out, errs = run(false, "--json "+fill.Replace(strings.Replace(line, "NEW", "other", 1)))
		if code == cli.ExitUsage {
			t.Errorf("%s: %s", line, errs)
		}
		for l := range strings.Lines(out) {
			if !gjson.Valid(l) || !gjson.Parse(l).IsObject() || !strings.HasSuffix(l, "\n") {
				t.Errorf("%s: no object: %q", line, l)
			}
		}
	}
	everyVerb(t, run)
}

// household is a home in a directory of its own, for what runs in this process.
func household(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(xdg.Reload) // after the environment is as it was
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "HOME", "TMPDIR"} {
		t.Setenv(name, dir)
	}
	t.Setenv("LANG", "en_US.UTF-8")
	t.Setenv("HOOKTOP_DB", "")
	xdg.Reload()
	if p, err := paths(cli.Options{}); err != nil || !strings.HasPrefix(p.DB, dir) || !strings.HasPrefix(p.Crash, dir) {
		t.Fatalf("the home is not ours: %+v, %v", p, err)
	}
	return dir
}

// everyVerb walks through the help and wants a line for each verb.
func everyVerb(t *testing.T, run func(bool, string) (int, string, string)) {
	t.Helper()
	var walk func(verb string)
	walk = func(verb string) {
		_, help, _ := run(false, verb+" --help")
		_, commands, ok := strings.Cut(help, "Commands:\n")
		if !ok {
			if !slices.ContainsFunc(lines, func(l string) bool { return l == verb || strings.HasPrefix(l, verb+" ") }) {
				t.Errorf("%q is not tried", verb)
			}
			return
		}
		for l := range strings.Lines(commands) {
			if !strings.HasPrefix(l, "  ") {
				break
			}
			walk(strings.TrimSpace(verb + " " + strings.Fields(l)[0]))
		}
	}
	walk("")
}

// TestACrashInAVerbIsExit70 is a bug in what a verb needs.
func TestACrashInAVerbIsExit70(t *testing.T) {
	household(t)
	code := protect(func() int {
		d := deps()
		d.Out, d.Err = &bytes.Buffer{}, &bytes.Buffer{}
		d.Open = func(context.Context, cli.Options) (*cli.Desk, error) { panic("a bug") }
		return cli.Run(t.Context(), d, []string{"hook", "list"})
	}, crash)
	if code != 70 {
		t.Errorf("exit code %d, want 70", code)
	}
}

// An editor that cannot be used is named, with what to set; nothing is sent.
func TestWithoutAnEditorItIsSaidWhatToSet(t *testing.T) {
	household(t)
	run := func(line string) (code int, out, errs string) {
		var o, e bytes.Buffer
		d := deps()
		d.In, d.Out, d.Err, d.InTTY, d.OutTTY = strings.NewReader(""), &o, &e, true, false
		code = cli.Run(t.Context(), d, append(strings.Fields(line), "--lang", "en"))
		return code, o.String(), e.String()
	}
	run("hook add --name a --trigger all --no-verify --url http://127.0.0.1:1/")
	run("emit call.processed")
	_, list, _ := run("delivery list --json")
	t.Setenv("EDITOR", "no-such-editor")
	code, out, errs := run("delivery replay --edit " + gjson.Get(list, "id").String())
	if code != 2 || out != "" || !strings.Contains(errs, "There is no editor “no-such-editor” · set another: export EDITOR=vi") {
		t.Errorf("%d: %q %q", code, out, errs)
	}
	if _, after, _ := run("delivery list --json"); after != list {
		t.Errorf("sent: %s", after)
	}
}
