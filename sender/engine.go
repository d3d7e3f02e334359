package sender

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"hooktop/model"
)

// EngineConfig is what an Engine needs. Sender, Outbox and Recovery must be set;
// the rest has defaults.
type EngineConfig struct {
	Sender   *Sender
	Outbox   Outbox
	Recovery Recovery

	Concurrency int                // slots that webhooks share; default 64. Each has one more of its own
	Ready       int                // deliveries kept ready for one webhook; default 4096
	ReadyBytes  int                // bytes of what is kept ready over all; default 4 MiB
	Drain       time.Duration      // what Stop gives to attempts in flight; default 5 s
	Breaker     model.BreakerRules // default model.DefaultBreaker
	Chance      func() float64     // [0,1), places the jitter; default math/rand/v2
}

// Engine sends what the outbox holds: at least once, in the limits of each webhook.
//
// Everything it knows lives in memory under one lock; nothing is done under that
// lock but arithmetic. Workers make attempts and write their results, and look for
// the next job themselves, so that the way of an event needs no other goroutine.
// The keeper waits for the next due time and for changes of the webhooks. At rest
// no timer runs.
//
// Times are counted from the start by the monotonic clock and what the machine has
// slept: setting the system's clock neither stalls nor hurries anything. Whoever writes due times for the
// engine takes them from Now.
type Engine struct {
	sender   *Sender
	outbox   Outbox
	recovery Recovery
	cap      int
	ready    int
	bytes    int
	drain    time.Duration
	rules    model.BreakerRules
	chance   func() float64
	send     func(ctx context.Context, r *recipe, w *model.Work, a *model.Attempt)

	base, began time.Time    // of the clock: wall and monotonic
	asleep      atomic.Int64 // ns that the machine slept since
	slept       func() time.Duration
	sleptBefore time.Duration
	fleet       atomic.Pointer[fleet]
	reloading   sync.Mutex

	changed chan struct{} // the webhooks, to the keeper
	timer   *time.Timer   // to the keeper
	wg      sync.WaitGroup
	life    context.Context // of attempts; ends when Stop loses patience
	kill    context.CancelFunc
	disk    context.Context // of writes; ends when Stop gives up on the store
	unplug  context.CancelFunc

	mu        sync.Mutex
	phase     enginePhase
	lanes     map[string]*lane
	recalls   map[string]int // by the webhook's id, or everyHook: nothing is sent; see Recall
	line      []*lane        // lanes with ready work that only the shared limits hold back
	idle      []chan flight
	flying    int
	shared    int // slots in use beyond one for each lane
	stuck     int // of those, held by slow lanes when last counted, at swept
	swept     time.Time
	held      int  // bytes of ready bodies, and of those that claims may bring
	rooms     int  // promised to ingests that are under way
	choked    bool // something waits for results to reach the disk
	saving    int  // results being written
	stalled   int  // results that could not be written
	lastErr   error
	landed    chan struct{} // closed when the last flight has landed after Stop
	alarm     time.Time     // what the timer is set to
	asking    bool          // a look at the backlogs is wanted
	askAfter  time.Time
	recovered int
	meter     meter
}

type enginePhase int

const (
	engineNew enginePhase = iota
	engineRunning
	engineStopping
	engineStopped
)

// maxSaving is how many results may wait for the disk before sending pauses.
const maxSaving = 1024

// NewEngine makes an engine that is not running yet: it accepts events, which wait
// in the outbox.
func NewEngine(c EngineConfig) *Engine {
	e := &Engine{
		sender: c.Sender, outbox: c.Outbox, recovery: c.Recovery,
		cap: c.Concurrency, ready: c.Ready, bytes: c.ReadyBytes, drain: c.Drain, rules: c.Breaker, chance: c.Chance,
		base: c.Sender.now(), began: time.Now(), slept: slept, sleptBefore: slept(),
		changed: make(chan struct{}, 1), lanes: map[string]*lane{}, recalls: map[string]int{}, landed: make(chan struct{}),
	}
	setDefault(&e.cap, model.MaxConcurrency)
	setDefault(&e.ready, 4096)
	setDefault(&e.bytes, 4<<20)
	setDefault(&e.drain, 5*time.Second)
	setDefault(&e.rules, model.DefaultBreaker())
	if e.chance == nil {
		e.chance = rand.Float64
	}
	e.send = func(ctx context.Context, r *recipe, w *model.Work, a *model.Attempt) {
		e.sender.wire.attemptInto(ctx, r, &envelope{event: w.Event, delivery: w.DeliveryID, n: w.N}, nil, a)
	}
	e.life, e.kill = context.WithCancel(context.Background())
	e.disk, e.unplug = context.WithCancel(context.Background())
	return e
}

func setDefault[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}

// Start recovers what an unclean stop left behind, reads what waits and begins to
// send. It can be tried again until it succeeds; Snapshot tells meanwhile why it did
// not, such as that another process owns the outbox.
func (e *Engine) Start(ctx context.Context) error {
	l, err := e.inherit(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lastErr = err
	if err != nil {
		return err
	}
	if e.phase != engineNew {
		return errors.New("start engine: it was started before")
	}
	e.phase = engineRunning
	e.timer = time.NewTimer(time.Hour)
	e.timer.Stop()
	e.wg.Go(e.keep)
	for _, lane := range e.lanes {
		lane.unsure = time.Time{}
	}
	e.begin(l)
	return nil
}

// Stop ends the engine: nothing new is sent, what is in flight gets the drain time,
// or until ctx ends, and is recorded as interrupted then; what was claimed and not
// sent goes back to the outbox. Events can still be emitted; they wait there.
func (e *Engine) Stop(ctx context.Context) error {
	e.mu.Lock()
	if e.phase != engineRunning {
		e.phase = max(e.phase, engineStopped)
		e.mu.Unlock()
		return nil
	}
	e.phase = engineStopping
	for _, l := range e.lanes {
		e.recall(l)
	}
	e.landIfLast()
	e.mu.Unlock()

	patience := time.NewTimer(e.drain)
	defer patience.Stop()
	select {
	case <-e.landed:
	case <-ctx.Done():
	case <-patience.C:
	}
	e.kill() // ends what is in flight, and the keeper
	e.mu.Lock()
	e.phase = engineStopped
	e.timer.Stop()
	for _, w := range e.idle {
		close(w)
	}
	e.idle = nil
	e.mu.Unlock()
	giveUp := time.AfterFunc(lastWrites, e.unplug)
	defer giveUp.Stop()
	e.wg.Wait()
	e.unplug()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stalled > 0 {
		return fmt.Errorf("write %d results: %w", e.stalled, e.lastErr)
	}
	return nil
}

// lastWrites is how long Stop waits for results to reach the disk.
const lastWrites = 3 * time.Second

// HooksChanged tells the engine that a webhook was changed, in whatever way. It
// reads them anew soon and does not wait for that. To those that were deleted
// nothing is sent from now on but what is in flight.
func (e *Engine) HooksChanged(deleted ...string) {
	if len(deleted) > 0 {
		e.forget(deleted)
	}
	select {
	case e.changed <- struct{}{}:
	default:
	}
}

// Wake tells the engine that deliveries of these webhooks may be due in the outbox
// (a replay, another process); of all of them when none is named.
func (e *Engine) Wake(hookIDs ...string) { e.wake(false, hookIDs) }

// TryNow is Wake at a person's word: an open breaker does not wait for the end of its
// cooldown, but lets its probe through now, one as ever.
func (e *Engine) TryNow(hookIDs ...string) { e.wake(true, hookIDs) }

func (e *Engine) wake(probe bool, hookIDs []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	wake := func(l *lane) {
		if l != nil {
			if probe {
				l.breaker = l.breaker.Hurry(now)
			}
			l.expect(now)
			e.pump(l, now)
		}
	}
	for _, id := range hookIDs {
		wake(e.lanes[id])
	}
	if len(hookIDs) == 0 {
		for _, l := range e.lanes {
			wake(l)
		}
	}
}
