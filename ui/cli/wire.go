package cli

import (
	"encoding/json"
	"math"
	"time"
	"unicode/utf8"

	"hooktop/model"
)

// The shapes of --json: snake_case, times RFC 3339 UTC with milliseconds or null,
// durations as numbers in _ms. Fields are only ever added.

type stamp time.Time

func (s stamp) MarshalJSON() ([]byte, error) {
	t := time.Time(s)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(t.UTC().Format("2006-01-02T15:04:05.000Z07:00"))
}

// millis is a duration in milliseconds with at most microsecond precision.
func millis(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

type hookJSON struct {
	ID             string            `json:"id"`
	Name           string            `json:"name"`
	URL            string            `json:"url"`
	State          model.HookState   `json:"state"`
	Reason         string            `json:"reason,omitempty"`
	Verified       model.VerifyState `json:"verified"`
	Authorization  string            `json:"authorization"` // masked
	Signed         bool              `json:"signed"`
	Secret         string            `json:"secret,omitempty"` // only when it was just made
	OldSecretUntil stamp             `json:"old_secret_until"`
	Events         []string          `json:"events"`
	Headers        []model.Header    `json:"headers"` // values masked
	Retry          string            `json:"retry"`
	RetryWaits     []float64         `json:"retry_waits_ms"`
	ConnectTimeout float64           `json:"connect_timeout_ms"`
	TLSTimeout     float64           `json:"tls_timeout_ms"`
	HeadersTimeout float64           `json:"headers_timeout_ms"`
	TotalTimeout   float64           `json:"total_timeout_ms"`
	Rate           float64           `json:"rate"`
	Concurrency    int               `json:"concurrency"`
	CA             bool              `json:"ca"`
	Condition      string            `json:"condition"`
	SkipVerify     bool              `json:"skip_verify"`
	AllowPrivate   bool              `json:"allow_private"`
	Revision       int64             `json:"revision"`
	CreatedAt      stamp             `json:"created_at"`
	UpdatedAt      stamp             `json:"updated_at"`
	Verification   *verificationJSON `json:"verification"`
	LastTest       *testJSON         `json:"last_attempt"`
}

// hookOf has no value that is secret: a receiver may have sent some back.
func hookOf(v model.HookView) hookJSON {
	limits, retry := v.Limits.OrDefaults(), v.Retry.OrDefault()
	out := hookJSON{
		ID: v.ID, Name: v.Name, URL: v.URL, State: v.State, Reason: string(v.Reason),
		Verified: v.VerifyState(), Authorization: v.Authorization.Masked(), Signed: !v.Hook.Secret.IsZero(),
		OldSecretUntil: stamp(v.OldSecretUntil), Events: some(v.Events), Headers: v.MaskedHeaders(),
		Retry: retry.Name, ConnectTimeout: millis(limits.Connect), TLSTimeout: millis(limits.TLS),
		HeadersTimeout: millis(limits.Headers), TotalTimeout: millis(limits.Total), Rate: v.Rate,
		Concurrency: v.Concurrency, CA: v.TLS.CA != "", Condition: v.Condition, SkipVerify: v.TLS.SkipVerify, AllowPrivate: v.AllowPrivate,
		Revision: v.Revision, CreatedAt: stamp(v.CreatedAt), UpdatedAt: stamp(v.UpdatedAt), RetryWaits: []float64{},
	}
	for _, w := range retry.Waits {
		out.RetryWaits = append(out.RetryWaits, millis(w))
	}
	if v.Verification != nil {
		out.Verification = verificationOf(v.Verification.Redacted(v.Hook))
	}
	if v.LastAttempt != nil {
		t := testOf(v.LastAttempt.Redacted(v.Hook))
		out.LastTest = &t
	}
	return out
}

type stepJSON struct {
	Name  model.StepName  `json:"name"`
	State model.StepState `json:"state"`
	Took  float64         `json:"took_ms"`
}

type verificationJSON struct {
	HookID      string          `json:"hook_id"`
	At          stamp           `json:"at"`
	OK          bool            `json:"ok"`
	Echo        model.Echo      `json:"echo"`
	Key         model.KeyCheck  `json:"key"`
	HTTPStatus  int             `json:"http_status"`
	Latency     float64         `json:"latency_ms"`
	RemoteAddr  string          `json:"remote_addr"`
	TLSExpiry   stamp           `json:"tls_expiry"`
	ContentType string          `json:"content_type"`
	FirstBytes  string          `json:"first_bytes"`
	Location    string          `json:"location,omitempty"`
	ASCIIHost   string          `json:"ascii_host,omitempty"`
	Failure     *model.Failure  `json:"failure"`
	Warnings    []model.Warning `json:"warnings"`
	Steps       []stepJSON      `json:"steps"`
}

// verificationOf is v as it stands: redact it first.
func verificationOf(v model.Verification) *verificationJSON {
	out := &verificationJSON{
		HookID: v.HookID, At: stamp(v.At), OK: v.OK, Echo: v.Echo, Key: v.Key, HTTPStatus: v.HTTPStatus,
		Latency: millis(v.Latency), RemoteAddr: v.RemoteAddr, TLSExpiry: stamp(v.TLSExpiry), ContentType: v.ContentType,
		FirstBytes: v.FirstBytes, Location: v.Location, ASCIIHost: v.ASCIIHost, Failure: v.Failure,
		Warnings: some(v.Warnings), Steps: []stepJSON{},
	}
	for _, s := range v.Steps {
		out.Steps = append(out.Steps, stepJSON{s.Name, s.State, millis(s.Took)})
	}
	return out
}

// bytesJSON is a body: as text when it is UTF-8, so that nothing is lost and a
// person can read it, else as base64.
type bytesJSON struct {
	Text   *string `json:"text,omitempty"`
	Base64 []byte  `json:"base64,omitempty"`
}

func bytesOf(b []byte) bytesJSON {
	if utf8.Valid(b) {
		s := string(b)
		return bytesJSON{Text: &s}
	}
	return bytesJSON{Base64: b}
}

type eventJSON struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Subject   string    `json:"subject"`
	Test      bool      `json:"test"`
	CreatedAt stamp     `json:"created_at"`
	Body      bytesJSON `json:"body"`
}

type deliveryJSON struct {
	ID         string              `json:"id"`
	EventID    string              `json:"event_id"`
	HookID     string              `json:"hook_id"`
	Hook       string              `json:"hook"`
	Type       string              `json:"type"`
	State      model.DeliveryState `json:"state"`
	HTTPStatus int                 `json:"http_status"`
	Attempts   int                 `json:"attempts"`
	NextAt     stamp               `json:"next_at"`
	CreatedAt  stamp               `json:"created_at"`
	DoneAt     stamp               `json:"done_at"`
	Duration   float64             `json:"duration_ms"`
	Error      model.Code          `json:"error"`
	Test       bool                `json:"test"`
	ReplayOf   string              `json:"replay_of"`
	Replay     string              `json:"replay"`
}

type responseJSON struct {
	Status        int            `json:"status"`
	Proto         string         `json:"proto"`
	Headers       []model.Header `json:"headers"`
	Body          bytesJSON      `json:"body"`
	BodyRead      int64          `json:"body_read"`
	ContentLength int64          `json:"content_length"`
	Truncated     bool           `json:"truncated"`
	Digest        string         `json:"sha256"`
}

type attemptJSON struct {
	N          int            `json:"n"`
	StartedAt  stamp          `json:"started_at"`
	Method     string         `json:"method"`
	URL        string         `json:"url"`
	Request    []model.Header `json:"request_headers"` // Authorization masked
	Outcome    model.Outcome  `json:"outcome"`
	Failure    *model.Failure `json:"failure"`
	Response   *responseJSON  `json:"response"`
	RemoteAddr string         `json:"remote_addr"`
	TLSVersion string         `json:"tls_version"`
	DNS        float64        `json:"dns_ms"`
	Connect    float64        `json:"connect_ms"`
	TLS        float64        `json:"tls_ms"`
	Wait       float64        `json:"wait_ms"`
	Body       float64        `json:"body_ms"`
	Duration   float64        `json:"duration_ms"`
}

type testJSON struct {
	Event    eventJSON    `json:"event"`
	Delivery deliveryJSON `json:"delivery"`
	Attempt  attemptJSON  `json:"attempt"`
}

// testOf is t as it stands: redact it first.
func testOf(t model.TestResult) testJSON {
	d, a := t.Delivery, t.Attempt
	out := testJSON{
		Event:    eventJSON{t.Event.ID, t.Event.Type, t.Event.Subject, t.Event.Test, stamp(t.Event.CreatedAt), bytesOf(t.Event.Body)},
		Delivery: deliveryOf(d),
		Attempt: attemptJSON{N: a.N, StartedAt: stamp(a.StartedAt), Method: a.Method, URL: a.URL, Request: some(a.Request),
			Outcome: a.Outcome, Failure: a.Failure, RemoteAddr: a.RemoteAddr, TLSVersion: a.TLSVersion,
			DNS: millis(a.Timings.DNS), Connect: millis(a.Timings.Connect), TLS: millis(a.Timings.TLS),
			Wait: millis(a.Timings.Wait), Body: millis(a.Timings.Body), Duration: millis(a.Timings.Total)},
	}
	if r := a.Response; r != nil {
		out.Attempt.Response = &responseJSON{r.Status, r.Proto, some(r.Headers), bytesOf(r.Body), r.BodyRead, r.ContentLength, r.Truncated, r.Digest}
	}
	return out
}

type changeJSON struct {
	HookID   string             `json:"hook_id"`
	At       stamp              `json:"at"`
	Kind     model.ChangeKind   `json:"kind"`
	Revision int64              `json:"revision"`
	Reason   string             `json:"reason"`
	Fields   []model.FieldDelta `json:"fields"`
}

func changeOf(c model.Change) changeJSON {
	return changeJSON{c.HookID, stamp(c.At), c.Kind, c.Revision, c.Reason, some(c.Fields)}
}

// some turns nil into an empty list, which JSON writes as [].
func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
