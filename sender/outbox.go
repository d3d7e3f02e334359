package sender

import (
	"context"
	"time"

	"hooktop/model"
)

// Outbox is what the engine needs of the store: events accepted durably and the
// attempts made for them. Every method is atomic and has reached the disk when it
// returns nil. Only the owner of the database calls them.
type Outbox interface {
	// Ingest stores an event with its decisions and deliveries. model.ErrStale when the
	// set of webhooks is not the one the decisions were made against. The same id or
	// key with the same type and bytes is answered as before (Duplicate), with others
	// it is a Fault CodeDuplicate.
	Ingest(ctx context.Context, in model.Ingest) (model.Accepted, error)
	// Finish stores an attempt, its verdict and the webhook's new state.
	Finish(ctx context.Context, f *model.Finish) error
	// Claim marks up to limit deliveries of a webhook that are due as sending and
	// returns them: first attempts before retries, oldest first. It ends before the
	// bodies hold more than so many bytes together, but not before the first.
	Claim(ctx context.Context, hookID string, now time.Time, limit, bytes int) ([]model.Work, error)
	// Release gives back claimed deliveries that were never sent: the attempts (delivery,
	// n) that are still to be made.
	Release(ctx context.Context, works []model.Work) error
}

// Recovery is what the engine needs of the store when it starts and stops.
type Recovery interface {
	// Recover makes this process the one that sends: CodeStoreLocked while another one is.
	// It turns what an unclean stop left in sending into an attempt recorded as interrupted
	// and queues it again; it says how many there were. Due times further off than their
	// step allows (a clock set back) are brought to the latest it allows.
	Recover(ctx context.Context, now time.Time) (int, error)
	// Backlogs lists what waits, by webhook, and Breakers the breakers that are not closed.
	Backlogs(ctx context.Context) ([]model.Backlog, error)
	Breakers(ctx context.Context) (map[string]model.Breaker, error)
	// Fleet returns all webhooks that are not deleted with the revision of their set.
	Fleet(ctx context.Context) ([]model.Hook, int64, error)
}

// Archive is what the verbs on deliveries need of the store.
type Archive interface {
	// Page lists deliveries newest first; the cursor of the next page is empty at the end.
	Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error)
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	// Event returns an event with its decision trace.
	Event(ctx context.Context, id string) (model.Event, []model.Decision, error)
	Events(ctx context.Context, after model.Cursor, limit int) ([]model.Event, model.Cursor, error)
	Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error)
	// Cancel ends deliveries that are not done; Replay makes new deliveries of the
	// same events (lineage kept, at a rate when it is positive). Both say how many,
	// and with dry they only count.
	Cancel(ctx context.Context, s model.Selection, dry bool) (int, error)
	Replay(ctx context.Context, s model.Selection, rate float64, now time.Time, dry bool) (model.Replayed, error)
	// Retry makes those that wait for their next try due now, and says how many and whose.
	Retry(ctx context.Context, s model.Selection, now time.Time, dry bool) (model.Retried, error)
	// HoldReplay keeps back what of a replay has not been sent; ResumeReplay lets it go
	// on at the same rate.
	HoldReplay(ctx context.Context, id string, now time.Time) (int, error)
	ResumeReplay(ctx context.Context, id string, now time.Time) (int, error)
}
