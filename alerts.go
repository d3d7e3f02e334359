package main

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strconv"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

const (
	lookEvery    = 10 * time.Second // how often the store is asked about what failed today
	lookShare    = 100              // and that it takes at most this part of the time
	lookBack     = 20               // how many events are searched for failing conditions
	failingFrom  = 5 * time.Minute  // without a success, before it is worth an alert
	failingTries = 3                // and so many attempts
	skewFrom     = 30 * time.Second
	disabledFor  = 7 * 24 * time.Hour // how long a webhook that was switched off is news
)

// known is what the store can say beside the engine.
type known interface {
	Hooks(ctx context.Context) ([]model.HookView, error)
	Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error)
	Events(ctx context.Context, after model.Cursor, limit int) ([]model.Event, model.Cursor, error)
	Event(ctx context.Context, id string) (model.Event, []model.Decision, error)
}

// lookout adds to what the engine does what a person should know of. It is used
// from one goroutine.
type lookout struct {
	db   known
	path string // of the database
	file os.FileInfo
	now  func() time.Time

	next   time.Time    // when the store is looked at again
	last   []page.Alert // the engine's, when it was looked at
	hooks  []model.HookView
	broken map[string]string // conditions that fail, and why, by the webhook's id
	failed int
}

// newLookout looks at the database at path, which is open.
func newLookout(db known, path string, now func() time.Time) *lookout {
	l := &lookout{db: db, path: path, now: now}
	l.file, _ = os.Stat(path)
	return l
}

// over completes what the engine is asked for.
func (l *lookout) over(state func(context.Context) page.EngineMsg) func(context.Context) page.EngineMsg {
	return func(ctx context.Context) page.EngineMsg { return l.complete(ctx, state(ctx)) }
}

// complete is the engine's state with all alerts, the gravest first. Those of
// webhooks come with their ids and leave with their names.
func (l *lookout) complete(ctx context.Context, m page.EngineMsg) page.EngineMsg {
	now := l.now()
	if !now.Before(l.next) || !slices.Equal(m.Alerts, l.last) {
		l.last = slices.Clone(m.Alerts)
		l.look(ctx, now)
		l.next = now.Add(max(lookEvery, lookShare*l.now().Sub(now)))
	}
	m.Failed = l.failed
	m.Alerts = append(l.named(m.Alerts), l.stored(now)...)
	if file, err := os.Stat(l.path); l.file != nil && (err != nil || !os.SameFile(file, l.file)) {
		if m.State == page.EngineLive {
			m.State = page.EngineStopped // before the engine finds out
		}
		if !slices.Contains(m.Alerts, page.Alert{Kind: page.AlertGone}) {
			m.Alerts = append(m.Alerts, page.Alert{Kind: page.AlertGone})
		}
	}
	if m.Owner > 0 {
		m.Alerts = append(m.Alerts, page.Alert{Kind: page.AlertOwner, Value: strconv.Itoa(m.Owner)})
	}
	order := gravity()
	slices.SortStableFunc(m.Alerts, func(a, b page.Alert) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), cmp.Compare(a.Hook, b.Hook))
	})
	return m
}

// gravity is the order of the alerts.
func gravity() []page.AlertKind {
	return []page.AlertKind{page.AlertGone, page.AlertFull, page.AlertStalled, page.AlertStopped, page.AlertDisabled,
		page.AlertCondition, page.AlertFailing, page.AlertBreaker, page.AlertSkew, page.AlertOwner}
}

// stored are the alerts that only the store knows of.
func (l *lookout) stored(now time.Time) (out []page.Alert) {
	for _, h := range l.hooks {
		ill := h.Reason == model.DisabledGone || h.Reason == model.DisabledFailing
		switch {
		case h.State == model.HookDisabled && ill && now.Sub(h.UpdatedAt) < disabledFor:
			out = append(out, page.Alert{Kind: page.AlertDisabled, Hook: text.Clean(h.Name), Since: h.UpdatedAt, Value: string(h.Reason)})
		case h.State == model.HookActive && l.broken[h.ID] != "":
			out = append(out, page.Alert{Kind: page.AlertCondition, Hook: text.Clean(h.Name), Value: l.broken[h.ID]})
		}
	}
	return out
}

// named puts the webhooks' names for their ids; one that is gone has no alert.
func (l *lookout) named(alerts []page.Alert) (out []page.Alert) {
	for _, a := range alerts {
		if a.Hook != "" {
			h := l.hook(a.Hook)
			if h == nil {
				continue
			}
			a.Hook = text.Clean(h.Name)
			if h.LastAttempt != nil && h.LastAttempt.Attempt.Failure != nil {
				a.Code, a.Reason = h.LastAttempt.Attempt.Failure.Code, h.LastAttempt.Attempt.Failure.Reason
			}
		}
		out = append(out, a)
	}
	return out
}

// alertsOf are the alerts that an engine itself knows of; those of webhooks have
// their ids.
func alertsOf(s model.EngineSnapshot, now time.Time) (out []page.Alert) {
	waits := s.Stalled || s.Beginning && s.Err != "" // for the store; it goes on by itself
	switch {
	case waits && s.Code == model.CodeStoreGone:
		out = append(out, page.Alert{Kind: page.AlertGone})
	case waits && s.Code == model.CodeStoreFull:
		out = append(out, page.Alert{Kind: page.AlertFull})
	case waits:
		out = append(out, page.Alert{Kind: page.AlertStalled, Value: text.Clean(s.Err)})
	case !s.Running && !s.Beginning:
		return []page.Alert{{Kind: page.AlertStopped, Value: text.Clean(s.Err)}}
	}
	if s.Skew.Abs() >= skewFrom {
		out = append(out, page.Alert{Kind: page.AlertSkew, Span: s.Skew})
	}
	for _, h := range s.Hooks {
		switch {
		case h.State != model.HookActive:
		case h.Failing.Attempts >= failingTries && now.Sub(h.Failing.Since) >= failingFrom:
			out = append(out, page.Alert{Kind: page.AlertFailing, Hook: h.HookID, Since: h.Failing.Since, Until: opens(h.Breaker)})
		case h.Breaker.State == model.BreakerOpen, h.Breaker.State == model.BreakerHalfOpen:
			out = append(out, page.Alert{Kind: page.AlertBreaker, Hook: h.HookID, Until: opens(h.Breaker)})
		}
	}
	return out
}

// opens is when a breaker lets the next delivery through; zero: it does, or has one
// under way.
func opens(b model.Breaker) time.Time {
	if b.State != model.BreakerOpen {
		return time.Time{}
	}
	return b.Until
}

// look reads the webhooks, what failed today, and whose conditions fail. What cannot
// be read stays as it was: the engine says itself that the store is ill.
func (l *lookout) look(ctx context.Context, now time.Time) {
	if hooks, err := l.db.Hooks(ctx); err == nil {
		l.hooks = hooks
	}
	y, m, d := now.Date()
	if stats, err := l.db.Stats(ctx, "", time.Date(y, m, d, 0, 0, 0, 0, now.Location())); err == nil {
		l.failed = int(stats.Dead)
	}
	if broken, err := l.conditions(ctx); err == nil {
		l.broken = broken
	}
}

// conditions are those that failed on the newest event they were asked about, with
// the reason, by webhook.
func (l *lookout) conditions(ctx context.Context) (map[string]string, error) {
	ill := map[string]string{}
	if !slices.ContainsFunc(l.hooks, func(h model.HookView) bool { return h.Condition != "" && h.State == model.HookActive }) {
		return ill, nil
	}
	events, _, err := l.db.Events(ctx, "", lookBack)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, ev := range events {
		_, decisions, err := l.db.Event(ctx, ev.ID)
		if err != nil {
			return nil, err
		}
		for _, d := range decisions {
			about := d.Result == model.DecisionMatched || d.Clause == model.ClauseCondition || d.Clause == model.ClauseConditionError
			h := l.hook(d.HookID)
			if !about || asked[d.HookID] || h == nil || h.Condition == "" || ev.CreatedAt.Before(h.UpdatedAt) {
				continue
			}
			asked[d.HookID] = true
			if d.Clause == model.ClauseConditionError {
				ill[d.HookID] = text.Clean(d.Value)
			}
		}
	}
	return ill, nil
}

func (l *lookout) hook(id string) *model.HookView {
	if i := slices.IndexFunc(l.hooks, func(h model.HookView) bool { return h.ID == id }); i >= 0 {
		return &l.hooks[i]
	}
	return nil
}
