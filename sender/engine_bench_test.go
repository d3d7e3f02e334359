package sender

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hooktop/model"
)

// sinkEnv makes TestSink a receiver in a process of its own.
const sinkEnv = "HOOKTOP_TEST_SINK"

// TestSink answers 200 until its standard input ends; only benchmarks start it.
func TestSink(t *testing.T) {
	if os.Getenv(sinkEnv) == "" {
		t.Skip("started by benchmarks")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
	})}
	go func() { _ = server.Serve(l) }()
	fmt.Println(l.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
}

// sink starts a receiver in another process.
func sink(b *testing.B) (url string) {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSink$")
	cmd.Env = append(os.Environ(), sinkEnv+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return "http://" + strings.TrimSpace(line) + "/"
}

// bench2K is a body of 2 KB.
func bench2K() []byte {
	head := `{"id": "evt_1", "type": "call.processed", "call_details": {"call_uuid": "0f1e2d3c", "call_id": 17432891650918235647}, "segments": [`
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len() < 1950; i++ {
		fmt.Fprintf(&b, `{"speaker": "agent", "start": %d.25, "text": "buenos días, ¿en qué puedo ayudarle?"}, `, i)
	}
	return []byte(b.String() + `{}]}`)
}

// mute accepts connections and never answers; it returns so many addresses of it.
func mute(b *testing.B, n int) (urls []string) {
	b.Helper()
	address := dialogue(b, silence)
	for i := range n {
		urls = append(urls, fmt.Sprintf("http://%s/%d", address, i))
	}
	return urls
}

// nothing is an outbox that keeps nothing and lets a delivery in when one is done.
type nothing struct {
	hook   []model.Hook
	tokens chan struct{}
	good   atomic.Int64
	done   sync.WaitGroup
}

func (n *nothing) Ingest(_ context.Context, in model.Ingest) (model.Accepted, error) {
	for _, d := range in.Deliveries {
		if d.State != model.DeliverySending {
			panic("no room")
		}
	}
	return model.Accepted{EventID: in.Event.ID, Deliveries: len(in.Deliveries)}, nil
}

func (n *nothing) Finish(_ context.Context, f *model.Finish) error {
	if f.Verdict.State == model.DeliveryDelivered {
		n.good.Add(1)
	}
	<-n.tokens
	n.done.Done()
	return nil
}

func (n *nothing) Claim(context.Context, string, time.Time, int, int) ([]model.Work, error) {
	return nil, nil
}
func (n *nothing) Release(context.Context, []model.Work) error                { return nil }
func (n *nothing) Recover(context.Context, time.Time) (int, error)            { return 0, nil }
func (n *nothing) Backlogs(context.Context) ([]model.Backlog, error)          { return nil, nil }
func (n *nothing) Breakers(context.Context) (map[string]model.Breaker, error) { return nil, nil }
func (n *nothing) Fleet(context.Context) ([]model.Hook, int64, error)         { return n.hook, 1, nil }

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// bare posts n bodies with net/http alone, over 32 connections.
func bare(b *testing.B, url string, n int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	defer client.CloseIdleConnections()
	body := bench2K()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for next.Add(1) <= int64(n) {
				r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				r.Header.Set("Content-Type", "application/json")
				resp, err := client.Do(r)
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	}
	wg.Wait()
}

// durable emits n events through the engine, with so many in flight.
func durable(b *testing.B, url string, n, publishers int) {
	s, _ := house(b)
	h := hookTo(s, url)
	h.State, h.Concurrency, h.Secret = model.HookActive, 32, generate(b)
	o := &nothing{hook: []model.Hook{h}, tokens: make(chan struct{}, publishers)}
	e := NewEngine(EngineConfig{Sender: s, Outbox: o, Recovery: o})
	if err := e.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	body := bench2K()
	o.done.Add(n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range publishers {
		wg.Go(func() {
			for next.Add(1) <= int64(n) {
				o.tokens <- struct{}{}
				if _, err := e.Emit(b.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	o.done.Wait()
	if err := e.Stop(b.Context()); err != nil {
		b.Fatal(err)
	}
	if got := o.good.Load(); got != int64(n) {
		b.Errorf("%d of %d delivered", got, n)
	}
}

// BenchmarkEngine holds the engine, without a disk, against a bare net/http client
// on the same receiver: rate, and processor time for each delivery.
func BenchmarkEngine(b *testing.B) {
	url := sink(b)
	for _, publishers := range []int{256, 32} {
		b.Run(fmt.Sprintf("publishers=%d", publishers), func(b *testing.B) {
			n := max(b.N, 1000)
			bare(b, url, 500)
			durable(b, url, 500, publishers)
			b.ResetTimer()
			began, used := time.Now(), cpu()
			bare(b, url, n)
			bareTook, bareCPU := time.Since(began), cpu()-used
			began, used = time.Now(), cpu()
			durable(b, url, n, publishers)
			took, usedCPU := time.Since(began), cpu()-used
			b.ReportMetric(float64(n)/bareTook.Seconds(), "bare/s")
			b.ReportMetric(float64(n)/took.Seconds(), "engine/s")
			b.ReportMetric(bareTook.Seconds()/took.Seconds(), "rate-ratio")
			b.ReportMetric(float64(usedCPU)/float64(bareCPU), "cpu-ratio")
			b.ReportMetric(float64(usedCPU.Microseconds())/float64(n), "cpu-µs/delivery")
		})
	}
}

// BenchmarkHungWebhooks measures a healthy webhook beside a hundred that have no
// work, and beside the same hundred while their receivers accept and say nothing: as
// they always did, or after they had worked.
func BenchmarkHungWebhooks(b *testing.B) {
	url, hung := sink(b), mute(b, 100)
	n := max(b.N, 2000)
	run := func(works int, proven bool) float64 {
		s, _ := house(b)
		h := hookTo(s, url)
		h.State = model.HookActive
		l := newLedger(h)
		for i, u := range hung {
			x := hookTo(s, u)
			x.Name, x.State, x.Events = fmt.Sprintf("hung-%d", i), model.HookActive, []string{"call.tag.added"}
			x.Limits.Headers, x.Limits.Total = 30*time.Second, 30*time.Second
			l.hooks = append(l.hooks, x)
		}
		e := NewEngine(EngineConfig{Sender: s, Outbox: l, Recovery: l, Drain: time.Millisecond})
		if err := e.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		if proven {
			e.mu.Lock()
			for _, l := range e.lanes {
				l.proven = true
			}
			e.mu.Unlock()
		}
		body := bench2K()
		for range works { // for each hung one
			if _, err := e.Emit(b.Context(), model.Event{Type: "call.tag.added", Body: body}, ""); err != nil {
				b.Fatal(err)
			}
		}
		if proven {
			<-time.After(2 * slowAfter) // until that has shown
		}
		tokens := make(chan struct{}, 64)
		var done sync.WaitGroup
		done.Add(n)
		l.mu.Lock()
		l.onFinish = func(f *model.Finish) error {
			if f.HookID == h.ID {
				<-tokens
				done.Done()
			}
			return nil
		}
		l.mu.Unlock()
		began := time.Now()
		for range n {
			tokens <- struct{}{}
			if _, err := e.Emit(b.Context(), model.Event{Type: "call.processed", Body: body}, ""); err != nil {
				b.Fatal(err)
			}
		}
		done.Wait()
		rate := float64(n) / time.Since(began).Seconds()
		if err := e.Stop(b.Context()); err != nil {
			b.Fatal(err)
		}
		return rate
	}
	run(0, false)
	b.ResetTimer()
	idle, busy, turned := run(0, false), run(20, false), run(20, true)
	b.ReportMetric(idle, "beside-idle/s")
	b.ReportMetric(busy, "beside-hung/s")
	b.ReportMetric(turned, "beside-turned/s")
	b.ReportMetric(min(busy, turned)/idle, "rate-ratio")
}
