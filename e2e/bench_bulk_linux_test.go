package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
)

// BenchmarkBulk is what a serve takes to replay, hold, resume and cancel a million
// deliveries (another number: HOOKTOP_CONSOLE_ROWS), how long an event waits that comes
// every 10 ms meanwhile, and what the serve holds in memory at most. The replay has a
// rate of one a second: what is sent beside is next to nothing. The file is that of
// BenchmarkConsole, and is changed.
//
//	HOOKTOP_TIER2=1 go test ./e2e -run '^$' -bench Bulk -benchtime 1x -timeout 60m
func BenchmarkBulk(b *testing.B) {
	if program == "" {
		b.Skip("second tier: set HOOKTOP_TIER2=1")
	}
	rows := "1000000"
	if n := os.Getenv("HOOKTOP_CONSOLE_ROWS"); n != "" {
		rows = n
	}
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
	}))
	defer receiver.Close()
	h := newHouse(b, program, b.TempDir())
	if file := os.Getenv("HOOKTOP_KEY_FILE"); file != "" {
		key, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(h.key, key, 0o600)
		}
		if err != nil {
			b.Fatal(err)
		}
	} else {
		b.Setenv("HOOKTOP_KEY_FILE", h.key)
	}
	h.db = newCrowd(b, rows).db
	h.env = append(h.env, "HOOKTOP_DB="+h.db)
	if n := os.Getenv("MALLOC_ARENA_MAX"); n != "" { // glibc's: what SQLite frees is used again sooner
		h.env = append(h.env, "MALLOC_ARENA_MAX="+n)
	}
	h.redirect(receiver.URL)
	h.start()
	for b.Loop() {
		var made struct {
			Count  int
			Replay string
		}
		verb := func(name string, want int, args ...string) {
			b.Helper()
			limit := memoryPeak(b, h.cmd.Process.Pid)
			var out string
			waits, took, err := h.beside(func() { out = h.run("", append(append([]string{"delivery"}, args...), "--json")...) })
			if err == nil {
				err = json.Unmarshal([]byte(out), &made)
			}
			if err != nil || made.Count < max(want*99/100, 1) {
				b.Fatalf("%s: %v: %s", name, err, out)
			}
			b.ReportMetric(took.Seconds(), name+"-s")
			b.ReportMetric(quantile(waits, 50), name+"-p50-ms")
			b.ReportMetric(quantile(waits, 99), name+"-p99-ms")
			b.ReportMetric(slices.Max(waits), name+"-max-ms")
			b.ReportMetric(limit(), name+"-MB")
		}
		verb("replay", 0, "replay", "--filter", "state:delivered", "--rate", "1")
		n, id := made.Count, made.Replay
		verb("hold", n, "hold", id)
		verb("resume", n, "resume", id)
		verb("hold-again", n, "hold", id)
		verb("cancel", n, "cancel", "--filter", "replay:"+id)
	}
}

// redirect points the webhooks at a receiver.
func (h *house) redirect(url string) {
	h.t.Helper()
	db, err := store.Open(h.db, store.Options{KeyFile: h.key})
	if err != nil {
		h.t.Fatal(err)
	}
	hooks, _, err := db.Fleet(h.t.Context())
	for i := 0; i < len(hooks) && err == nil; i++ {
		hooks[i].URL = url
		_, err = db.PutHook(h.t.Context(), hooks[i], model.Change{At: time.Now(), Kind: model.ChangeEdited})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		h.t.Fatal(err)
	}
}

// beside posts an event every 10 ms while something is done, and says how long each
// waited for its acknowledgement, in ms.
func (h *house) beside(do func()) (waits []float64, took time.Duration, err error) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	body := body2K()
	wg.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			wg.Go(func() {
				began := time.Now()
				_, failed := h.post(h.url, "", body)
				mu.Lock()
				defer mu.Unlock()
				err = errors.Join(err, failed)
				waits = append(waits, float64(time.Since(began).Microseconds())/1000)
			})
		}
	})
	began := time.Now()
	do()
	took = time.Since(began)
	close(done)
	wg.Wait()
	return waits, took, err
}

// memoryPeak begins to watch what a process holds at most, and says it in MB.
func memoryPeak(b *testing.B, pid int) func() float64 {
	b.Helper()
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0); err != nil { // proc(5): resets the peak
		b.Fatal(err)
	}
	return func() float64 { return resident(b, pid, "VmHWM") }
}
