package sender

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
)

// ledger keeps an outbox in memory, as the store promises to.
type ledger struct {
	mu       sync.Mutex
	hooks    []model.Hook
	revision int64
	events   map[string]model.Ingest
	keys     map[string]string
	rows     map[string]*row
	order    int
	finished []model.Finish
	breakers map[string]model.Breaker
	claims   int
	releases int
	backlogs int
	fleets   int                    // times the webhooks were read
	stale    int                    // ingests to refuse as stale
	broken   error                  // what every write answers
	onIngest func(in *model.Ingest) // before it is stored
	onFleet  func()
	onFinish func(f *model.Finish) error
}

type row struct {
	model.Delivery
	event model.Event
	order int
	n     int
	free  int
}

func newLedger(hooks ...model.Hook) *ledger {
	return &ledger{
		hooks: hooks, revision: 1, events: map[string]model.Ingest{}, keys: map[string]string{},
		rows: map[string]*row{}, breakers: map[string]model.Breaker{},
	}
}

func (l *ledger) Ingest(ctx context.Context, in model.Ingest) (model.Accepted, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.onIngest != nil {
		l.onIngest(&in)
	}
	if l.broken != nil || ctx.Err() != nil {
		return model.Accepted{}, cmp.Or(l.broken, ctx.Err())
	}
	if l.stale > 0 || in.Hooks != l.revision {
		l.stale = max(l.stale-1, 0)
		return model.Accepted{}, model.ErrStale
	}
	id := cmp.Or(l.keys[in.Key], in.Event.ID)
	if old, ok := l.events[id]; ok {
		if !bytes.Equal(old.Event.Body, in.Event.Body) {
			return model.Accepted{}, &model.Fault{Code: model.CodeDuplicate, Value: id}
		}
		return model.Accepted{EventID: id, Deliveries: len(old.Deliveries), Duplicate: true}, nil
	}
	l.events[id] = in
	if in.Key != "" {
		l.keys[in.Key] = id
	}
	for _, d := range in.Deliveries {
		l.order++
		l.rows[d.ID] = &row{Delivery: d, event: in.Event, order: l.order}
	}
	return model.Accepted{EventID: id, Deliveries: len(in.Deliveries)}, nil
}

func (l *ledger) Finish(_ context.Context, f *model.Finish) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.onFinish != nil {
		if err := l.onFinish(f); err != nil {
			return err
		}
	}
	if l.broken != nil {
		return l.broken
	}
	l.finished = append(l.finished, *f)
	if r := l.rows[f.Attempt.DeliveryID]; r != nil {
		r.n, r.State, r.NextAt = f.Attempt.N, f.Verdict.State, f.Verdict.NextAt
		if f.Attempt.Outcome == model.OutcomeInterrupted {
			r.free++
		}
	}
	if f.Verdict.Breaker != nil {
		l.breakers[f.HookID] = *f.Verdict.Breaker
	}
	if f.Verdict.Disable != "" {
		l.set(f.HookID, func(h *model.Hook) { h.State, h.Reason = model.HookDisabled, f.Verdict.Disable })
	}
	return nil
}

func (l *ledger) due(hookID string, now time.Time) []*row {
	var out []*row
	for _, r := range l.rows {
		if r.HookID == hookID && (r.State == model.DeliveryQueued || r.State == model.DeliveryRetrying) && !r.NextAt.After(now) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *row) int {
		return cmp.Or(cmp.Compare(min(a.n, 1), min(b.n, 1)), cmp.Compare(a.order, b.order))
	})
	return out
}

func (l *ledger) Claim(_ context.Context, hookID string, now time.Time, limit, bytes int) ([]model.Work, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.claims++
	if l.broken != nil {
		return nil, l.broken
	}
	var out []model.Work
	for _, r := range l.due(hookID, now) {
		if bytes -= len(r.event.Body); len(out) == limit || bytes < 0 && len(out) > 0 {
			break
		}
		r.State = model.DeliverySending
		out = append(out, model.Work{
			DeliveryID: r.ID, HookID: hookID, Event: r.event, N: r.n + 1, Free: r.free, CreatedAt: r.CreatedAt,
		})
	}
	return out, nil
}

func (l *ledger) Release(_ context.Context, works []model.Work) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken != nil {
		return l.broken
	}
	l.releases++
	for _, w := range works {
		if r := l.rows[w.DeliveryID]; r.State == model.DeliverySending && w.N == r.n+1 {
			r.State = model.DeliveryQueued
			if r.n > 0 {
				r.State = model.DeliveryRetrying
			}
		} else {
			return fmt.Errorf("release of a delivery that is %s", r.State)
		}
	}
	return nil
}

func (l *ledger) Recover(context.Context, time.Time) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, r := range l.rows {
		if r.State == model.DeliverySending {
			r.State, n = model.DeliveryQueued, n+1
		}
	}
	return n, nil
}

func (l *ledger) Backlogs(context.Context) ([]model.Backlog, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.backlogs++
	by := map[string]*model.Backlog{}
	for _, r := range l.rows {
		if r.State != model.DeliveryQueued && r.State != model.DeliveryRetrying {
			continue
		}
		b := by[r.HookID]
		if b == nil {
			b = &model.Backlog{HookID: r.HookID, NextAt: r.NextAt}
			by[r.HookID] = b
		}
		b.Count++
		if r.NextAt.Before(b.NextAt) {
			b.NextAt = r.NextAt
		}
	}
	var out []model.Backlog
	for _, b := range by {
		out = append(out, *b)
	}
	return out, nil
}

func (l *ledger) Breakers(context.Context) (map[string]model.Breaker, error) { return l.breakers, nil }

func (l *ledger) Fleet(context.Context) ([]model.Hook, int64, error) {
	if l.onFleet != nil {
		l.onFleet()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fleets++
	var out []model.Hook
	for _, h := range l.hooks {
		if h.DeletedAt.IsZero() {
			out = append(out, h.Clone())
		}
	}
	return out, l.revision, nil
}

// set changes a webhook. The lock is held.
func (l *ledger) set(id string, change func(*model.Hook)) {
	for i := range l.hooks {
		if l.hooks[i].ID == id {
			change(&l.hooks[i])
			l.hooks[i].Revision++
			l.revision++
		}
	}
}

// states counts the deliveries by state.
func (l *ledger) states() map[model.DeliveryState]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[model.DeliveryState]int{}
	for _, r := range l.rows {
		out[r.State]++
	}
	return out
}

func (l *ledger) attempts() []model.Attempt {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []model.Attempt
	for _, f := range l.finished {
		out = append(out, f.Attempt)
	}
	return out
}

// bench is an engine in a bubble of time, with receivers made of functions.
type bench struct {
	*Engine
	*ledger
	t      *testing.T
	wall   time.Duration // how far the system's clock was set off
	mu     sync.Mutex
	flying map[string]int
	most   map[string]int
	all    int
	peak   int
	starts map[string][]time.Duration // of attempts, by webhook, since the start
	began  time.Time
	// answer says what the receiver of a webhook does.
	answer func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure)
}

func activeHook(id string) model.Hook {
	return model.Hook{
		ID: id, Name: id, URL: "http://127.0.0.1:1/", Events: []string{"call.processed"}, State: model.HookActive,
		Revision: 1, Retry: model.Schedule{Name: "custom", Waits: []time.Duration{0, time.Minute, time.Hour}},
	}
}

func delivered(context.Context, *model.Hook, *model.Work) (model.Outcome, *model.Failure) {
	return model.OutcomeDelivered, nil
}

func answers(status int) func(context.Context, *model.Hook, *model.Work) (model.Outcome, *model.Failure) {
	return func(context.Context, *model.Hook, *model.Work) (model.Outcome, *model.Failure) {
		if f := model.ClassifyStatus(status); f != nil {
			return model.OutcomeFailed, f
		}
		return model.OutcomeDelivered, nil
	}
}

// after answers like next, later.
func after(d time.Duration, next func(context.Context, *model.Hook, *model.Work) (model.Outcome, *model.Failure)) func(context.Context, *model.Hook, *model.Work) (model.Outcome, *model.Failure) {
	return func(ctx context.Context, h *model.Hook, w *model.Work) (model.Outcome, *model.Failure) {
		if !sleep(ctx, d) {
			return model.OutcomeInterrupted, &model.Failure{Code: model.CodeCancelled}
		}
		return next(ctx, h, w)
	}
}

// inTime runs a test in a bubble of time with an engine over the ledger.
func inTime(t *testing.T, l *ledger, test func(b *bench), change ...func(*EngineConfig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{
			ledger: l, t: t, answer: delivered, began: time.Now(),
			flying: map[string]int{}, most: map[string]int{}, starts: map[string][]time.Duration{},
		}
		s := New(Config{Samples: twelve{}, NoProxy: true, Now: func() time.Time {
			b.mu.Lock()
			defer b.mu.Unlock()
			return time.Now().Add(b.wall)
		}})
		c := EngineConfig{Sender: s, Outbox: l, Recovery: l, Chance: func() float64 { return 0.5 }}
		for _, f := range change {
			f(&c)
		}
		b.Engine = NewEngine(c)
		b.Engine.send = func(ctx context.Context, p *recipe, w *model.Work, a *model.Attempt) { *a = b.fly(ctx, p.hook, w) }
		defer func() {
			if err := b.Stop(context.Background()); err != nil && l.broken == nil {
				t.Error(err)
			}
			if e := b.Engine; e.flying != 0 || e.shared != 0 || e.held != 0 || e.rooms != 0 {
				t.Errorf("the books do not balance: %d flying, %d shared, %d bytes, %d rooms", e.flying, e.shared, e.held, e.rooms)
			}
		}()
		test(b)
	})
}

func (b *bench) start() {
	b.t.Helper()
	if err := b.Start(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) fly(ctx context.Context, h *model.Hook, w *model.Work) model.Attempt {
	b.mu.Lock()
	b.starts[h.ID] = append(b.starts[h.ID], time.Since(b.began))
	b.flying[h.ID]++
	b.all++
	b.most[h.ID], b.peak = max(b.most[h.ID], b.flying[h.ID]), max(b.peak, b.all)
	answer := b.answer
	b.mu.Unlock()
	a := model.Attempt{DeliveryID: w.DeliveryID, N: w.N, StartedAt: time.Now(), URL: h.URL}
	a.Outcome, a.Failure = answer(ctx, h, w)
	b.mu.Lock()
	b.flying[h.ID]--
	b.all--
	b.mu.Unlock()
	return a
}

// started is when the attempts of a webhook began.
func (b *bench) started(id string) []time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.starts[id])
}

// atOnce is how many attempts of a webhook were in flight at most.
func (b *bench) atOnce(id string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.most[id]
}

func (b *bench) atOnceOverAll() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.peak
}

// emit accepts n events.
func (b *bench) emit(n int) {
	b.t.Helper()
	for range n {
		if _, err := b.Emit(b.t.Context(), model.Event{Type: "call.processed", Body: []byte(`{"a":1}`)}, ""); err != nil {
			b.t.Fatal(err)
		}
	}
}

// change edits a webhook and tells the engine.
func (b *bench) change(id string, change func(*model.Hook)) {
	b.ledger.mu.Lock()
	b.set(id, change)
	b.ledger.mu.Unlock()
	b.HooksChanged()
	synctest.Wait()
}

// wait lets time pass and everything come to rest. What the test read before comes
// before what happens now.
func (b *bench) wait(d time.Duration) {
	for _, mu := range []*sync.Mutex{&b.mu, &b.ledger.mu} {
		mu.Lock()
		mu.Unlock() //nolint:staticcheck // for its order alone
	}
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

func (b *bench) want(state model.DeliveryState, n int) {
	b.t.Helper()
	if got := b.states(); got[state] != n {
		b.t.Errorf("%d %s, want %d: %v", got[state], state, n, got)
	}
}

var errDisk = errors.New("no space left on device")
