// Package cli has the headless verbs: one for every action of the screens.
//
// Promises: with --json stdout carries one JSON object per line and nothing else,
// people's words go to stderr; exit codes are those of exit.go; no secret is
// accepted as an argument or printed, but for a signing secret at the moment it
// is made; what does not need the database does not open it.
package cli

import (
	"context"
	"io"
	"time"

	"hooktop/model"
)

// Book reads and changes webhooks. Errors a person can mend are *model.Fault.
type Book interface {
	New() model.Hook
	Hooks(ctx context.Context) ([]model.HookView, error)
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
	Save(ctx context.Context, h model.Hook, mode model.SaveMode, watch func(model.Verification)) (model.Saved, error)
	Enable(ctx context.Context, id string) (model.Hook, error)
	Disable(ctx context.Context, id string) (model.Hook, error)
	Pause(ctx context.Context, id string) (model.Hook, error)
	Resume(ctx context.Context, id string) (model.Hook, error)
	Delete(ctx context.Context, id string) error
	Restore(ctx context.Context, id string) (model.Hook, error)
}

// Record reads what is remembered about one webhook, newest first.
type Record interface {
	History(ctx context.Context, id string) ([]model.Change, error)
	Verifications(ctx context.Context, id string) ([]model.Verification, error)
	Tests(ctx context.Context, id string, limit int) ([]model.TestResult, error)
}

// Wire reaches the receiver.
type Wire interface {
	Check(ctx context.Context, h model.Hook) ([]model.Warning, error)
	Verify(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error)
	VerifySample(ctx context.Context, h model.Hook, typ string, watch func(model.Verification)) (model.Verification, error)
	Test(ctx context.Context, h model.Hook, ev model.Event) (model.TestResult, error)
}

// Keys rotates signing secrets.
type Keys interface {
	// RotateSecret replaces the secret; the old one signs too for keep (0-7 d).
	RotateSecret(ctx context.Context, id string, secret model.Secret, keep time.Duration) (model.Hook, error)
}

// Samples is the catalogue of events with their bodies; it needs no database.
type Samples interface {
	Catalogue() model.Catalogue
	// Body is the sample as it stands in the catalogue; Mint one with a fresh id
	// and time; Own wraps a body of one's own, byte for byte.
	Body(typ, lang string) ([]byte, error)
	Mint(typ, lang string) (model.Event, error)
	Own(typ string, body []byte) (model.Event, error)
	Label(key, lang string) string
}

// Desk is the open database with all its verbs.
type Desk struct {
	Book
	Record
	Wire
	Keys
	Outbox
	Archive
	Trash
	Upkeep
	Sending func() bool // some program sends now
	Close   func() error
}

// Options are the settings of one run after flag, environment, file and default.
type Options struct {
	DB, KeyFile   string
	Lang          string // "es", "en"
	Theme         string
	Color         string // "auto", "always", "never"
	Egress        string // "any", "public"
	Config        string // path of the file that was read; may not exist
	ConfigGiven   bool   // it was named, so it must exist
	JQ            string
	JSON, Quiet   bool
	NoInput       bool
	ReadOnly      bool
	ASCII         bool
	Accessible    bool
	NoMotion      bool
	NoMouse       bool              // the terminal keeps its own selection
	Notify        bool              // ring and notify of deliveries given up
	Sources       map[string]Source // where the settings of the screens come from
	Debug         bool
	Open          string // id or name to show at once; empty: none
	Fresh         bool   // the screens begin as for the first time
	NoProxy       bool   // leave the environment's proxies aside
	NoKeyCheck    bool   // verify without trying the request without the key
	Interactive   bool   // stdin and stdout are terminals that can draw
	OutIsTerminal bool
}

// DemoOptions are the flags of the demonstration.
type DemoOptions struct {
	To   string  // a receiver of one's own; empty: none
	Rate float64 // live events a second; 0: none
	Seed uint64  // the same seed, the same events
}

// Demo is the demonstration, ready: an open desk on a database of its own, and a
// receiver. Close takes all of it away.
type Demo struct {
	*Desk
	URL     string // of the receiver
	DB, Key string // paths
	Hooks   []model.Saved
	Start   func(ctx context.Context) // begins the live events; Close ends them
	Screen  func(ctx context.Context) error
	Close   func() error
}

// Crash is a bug of ours that ended the screens; the report is a file's path,
// empty when none could be written.
type Crash struct{ Report string }

func (c *Crash) Error() string { return "crash" }

// Paths are the places hooktop reads and writes.
type Paths struct {
	Config  string `json:"config"`
	Key     string `json:"key"`
	Samples string `json:"samples"`
	DB      string `json:"db"`
	State   string `json:"state"`
	Log     string `json:"log"`
	Crash   string `json:"crash"`
	Token   string `json:"token"` // of serve
}

// Deps are what a run is given. The functions are called only by the verbs that
// need them; Close of a Desk is called by this package.
type Deps struct {
	Version       string
	Env           func(name string) string // "" when unset
	In            io.Reader
	Out, Err      io.Writer
	InTTY, OutTTY bool
	Now           func() time.Time
	Themes        []string // names a configuration may choose
	Paths         func(Options) (Paths, error)
	Open          func(ctx context.Context, o Options) (*Desk, error)
	Samples       func(o Options, warn func(error)) (Samples, error) // warn is told what is left out
	Screen        func(ctx context.Context, o Options) error
	Demo          func(ctx context.Context, o Options, d DemoOptions) (*Demo, error)
	Serve         ServeFunc
	Listen        ListenFunc
	ReadPassword  func(ctx context.Context) (string, error) // from the terminal, without echo
	ResetTerminal func() error                              // cooked mode again; the sequence is ours
}
