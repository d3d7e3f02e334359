package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/sign"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

// story is one webhook of the demonstration: what the source article proposes to
// do with Empower's data.
type story struct {
	path     string
	name     string
	triggers []string
}

func stories(w text.SayWords) []story {
	return []story{
		{"/crm", w.DemoCRM, []string{"call.processed", "call.tag", "call.note", "call.summary"}},
		{"/bi", w.DemoBI, []string{"call.processed", "call.score"}},
		{"/workflow", w.DemoFlow, []string{"call.score.changed"}},
	}
}

// demo prepares a complete workspace in a temporary directory: a receiver on this
// machine and a webhook for each story, verified and active. Close takes all of it
// away again.
func demo(ctx context.Context, o cli.Options, d cli.DemoOptions) (_ *cli.Demo, err error) {
	if !o.Interactive {
		signal.Ignore(syscall.SIGPIPE) // a reader that goes must not keep us from cleaning up
	}
	sweepDemos()
	dir, err := os.MkdirTemp("", demoDir)
	if err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	clean := []func() error{func() error { return os.RemoveAll(dir) }}
	done := func() error { return undo(clean) }
	defer func() {
		if err != nil {
			err = errors.Join(err, done())
		}
	}()
	p, err := paths(o)
	if err != nil {
		return nil, err
	}
	p.DB, p.Key, p.Log = filepath.Join(dir, "hooktop.db"), filepath.Join(dir, "key"), filepath.Join(dir, "hooktop.log")
	prepared := o // --readonly is for who looks at it
	prepared.ReadOnly = false
	w, err := own(ctx, prepared, p, sender.EngineConfig{Breaker: model.DemoBreaker()})
	if err != nil {
		return nil, err
	}
	clean = append(clean, w.Close)
	if err := os.WriteFile(filepath.Join(dir, demoMark), nil, 0o600); err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	words := text.For(text.Lang(o.Lang)).CLI.Say
	r, err := listenDemo()
	if err != nil {
		return nil, err
	}
	clean = append(clean, r.Close)
	out := &cli.Demo{Desk: w.desk(true), URL: r.url, DB: p.DB, Key: p.Key}
	for _, s := range stories(words) {
		saved, err := s.build(ctx, w.workspace, r)
		if err != nil {
			return nil, err
		}
		out.Hooks = append(out.Hooks, saved)
	}
	if d.To != "" {
		saved, err := addOwn(ctx, w.workspace, words.DemoOwn, d.To)
		if err != nil {
			return nil, err
		}
		out.Hooks = append(out.Hooks, saved)
	}
	out.Close = done
	out.Start = func(ctx context.Context) {
		if d.Rate > 0 {
			clean = append(clean, r.live(ctx, w.workspace, o.Lang, d))
		}
	}
	out.Screen = func(ctx context.Context) error {
		err := show(ctx, o, p, w.seat(), true)
		curtain(os.Stderr, o, err)
		return err
	}
	return out, nil
}

// undo runs the steps back to front and tells of all that failed.
func undo(steps []func() error) error {
	var err error
	for i := len(steps) - 1; i >= 0; i-- {
		err = errors.Join(err, steps[i]())
	}
	return err
}

// build makes the story's webhook and the receiver's path that checks its key and
// its signature.
func (s story) build(ctx context.Context, w *workspace, r *demoReceiver) (model.Saved, error) {
	events, err := w.samples.Catalogue().Expand(s.triggers)
	if err != nil {
		return model.Saved{}, err
	}
	secret, err := sign.Generate()
	if err != nil {
		return model.Saved{}, err
	}
	h := w.sender.New()
	h.Name, h.URL, h.Events = s.name, r.url+s.path, events
	h.Authorization, h.Secret = model.NewSecret("Bearer demo-"+rand.Text()), secret
	h.Retry, _ = model.Preset(model.PresetDemo)
	h.AllowPrivate = true // under --egress public the demonstration still has its receiver
	r.add(s.path, h.Authorization, h.Secret)
	return w.sender.Save(ctx, h, model.SaveActivate, nil)
}

// addOwn is the webhook to a student's receiver; a draft while that does not answer.
func addOwn(ctx context.Context, w *workspace, name, url string) (model.Saved, error) {
	h := w.sender.New()
	h.Name, h.URL, h.Events = name, url, w.samples.Catalogue().Types()
	h.Limits.Total = 10 * time.Second
	return w.sender.Save(ctx, h, model.SaveActivate, nil)
}
