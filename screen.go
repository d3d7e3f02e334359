package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"hooktop/ui"
	"hooktop/ui/cli"
	"hooktop/ui/clip"
	"hooktop/ui/hooks"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// screen shows the product on the terminal until it is quit.
func screen(ctx context.Context, o cli.Options) error {
	p, err := paths(o)
	if err != nil {
		return err
	}
	w, err := openWorkspace(o, p)
	if err != nil {
		return err
	}
	return errors.Join(w.screen(ctx, o, false), w.Close())
}

// screen runs the screens on an open workspace. Signals are the shell's to handle
// meanwhile: ctx does not end it, so that the terminal is given back in order.
func (w *workspace) screen(ctx context.Context, o cli.Options, demo bool) error {
	p, err := paths(o)
	if err != nil {
		return err
	}
	env := &page.Env{
		Words:    text.For(text.Lang(o.Lang)),
		Theme:    theme.New(theme.Name(o.Theme), true, o.ASCII),
		Now:      time.Now,
		ReadOnly: o.ReadOnly,
		Motion:   !o.NoMotion,
	}
	verbs := hooks.Verbs{Book: w.sender, Record: w.sender, Wire: w.sender, Samples: catalogue{w.samples, w.sender}}
	opt := ui.Options{
		Env: env,
		Tabs: []ui.Tab{{
			Key:   "webhooks",
			Title: func(t *text.Words) string { return t.CLI.Say.Tab },
			New:   func(env *page.Env) page.Page { return hooks.New(env, verbs) },
		}},
		Badge:    demo,
		Clip:     clip.Ladder{Dir: filepath.Join(p.State, "clip")},
		Theme:    theme.Name(o.Theme),
		Color:    o.Color,
		StateDir: p.State,
		Version:  version,
	}
	if self, err := os.Executable(); err == nil && !demo {
		opt.Demo = func() *exec.Cmd { return exec.Command(self, "demo", "--lang", string(env.Words.Lang)) }
	}
	err = ui.Run(context.WithoutCancel(ctx), opt)
	var crash *ui.CrashError
	if errors.As(err, &crash) {
		return &cli.Crash{Report: crash.Path}
	}
	return err
}
