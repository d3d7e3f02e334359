// Package link lets several programs work on one database: the owner, who sends,
// serves its verbs over HTTP on a unix socket beside the file, and a Client has the
// same verbs, so that screens and commands never know who the owner is.
//
// Promises: a verb does and answers over the socket what it does and answers in the
// owner, faults included; only programs of the same user are listened to, and only
// such are talked to; secrets travel on the socket in clear and are never logged.
package link

import (
	"context"
	"time"

	"hooktop/model"
)

// Book changes and reads webhooks; see sender.Sender, which is one.
type Book interface {
	Hooks(ctx context.Context) ([]model.HookView, error)
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error)
	Enable(ctx context.Context, id string) (model.Hook, error)
	Disable(ctx context.Context, id string) (model.Hook, error)
	Pause(ctx context.Context, id string) (model.Hook, error)
	Resume(ctx context.Context, id string) (model.Hook, error)
	RotateSecret(ctx context.Context, id string, secret model.Secret, keep time.Duration) (model.Hook, error)
	Delete(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) (model.Hook, error)
}

// Record is what is remembered about a webhook.
type Record interface {
	History(ctx context.Context, id string) ([]model.Change, error)
	Verifications(ctx context.Context, id string) ([]model.Verification, error)
	Tests(ctx context.Context, id string, limit int) ([]model.TestResult, error)
	Forget(ctx context.Context, id string) error
}

// Wire reaches a webhook's receiver.
type Wire interface {
	Check(ctx context.Context, h model.Hook) ([]model.Warning, error)
	Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error)
	VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error)
	Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error)
}

// Outbox takes events and commands on deliveries.
type Outbox interface {
	Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error)
	Replay(ctx context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error)
	Cancel(ctx context.Context, s model.Selection, dry bool) (int, error)
	// Retry tries now what waits for its next try, and says how many it was.
	Retry(ctx context.Context, s model.Selection, dry bool) (int, error)
	// HoldReplay keeps back what of a replay has not been sent; ResumeReplay sends it
	// on at the same rate. Both say how many deliveries it was.
	HoldReplay(ctx context.Context, id string) (int, error)
	ResumeReplay(ctx context.Context, id string) (int, error)
}

// File is what else of the file only the owner can tell: it needs the key, alone, and it
// knows how the file is written.
type File interface {
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	DeletedHooks(ctx context.Context) ([]model.Hook, error)
	Info(ctx context.Context) (model.StoreInfo, error)
}

// Engine is what the owner runs.
type Engine interface {
	// Changed tells it that another program changed the file: webhooks or deliveries.
	Changed()
	Snapshot() model.EngineSnapshot
}

// Verbs are all that the owner serves.
type Verbs struct {
	Book
	Record
	Wire
	Outbox
	File
	Engine
}

// Owner says who owns the database.
type Owner struct {
	PID     int    `json:"pid"`
	Version string `json:"version"`
}
