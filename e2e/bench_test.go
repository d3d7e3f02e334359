package e2e

import (
	"fmt"
	"net"
	"runtime"
	"testing"
	"time"

	planter "hooktop/internal/plant"
	"hooktop/model"
)

// The marks of the engine, each beside what it is held against, measured in turn in
// one run; a figure is the median of the rounds:
//
//	HOOKTOP_TIER2=1 go test -run '^$' -bench 'Durable|Latency|FanOut|Memory|Million|Hung|Ingest$' -timeout 60m . ./e2e

const (
	benchRounds = 5
	benchEvents = 20_000 // in a round
	call, tag   = "call.processed", "call.tag.added"
)

// BenchmarkDurable is the durable path (accept, commit, POST, commit of the result)
// beside a bare net/http client on the same receiver.
func BenchmarkDurable(b *testing.B) {
	url := startSink(b)
	for _, publishers := range []int{256, 32} {
		b.Run(fmt.Sprintf("publishers=%d", publishers), func(b *testing.B) {
			p := newPlant(b)
			p.hook("sink", url, call, 32)
			bare(b, url, 2000)
			p.deliver(2000, publishers, 1, call)
			for b.Loop() {
				plain, durable := rounds(benchRounds,
					func() { bare(b, url, benchEvents) },
					func() { p.deliver(benchEvents, publishers, 1, call) })
				b.ReportMetric(per(benchEvents, plain), "bare/s")
				b.ReportMetric(per(benchEvents, durable), "durable/s")
				b.ReportMetric(1/ratio(plain, durable, took), "rate-ratio")
				b.ReportMetric(ratio(plain, durable, used), "cpu-ratio")
			}
		})
	}
}

// BenchmarkFanOut is ten webhooks for each event beside one, in deliveries.
func BenchmarkFanOut(b *testing.B) {
	url := startSink(b)
	p := newPlant(b)
	p.hook("one", url, call, 32)
	for i := range 10 {
		p.hook(fmt.Sprint("ten-", i), url, tag, 4)
	}
	p.deliver(2000, 256, 1, call)
	p.deliver(200, 256, 10, tag)
	for b.Loop() {
		one, ten := rounds(benchRounds,
			func() { p.deliver(benchEvents, 256, 1, call) },
			func() { p.deliver(benchEvents/10, 256, 10, tag) })
		b.ReportMetric(per(benchEvents, one), "single/s")
		b.ReportMetric(per(benchEvents, ten), "fan-out/s")
		b.ReportMetric(1/ratio(one, ten, took), "rate-ratio")
	}
}

// BenchmarkHung is a healthy webhook beside a hundred idle ones, and beside the same
// hundred while their receivers accept and say nothing. Each round has a file of its own,
// which grows as the other's does, and the order changes from pair to pair.
func BenchmarkHung(b *testing.B) {
	url, silent := startSink(b), mute(b)
	for _, concurrency := range []int{4, 32} {
		b.Run(fmt.Sprintf("concurrency=%d", concurrency), func(b *testing.B) {
			var idle, busy []cost
			for b.Loop() {
				for i := range benchRounds {
					for _, hung := range []bool{i%2 == 1, i%2 == 0} {
						if c := besideHung(b, url, silent, concurrency, hung); hung {
							busy = append(busy, c)
						} else {
							idle = append(idle, c)
						}
					}
				}
				b.ReportMetric(per(benchEvents, idle), "beside-idle/s")
				b.ReportMetric(per(benchEvents, busy), "beside-hung/s")
				b.ReportMetric(1/ratio(idle, busy, took), "rate-ratio")
			}
		})
	}
}

// besideHung measures a healthy webhook beside a hundred with nothing to do, or with 20
// deliveries each that never end.
func besideHung(b *testing.B, url, silent string, concurrency int, hung bool) cost {
	p := newPlant(b)
	defer p.close()
	healthy := p.hook("healthy", url, call, concurrency)
	for i := range 100 {
		p.hook(fmt.Sprint("hung-", i), silent, tag, 0)
	}
	p.deliver(2000, 256, 1, call)
	for range 20 {
		if !hung {
			break
		}
		if got, err := p.engine.Emit(b.Context(), model.Event{Type: tag, Body: body2K()}, ""); err != nil || got.Deliveries != 100 {
			b.Fatal(got, err)
		}
	}
	if s := p.engine.Snapshot(); hung && s.InFlight < 100 {
		b.Fatalf("%d in flight: nothing hangs", s.InFlight)
	}
	return measure(func() { p.deliver(benchEvents, 256, 1, call, healthy.ID) })
}

// mute accepts connections and never answers.
func mute(b *testing.B) (url string) {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	go func() {
		var open []net.Conn
		for {
			c, err := l.Accept()
			if err != nil {
				break
			}
			open = append(open, c)
		}
		for _, c := range open {
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

// BenchmarkMillion is the durable path with a million deliveries in the file, each of
// an event of 2 KB with its attempt, beside an empty file.
func BenchmarkMillion(b *testing.B) {
	url := startSink(b)
	empty, full := newPlant(b), newPlant(b)
	for _, p := range []*plant{empty, full} {
		p.hook("sink", url, call, 32)
	}
	fill(b, full, 1_000_000)
	for _, p := range []*plant{empty, full} {
		p.deliver(2000, 256, 1, call)
	}
	for b.Loop() {
		none, million := rounds(benchRounds,
			func() { empty.deliver(benchEvents, 256, 1, call) },
			func() { full.deliver(benchEvents, 256, 1, call) })
		b.ReportMetric(per(benchEvents, none), "empty/s")
		b.ReportMetric(per(benchEvents, million), "million/s")
		b.ReportMetric(1/ratio(none, million, took), "rate-ratio")
	}
}

// fill stores n delivered deliveries as the engine would.
func fill(b *testing.B, p *plant, n int) {
	b.Helper()
	hooks, _, err := p.db.Fleet(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	body, began := body2K(), time.Now()
	err = planter.Sow(b.Context(), p.db, n, func(i int) planter.Seed {
		at := began.Add(time.Duration(i-n) * time.Millisecond)
		return planter.Seed{Hook: hooks[0], Event: model.Event{Type: call, Subject: "0f1e2d3c", Body: body, CreatedAt: at},
			Attempts: []planter.Attempt{{At: at, Took: time.Millisecond, Status: 200}}}
	})
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	b.Logf("%d deliveries stored in %v", n, time.Since(began).Round(time.Second))
}
