package link

import (
	"context"
	"time"

	"hooktop/model"
)

// The verbs mean what they mean in the owner; see Verbs.

func (c *Client) Hooks(ctx context.Context) ([]model.HookView, error) {
	views, err := call[none, []wireView](ctx, c, "hooks", none{}, nil)
	if err != nil {
		return nil, err
	}
	out := make([]model.HookView, len(views))
	for i, v := range views {
		out[i] = v.view()
	}
	return out, nil
}

func (c *Client) Hook(ctx context.Context, nameOrID string) (model.HookView, error) {
	v, err := call[string, wireView](ctx, c, "hook", nameOrID, nil)
	return v.view(), err
}

func (c *Client) Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error) {
	s, err := call[saveArgs, wireSaved](ctx, c, "save", saveArgs{toWire(h), mode}, watch)
	if err != nil {
		return model.Saved{}, err
	}
	return model.Saved{Hook: s.Hook.hook(), Verification: s.Verification, Activated: s.Activated, Created: s.Created}, nil
}

// moved is a verb that takes a webhook's id and answers with the webhook.
func (c *Client) moved(ctx context.Context, name, id string) (model.Hook, error) {
	h, err := call[string, wireHook](ctx, c, name, id, nil)
	return h.hook(), err
}

func (c *Client) Enable(ctx context.Context, id string) (model.Hook, error) {
	return c.moved(ctx, "enable", id)
}
func (c *Client) Disable(ctx context.Context, id string) (model.Hook, error) {
	return c.moved(ctx, "disable", id)
}
func (c *Client) Pause(ctx context.Context, id string) (model.Hook, error) {
	return c.moved(ctx, "pause", id)
}
func (c *Client) Resume(ctx context.Context, id string) (model.Hook, error) {
	return c.moved(ctx, "resume", id)
}
func (c *Client) Restore(ctx context.Context, id string) (model.Hook, error) {
	return c.moved(ctx, "restore", id)
}

func (c *Client) RotateSecret(ctx context.Context, id string, secret model.Secret, keep time.Duration) (model.Hook, error) {
	h, err := call[rotateArgs, wireHook](ctx, c, "rotate-secret", rotateArgs{id, secret.Reveal(), keep}, nil)
	return h.hook(), err
}

func (c *Client) Delete(ctx context.Context, id string) error {
	_, err := call[string, none](ctx, c, "delete", id, nil)
	return err
}

func (c *Client) History(ctx context.Context, id string) ([]model.Change, error) {
	return call[string, []model.Change](ctx, c, "history", id, nil)
}

func (c *Client) Verifications(ctx context.Context, id string) ([]model.Verification, error) {
	return call[string, []model.Verification](ctx, c, "verifications", id, nil)
}

func (c *Client) Tests(ctx context.Context, id string, limit int) ([]model.TestResult, error) {
	return call[testsArgs, []model.TestResult](ctx, c, "tests", testsArgs{id, limit}, nil)
}

func (c *Client) Forget(ctx context.Context, id string) error {
	_, err := call[string, none](ctx, c, "forget", id, nil)
	return err
}

func (c *Client) Check(ctx context.Context, h model.Hook) ([]model.Warning, error) {
	return call[wireHook, []model.Warning](ctx, c, "check", toWire(h), nil)
}

func (c *Client) Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error) {
	return call[wireHook, model.Verification](ctx, c, "verify", toWire(h), watch)
}

func (c *Client) VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error) {
	return call[sampleArgs, model.Verification](ctx, c, "verify-sample", sampleArgs{toWire(h), typ}, watch)
}

func (c *Client) Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error) {
	return call[testArgs, model.TestResult](ctx, c, "test", testArgs{toWire(h), ev}, nil)
}

func (c *Client) Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error) {
	return call[emitArgs, model.Accepted](ctx, c, "emit", emitArgs{ev, key}, nil)
}

func (c *Client) Replay(ctx context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error) {
	return call[selectArgs, model.Replayed](ctx, c, "replay", selectArgs{s, rate, dry}, nil)
}

func (c *Client) Cancel(ctx context.Context, s model.Selection, dry bool) (int, error) {
	return call[selectArgs, int](ctx, c, "cancel", selectArgs{Selection: s, Dry: dry}, nil)
}

func (c *Client) Retry(ctx context.Context, s model.Selection, dry bool) (int, error) {
	return call[selectArgs, int](ctx, c, "retry", selectArgs{Selection: s, Dry: dry}, nil)
}

func (c *Client) HoldReplay(ctx context.Context, id string) (int, error) {
	return call[string, int](ctx, c, "hold-replay", id, nil)
}

func (c *Client) ResumeReplay(ctx context.Context, id string) (int, error) {
	return call[string, int](ctx, c, "resume-replay", id, nil)
}

func (c *Client) Delivery(ctx context.Context, id string) (model.DeliveryView, error) {
	d, err := call[string, wireDelivery](ctx, c, "delivery", id, nil)
	return model.DeliveryView{Delivery: d.Row, Event: d.Event, Attempts: d.Attempts}, err
}

func (c *Client) DeletedHooks(ctx context.Context) ([]model.Hook, error) {
	hooks, err := call[none, []wireHook](ctx, c, "deleted-hooks", none{}, nil)
	out := make([]model.Hook, len(hooks))
	for i := range hooks {
		out[i] = hooks[i].hook()
	}
	return out, err
}

func (c *Client) Info(ctx context.Context) (model.StoreInfo, error) {
	return call[none, model.StoreInfo](ctx, c, "info", none{}, nil)
}

// Changed tells the owner that the file was changed without it.
func (c *Client) Changed(ctx context.Context) error {
	_, err := call[none, none](ctx, c, "changed", none{}, nil)
	return err
}

func (c *Client) Snapshot(ctx context.Context) (model.EngineSnapshot, error) {
	return call[none, model.EngineSnapshot](ctx, c, "snapshot", none{}, nil)
}

func (c *Client) Owner(ctx context.Context) (Owner, error) {
	return call[none, Owner](ctx, c, "owner", none{}, nil)
}
