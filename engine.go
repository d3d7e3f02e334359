package main

import (
	"context"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
)

// verbs are the verbs in the program that has the database open for writing. Whether
// anybody sends is another matter; see owner.
type verbs struct {
	*sender.Sender
	engine *sender.Engine
	box    sender.Archive
}

func (v verbs) Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error) {
	return v.engine.Emit(ctx, ev, key)
}

// Replay makes new deliveries in the outbox, and the engine looks for them, also for
// those of a replay that was stopped in its midst.
func (v verbs) Replay(ctx context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error) {
	made, err := v.box.Replay(ctx, s, rate, v.engine.Now(), dry)
	if made.Count > 0 && !dry {
		v.engine.Wake()
	}
	return made, err
}

// Retry makes deliveries due, and the engine tries them: also those that were made due
// before a stop in the midst.
func (v verbs) Retry(ctx context.Context, s model.Selection, dry bool) (int, error) {
	got, err := v.box.Retry(ctx, s, v.engine.Now(), dry)
	if len(got.Hooks) > 0 && !dry {
		v.engine.TryNow(got.Hooks...)
	}
	return got.Count, err
}

// HoldReplay has the engine give back what it holds ready first, as Cancel does.
func (v verbs) HoldReplay(ctx context.Context, id string) (int, error) {
	done, err := v.engine.Recall(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	return v.box.HoldReplay(ctx, id, v.engine.Now())
}

func (v verbs) ResumeReplay(ctx context.Context, id string) (int, error) {
	n, err := v.box.ResumeReplay(ctx, id, v.engine.Now())
	if n > 0 {
		v.engine.Wake()
	}
	return n, err
}

// Cancel has the engine give back what it holds ready first, so that nothing is sent
// that was cancelled.
func (v verbs) Cancel(ctx context.Context, s model.Selection, dry bool) (int, error) {
	if dry {
		return v.box.Cancel(ctx, s, dry)
	}
	done, err := v.engine.Recall(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	return v.box.Cancel(ctx, s, dry)
}

func (v verbs) Snapshot() model.EngineSnapshot { return v.engine.Snapshot() }

// Changed tells the engine that another program wrote to the database.
func (v verbs) Changed() {
	v.engine.HooksChanged()
	v.engine.Wake()
}

// link is what others get of the verbs.
func (v verbs) link(f link.File) link.Verbs {
	return link.Verbs{Book: v, Record: v, Wire: v, Outbox: v, File: f, Engine: v}
}

// toldHooks are the stored webhooks; whoever changes one tells the engine.
type toldHooks struct {
	stored
	changed func(deleted ...string)
}

type stored = sender.Hooks // a name beside that of its method

func (t toldHooks) PutHook(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error) {
	h, err := t.stored.PutHook(ctx, h, c)
	t.changed()
	return h, err
}

func (t toldHooks) DeleteHook(ctx context.Context, id string, at time.Time) error {
	err := t.stored.DeleteHook(ctx, id, at)
	if err != nil {
		t.changed()
		return err
	}
	t.changed(id)
	return nil
}

func (t toldHooks) RestoreHook(ctx context.Context, id string, at time.Time) (model.Hook, error) {
	h, err := t.stored.RestoreHook(ctx, id, at)
	t.changed()
	return h, err
}

// attachment are the verbs in a program that is not the owner: the owner's, but for
// those that need no database.
type attachment struct {
	*link.Client
	mint *sender.Sender
}

func (a attachment) New() model.Hook { return a.mint.New() }

func (a attachment) MintEvent(typ, lang string) (model.Event, error) {
	return a.mint.MintEvent(typ, lang)
}
