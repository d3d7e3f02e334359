package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

const connections = 64

// sink accepts everything at once, so that the API alone is measured.
type sink struct{}

func (sink) Emit(_ context.Context, ev model.Event, _ string) (model.Accepted, error) {
	if f := model.CheckBody(ev.Body); f != nil {
		return model.Accepted{}, f
	}
	return model.Accepted{EventID: "evt_01JZZZZZZZZZZZZZZZZZZZZZZZ", Deliveries: 1}, nil
}

func payload(size int) []byte {
	b := fmt.Appendf(nil, `{"id":"evt_1","type":"call.processed","call_details":{"call_uuid":"a-b"},"text":"`)
	return append(append(b, bytes.Repeat([]byte("palabra "), (size-len(b))/8)...), `"}`...)
}

// BenchmarkIngest compares one event a request, 2 KB, over 64 connections with a bare
// net/http server that only reads the body: the ratio is the mark. The outbox takes no
// time here; see the root package for the durable figure.
func BenchmarkIngest(b *testing.B) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	})
	api := New(Config{Outbox: sink{}, Token: model.NewSecret(secretToken)})
	for name, h := range map[string]http.Handler{"bare": bare, "single": api} {
		b.Run(name, func(b *testing.B) { post(b, h, payload(2048)) })
	}
}

func post(b *testing.B, h http.Handler, body []byte) {
	s, err := Listen("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s.Serve(h, slog.New(slog.DiscardHandler))
	defer func() { _ = s.Close(context.Background()) }()
	tr := &http.Transport{MaxIdleConnsPerHost: connections}
	defer tr.CloseIdleConnections()
	work := make(chan struct{}, connections)
	var wg sync.WaitGroup
	for range connections {
		wg.Go(func() {
			for range work {
				r, _ := http.NewRequest(http.MethodPost, s.URL()+"/v1/events", bytes.NewReader(body))
				r.Header.Set("Authorization", "Bearer "+secretToken)
				r.Header.Set("Content-Type", "application/json")
				resp, err := tr.RoundTrip(r)
				if err != nil {
					b.Error(err)
					continue
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != http.StatusAccepted {
					b.Error(resp.Status)
				}
			}
		})
	}
	b.ResetTimer()
	for range b.N {
		work <- struct{}{}
	}
	close(work)
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkIngestBatch sends batches of 1,000 lines of 1 KB over two connections.
func BenchmarkIngestBatch(b *testing.B) {
	s, err := Listen("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s.Serve(New(Config{Outbox: sink{}, Token: model.NewSecret(secretToken)}), slog.New(slog.DiscardHandler))
	defer func() { _ = s.Close(context.Background()) }()
	const each = 1000
	in := strings.Repeat(string(payload(1024))+"\n", each)
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	var wg sync.WaitGroup
	work := make(chan struct{})
	for range 2 {
		wg.Go(func() {
			for range work {
				resp, err := tr.RoundTrip(request(b, s.URL(), in, lines))
				if err != nil {
					b.Error(err)
					continue
				}
				got, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if n := bytes.Count(got, []byte(`"status":202`)); n != each {
					b.Errorf("%d of %d lines", n, each)
				}
			}
		})
	}
	start := time.Now()
	for range b.N {
		work <- struct{}{}
	}
	close(work)
	wg.Wait()
	b.ReportMetric(float64(b.N*each)/time.Since(start).Seconds(), "events/s")
}
