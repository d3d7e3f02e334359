package model

import (
	"slices"
	"time"
)

// HookState is the life of a webhook (DOMAIN.md 4.3).
type HookState string

const (
	HookDraft    HookState = "draft"    // saved, never sent to
	HookActive   HookState = "active"   // receives its events
	HookPaused   HookState = "paused"   // its deliveries are queued, none is sent
	HookDisabled HookState = "disabled" // its deliveries are held, new events leave a decision only
)

// DisableReason says who or what disabled a webhook.
type DisableReason string

const (
	DisabledByUser   DisableReason = "user"     // a person or a command
	DisabledGone     DisableReason = "gone"     // the receiver answered 410
	DisabledFailing  DisableReason = "failing"  // no 2xx for 5 days and 10 attempts
	DisabledImported DisableReason = "imported" // came from a file, awaits confirmation
)

// Header is one header line as sent or received. Order and spelling are kept.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Limits are the time limits of one attempt; zero means the default.
type Limits struct {
	Connect time.Duration // name resolution and TCP connect; default 5 s
	TLS     time.Duration // TLS handshake; default 5 s
	Headers time.Duration // from the request written to the response headers; default 15 s
	Total   time.Duration // the whole attempt; default 30 s, 1 ms to 60 s
}

// OrDefaults fills what is zero with the product's defaults (PRODUCT.md, "Numbers to keep").
func (l Limits) OrDefaults() Limits {
	return Limits{
		Connect: orDefault(l.Connect, 5*time.Second),
		TLS:     orDefault(l.TLS, 5*time.Second),
		Headers: orDefault(l.Headers, 15*time.Second),
		Total:   orDefault(l.Total, 30*time.Second),
	}
}

func orDefault(d, def time.Duration) time.Duration {
	if d == 0 {
		return def
	}
	return d
}

// TLSPolicy is what a webhook asks of the receiver's certificate beyond the
// system's roots.
type TLSPolicy struct {
	CA         string // PEM certificates trusted besides the system's; empty: none
	SkipVerify bool   // accept any certificate; shown as a red badge, never exported
}

// Hook is the configuration of one webhook.
type Hook struct {
	ID             string // "wh_" + ULID, minted when the form opens
	Name           string // unique among webhooks that are not deleted
	URL            string
	Authorization  Secret    // sent byte for byte as typed
	Secret         Secret    // Standard Webhooks signing secret, "whsec_..."; none: unsigned
	OldSecret      Secret    // signs too until OldSecretUntil, after a rotation
	OldSecretUntil time.Time //
	Events         []string  // event types, sorted, without duplicates
	Condition      string    // optional jq expression
	Headers        []Header  // extra request headers
	Retry          Schedule  // zero: PresetStandard
	Limits         Limits    // as configured; zero fields mean the defaults
	Rate           float64   // deliveries per second; 0: not limited
	Concurrency    int       // attempts in flight, 1-64; 0: 4
	TLS            TLSPolicy //
	AllowPrivate   bool      // lets --egress public reach private and loopback addresses
	State          HookState //
	Reason         DisableReason
	Revision       int64 // grows by one with every change of the configuration
	CreatedAt      time.Time
	UpdatedAt      time.Time
	DeletedAt      time.Time // zero unless deleted; undoable for 24 h
	Failing        Streak    // read from history, not part of the configuration; never written with it
}

// UndoWindow is how long a deleted webhook can be restored before it is purged.
const UndoWindow = 24 * time.Hour

// MaxOverlap is how long an old signing secret may sign beside the new one.
const MaxOverlap = 7 * 24 * time.Hour

// URLFingerprint identifies the webhook's URL.
func (h Hook) URLFingerprint() string { return Fingerprint(h.ID, h.URL) }

// AuthFingerprint identifies the webhook's Authorization value; empty for none.
func (h Hook) AuthFingerprint() string { return h.Authorization.Fingerprint(h.ID) }

// Clone returns a copy that shares no memory with h.
func (h Hook) Clone() Hook {
	h.Events = slices.Clone(h.Events)
	h.Headers = slices.Clone(h.Headers)
	h.Retry.Waits = slices.Clone(h.Retry.Waits)
	return h
}

// HookView is a webhook with what a list shows beside it.
type HookView struct {
	Hook
	Verification *Verification // the newest; nil: never verified
	LastAttempt  *TestResult   // the newest test or delivery; nil: none
}

// VerifyState is the state of the webhook's verification as it stands now.
func (v HookView) VerifyState() VerifyState { return v.Hook.VerifyState(v.Verification) }

// ChangeKind names an entry of a webhook's history.
type ChangeKind string

const (
	ChangeCreated       ChangeKind = "created"
	ChangeEdited        ChangeKind = "edited"
	ChangeActivated     ChangeKind = "activated"
	ChangeUnverified    ChangeKind = "activated_unverified" // activated although verification failed or was skipped
	ChangePaused        ChangeKind = "paused"
	ChangeResumed       ChangeKind = "resumed"
	ChangeDisabled      ChangeKind = "disabled"
	ChangeDrafted       ChangeKind = "drafted"
	ChangeDeleted       ChangeKind = "deleted"
	ChangeRestored      ChangeKind = "restored"
	ChangeSecretRotated ChangeKind = "secret_rotated"
)

// Change is one line of a webhook's history. Secrets appear as masks.
type Change struct {
	HookID   string
	At       time.Time
	Kind     ChangeKind
	Revision int64        // of the webhook after the change
	Reason   string       // DisableReason, or the failure code that made a draft
	Fields   []FieldDelta // what an edit changed
}

// FieldDelta is one field's old and new value as they may be shown.
type FieldDelta struct {
	Field  Field  `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// SaveMode says what saving a webhook shall do.
type SaveMode string

const (
	SaveDraft      SaveMode = "draft"      // keep it, send nothing
	SaveActivate   SaveMode = "activate"   // verify if need be; active on 2xx, else draft with the reason
	SaveUnverified SaveMode = "unverified" // active without a verification; recorded in the history
)

// Saved is the answer to saving a webhook.
type Saved struct {
	Hook         Hook
	Verification *Verification // the one that decided; nil when none was needed
	Activated    bool          // the webhook is active now
	Created      bool          // it did not exist before
}
