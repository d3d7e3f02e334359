package hooks

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// copied is what the copy menu's key copies.
func copied(t *testing.T, env *page.Env, v Verbs, r model.TestResult, key string) []byte {
	t.Helper()
	cmd, done := copyMenu(env, r, false).Update(uitest.Key(key))
	if cmd == nil || !done {
		t.Fatalf("%s copies nothing", key)
	}
	m, ok := cmd().(page.CopyMsg)
	if !ok {
		t.Fatalf("%s is no copy", key)
	}
	return m.Data
}

func TestCopyMenuGivesEveryPart(t *testing.T) {
	h := crm().Hook
	ev := model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{"id":"10126872918086418832"}`)}
	r := testOf(h, ev, &model.Response{Status: 200, Body: []byte("ok\x00\xff")}, nil)
	env, v := envOf(es80), newFake().verbs()
	for key, want := range map[string]string{"j": string(ev.Body), "r": "ok\x00\xff", "i": "evt_1", "u": h.URL} {
		if got := copied(t, env, v, r, key); string(got) != want {
			t.Errorf("%s copies %q, want %q", key, got, want)
		}
	}
	for _, key := range []string{"h", "c"} {
		if got := string(copied(t, env, v, r, key)); strings.Contains(got, "0123456789abcdef") {
			t.Errorf("%s copies the token: %q", key, got)
		}
	}
	if got := string(copied(t, env, v, r, "c")); !strings.Contains(got, `-H "Authorization: $WEBHOOK_AUTH"`) {
		t.Errorf("curl is %q", got)
	}
	if cmd, done := copyMenu(env, model.TestResult{Event: ev}, false).Update(uitest.Key("r")); cmd != nil || done {
		t.Error("a response that did not come can be copied")
	}
}

func TestCurlCarriesTheExactBytesThroughAShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no POSIX shell here")
	}
	for name, body := range map[string]string{
		"quotes":   `{"it's": "\"$HOME\" ` + "`id`" + ` !! \\n %s"}`,
		"newlines": "{\r\n\t\"a\": 1\n}\n\n",
		"unicode":  `{"ñ":"日本🙂"}`,
		"large":    `"` + strings.Repeat("it's ", 25<<10) + `"`,
	} {
		dir := t.TempDir()
		// A stand-in for curl that writes the data it is given and its arguments.
		script := "#!/bin/sh\nfor a in \"$@\"; do last=$a; echo \"$a\" >>args; done\n" +
			"if [ \"$last\" = @- ]; then cat >got; else printf %s \"$last\" >got; fi\n"
		if err := os.WriteFile(filepath.Join(dir, "curl"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		r := testOf(crm().Hook, model.Event{ID: "evt_1", Body: []byte(body)}, nil, nil)
		cmd := exec.Command(sh, "-s")
		cmd.Stdin = strings.NewReader(r.Attempt.Curl(r.Event.Body))
		cmd.Dir = dir
		cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "WEBHOOK_AUTH=token of the environment", "HOME=/nowhere"}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		got, _ := os.ReadFile(filepath.Join(dir, "got"))
		if string(got) != body {
			t.Errorf("%s: curl got %d bytes, want %d", name, len(got), len(body))
		}
		args, _ := os.ReadFile(filepath.Join(dir, "args"))
		if !strings.Contains(string(args), "Authorization: token of the environment") {
			t.Errorf("%s: Authorization is not read from the environment:\n%.300s", name, args)
		}
	}
}

func TestCopyMenuSavesThePayloadByteForByteAndOverwritesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "payload.json")
	raw := []byte("{\"a\" :  1}\n\n")
	d := testing80(t, newFake(), look{W: 120, H: 40, Lang: text.EN}, crm().Hook).Paste(string(raw))
	save := func() *uitest.Driver {
		return d.Press("y", "f", "ctrl+u").Paste(path).Press("enter")
	}
	save().Has("Saved to " + path)
	if got, err := os.ReadFile(path); err != nil || string(got) != string(raw) {
		t.Errorf("saved %q: %v", got, err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	save().Has("Cannot save to")
}
