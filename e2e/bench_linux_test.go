package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"hooktop/model"
)

// BenchmarkLatency is the time from an event to its POST at the receiver, at 200
// events a second, beside the fdatasync of the same run on the same disk.
func BenchmarkLatency(b *testing.B) {
	var mu sync.Mutex
	sent, arrived := map[string]time.Time{}, []float64{}
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		now := time.Now()
		_, _ = io.Copy(io.Discard, r.Body)
		mu.Lock()
		defer mu.Unlock()
		arrived = append(arrived, float64(now.Sub(sent[r.Header.Get("Webhook-Id")]))/1e6)
	}))
	defer receiver.Close()
	p := newPlant(b)
	p.hook("sink", receiver.URL, call, 32)
	p.deliver(200, 8, 1, call)
	const n = 2000
	for b.Loop() {
		arrived = arrived[:0]
		syncs := fdatasyncs(b, 500)
		body := body2K()
		tick := time.NewTicker(time.Second / 200)
		var wg sync.WaitGroup
		for i := range n {
			<-tick.C
			id := fmt.Sprintf("evt_latency_%d", i)
			mu.Lock()
			sent[id] = time.Now()
			mu.Unlock()
			wg.Go(func() {
				if _, err := p.engine.Emit(b.Context(), model.Event{ID: id, Type: call, Body: body}, ""); err != nil {
					b.Error(err)
				}
			})
		}
		tick.Stop()
		wg.Wait()
		look := time.NewTicker(time.Millisecond)
		for deadline := time.Now().Add(10 * time.Second); ; <-look.C {
			mu.Lock()
			all := len(arrived)
			mu.Unlock()
			if all == n {
				break
			}
			if time.Now().After(deadline) {
				b.Fatalf("%d of %d arrived", all, n)
			}
		}
		look.Stop()
		syncs = append(syncs, fdatasyncs(b, 500)...)
		b.ReportMetric(median(syncs), "fdatasync-ms")
		b.ReportMetric(median(arrived), "p50-ms")
		b.ReportMetric(quantile(arrived, 99), "p99-ms")
		b.ReportMetric(2*median(syncs)+0.5, "p50-mark-ms")
	}
}

// fdatasyncs measures writing 16 KB, a page of the store, over what is there, and
// syncing it: milliseconds each.
func fdatasyncs(b *testing.B, n int) []float64 {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "sync"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	page := bytes.Repeat([]byte("hooktop."), 2048)
	for i := range 64 {
		if _, err := f.WriteAt(page, int64(i*len(page))); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	var all []float64
	for i := range n {
		if _, err := f.WriteAt(page, int64(i%64*len(page))); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if err := unix.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
		all = append(all, float64(time.Since(began))/1e6)
	}
	return all
}

// BenchmarkMemory is what the program holds in memory at most while it takes events
// over HTTP, one a request over 64 connections and then in batches, and delivers them.
func BenchmarkMemory(b *testing.B) {
	if program == "" {
		b.Skip("second tier: set HOOKTOP_TIER2=1")
	}
	var arrived atomic.Int64
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived.Add(1)
	}))
	defer receiver.Close()
	h := newHouse(b, program, b.TempDir())
	h.run(soakSecret, "hook", "add", "--name", "sink", "--url", receiver.URL, "--trigger", "all", "--no-verify", "--secret-stdin", "--concurrency", "32")
	h.start()
	body := bytes.ReplaceAll(body2K(), []byte("\n"), nil)
	await := func(n int64) {
		b.Helper()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for deadline := time.Now().Add(time.Minute); arrived.Load() < n; <-tick.C {
			if time.Now().After(deadline) {
				b.Fatalf("%d of %d arrived", arrived.Load(), n)
			}
		}
	}
	for b.Loop() {
		arrived.Store(0)
		b.ReportMetric(resident(b, h.cmd.Process.Pid, "VmRSS"), "idle-MB")
		var next atomic.Int64
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				for next.Add(1) <= benchEvents {
					if _, err := h.post(h.url, "", body); err != nil {
						b.Error(err)
					}
				}
			})
		}
		wg.Wait()
		await(benchEvents)
		b.ReportMetric(resident(b, h.cmd.Process.Pid, "VmHWM"), "singles-MB")
		lines := bytes.Repeat(append(bytes.Clone(body), '\n'), 2000)
		for range 2 {
			wg.Go(func() {
				for range 5 {
					postLines(b, h, lines)
				}
			})
		}
		wg.Wait()
		await(2 * benchEvents)
		b.ReportMetric(resident(b, h.cmd.Process.Pid, "VmHWM"), "batches-MB")
		b.ReportMetric(resident(b, h.cmd.Process.Pid, "RssAnon"), "anonymous-MB")
	}
}

func postLines(b *testing.B, h *house, lines []byte) {
	r, err := http.NewRequest(http.MethodPost, h.url+"/v1/events", bytes.NewReader(lines))
	if err != nil {
		b.Error(err)
		return
	}
	r.Header.Set("Authorization", "Bearer "+h.token)
	r.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := h.client.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	got, err := io.ReadAll(resp.Body)
	if n := bytes.Count(got, []byte(`"status":202`)); err != nil || n != 2000 {
		b.Errorf("%d of 2000 accepted: %v", n, err)
	}
}

// resident is a line of a process's /proc/PID/status, in MB.
func resident(b *testing.B, pid int, name string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), name+":")
	kb, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		b.Fatal(err)
	}
	return float64(kb) / 1024
}
