package model

import "time"

// MaxBody is the largest event body accepted, in bytes; WarnBody is the size from
// which Standard Webhooks advises against it.
const (
	MaxBody  = 1 << 20
	WarnBody = 20 << 10
)

// Event is one fact with the exact bytes that are delivered for it.
type Event struct {
	ID        string // "evt_" + ULID; travels as webhook-id
	Type      string
	Subject   string // the call it is about: call_uuid, else call_id; may be empty
	Body      []byte // never parsed and re-encoded
	Test      bool   // set by Test alone, never read from a body
	CreatedAt time.Time
}

// DeliveryState is the life of a delivery (CLI.md, "Words").
type DeliveryState string

const (
	DeliveryQueued    DeliveryState = "queued"
	DeliverySending   DeliveryState = "sending"
	DeliveryRetrying  DeliveryState = "retrying"
	DeliveryHeld      DeliveryState = "held"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryDead      DeliveryState = "dead"
	DeliveryCancelled DeliveryState = "cancelled"
)

// Done reports whether nothing more will happen to the delivery.
func (s DeliveryState) Done() bool {
	return s == DeliveryDelivered || s == DeliveryDead || s == DeliveryCancelled
}

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID         string // "dlv_" + ULID; travels as X-Hooktop-Delivery
	EventID    string
	HookID     string
	Hook       string // the webhook's name as it is now
	Type       string
	State      DeliveryState
	Attempts   int
	HTTPStatus int // of the last attempt; 0: no answer
	NextAt     time.Time
	CreatedAt  time.Time
	DoneAt     time.Time
	Duration   time.Duration // of the last attempt
	Error      Code          // of the last attempt; empty on success
	Test       bool
	ReplayOf   string
	Replay     string // the replay that made it; empty: none did
}

// Outcome is what one attempt came to. Unknown means that bytes left and no
// answer came: we do not guess.
type Outcome string

const (
	OutcomeDelivered   Outcome = "delivered"
	OutcomeFailed      Outcome = "failed"
	OutcomeUnknown     Outcome = "unknown"
	OutcomeInterrupted Outcome = "interrupted"
)

// Timings are the phases of one attempt. A phase that did not happen is zero;
// on a reused connection DNS, Connect and TLS are.
type Timings struct {
	DNS     time.Duration `json:"dns"`
	Connect time.Duration `json:"connect"`
	TLS     time.Duration `json:"tls"`
	Wait    time.Duration `json:"wait"` // request written to first response byte
	Body    time.Duration `json:"body"` // first response byte to the end of what was read
	Total   time.Duration `json:"total"`
}

// Attempt is one HTTP request of a delivery and what came of it. Header values
// and texts that the receiver chose are untrusted: clean them before a terminal.
type Attempt struct {
	DeliveryID      string
	N               int // 1...
	StartedAt       time.Time
	Method          string   // "POST"
	URL             string   // as sent to
	Revision        int64    // of the webhook's configuration
	AuthFingerprint string   // of the Authorization sent; empty: none
	Request         []Header // as sent; Authorization is its mask
	Masked          bool     // what came back has none of the keys it was sent with; older ones are stored as they came
	Outcome         Outcome
	Failure         *Failure  // nil when delivered
	Response        *Response // nil when no status line came
	RemoteAddr      string    // "ip:port" dialled; empty: none
	TLSVersion      string    // "1.3"; empty: plain
	TLSExpiry       time.Time // of the leaf certificate; zero: plain
	Timings         Timings
}

// Response is what a receiver answered, captured to a cap.
type Response struct {
	Status        int
	Proto         string // "HTTP/1.1"
	Headers       []Header
	Body          []byte // at most 64 KiB
	BodyRead      int64  // bytes read off the wire, kept or not
	ContentLength int64  // as announced; -1: not
	Truncated     bool   // more came, or was announced, than is kept
	Digest        string // SHA-256 in hex of the bytes read
}

// Get returns the first value of the header, or "". Names compare without case.
func (r *Response) Get(name string) string {
	if r == nil {
		return ""
	}
	return HeaderValue(r.Headers, name)
}

// TestResult is what a test leaves behind: one event, one delivery, one attempt,
// outside the outbox and the statistics.
type TestResult struct {
	Event    Event
	Delivery Delivery
	Attempt  Attempt
	Unkept   Code // why it could not be stored; empty: it is. Never stored itself
}
