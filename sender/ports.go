// Package sender is everything that leaves: the verbs on webhooks, Verify, Test,
// one HTTP attempt, and the guard that decides which addresses may be dialled.
package sender

import (
	"context"
	"time"

	"hooktop/model"
)

// Hooks is what the sender needs of the store to keep webhooks. Each method is
// one transaction. Errors a person can mend are *model.Fault.
type Hooks interface {
	// Hooks lists webhooks that are not deleted, oldest first, each with its newest
	// verification and attempt.
	Hooks(ctx context.Context) ([]model.HookView, error)
	// Hook finds one that is not deleted, by id or exact name; CodeNotFound.
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	// PutHook inserts (Revision 0) or updates h with its history entry and returns
	// it with its new revision. The history of an inserted one begins with
	// ChangeCreated, before c if that is another. An update of another revision than
	// the stored one is CodeConflict, a taken name CodeNameTaken.
	PutHook(ctx context.Context, h model.Hook, c model.Change) (model.Hook, error)
	// DeleteHook marks it deleted at that time; RestoreHook undoes it within
	// model.UndoWindow (id only). Both write history.
	DeleteHook(ctx context.Context, id string, at time.Time) error
	RestoreHook(ctx context.Context, id string, at time.Time) (model.Hook, error)
}

// Records is what the sender needs of the store to remember what it did.
type Records interface {
	History(ctx context.Context, hookID string) ([]model.Change, error)
	PutVerification(ctx context.Context, v model.Verification) error
	Verifications(ctx context.Context, hookID string) ([]model.Verification, error)
	// PutTest stores a finished test: event, delivery and attempt in one
	// transaction. The webhook need not be stored yet.
	PutTest(ctx context.Context, t model.TestResult) error
	Tests(ctx context.Context, hookID string, limit int) ([]model.TestResult, error)
	// Forget drops verifications and tests of a webhook that was never stored; of
	// a stored one it does nothing.
	Forget(ctx context.Context, hookID string) error
}

// Samples is what the sender needs of the catalogue.
type Samples interface {
	Catalogue() model.Catalogue
	// Body returns the sample of an event type, or of model.VerificationType, in a
	// language ("es", "en"); CodeUnknownEvent.
	Body(typ, lang string) ([]byte, error)
}
