package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"hooktop/model"
	"hooktop/samples"
	"hooktop/sender"
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

// workspace is the open database with everything that works on it.
type workspace struct {
	db      *store.DB
	samples *samples.Set
	sender  *sender.Sender
}

// openWorkspace opens the database at p.DB, making it if need be.
func openWorkspace(o cli.Options, p cli.Paths) (*workspace, error) {
	set, err := loadSet(p, nil)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(p.DB, store.Options{KeyFile: p.Key, ReadOnly: o.ReadOnly, Now: time.Now})
	if err != nil {
		return nil, err
	}
	log := newLog(p.Log, o.Debug)
	log.Debug("opened", "db", p.DB, "readonly", o.ReadOnly, "version", version)
	return &workspace{db: db, samples: set, sender: sender.New(sender.Config{
		Hooks: db, Records: db, Samples: set, Version: version, Egress: o.Egress, Now: time.Now, Log: log,
	})}, nil
}

func (w *workspace) Close() error {
	w.sender.Close()
	return w.db.Close()
}

// desk is the workspace as the command line sees it.
func (w *workspace) desk() *cli.Desk {
	return &cli.Desk{Book: w.sender, Record: w.sender, Wire: w.sender, Keys: keys{w.sender}, Close: w.Close}
}

// keys adds the making of secrets to their rotation.
type keys struct{ *sender.Sender }

func (keys) NewSecret() (model.Secret, error) { return sign.Generate() }

func open(_ context.Context, o cli.Options) (*cli.Desk, error) {
	p, err := paths(o)
	if err != nil {
		return nil, err
	}
	w, err := openWorkspace(o, p)
	if err != nil {
		return nil, err
	}
	return w.desk(), nil
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
