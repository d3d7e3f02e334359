package sender

import (
	"slices"
	"time"

	"golang.org/x/time/rate"

	"hooktop/model"
)

// lane is what the engine knows about one webhook. The engine's lock guards it.
type lane struct {
	id      string
	hook    *model.Hook // as it is now; what it points to never changes
	recipe  *recipe     // of its requests
	gone    bool        // deleted
	breaker model.Breaker
	streak  model.Streak
	proven  bool // its newest attempt succeeded
	limiter *rate.Limiter

	first, again fifo // claimed and ready: first attempts, and retries
	after        fifo // first attempts that came while older ones may still be in the outbox
	size         int  // bytes of what is ready
	room         int  // promised to ingests that are under way
	flying       int
	launched     []time.Time // of what is in flight, oldest first
	sent         int64
	lined        bool      // it is in the engine's line
	resume       time.Time // not before: the rate, or the breaker's cooldown

	due       []int64         // times of retries planned in this run that wait in the outbox, sorted, Unix ns
	unsure    time.Time       // from then on there may be due work in the outbox that due does not know; zero: none
	away      bool            // a claim or a release is under way
	turned    []chan struct{} // closed when nothing is ready or away; see Recall
	disabling int             // results that disable it, on their way to the disk
	turn      chan struct{}   // held by the result that carries the breaker to the disk
}

// slowAfter is how long an attempt may take before its webhook counts as slow.
const slowAfter = time.Second

// slow reports whether an attempt has been in flight for long.
func (l *lane) slow(now time.Time) bool {
	return len(l.launched) > 0 && now.Sub(l.launched[0]) >= slowAfter
}

// landed forgets an attempt that was in flight.
func (l *lane) landed(at time.Time) {
	l.flying--
	if i := slices.IndexFunc(l.launched, at.Equal); i >= 0 {
		l.launched = slices.Delete(l.launched, i, i+1)
	}
}

// maxDue bounds the due times kept for one webhook.
const maxDue = 4096

// restore takes over a breaker from an earlier run. Its cooldown ends in time even
// if the clock was set back since.
func (l *lane) restore(b model.Breaker, r model.BreakerRules, now time.Time) {
	b.Probing = false
	if limit := now.Add(min(max(b.Cooldown, r.Cooldown), r.Max)); b.Until.After(limit) {
		b.Until = limit
	}
	l.breaker = b
}

// configure takes over the webhook as it is now. A change of it begins a new streak:
// what failed before may be mended.
func (l *lane) configure(r *recipe) {
	h := r.hook
	if l.hook == nil {
		l.streak = h.Failing
	}
	if l.streak.Attempts > 0 && l.streak.Since.Before(h.UpdatedAt) && (l.hook == nil || l.hook.Revision != h.Revision) {
		l.streak = model.Streak{}
	}
	if l.hook != nil && l.hook.State == model.HookDisabled && h.State == model.HookActive && l.disabling == 0 {
		l.streak, l.breaker = model.Streak{}, model.Breaker{} // the store forgets both too
	}
	reason := model.DisableReason("")
	if l.disabling > 0 && h.State != model.HookDisabled {
		reason = l.hook.Reason
	}
	l.hook, l.recipe, l.gone = h, r, false
	if reason != "" {
		l.disable(reason)
	}
	burst := max(1, int(h.Rate/20)) // 50 ms of it: timers are not finer
	switch {
	case h.Rate <= 0:
		l.limiter = nil
	case l.limiter == nil:
		l.limiter = rate.NewLimiter(rate.Limit(h.Rate), burst)
	case l.limiter.Limit() != rate.Limit(h.Rate):
		l.limiter.SetLimit(rate.Limit(h.Rate))
		l.limiter.SetBurst(burst)
	}
}

// disable is what the store will make of a verdict that disables.
func (l *lane) disable(why model.DisableReason) {
	h := *l.hook
	h.State, h.Reason = model.HookDisabled, why
	l.hook = &h
}

// sends reports whether deliveries of the webhook may be sent at all.
func (l *lane) sends() bool { return !l.gone && l.hook.State == model.HookActive }

// closed reports whether the breaker lets everything through.
func (l *lane) closed() bool {
	return l.breaker.State != model.BreakerOpen && l.breaker.State != model.BreakerHalfOpen
}

func (l *lane) concurrency() int {
	if l.hook.Concurrency > 0 {
		return l.hook.Concurrency
	}
	return defaultConcurrency
}

// defaultConcurrency is how many attempts of one webhook are in flight at once.
const defaultConcurrency = 4

// waiting counts what is ready.
func (l *lane) waiting() int { return l.first.len() + l.again.len() }

// behind reports whether older first attempts may be in the outbox.
func (l *lane) behind(now time.Time) bool {
	return l.away || l.after.len() > 0 || (!l.unsure.IsZero() && !l.unsure.After(now))
}

// pop takes the next delivery to send: first attempts before retries.
func (l *lane) pop() *ready {
	if w := l.first.pop(); w != nil {
		return w
	}
	return l.again.pop()
}

// push makes a delivery ready.
func (l *lane) push(w *ready) {
	if w.N <= 1 {
		l.first.push(w)
	} else {
		l.again.push(w)
	}
}

// expect notes that there may be due work in the outbox from a time on.
func (l *lane) expect(at time.Time) {
	if l.unsure.IsZero() || at.Before(l.unsure) {
		l.unsure = at
	}
}

// doubt forgets what is known of the outbox: somebody else has changed it. There may
// be due work from now on, and the backlogs tell what is due later.
func (l *lane) doubt(now time.Time) {
	l.due = nil
	l.expect(now)
}

// plan notes the time of a retry that is in the outbox.
func (l *lane) plan(at time.Time) {
	t := at.UnixNano()
	i, _ := slices.BinarySearch(l.due, t)
	l.due = slices.Insert(l.due, i, t)
	if len(l.due) > maxDue {
		last := len(l.due) - 1
		l.expect(time.Unix(0, l.due[last]))
		l.due = l.due[:last]
	}
}

// next is when there is work to claim; zero: never.
func (l *lane) next() time.Time {
	if len(l.due) == 0 {
		return l.unsure
	}
	if t := time.Unix(0, l.due[0]); l.unsure.IsZero() || t.Before(l.unsure) {
		return t
	}
	return l.unsure
}

// taken forgets the times that a claim at now covers, and says how many deliveries
// it should bring at least, and whether there may be others.
func (l *lane) taken(now time.Time) (known int, unsure bool) {
	for known < len(l.due) && l.due[known] <= now.UnixNano() {
		known++
	}
	l.due = slices.Delete(l.due, 0, known)
	unsure = !l.unsure.IsZero() && !l.unsure.After(now)
	if unsure {
		l.unsure = time.Time{}
	}
	return known, unsure
}

// ready is a delivery that waits in memory for its slot.
type ready struct {
	model.Work
	sharers *int // how many that are ready have the same body; nil: it alone
}

// readyBytes is what a delivery takes beside its body, rounded up.
const readyBytes = 256

// fifo is a queue of deliveries.
type fifo struct {
	items []*ready
	head  int
}

func (q *fifo) len() int { return len(q.items) - q.head }

func (q *fifo) push(w *ready) {
	if q.head > 64 && q.head > len(q.items)/2 {
		n := copy(q.items, q.items[q.head:])
		clear(q.items[n:])
		q.items, q.head = q.items[:n], 0
	}
	q.items = append(q.items, w)
}

// pop takes the first one; nil when there is none.
func (q *fifo) pop() *ready {
	if q.len() == 0 {
		return nil
	}
	w := q.items[q.head]
	q.items[q.head] = nil
	q.head++
	if q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return w
}

func (q *fifo) peek() *ready { return q.items[q.head] }
