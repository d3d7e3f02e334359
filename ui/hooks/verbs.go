// Package hooks has the webhooks' screens: list, form, verify, test, detail.
package hooks

import (
	"context"
	"time"

	"hooktop/model"
)

// Book reads and changes webhooks. Errors a person can mend are *model.Fault.
type Book interface {
	// New returns an empty draft with a fresh id and the defaults; nothing is stored.
	New() model.Hook
	// Hooks lists the webhooks that are not deleted, oldest first.
	Hooks(ctx context.Context) ([]model.HookView, error)
	// Hook finds one by id or name.
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	// Save checks and stores h as mode says. While it verifies, watch (may be nil)
	// is called with the state so far, from another goroutine. A failed
	// verification is no error: the webhook is saved as a draft and says why.
	Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error)
	Enable(ctx context.Context, id string) (model.Hook, error)
	Disable(ctx context.Context, id string) (model.Hook, error)
	Pause(ctx context.Context, id string) (model.Hook, error)
	Resume(ctx context.Context, id string) (model.Hook, error)
	// Delete can be undone by Restore for model.UndoWindow.
	Delete(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) (model.Hook, error)
}

// Record reads what is remembered about one webhook, newest first.
type Record interface {
	History(ctx context.Context, id string) ([]model.Change, error)
	Verifications(ctx context.Context, id string) ([]model.Verification, error)
	Tests(ctx context.Context, id string, limit int) ([]model.TestResult, error)
	// Forget drops tests and verifications of a webhook that was never saved.
	Forget(ctx context.Context, id string) error
}

// Wire reaches the receiver. Both take the webhook as it stands in the form.
type Wire interface {
	// Check is the static check: no network. It never fails on warnings.
	Check(ctx context.Context, h model.Hook) ([]model.Warning, error)
	Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error)
	// VerifySample is Verify with the sample of an event type for a body.
	VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error)
	// Test sends ev.Body byte for byte, once. A receiver's failure is in the
	// result; an error means that nothing was sent.
	Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error)
}

// Keys makes signing secrets.
type Keys interface {
	NewSecret() (model.Secret, error)
}

// Samples is the catalogue of events with their bodies, labels and pages.
type Samples interface {
	Catalogue() model.Catalogue
	// Mint returns a test event of the type with a fresh id and time in its body.
	Mint(typ, lang string) (model.Event, error)
	// Own wraps a body of one's own as a test event; the bytes stay as they are.
	Own(typ string, body []byte) (model.Event, error)
	// Label is the name of a toggle or an event type for people.
	Label(key, lang string) string
	// Page is the Markdown page that explains a toggle.
	Page(key, lang string) string
}

// Health reads how webhooks fare.
type Health interface {
	// Series are the counts of a webhook's attempts in equal steps of whole minutes.
	Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error)
	// Breakers are the circuit breakers that are not closed, by the webhook's id.
	Breakers(ctx context.Context) (map[string]model.Breaker, error)
}

// Draft is a form as it was left by a program that ended.
type Draft struct {
	ID   string // the webhook's
	At   time.Time
	Data []byte
}

// Drafts keeps forms over the end of the program, one for each id, where nobody else
// can read them. Its methods may be called from any goroutine.
type Drafts interface {
	Keep(id string, data []byte) error
	Kept() ([]Draft, error)
	Drop(id string) error
}
