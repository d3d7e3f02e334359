package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/ingest"
	"hooktop/ui/cli"
)

const (
	benchToken = "token-of-the-benchmark"
	benchConns = 64
)

// BenchmarkIngest is acknowledged events a second, on disk with one delivery each,
// over 64 connections, beside a bare net/http server that only reads the body; and in
// batches. Bodies are 2 KB.
func BenchmarkIngest(b *testing.B) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	})
	body := benchBody(2048)
	b.Run("bare", func(b *testing.B) { benchPost(b, benchListen(b, bare), body, "application/json", benchConns, 1) })
	b.Run("single", func(b *testing.B) { benchPost(b, benchListen(b, benchAPI(b)), body, "application/json", benchConns, 1) })
	const each = 2000
	lines := bytes.Repeat(append(bytes.Clone(body), '\n'), each)
	b.Run("batch", func(b *testing.B) { benchPost(b, benchListen(b, benchAPI(b)), lines, "application/x-ndjson", 2, each) })
}

func benchBody(size int) []byte {
	b := []byte(`{"type":"call.processed","call_details":{"call_uuid":"9f0c1b52-6d2e-4b7a-8f3d-2a5c7e91d4b0"},"text":"`)
	return append(append(b, strings.Repeat("palabra ", (size-len(b))/8)...), `"}`...)
}

// benchAPI is the API over a database with one webhook that gets every event, paused,
// so that accepting alone is measured.
func benchAPI(b *testing.B) http.Handler {
	dir := b.TempDir()
	p := cli.Paths{DB: filepath.Join(dir, "x.db"), Key: filepath.Join(dir, "key"), Log: filepath.Join(dir, "log"), Samples: filepath.Join(dir, "none")}
	w, err := openWorkspace(cli.Options{Egress: "any"}, p, sender.EngineConfig{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = w.Close() })
	h := w.sender.New()
	h.Name, h.URL, h.Events = "sink", "http://127.0.0.1:9/", w.samples.Catalogue().Types()
	if _, err := w.sender.Save(context.Background(), h, model.SaveUnverified, nil); err != nil {
		b.Fatal(err)
	}
	return ingest.New(ingest.Config{Outbox: w.engine, Token: model.NewSecret(benchToken)})
}

func benchListen(b *testing.B, h http.Handler) string {
	s, err := ingest.Listen("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s.Serve(h, slog.New(slog.DiscardHandler))
	b.Cleanup(func() { _ = s.Close(context.Background()) })
	return s.URL() + "/v1/events"
}

// benchPost sends b.N requests of each events over a number of connections.
func benchPost(b *testing.B, url string, body []byte, media string, conns, each int) {
	tr := &http.Transport{MaxIdleConnsPerHost: conns}
	defer tr.CloseIdleConnections()
	var mu sync.Mutex
	var took []time.Duration
	work := make(chan struct{}, conns)
	var wg sync.WaitGroup
	for range conns {
		wg.Go(func() {
			for range work {
				start := time.Now()
				if err := benchOne(tr, url, body, media, each); err != nil {
					b.Error(err)
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
			}
		})
	}
	b.ResetTimer()
	for range b.N {
		work <- struct{}{}
	}
	close(work)
	wg.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N*each)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(took[len(took)*99/100])/1e6, "p99-ms")
}

func benchOne(tr *http.Transport, url string, body []byte, media string, each int) error {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+benchToken)
	r.Header.Set("Content-Type", media)
	resp, err := tr.RoundTrip(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if n := bytes.Count(got, []byte(`"status":202`)); each > 1 && n != each || each == 1 && resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("%s, %d of %d accepted", resp.Status, n, each)
	}
	return nil
}
