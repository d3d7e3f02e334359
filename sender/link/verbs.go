package link

import (
	"context"
	"net/http"
	"time"

	"hooktop/model"
)

// The arguments of verbs that take more than an id.
type (
	none     struct{}
	saveArgs struct {
		Hook wireHook
		Mode model.SaveMode
	}
	sampleArgs struct {
		Hook wireHook
		Type string
	}
	testArgs struct {
		Hook  wireHook
		Event model.Event
	}
	testsArgs struct {
		ID    string
		Limit int
	}
	rotateArgs struct {
		ID     string
		Secret string
		Keep   time.Duration
	}
	emitArgs struct {
		Event model.Event
		Key   string
	}
	selectArgs struct {
		Selection model.Selection
		Rate      float64
		Dry       bool
	}
)

// handler has a path for each verb.
func handler(v Verbs, o Owner) http.Handler {
	mux := http.NewServeMux()
	bookVerbs(mux, v)
	verb(mux, "history", func(ctx context.Context, id string, _ watcher) ([]model.Change, error) { return v.History(ctx, id) })
	verb(mux, "verifications", func(ctx context.Context, id string, _ watcher) ([]model.Verification, error) {
		return v.Verifications(ctx, id)
	})
	verb(mux, "tests", func(ctx context.Context, a testsArgs, _ watcher) ([]model.TestResult, error) {
		return v.Tests(ctx, a.ID, a.Limit)
	})
	verb(mux, "forget", func(ctx context.Context, id string, _ watcher) (none, error) { return none{}, v.Forget(ctx, id) })
	verb(mux, "check", func(ctx context.Context, h wireHook, _ watcher) ([]model.Warning, error) {
		return v.Check(ctx, h.hook())
	})
	verb(mux, "verify", func(ctx context.Context, h wireHook, w watcher) (model.Verification, error) {
		return v.Verify(ctx, h.hook(), w.verification)
	})
	verb(mux, "verify-sample", func(ctx context.Context, a sampleArgs, w watcher) (model.Verification, error) {
		return v.VerifySample(ctx, a.Hook.hook(), a.Type, w.verification)
	})
	verb(mux, "test", func(ctx context.Context, a testArgs, _ watcher) (model.TestResult, error) {
		return v.Test(ctx, a.Hook.hook(), a.Event)
	})
	verb(mux, "emit", func(ctx context.Context, a emitArgs, _ watcher) (model.Accepted, error) {
		return v.Emit(ctx, a.Event, a.Key)
	})
	verb(mux, "replay", func(ctx context.Context, a selectArgs, _ watcher) (model.Replayed, error) {
		return v.Replay(ctx, a.Selection, a.Rate, a.Dry)
	})
	verb(mux, "cancel", func(ctx context.Context, a selectArgs, _ watcher) (int, error) {
		return v.Cancel(ctx, a.Selection, a.Dry)
	})
	verb(mux, "retry", func(ctx context.Context, a selectArgs, _ watcher) (int, error) {
		return v.Retry(ctx, a.Selection, a.Dry)
	})
	verb(mux, "hold-replay", func(ctx context.Context, id string, _ watcher) (int, error) { return v.HoldReplay(ctx, id) })
	verb(mux, "resume-replay", func(ctx context.Context, id string, _ watcher) (int, error) { return v.ResumeReplay(ctx, id) })
	verb(mux, "delivery", func(ctx context.Context, id string, _ watcher) (wireDelivery, error) {
		d, err := v.Delivery(ctx, id)
		return wireDelivery{d.Delivery, d.Event, d.Attempts}, err
	})
	verb(mux, "deleted-hooks", func(ctx context.Context, _ none, _ watcher) ([]wireHook, error) {
		hooks, err := v.DeletedHooks(ctx)
		out := make([]wireHook, len(hooks))
		for i := range hooks {
			out[i] = toWire(hooks[i])
		}
		return out, err
	})
	verb(mux, "info", func(ctx context.Context, _ none, _ watcher) (model.StoreInfo, error) { return v.Info(ctx) })
	verb(mux, "changed", func(context.Context, none, watcher) (none, error) { v.Changed(); return none{}, nil })
	verb(mux, "snapshot", func(context.Context, none, watcher) (model.EngineSnapshot, error) { return v.Snapshot(), nil })
	verb(mux, "owner", func(context.Context, none, watcher) (Owner, error) { return o, nil })
	return mux
}

func bookVerbs(mux *http.ServeMux, v Verbs) {
	verb(mux, "hooks", func(ctx context.Context, _ none, _ watcher) ([]wireView, error) {
		views, err := v.Hooks(ctx)
		out := make([]wireView, len(views))
		for i := range views {
			out[i] = toView(views[i])
		}
		return out, err
	})
	verb(mux, "hook", func(ctx context.Context, id string, _ watcher) (wireView, error) {
		got, err := v.Hook(ctx, id)
		return toView(got), err
	})
	verb(mux, "save", func(ctx context.Context, a saveArgs, w watcher) (wireSaved, error) {
		got, err := v.Save(ctx, a.Hook.hook(), a.Mode, w.verification)
		return wireSaved{toWire(got.Hook), got.Verification, got.Activated, got.Created}, err
	})
	verb(mux, "rotate-secret", func(ctx context.Context, a rotateArgs, _ watcher) (wireHook, error) {
		h, err := v.RotateSecret(ctx, a.ID, model.NewSecret(a.Secret), a.Keep)
		return toWire(h), err
	})
	for name, do := range map[string]func(context.Context, string) (model.Hook, error){
		"enable": v.Enable, "disable": v.Disable, "pause": v.Pause, "resume": v.Resume, "restore": v.Restore,
	} {
		verb(mux, name, func(ctx context.Context, id string, _ watcher) (wireHook, error) {
			h, err := do(ctx, id)
			return toWire(h), err
		})
	}
	verb(mux, "delete", func(ctx context.Context, id string, _ watcher) (none, error) { return none{}, v.Delete(ctx, id) })
}

func (w watcher) verification(v model.Verification) { w(&frame{Watch: &v}) }
