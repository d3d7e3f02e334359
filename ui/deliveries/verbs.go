// Package deliveries has the screens of what is sent: the live list and the page
// of one delivery.
//
// The list is a window over the store: it holds a bounded stretch of rows read in
// pages, never all of them. While it follows, it shows the newest; once a person
// moves it stands, and what arrives is only counted. Selection is an id.
package deliveries

import (
	"context"
	"time"

	"hooktop/model"
	"hooktop/ui/compare"
)

// Archive reads deliveries. Errors a person can mend are *model.Fault.
type Archive interface {
	// Page lists deliveries newest first; the cursor of the next page is empty at
	// the end.
	Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error)
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	// Event returns an event with its decision trace.
	Event(ctx context.Context, id string) (model.Event, []model.Decision, error)
	// Stats counts from since on; hookID may be empty for all webhooks.
	Stats(ctx context.Context, hookID string, since time.Time) (model.Stats, error)
	// Series is the same in equal steps, from since to until.
	Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error)
	// Tally counts what a filter matches, a bounded stretch of the file in each call:
	// it goes on from the cursor, which is empty at the end.
	Tally(ctx context.Context, f model.Filter, after model.Cursor) (model.Tally, model.Cursor, error)
}

// Control changes what is sent. Its verbs say how many deliveries it was; with dry
// they only count.
type Control interface {
	// Replay makes new deliveries of the same events, at most rate a second when it
	// is positive.
	Replay(ctx context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error)
	Cancel(ctx context.Context, s model.Selection, dry bool) (int, error)
	// Retry tries now what waits for its next try; a webhook that does not send has none,
	// and an open breaker lets one through to see.
	Retry(ctx context.Context, s model.Selection, dry bool) (int, error)
	// HoldReplay keeps back what of a replay has not been sent, and ResumeReplay
	// sends it on at the same rate.
	HoldReplay(ctx context.Context, id string) (int, error)
	ResumeReplay(ctx context.Context, id string) (int, error)
	// Emit accepts a real event, as the ingest API does.
	Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error)
	// MintEvent returns a real event of the type: its sample with a fresh id and time.
	MintEvent(typ, lang string) (model.Event, error)
}

// Live tells that something has changed, never what.
type Live interface {
	// Changes gives a channel that has a value whenever something may have changed
	// since the last one was taken; nil: nothing will ever be told. It is closed
	// when ctx ends.
	Changes(ctx context.Context) <-chan struct{}
}

// Book knows the webhooks, whose keys must not be shown. Who is deleted is a
// *model.Fault with CodeNotFound.
type Book interface {
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	// History lists what was changed on a webhook, newest first.
	History(ctx context.Context, hookID string) ([]model.Change, error)
}

// Samples is the catalogue: events to emit, and bodies that others are compared with.
type Samples interface {
	// Body is the sample of an event type in a language ("es", "en");
	// CodeUnknownEvent.
	Body(typ, lang string) ([]byte, error)
	Catalogue() model.Catalogue
}

// Verbs is all these screens can do beyond drawing.
type Verbs struct {
	Archive
	Control
	Live
	Book
	Samples
}

// shown is the delivery as it may be shown: its receiver may have sent a key back.
func (v Verbs) shown(ctx context.Context, id string) (model.DeliveryView, error) {
	return compare.Shown(ctx, v, id)
}
