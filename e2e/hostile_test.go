package e2e

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hooktop/internal/term"
)

// poison is what a hostile receiver would write on a terminal: a title, a
// clipboard write, colours, a forged row, C1, bidi, zero-width, a bell.
const poison = "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[31mRED\x1b[2J\rFAKE ✓ 200" +
	"\u009d52;c;b3duZWQ=\u009c\u202egnp.exe\u2066\u200b\u2028\x7f\x08\x9b31m"

// hostileReceiver answers every request with poison in reason phrase, headers and body.
func hostileReceiver(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				req, err := http.ReadRequest(bufio.NewReader(c))
				if err != nil {
					return
				}
				_, _ = bytes.NewBuffer(nil).ReadFrom(req.Body)
				// Header values with controls are refused by the client; what passes it is here.
				header := strings.Map(func(r rune) rune {
					if r < ' ' || r == 0x7f {
						return -1
					}
					return r
				}, poison)
				_, _ = fmt.Fprintf(c, "HTTP/1.1 400 Bad%s\r\nContent-Type: text/plain\r\nX-Poison: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
					strings.ReplaceAll(poison, "\r", ""), header, len(poison), poison)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// TestHostileReceiverDrawsNothing looks at every byte the program wrote to the
// terminal while it verified, tested and showed what a hostile receiver answered.
func TestHostileReceiverDrawsNothing(t *testing.T) {
	tier2(t)
	env := home(t, "TERM=xterm-256color")
	run(t, env, "hook", "add", "--name", "hostile", "--url", hostileReceiver(t), "--trigger", "all", "--no-verify")

	cmd := exec.Command(program, "--lang", "en")
	cmd.Env = env
	x, err := term.Start(cmd, 120, 40)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	steps := []struct{ key, wait string }{
		{"", "hostile"},
		{"v", "Verification failed"}, {"esc", "1 webhook"},
		{"t", "Test hostile"}, {"enter", "✗ 400"}, {"v", "␛"}, {"esc", "1 webhook"},
		{"enter", "wh_"},
	}
	for _, s := range steps {
		if s.key != "" {
			if err := x.Press(s.key); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.WaitFor(s.wait); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Press("right", "right", "enter"); err != nil { // attempts, the newest
		t.Fatal(err)
	}
	if err := x.WaitFor("400"); err != nil {
		t.Fatal(err)
	}
	checkRaw(t, x.Raw())
	if !bytes.Contains(x.Raw(), []byte("␛]0;owned")) { // the control: it was shown
		t.Error("the receiver's title stands nowhere in the output, marked")
	}
}

// An OSC the program may send: colours asked for (10, 11), the clipboard on a
// person's wish (52) and its own title (0, 2).
var osc = regexp.MustCompile(`\x1b\](\d*);([^\x07\x1b]*)`)

func checkRaw(t *testing.T, raw []byte) {
	t.Helper()
	for _, m := range osc.FindAllSubmatch(raw, -1) {
		switch string(m[1]) {
		case "10", "11", "12":
		case "0", "2":
			if string(m[2]) != "hooktop" && len(m[2]) > 0 {
				t.Errorf("title set to %q", m[2])
			}
		default:
			t.Errorf("OSC %s;%s was written", m[1], m[2])
		}
	}
	if !utf8.Valid(raw) {
		t.Error("the output is not valid UTF-8")
	}
	for _, own := range []string{"\x1b[2J\rFAKE", "\rFAKE", "\x1b[31mRED"} {
		if bytes.Contains(raw, []byte(own)) {
			t.Errorf("the receiver's %q was written", own)
		}
	}
	for i, r := range string(raw) {
		switch {
		case r >= 0x80 && r < 0xa0, r == 0x7f, unicode.Is(unicode.Bidi_Control, r), r == 0x200b, r == 0x2028, r == 0x2029:
			t.Errorf("%U was written at byte %d", r, i)
		}
	}
}

func run(t *testing.T, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("hooktop %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// TestTokenIsNowhereInClear types a token into the form, verifies, tests and saves,
// then looks for it in every file and in the process's arguments and environment.
func TestTokenIsNowhereInClear(t *testing.T) {
	tier2(t)
	const token, header = "CANARY-7f3e9a1b5c2d4e6f", "CANARY-a1b2c3d4e5f60718"
	env := home(t, "TERM=xterm-256color")
	srv := echoingReceiver(t)
	cmd := exec.Command(program, "--lang", "en")
	cmd.Env = env
	x, err := term.Start(cmd, 80, 24)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	do := func(wait string, keys ...string) {
		t.Helper()
		if err := x.Press(keys...); err != nil {
			t.Fatal(err)
		}
		if err := x.WaitFor(wait); err != nil {
			t.Fatal(err)
		}
	}
	text := func(s string) {
		t.Helper()
		if err := x.Type(s); err != nil {
			t.Fatal(err)
		}
	}
	do("Create my first webhook")
	do("New webhook", "1")
	text("canary")
	do("draft", "tab")
	text(srv)
	do("draft", "tab")
	text(token)
	do("********", "tab")
	do("No deliveries of", "ctrl+s") // saving leads to the webhook's deliveries
	do("1 active", "1")
	edit := exec.Command(program, "--lang", "en", "hook", "edit", "canary", "--header", "x-api-key: "+header)
	edit.Env = env
	if out, err := edit.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	do("Test canary", "t")
	do("X-Seen: ****", "enter") // the answer came, and says no key
	for _, secret := range []string{token, header} {
		checkNoSecret(t, secret, env, x)
		if bytes.Contains(x.Raw(), []byte(secret)) {
			t.Errorf("%s was drawn although nobody asked for it", secret)
		}
	}
}

// echoingReceiver answers 200 with the keys it was sent.
func echoingReceiver(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("x-seen", r.Header.Get("Authorization"))
		_, _ = fmt.Fprintf(w, "{\"authorization\": %q, \"key\": %q}", r.Header.Get("Authorization"), r.Header.Get("X-Api-Key"))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func checkNoSecret(t *testing.T, token string, env []string, x *term.Terminal) {
	t.Helper()
	forms := []string{token, base64.StdEncoding.EncodeToString([]byte(token))[:20], hex.EncodeToString([]byte(token))}
	look := func(where string, content []byte) {
		for _, f := range forms {
			if bytes.Contains(content, []byte(f)) {
				t.Errorf("the token is in %s as %q", where, f)
			}
		}
	}
	files := 0
	root := strings.TrimPrefix(env[0], "HOME=")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		files++
		look(path, content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 2 { // the control: the database and the key are there
		t.Errorf("only %d files were found below %s", files, root)
	}
	for _, name := range []string{"cmdline", "environ"} {
		content, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", x.Pid(), name))
		if err != nil {
			t.Fatal(err)
		}
		look(name, content)
	}
}
