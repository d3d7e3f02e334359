package main

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/ui/cli"
)

// emitter accepts events durably.
type emitter interface {
	Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error)
}

// minter makes real events out of samples.
type minter interface {
	MintEvent(typ, lang string) (model.Event, error)
}

// actor is a receiver that can be told what to answer.
type actor interface {
	Play(after receiver.After, replies ...receiver.Reply)
}

// mishap is what goes wrong at a receiver of the demonstration for a while.
type mishap struct {
	path    string
	status  int
	replies int           // that many answers, then all is well
	lasts   time.Duration // or as long as this
}

// mishaps are the lessons of the demonstration: an answer that is tried again, an
// outage that trips the breaker, and a key that stops being right, which ends in
// dead letters (the demo schedule gives up after 15 s).
func mishaps() []mishap {
	return []mishap{
		{path: "/bi", status: 503, replies: 3},
		{path: "/workflow", status: 503, lasts: 12 * time.Second},
		{path: "/crm", status: 401, lasts: 17 * time.Second},
	}
}

// beat is one event of the demonstration and what happens with it.
type beat struct {
	wait  time.Duration // before it
	typ   string
	begin *mishap
	end   *mishap
}

// script is the course of the demonstration: the same seed, rate and types make the
// same one. Mishaps never overlap.
type script struct {
	rnd   *rand.Rand
	rate  float64
	types []string
	order []mishap // what is still to come of this round

	n        int // of the event to come
	now      *mishap
	changeAt int // the event with which the mishap ends, or the next one begins
}

// quietFor is how many events pass without a mishap, at least; at most twice that.
const quietFor = 25

func newScript(seed uint64, rate float64, types []string) *script {
	s := &script{rnd: rand.New(rand.NewPCG(seed, 0)), rate: rate, types: types}
	s.changeAt = quietFor
	return s
}

// next is the next event. Waits vary by a half around 1/rate.
func (s *script) next() beat {
	b := beat{wait: time.Duration((0.5 + s.rnd.Float64()) / s.rate * float64(time.Second)), typ: s.choose()}
	if s.n == s.changeAt {
		if s.now != nil {
			b.end, s.now = s.now, nil
			s.changeAt = s.n + quietFor + s.rnd.IntN(quietFor)
		} else {
			b.begin = s.draw()
			s.now = b.begin
			s.changeAt = s.n + s.events(*b.begin)
		}
	}
	s.n++
	return b
}

// choose takes processed calls for a third and the other types for the rest.
func (s *script) choose() string {
	if s.rnd.IntN(3) == 0 {
		for _, t := range s.types {
			if t == "call.processed" {
				return t
			}
		}
	}
	return s.types[s.rnd.IntN(len(s.types))]
}

// draw takes the mishaps in an order that changes with every round.
func (s *script) draw() *mishap {
	if len(s.order) == 0 {
		s.order = mishaps()
		s.rnd.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
	}
	m := s.order[0]
	s.order = s.order[1:]
	return &m
}

// events is how many events a mishap lasts.
func (s *script) events(m mishap) int {
	if m.replies > 0 {
		return quietFor
	}
	return max(int(math.Ceil(m.lasts.Seconds()*s.rate)), 1)
}

// demoFeed plays a script: it emits the events and lets the receivers misbehave.
type demoFeed struct {
	script *script
	lang   string
	mint   minter
	emit   emitter
	actor  func(path string) actor
	wait   func(ctx context.Context, d time.Duration) bool // false: ctx has ended
	warn   func(error)
}

// run plays until ctx ends. An event that is refused is left out: the
// demonstration goes on, and the screen says what is wrong.
func (f *demoFeed) run(ctx context.Context) {
	for {
		b := f.script.next()
		if !f.wait(ctx, b.wait) {
			return
		}
		if b.end != nil {
			f.actor(b.end.path).Play(receiver.Recover)
		}
		if b.begin != nil {
			f.misbehave(*b.begin)
		}
		ev, err := f.mint.MintEvent(b.typ, f.lang)
		if err == nil {
			_, err = f.emit.Emit(ctx, ev, "")
		}
		if err != nil && ctx.Err() == nil {
			f.warn(err)
		}
	}
}

func (f *demoFeed) misbehave(m mishap) {
	reply := receiver.Reply{Status: m.status}
	if m.replies == 0 {
		f.actor(m.path).Play(receiver.Stay, reply)
		return
	}
	replies := make([]receiver.Reply, m.replies)
	for i := range replies {
		replies[i] = reply
	}
	f.actor(m.path).Play(receiver.Recover, replies...)
}

// live begins the events of the demonstration; the function ends them.
func (r *demoReceiver) live(ctx context.Context, w *workspace, lang string, d cli.DemoOptions) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	feed := &demoFeed{
		script: newScript(d.Seed, d.Rate, w.samples.Catalogue().Types()), lang: lang, mint: w.sender, emit: w.engine,
		actor: func(path string) actor { return r.at(path) }, wait: pause,
		warn: func(err error) { w.log.Warn("demonstration: event refused", "err", err) },
	}
	go func() {
		defer close(done)
		defer func() {
			if cause := recover(); cause != nil {
				w.log.Error("demonstration: events ended", "panic", cause)
			}
		}()
		feed.run(ctx)
	}()
	return func() error {
		cancel()
		<-done
		return nil
	}
}

// pause waits for d, or for the end of ctx.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
