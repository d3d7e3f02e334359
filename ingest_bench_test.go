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
	"sync/atomic"
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
// over 64 connections, in turn with a bare net/http server that only reads the body;
// and in batches. Bodies are 2 KB, figures the median of the rounds.
func BenchmarkIngest(b *testing.B) {
	collect(servePercent, serveLimit)
	const rounds, requests, batches, lines = 5, 6000, 10, 2000
	body := benchBody(2048)
	b.Run("single", func(b *testing.B) {
		bare := benchListen(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusAccepted)
		}))
		api := benchListen(b, benchAPI(b))
		post := func(url string) benchRound {
			return benchPost(b, url, body, "application/json", requests, benchConns, 1)
		}
		post(bare)
		post(api)
		for b.Loop() {
			var plain, single, ratio, p99 []float64
			for range rounds {
				was, is := post(bare), post(api)
				plain, single = append(plain, was.rate), append(single, is.rate)
				ratio, p99 = append(ratio, is.rate/was.rate), append(p99, is.p99)
			}
			b.ReportMetric(benchMedian(plain), "bare/s")
			b.ReportMetric(benchMedian(single), "events/s")
			b.ReportMetric(benchMedian(ratio), "rate-ratio")
			b.ReportMetric(benchMedian(p99), "p99-ms")
		}
	})
	b.Run("batch", func(b *testing.B) {
		api := benchListen(b, benchAPI(b))
		batch := bytes.Repeat(append(bytes.Clone(body), '\n'), lines)
		for b.Loop() {
			var rate, p99 []float64
			for range rounds {
				is := benchPost(b, api, batch, "application/x-ndjson", batches, 2, lines)
				rate, p99 = append(rate, is.rate), append(p99, is.p99)
			}
			b.ReportMetric(benchMedian(rate), "events/s")
			b.ReportMetric(benchMedian(p99), "p99-ms")
		}
	})
}

func benchMedian(v []float64) float64 { return slices.Sorted(slices.Values(v))[len(v)/2] }

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

// benchRound is how one round went.
type benchRound struct {
	rate float64 // events a second
	p99  float64 // of the requests, in ms
}

// benchPost sends n requests of each events over a number of connections.
func benchPost(b *testing.B, url string, body []byte, media string, n, conns, each int) benchRound {
	tr := &http.Transport{MaxIdleConnsPerHost: conns}
	defer tr.CloseIdleConnections()
	took := make([]time.Duration, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	began := time.Now()
	for range conns {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				start := time.Now()
				if err := benchOne(tr, url, body, media, each); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	all := time.Since(began)
	slices.Sort(took)
	return benchRound{float64(n*each) / all.Seconds(), float64(took[n*99/100]) / 1e6}
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
