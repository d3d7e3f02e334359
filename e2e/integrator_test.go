package e2e

import (
	"context"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
)

// maxKeys is what an integrator may press beside typed text (UX, flows).
const maxKeys = 25

// TestIntegratorFlow goes from an empty database to "saved and active" in a real
// terminal of 80x24: create, verify, key, trigger, test, copy, save.
func TestIntegratorFlow(t *testing.T) {
	tier2(t)
	flows := []struct {
		lang                                   string
		first, form, verified, sent, copy, eso string
	}{
		{"es", "Crear mi primer webhook", "Nuevo webhook", "Verificado", "✓ 200", "Copiado", "¡Eso es todo!"},
		{"en", "Create my first webhook", "New webhook", "Verified", "✓ 200", "Copied", "That's it!"},
	}
	for _, f := range flows {
		t.Run(f.lang, func(t *testing.T) {
			const token = "Bearer e2e-token-1234567890"
			r := receiver.New(receiver.Options{Authorization: model.NewSecret(token), Echo: true})
			srv, err := receiver.Listen("127.0.0.1:0", r)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = srv.Close(context.Background()) })

			x := newTmux(t, 80, 24, home(t), program, "--lang", f.lang)
			x.waitFor(f.first)
			x.press("1")
			x.waitFor(f.form)
			x.typing("crm-prod")
			x.press("Tab")
			x.typing(srv.URL() + "/crm")
			x.press("Tab")
			x.typing(token)
			x.press("BTab")
			x.press("Enter")
			x.waitFor(f.verified)
			x.press("Escape")
			x.waitFor(f.form, f.verified)
			x.press("Tab", "Tab", "t")
			shown := x.waitFor("call.processed", `"id": "evt_`)
			x.press("Enter")
			x.waitFor(f.sent)
			x.press("y", "j")
			x.waitFor(f.copy)
			x.press("Escape")
			x.waitFor(f.form)
			x.press("C-s")
			x.waitFor(f.eso)

			if x.keys > maxKeys {
				t.Errorf("%d keys pressed, at most %d promised", x.keys, maxKeys)
			}
			t.Logf("%d keys beside typed text", x.keys)
			sent := tested(t, r)
			if got := x.clipboard(); string(got) != string(sent.Body) {
				t.Errorf("clipboard and wire differ:\n%s\n---\n%s", got, sent.Body)
			}
			checkShown(t, shown, string(sent.Body))
			x.quit()
		})
	}
}

// tested is the one test request among what the receiver got.
func tested(t *testing.T, r *receiver.Receiver) receiver.Request {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := r.Wait(ctx, 3); err != nil { // reach, key probe, test
		t.Fatal(err)
	}
	for _, req := range r.Requests() {
		if req.Type == "call.processed" {
			return req
		}
	}
	t.Fatal("no test arrived")
	return receiver.Request{}
}

// checkShown checks that the body's lines on the screen are those that were sent,
// from the first one on; a line too long for the pane goes on in the next one.
func checkShown(t *testing.T, screen, body string) {
	t.Helper()
	var pane strings.Builder
	for _, line := range strings.Split(screen, "\n") {
		if _, text, ok := strings.Cut(line, "│"); ok {
			pane.WriteString(strings.TrimSpace(text))
		}
	}
	_, shown, ok := strings.Cut(pane.String(), "{")
	flat := strings.NewReplacer("\n", "", " ", "").Replace(body)
	shown = "{" + strings.ReplaceAll(shown, " ", "")
	if !ok || len(shown) < 200 || !strings.HasPrefix(flat, shown) {
		t.Errorf("the screen showed other than what was sent:\n%s\n---\n%s", shown, flat)
	}
}
