package e2e

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
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/samples"
	"hooktop/sender"
	"hooktop/sender/sign"
	"hooktop/store"
)

// sinkEnv makes the test binary a receiver, so that what receiving costs is not
// counted with what sending costs.
const sinkEnv = "HOOKTOP_E2E_SINK"

// sink answers 200 until its standard input ends.
func sink() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
		}))
	}()
	fmt.Println(l.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// startSink starts a receiver in a process of its own.
func startSink(b *testing.B) (url string) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
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
		_ = in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return "http://" + strings.TrimSpace(line) + "/"
}

// body2K is a body of 2 KB like those of calls.
func body2K() []byte {
	var b strings.Builder
	b.WriteString(`{"type": "call.processed", "call_details": {"call_uuid": "0f1e2d3c", "call_id": 17432891650918235647}, "segments": [`)
	for i := 0; b.Len() < 1950; i++ {
		fmt.Fprintf(&b, `{"speaker": "agent", "start": %d.25, "text": "buenos días, ¿en qué puedo ayudarle?"}, `, i)
	}
	return []byte(b.String() + `{}]}`)
}

// bare posts n bodies with net/http alone, over 32 connections.
func bare(b *testing.B, url string, n int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	defer client.CloseIdleConnections()
	body := body2K()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for next.Add(1) <= int64(n) {
				resp, err := client.Post(url, "application/json", bytes.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		})
	}
	wg.Wait()
}

// plant is the store, the sender and the engine as the program puts them together.
type plant struct {
	b      *testing.B
	db     *store.DB
	sender *sender.Sender
	engine *sender.Engine
	done   atomic.Pointer[func(model.Finish)] // called when a result is on disk
}

// box is the outbox, listened to.
type box struct {
	*store.DB
	p *plant
}

func (o box) Finish(ctx context.Context, f *model.Finish) error {
	err := o.DB.Finish(ctx, f)
	if done := o.p.done.Load(); err == nil && done != nil {
		(*done)(*f)
	}
	return err
}

// newPlant opens a new database and starts to send, with the garbage collector set
// as serve sets it.
func newPlant(b *testing.B) *plant {
	b.Helper()
	percent, limit := debug.SetGCPercent(400), debug.SetMemoryLimit(33<<20)
	b.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	dir := b.TempDir()
	db, err := store.Open(filepath.Join(dir, "hooktop.db"), store.Options{KeyFile: filepath.Join(dir, "key")})
	if err != nil {
		b.Fatal(err)
	}
	set, _, err := samples.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	p := &plant{b: b, db: db}
	p.sender = sender.New(sender.Config{Hooks: db, Records: db, Samples: set, Version: "bench"})
	p.engine = sender.NewEngine(sender.EngineConfig{Sender: p.sender, Outbox: box{db, p}, Recovery: db, Drain: time.Millisecond})
	if err := p.engine.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.close)
	return p
}

// close ends what newPlant began, once, and lets go of it: the benchmark remembers its
// plants to the end, and a collector at its limit pays for what they hold.
func (p *plant) close() {
	if p.db == nil {
		return
	}
	if err := p.engine.Stop(context.Background()); err != nil {
		p.b.Error(err)
	}
	p.sender.Close()
	if err := p.db.Close(); err != nil {
		p.b.Error(err)
	}
	p.db, p.sender, p.engine = nil, nil, nil
}

// hook adds an active, signing webhook for one type of event.
func (p *plant) hook(name, url, event string, concurrency int) model.Hook {
	p.b.Helper()
	h := p.sender.New()
	h.Name, h.URL, h.Events, h.Concurrency = name, url, []string{event}, concurrency
	h.Limits.Headers, h.Limits.Total = 30*time.Second, 30*time.Second
	var err error
	if h.Secret, err = sign.Generate(); err != nil {
		p.b.Fatal(err)
	}
	saved, err := p.sender.Save(p.b.Context(), h, model.SaveUnverified, nil)
	if err != nil {
		p.b.Fatal(err)
	}
	p.engine.HooksChanged()
	return saved.Hook
}

// deliver emits n events of a type with so many publishers. Each waits until its event
// is delivered by all of the webhooks that get it, fan of them, and goes on with the
// next.
func (p *plant) deliver(n, publishers, fan int, event string, hooks ...string) {
	p.b.Helper()
	tokens := make(chan struct{}, publishers)
	var all sync.WaitGroup
	all.Add(n)
	var finished, bad atomic.Int64
	done := func(f model.Finish) {
		if len(hooks) > 0 && !slices.Contains(hooks, f.HookID) {
			return
		}
		if f.Verdict.State != model.DeliveryDelivered {
			bad.Add(1)
		}
		if finished.Add(1)%int64(fan) == 0 {
			<-tokens
			all.Done()
		}
	}
	p.done.Store(&done)
	body := body2K()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range publishers {
		wg.Go(func() {
			for next.Add(1) <= int64(n) {
				tokens <- struct{}{}
				if got, err := p.engine.Emit(p.b.Context(), model.Event{Type: event, Body: body}, ""); err != nil || got.Deliveries != fan {
					p.b.Error(got, err)
				}
			}
		})
	}
	wg.Wait()
	all.Wait()
	p.done.Store(nil)
	if bad.Load() > 0 {
		p.b.Errorf("%d of %d did not arrive", bad.Load(), n*fan)
	}
}

// cost is what some work took.
type cost struct{ time, cpu time.Duration }

func measure(f func()) cost {
	began, used := time.Now(), cpu()
	f()
	return cost{time.Since(began), cpu() - used}
}

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rounds measures two kinds of work in turn, so that both meet the same machine.
func rounds(n int, first, second func()) (a, b []cost) {
	for range n {
		a, b = append(a, measure(first)), append(b, measure(second))
	}
	return a, b
}

func median(v []float64) float64 { return quantile(v, 50) }

func quantile(v []float64, percent int) float64 {
	return slices.Sorted(slices.Values(v))[len(v)*percent/100]
}

// per is the median of n each second.
func per(n int, list []cost) float64 {
	var v []float64
	for _, c := range list {
		v = append(v, float64(n)/c.time.Seconds())
	}
	return median(v)
}

// ratio is the median of how many times as long a round of b took as its round of a.
func ratio(a, b []cost, of func(cost) time.Duration) float64 {
	var v []float64
	for i := range a {
		v = append(v, float64(of(b[i]))/float64(of(a[i])))
	}
	return median(v)
}

func took(c cost) time.Duration { return c.time }
func used(c cost) time.Duration { return c.cpu }
