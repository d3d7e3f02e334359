package sender

import (
	"context"
	"fmt"
	"time"
)

// keep is the keeper: it waits for the earliest due time and for changes of the
// webhooks.
func (e *Engine) keep() {
	for {
		select {
		case <-e.life.Done():
			return
		case <-e.timer.C:
			e.guarded("tick", e.tick)
		case <-e.changed:
			e.guarded("reload webhooks", e.change)
		}
	}
}

// guarded runs a part of the keeper; what goes wrong is logged and tried again.
func (e *Engine) guarded(what string, f func() error) {
	err := func() (err error) {
		defer recovered(&err)
		return f()
	}()
	if err != nil && e.life.Err() == nil {
		e.sender.log.Error(what, "err", err)
		if sleep(e.life, claimPause) {
			e.HooksChanged()
		}
	}
}

// recovered turns a panic into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v", p)
	}
}

// wakeAt sets the timer for a time, unless it goes off before that. The lock is held.
func (e *Engine) wakeAt(at, now time.Time) {
	if e.phase != engineRunning || (!e.alarm.IsZero() && !at.Before(e.alarm)) {
		return
	}
	e.alarm = at
	e.timer.Reset(min(max(at.Sub(now), 0), coarse))
}

// tick looks at every lane: each sets the timer for what it waits for.
func (e *Engine) tick() error {
	e.notice()
	e.mu.Lock()
	now := e.Now()
	e.alarm = time.Time{}
	look := e.asking && !now.Before(e.askAfter)
	if look {
		e.asking, e.askAfter = false, now.Add(claimPause)
	} else if e.asking {
		e.wakeAt(e.askAfter, now)
	}
	e.advance(now, len(e.line))
	for _, l := range e.lanes {
		e.pump(l, now)
	}
	e.mu.Unlock()
	if !look {
		return nil
	}
	backlogs, err := e.recovery.Backlogs(e.life)
	e.mu.Lock()
	defer e.mu.Unlock()
	now = e.Now()
	if err != nil {
		e.askBacklogs(now)
		return fmt.Errorf("read backlogs: %w", err)
	}
	e.learn(backlogs, now)
	return nil
}

// change reads the webhooks anew.
func (e *Engine) change() error { return e.reload(e.life) }

// fleetNow is the set of webhooks to decide against.
func (e *Engine) fleetNow(ctx context.Context) (*fleet, error) {
	if f := e.fleet.Load(); f != nil {
		return f, nil
	}
	if err := e.renew(ctx, nil); err != nil {
		return nil, err
	}
	return e.fleet.Load(), nil
}

// renew replaces a set of webhooks that turned out stale: of all who found it so,
// one reads.
func (e *Engine) renew(ctx context.Context, stale *fleet) error {
	e.reloading.Lock()
	defer e.reloading.Unlock()
	if e.fleet.Load() != stale {
		return nil
	}
	return e.readHooks(ctx)
}

// reload reads all webhooks anew: what another one reads may be older than the
// change that is known of.
func (e *Engine) reload(ctx context.Context) error {
	e.reloading.Lock()
	defer e.reloading.Unlock()
	return e.readHooks(ctx)
}

// readHooks compiles the conditions that changed and lets every lane follow its
// webhook. The caller holds reloading.
func (e *Engine) readHooks(ctx context.Context) error {
	hooks, revision, err := e.recovery.Fleet(ctx)
	if err != nil {
		return fmt.Errorf("read webhooks: %w", err)
	}
	known := map[string]*member{}
	if old := e.fleet.Load(); old != nil {
		for i := range old.members {
			known[old.members[i].hook.ID] = &old.members[i]
		}
	}
	f := &fleet{revision: revision, members: make([]member, len(hooks))}
	for i := range hooks {
		m := member{hook: &hooks[i], recipe: recipeOf(&hooks[i])}
		if old := known[m.hook.ID]; old != nil && old.hook.Condition == m.hook.Condition {
			m.condition, m.err = old.condition, old.err
		} else if m.hook.Condition != "" {
			m.condition, m.err = compile(m.hook.Condition)
		}
		f.conditions = f.conditions || m.condition != nil
		f.members[i] = m
	}
	e.follow(f)
	e.fleet.Store(f)
	return nil
}

// follow gives every webhook its lane, and every lane its webhook.
func (e *Engine) follow(f *fleet) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.Now()
	present := make(map[string]bool, len(f.members))
	for i := range f.members {
		m := &f.members[i]
		present[m.hook.ID] = true
		l := e.lanes[m.hook.ID]
		if l == nil {
			l = &lane{id: m.hook.ID, unsure: now, turn: make(chan struct{}, 1)}
			e.lanes[l.id] = l
		}
		sent := l.hook != nil && l.sends()
		l.configure(m.recipe)
		m.lane = l
		if l.sends() && !sent {
			l.expect(now)
		}
	}
	for id, l := range e.lanes {
		if !present[id] {
			l.gone = true
		}
		if e.phase == engineRunning {
			e.settle(l, now)
		}
		if l.gone && l.flying == 0 && !l.away && l.room == 0 && l.waiting()+l.after.len() == 0 {
			delete(e.lanes, id)
		}
	}
}
