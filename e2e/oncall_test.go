package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hooktop/model"
)

// TestOnCallFlow is a bad night: the header says that deliveries fail; who is on call
// finds the webhook, the cause and what changed since the last success, mends the
// webhook, replays the six that failed and sees them delivered.
func TestOnCallFlow(t *testing.T) {
	tier2(t)
	flows := []struct {
		lang                           string
		failed, reason, changed, saved string
		ask, delivered                 string
	}{
		{"es", "✗ 8 fallidas", "401: su receptor rechazó la clave", "Authorization cambió", "¡Eso es todo!", "¿Reenviar 6", "6 entregadas"},
		{"en", "✗ 8 failed", "401: your receiver rejected the key", "Authorization changed", "That's it!", "Replay 6", "6 delivered"},
	}
	for _, f := range flows {
		t.Run(f.lang, func(t *testing.T) {
			h, right := badNight(t)
			x := newTmux(t, 120, 40, append(h.env, "HOOKTOP_LANG="+f.lang), program)
			began := time.Now()
			x.waitFor("zapier-es")
			x.press("2")
			x.waitFor(f.failed)
			x.press("f", "o", "r")
			x.waitFor(f.reason, "×6", "datalake", "×2")
			x.press("Enter")
			x.waitFor("hook:zapier-es", "call.tag", f.reason)
			x.press("Enter")
			x.waitFor("[1/6]", f.reason)
			x.press("D")
			x.waitFor(f.changed)
			t.Logf("%s: the cause after %v and %d keys", f.lang, time.Since(began).Round(time.Millisecond), x.keys)

			x.press("Escape") // alone: with a key right behind it, it would be Alt
			x.waitFor("[1/6]")
			x.press("Escape")
			x.waitFor("hook:zapier-es", "call.tag")
			x.press("1")
			x.waitFor("datalake")
			x.press("/")
			x.typing("zapier")
			x.press("Enter", "e")
			x.waitFor("Authorization", "zapier-es")
			x.press("Tab", "Tab", "C-u")
			x.typing("Bearer right-token-1234567890")
			x.press("C-s")
			x.waitFor(f.saved)
			x.press("2")
			x.waitFor("hook:zapier-es")
			x.press("a", "r")
			x.waitFor(f.ask, "127.0.0.1")
			x.press("s")
			x.waitFor(f.delivered)

			all := h.run("", "delivery", "list", "--json", "--filter", "hook:zapier-es state:delivered")
			if n := strings.Count(all, "\n"); n != 7 {
				t.Errorf("%d deliveries to zapier-es arrived, want the first and six replays:\n%s", n, all)
			}
			if n := right.good.Load(); n < 7 {
				t.Errorf("the receiver took %d, want 7", n)
			}
			x.quit()
		})
	}
}

// keyed is a receiver that wants a key.
type keyed struct {
	*httptest.Server
	key  string
	good atomic.Int64
}

func newKeyed(t *testing.T, key string) *keyed {
	k := &keyed{key: key}
	k.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != k.key {
			http.Error(w, `{"error":"bad key"}`, http.StatusUnauthorized)
			return
		}
		k.good.Add(1)
	}))
	t.Cleanup(k.Close)
	return k
}

// badNight is a home where one webhook's key was changed to a wrong one after a
// delivery had arrived, and six more failed; two of another failed otherwise.
func badNight(t *testing.T) (*house, *keyed) {
	t.Helper()
	right := newKeyed(t, "Bearer right-token-1234567890")
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "out of order", http.StatusServiceUnavailable)
	}))
	t.Cleanup(broken.Close)
	h := newHouse(t, program, t.TempDir())
	h.run(right.key, "hook", "add", "--name", "zapier-es", "--url", right.URL, "--trigger", "call.tag", "--retry", "none", "--auth-stdin", "--no-verify")
	h.run("", "hook", "add", "--name", "datalake", "--url", broken.URL, "--trigger", "call.score", "--retry", "none", "--no-verify")
	h.start()
	h.run("", "emit", "call.tag.added")
	h.until(t, "state:delivered", 1)
	h.run("Bearer wrong-token-0987654321", "hook", "edit", "zapier-es", "--auth-stdin", "--no-verify")
	h.run("", "emit", "call.tag.added", "--count", "6")
	h.run("", "emit", "call.score.changed", "--count", "2")
	h.until(t, "state:dead", 8)
	h.kill()
	return h, right
}

// until waits until so many deliveries match.
func (h *house) until(t *testing.T, filter string, want int) {
	t.Helper()
	db := h.read()
	defer func() { _ = db.Close() }()
	f, fault := model.ParseFilter(filter, time.Now())
	if fault != nil {
		t.Fatal(fault)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	changes := db.Changes(ctx)
	for {
		rows, _, err := db.Page(ctx, f, "", want+1)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == want {
			return
		}
		select {
		case <-changes:
		case <-ctx.Done():
			t.Fatalf("%d deliveries %s, want %d", len(rows), filter, want)
		}
	}
}
