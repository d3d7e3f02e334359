package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/link"
	"hooktop/store"
	"hooktop/ui"
	"hooktop/ui/cli"
	"hooktop/ui/clip"
	"hooktop/ui/deliveries"
	"hooktop/ui/hooks"
	"hooktop/ui/metrics"
	"hooktop/ui/page"
	"hooktop/ui/settings"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// screen shows the product on the terminal until it is quit. It sends meanwhile,
// unless another program does already.
func screen(ctx context.Context, o cli.Options) (err error) {
	collect(screenPercent, screenLimit)
	p, err := paths(o)
	if err != nil {
		return err
	}
	s, err := take(ctx, o, p)
	if err != nil {
		return err
	}
	err = show(ctx, o, p, s, false)
	waiting := s.waiting(ctx)
	var ended *ui.SignalError
	if errors.As(err, &ended) {
		s.log.Info("ended by a signal", "signal", signalName(ended.Signal))
	}
	closed := s.close()
	farewell(os.Stderr, o, p, err, closed, waiting)
	return errors.Join(err, closed)
}

// seat is what the screens work with: the owner's verbs, here or over the socket, and
// the file to read.
type seat struct {
	*workspace
	verbs interface {
		hooks.Book
		hooks.Record
		hooks.Wire
		deliveries.Control
	}
	state func(context.Context) page.EngineMsg
	close func() error
	calm  func(bool) // nobody touches the screen, or somebody does again; nil: it sends
}

// seat is that of the program that has the database open for writing.
func (w *workspace) seat() *seat {
	return &seat{workspace: w, verbs: w.verbs(), close: w.Close, state: func(context.Context) page.EngineMsg { return stateOf(w.engine.Snapshot(), 0) }}
}

// take finds a seat: the owner's if it is free, else beside the owner, as its
// successor.
func take(ctx context.Context, o cli.Options, p cli.Paths) (*seat, error) {
	if o.ReadOnly {
		w, err := openWorkspace(o, p, sender.EngineConfig{})
		if err != nil {
			return nil, err
		}
		s := w.seat()
		s.state = func(context.Context) page.EngineMsg { return page.EngineMsg{State: page.EngineReadOnly} }
		s.calm = new(processors).calm
		return s, nil
	}
	for {
		s, err := ownSoon(ctx, o, p)
		if err == nil {
			return s, nil
		}
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != model.CodeStoreLocked || f.Field != model.FieldOwner {
			return nil, err
		}
		if s, err = beside(ctx, o, p); s != nil || err != nil {
			return s, err
		} // the owner is gone meanwhile
	}
}

// beside is a seat attached to the owner, nil when there is none any more.
func beside(ctx context.Context, o cli.Options, p cli.Paths) (*seat, error) {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return nil, err
	}
	c, err := attach(ctx, db, arrival)
	if c == nil || err != nil {
		return nil, err
	}
	reading := o
	reading.ReadOnly = true
	w, err := openWorkspace(reading, p, sender.EngineConfig{})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	w.owner = c
	heir := succeed(o, p)
	return &seat{workspace: w, verbs: attachment{c, w.sender}, state: heir.state(stateBeside(c)), close: func() error {
		return errors.Join(c.Close(), w.Close(), heir.Close()) // who may own the file by now goes last
	}, calm: heir.processors.calm}, nil
}

// show runs the screens. Signals are the shell's to handle meanwhile: ctx does not
// end it, so that the terminal is given back in order.
func show(ctx context.Context, o cli.Options, p cli.Paths, w *seat, demo bool) error {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	opt := console(ctx, o, p, w, demo)
	opt.Engine = engineStates(ctx, stateEvery, newLookout(w.db, p.DB, time.Now).over(w.state))
	err := ui.Run(ctx, opt)
	var crash *ui.CrashError
	if errors.As(err, &crash) {
		return &cli.Crash{Report: crash.Path}
	}
	return err
}

// console is all the shell needs for the screens of a seat; who sends is not said yet.
func console(ctx context.Context, o cli.Options, p cli.Paths, w *seat, demo bool) ui.Options {
	env := &page.Env{
		Words:    text.For(text.Lang(o.Lang)),
		Theme:    theme.New(theme.Name(o.Theme), true, o.ASCII),
		Now:      time.Now,
		ReadOnly: o.ReadOnly,
		Motion:   !o.NoMotion,
		Passing:  demo,
	}
	verbs := hooks.Verbs{Book: w.verbs, Record: w.verbs, Wire: w.verbs, Keys: keys{}, Samples: catalogue{w.samples, w.sender}, Judge: w.sender, Health: w.db}
	verbs.Changed, verbs.Notices = changedIn(ctx, w.db), w.notices
	if !demo && !o.ReadOnly {
		verbs.Drafts = draftsOf(p)
	}
	sent := deliveries.Verbs{Archive: w.file(), Control: w.verbs, Live: w.db, Book: w.file(), Samples: w.samples}
	chosen := settingsOf(o, p, demo)
	opt := ui.Options{
		Env: env,
		Tabs: []ui.Tab{{
			Key:    "webhooks",
			Number: 1,
			Title:  func(t *text.Words) string { return t.CLI.Say.Tab },
			New:    func(env *page.Env) page.Page { return hooks.New(env, verbs) },
			Opens:  func(id string) bool { return !deliveries.Opens(id) },
		}, {
			Key:    "deliveries",
			Number: 2,
			Title:  func(t *text.Words) string { return t.Deliveries.Tab },
			New:    func(env *page.Env) page.Page { return deliveries.New(ctx, env, sent) },
			Opens:  deliveries.Opens,
		}, {
			Key:    "metrics",
			Number: 4,
			Title:  func(t *text.Words) string { return t.Metrics.Tab },
			New:    func(env *page.Env) page.Page { return metrics.New(ctx, env, metrics.Verbs{Archive: w.db, Live: w.db}) },
		}, {
			Key:    "settings",
			Number: 5,
			Title:  func(t *text.Words) string { return t.Settings.Tab },
			New:    func(env *page.Env) page.Page { return settings.New(env, chosen) },
		}},
		Badge:    demo,
		Clip:     clip.Ladder{Dir: filepath.Join(p.State, "clip")},
		Theme:    theme.Name(o.Theme),
		Color:    o.Color,
		StateDir: p.State,
		Version:  version,
		Open:     o.Open,
		NoMouse:  o.NoMouse,
		Notify:   o.Notify,
		Calm:     w.calm,
	}
	if !demo {
		opt.KeepAt = filepath.Join(p.State, "session.toml")
	}
	if !demo && !o.Fresh {
		opt.Session = ui.LoadSession(opt.KeepAt)
	}
	if self, err := os.Executable(); err == nil && !demo {
		opt.Demo = func() *exec.Cmd { return exec.Command(self, "demo", "--lang", string(env.Words.Lang)) }
	}
	return opt
}

// changedIn waits for the next change of the store, and reports false at the end of ctx.
func changedIn(ctx context.Context, db *store.DB) func() bool {
	signs := db.Changes(ctx)
	return func() bool {
		select {
		case <-signs:
			return true
		case <-ctx.Done():
			return false
		}
	}
}
