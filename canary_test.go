package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hooktop/model"
	"hooktop/sender/sign"
	"hooktop/store"
	"hooktop/ui/compare"
)

// mirror answers with all it got, in headers and body, and what else it knows.
func mirror(knows ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b strings.Builder
		_ = r.Header.Write(&b)
		for name, values := range r.Header {
			w.Header()["X-Got-"+name] = values
		}
		for _, s := range knows {
			w.Header().Add("X-Knows", s)
			b.WriteString(s + "\n")
		}
		_, _ = w.Write([]byte(b.String()))
	})
}

// startMirror NAME [FILE...] serves a mirror that knows what stands in the files, and
// puts its URL into $NAME.
func startMirror(ts *testscript.TestScript, _ bool, args []string) {
	var knows []string
	for _, file := range args[1:] {
		knows = append(knows, strings.TrimSpace(ts.ReadFile(file)))
	}
	s := httptest.NewServer(mirror(knows...))
	ts.Defer(s.Close)
	ts.Setenv(args[0], s.URL)
}

// TestNoReaderGetsAKeyThatIsGone promises that the keys of an attempt stay hidden from
// the reader of screens and commands, and are not even under the seal, when the webhook
// has other ones, and when it is gone.
func TestNoReaderGetsAKeyThatIsGone(t *testing.T) {
	const auth, header = "Bearer CANARY-0123456789abcdef", "CANARY-fedcba9876543210"
	o, p := home(t)
	w := newOwner(t, o, p)
	h := w.sender.New()
	secret, err := sign.Generate()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(mirror(secret.Reveal()))
	defer s.Close()
	h.Name, h.URL, h.Events, h.Secret = "crm", s.URL, w.samples.Catalogue().Types(), secret
	h.Authorization, h.Headers = model.NewSecret(auth), []model.Header{{Name: "X-Api-Key", Value: header}}
	saved, err := w.sender.Save(t.Context(), h, model.SaveUnverified, nil)
	if err != nil {
		t.Fatal(err)
	}
	h = saved.Hook
	if err := emitOne(t, w); err != nil {
		t.Fatal(err)
	}
	until(t, "an attempt", func() bool {
		all, _, err := w.db.Page(t.Context(), model.Filter{}, "", 1)
		return err == nil && len(all) == 1 && all[0].State.Done()
	})
	ev, err := w.sender.Mint("call.processed", "en")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.sender.Test(t.Context(), h, ev); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	db, err := store.Open(p.DB, store.Options{KeyFile: p.Key})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, _, err := db.Page(t.Context(), model.Filter{}, "", 10)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	look := func(when string) {
		t.Helper()
		for _, row := range rows {
			stored, err := db.Delivery(t.Context(), row.ID)
			if err != nil {
				t.Fatal(err)
			}
			shown, err := compare.Shown(t.Context(), db, row.ID)
			if err != nil {
				t.Fatal(err)
			}
			for what, v := range map[string]model.DeliveryView{"stored": stored, "shown": shown} {
				r := v.Attempts[0].Response
				text := string(r.Body)
				for _, line := range r.Headers {
					text += line.Name + ": " + line.Value + "\n"
				}
				for _, key := range []string{"CANARY", secret.Reveal()[len(model.SecretPrefix):]} {
					if strings.Contains(text, key) {
						t.Errorf("%s, %s: %q in\n%s", when, what, key, text)
					}
				}
				if !strings.Contains(text, "Authorization: Bearer ********cdef") {
					t.Errorf("%s, %s: the answer is not kept:\n%s", when, what, text)
				}
			}
		}
	}
	look("sent")
	h.Authorization, h.Headers, h.Secret = model.NewSecret("Bearer another"), nil, model.NewSecret("whsec_YW5vdGhlcmFub3RoZXJhbm90aGVyYW5vdGhlcg==")
	if h, err = db.PutHook(t.Context(), h, model.Change{Kind: model.ChangeEdited}); err != nil {
		t.Fatal(err)
	}
	look("edited and rotated")
	if err := db.DeleteHook(t.Context(), h.ID, w.engine.Now()); err != nil {
		t.Fatal(err)
	}
	look("deleted")
}
