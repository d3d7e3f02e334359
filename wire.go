package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"hooktop/model"
	"hooktop/samples"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/sender/sign"
	"hooktop/store"
	"hooktop/ui/cli"
	"hooktop/ui/theme"
)

func themes() []string {
	var out []string
	for _, n := range theme.Names() {
		out = append(out, string(n))
	}
	return out
}

// workspace is the open database with everything that works on it. It accepts
// events; it sends only where it is owned.
type workspace struct {
	db      *store.DB
	samples *samples.Set
	sender  *sender.Sender
	engine  *sender.Engine
	log     *slog.Logger
	owner   *link.Client // of the database; nil: this program, or none
	notices []error      // what of one's own events could not be used; for people, by Words.Fault
}

// openWorkspace opens the database at p.DB, making it if need be. Of the engine's
// settings those of the sending count.
func openWorkspace(o cli.Options, p cli.Paths, engine sender.EngineConfig) (*workspace, error) {
	var notices []error
	set, err := loadSet(p, func(err error) { notices = append(notices, err) })
	if err != nil {
		return nil, err
	}
	db, err := store.Open(p.DB, store.Options{KeyFile: p.Key, ReadOnly: o.ReadOnly, Now: time.Now})
	if err != nil {
		return nil, err
	}
	log := newLog(p.Log, o.Debug)
	log.Debug("opened", "db", p.DB, "readonly", o.ReadOnly, "version", version)
	w := &workspace{db: db, samples: set, log: log, notices: notices}
	w.sender = sender.New(sender.Config{
		Hooks: toldHooks{db, func(deleted ...string) { w.engine.HooksChanged(deleted...) }}, Records: db, Samples: set,
		Version: version, Egress: o.Egress, NoProxy: o.NoProxy, SkipKeyCheck: o.NoKeyCheck, Now: time.Now, Log: log,
	})
	engine.Sender, engine.Outbox, engine.Recovery = w.sender, db, db
	w.engine = sender.NewEngine(engine)
	return w, nil
}

// Close stops sending, if it does, and closes the database.
func (w *workspace) Close() error {
	err := w.engine.Stop(context.Background()) // has limits of its own
	w.sender.Close()
	return errors.Join(err, w.db.Close())
}

// file is the database to read from.
func (w *workspace) file() file { return file{w.db, w.owner} }

func (w *workspace) verbs() verbs { return verbs{w.sender, w.engine, w.db} }

// desk is the workspace as the command line sees it; sending says whether anybody
// sends.
func (w *workspace) desk(sending bool) *cli.Desk {
	v := w.verbs()
	return &cli.Desk{
		Book: v, Record: v, Wire: v, Keys: v, Outbox: v, Archive: w.db, Trash: w.db, Upkeep: w.file(),
		Sending: func() bool { return sending }, Close: w.Close,
	}
}

// keys makes signing secrets.
type keys struct{}

func (keys) NewSecret() (model.Secret, error) { return sign.Generate() }

// open gives a command its desk: the owner's verbs where there is an owner, else the
// database itself.
func open(ctx context.Context, o cli.Options) (*cli.Desk, error) {
	p, err := paths(o)
	if err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		if d, err := attached(ctx, o, p); d != nil || err != nil {
			return d, err
		}
	}
	w, err := openWorkspace(o, p, sender.EngineConfig{})
	if err != nil {
		return nil, err
	}
	d := w.desk(false)
	d.Close = func() error {
		err := w.Close()
		if !o.ReadOnly {
			tell(ctx, p)
		}
		return err
	}
	return d, nil
}

// catalogue is the loaded samples with the sender's way of minting events from
// them. There is no database behind it.
type catalogue struct {
	*samples.Set
	mint *sender.Sender
}

func (c catalogue) Mint(typ, lang string) (model.Event, error)    { return c.mint.Mint(typ, lang) }
func (c catalogue) Own(typ string, b []byte) (model.Event, error) { return c.mint.Own(typ, b) }

func loadSamples(o cli.Options, warn func(error)) (cli.Samples, error) {
	p, err := paths(o)
	if err != nil {
		return nil, err
	}
	set, err := loadSet(p, warn)
	if err != nil {
		return nil, err
	}
	return catalogue{set, sender.New(sender.Config{Samples: set, Version: version, NoProxy: true})}, nil
}

// loadSet reads the embedded catalogue and the events of one's own. warn, if not
// nil, is told what could not be used of them.
func loadSet(p cli.Paths, warn func(error)) (*samples.Set, error) {
	var own fs.FS
	if _, err := os.Stat(p.Samples); !errors.Is(err, fs.ErrNotExist) {
		own = os.DirFS(p.Samples)
	}
	set, warnings, err := samples.Load(own)
	if err != nil {
		return nil, err
	}
	for _, w := range warnings {
		if warn != nil {
			warn(w)
		}
	}
	return set, nil
}
