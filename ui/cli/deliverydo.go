package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/charmbracelet/x/editor"
	"github.com/spf13/cobra"

	"hooktop/model"
)

// selection is what a verb is for: the ids, or what the filter matches. Neither is a
// fault: everything must be asked for (--filter since:...).
func (a *app) selection(ids []string, f *filterFlags) (model.Selection, error) {
	filter, err := a.filter(f)
	switch {
	case err != nil:
		return model.Selection{}, err
	case len(ids) > 0 && !filter.IsZero():
		return model.Selection{}, usage(a.words().Bad.Together, "DELIVERY_ID, --filter")
	case len(ids) == 0 && filter.IsZero():
		return model.Selection{}, usage(a.words().Bad.Either, "DELIVERY_ID", "--filter")
	}
	return model.Selection{IDs: ids, Filter: filter}, nil
}

// present checks that the deliveries named exist, so that a verb does all that was
// asked or nothing, and says how many have not ended. The fault names those that do
// not exist.
func present(ctx context.Context, d *Desk, ids []string) (waiting int, err error) {
	open := map[string]bool{}
	err = lookAll(ids, func(id string) error {
		v, err := d.Archive.Delivery(ctx, id)
		if err == nil && !v.State.Done() {
			open[id] = true
		}
		return err
	})
	return len(open), err
}

type countJSON struct {
	Verb   string `json:"verb"`
	Count  int    `json:"count"`
	DryRun bool   `json:"dry_run"`
	Replay string `json:"replay,omitempty"` // id of what a replay made
}

func (a *app) counted(verb string, done, would func(int) string, n model.Replayed, dry bool) error {
	if a.opts.JSON {
		return a.emit(countJSON{verb, n.Count, dry, n.ID})
	}
	if dry {
		done = would
	}
	a.say("%s", done(n.Count))
	if n.ID != "" && !dry {
		a.note("%s: %s", a.all.Engine.ReplayID, n.ID)
	}
	return nil
}

// replayed says what a replay made.
func (a *app) replayed(d *Desk, made model.Replayed, dry bool) error {
	w := a.all.Engine
	if err := a.counted("replay", w.Replayed, w.WouldReplay, made, dry); err != nil {
		return err
	}
	if made.Count > 0 && !dry && d.Sending != nil && !d.Sending() {
		a.note("%s", w.NobodySends)
	}
	return nil
}

// notEnded says that so many of the deliveries named go out by themselves: a failure
// unless that is well, as something else was replayed or only counted.
func (a *app) notEnded(waiting int, well bool) error {
	if waiting == 0 {
		return nil
	}
	a.note("%s", a.all.Engine.NotReplayed(waiting))
	if !well {
		return &Failed{model.CodeConflict}
	}
	return nil
}

func (a *app) deliveryReplay() *cobra.Command {
	w := a.all.Engine
	var dry, edit bool
	var rate float64
	cmd := &cobra.Command{Use: "replay [DELIVERY_ID ...]", Short: w.Replay, Long: w.ReplayLong, Args: cobra.ArbitraryArgs}
	f := a.filterFlags(cmd)
	cmd.Flags().BoolVar(&dry, "dry-run", false, w.FlagDry)
	cmd.Flags().Float64Var(&rate, "rate", 0, w.FlagRate)
	cmd.Flags().BoolVar(&edit, "edit", false, w.FlagEdit)
	placeholders(cmd.Flags(), map[string]string{"rate": "R"})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := a.selection(args, f)
		switch {
		case err != nil:
			return err
		case !isRate(rate):
			return usage(a.words().Bad.Value, fmt.Sprint(rate), "--rate")
		case edit && (len(args) != 1 || dry):
			return usage(a.words().Bad.Required, "DELIVERY_ID")
		}
		return a.writing(cmd.Context(), func(d *Desk) error {
			if edit {
				return a.replayEdited(cmd.Context(), d, args[0])
			}
			waiting, err := present(cmd.Context(), d, args)
			if err != nil {
				return err
			}
			made, err := d.Replay(cmd.Context(), s, rate, dry)
			if err != nil {
				return err
			}
			if err := a.replayed(d, made, dry); err != nil {
				return err
			}
			return a.notEnded(waiting, dry || made.Count > 0)
		})
	}
	return cmd
}

// onReplay is a verb for what a replay made.
func (a *app) onReplay(verb, short string, done func(int) string, do func(*Desk, context.Context, string) (int, error)) *cobra.Command {
	return &cobra.Command{Use: verb + " REPLAY_ID", Short: short, Args: a.arguments(1, "REPLAY_ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.writing(cmd.Context(), func(d *Desk) error {
				n, err := do(d, cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return a.counted(verb, done, done, model.Replayed{ID: args[0], Count: n}, false)
			})
		}}
}

func (a *app) deliveryHold() *cobra.Command {
	w := a.all.Engine
	return a.onReplay("hold", w.Hold, w.HeldBack, func(d *Desk, ctx context.Context, id string) (int, error) { return d.HoldReplay(ctx, id) })
}

func (a *app) deliveryResume() *cobra.Command {
	w := a.all.Engine
	return a.onReplay("resume", w.Resume, w.SentOn, func(d *Desk, ctx context.Context, id string) (int, error) { return d.ResumeReplay(ctx, id) })
}

func (a *app) deliveryRetry() *cobra.Command {
	w := a.all.Engine
	var dry bool
	cmd := &cobra.Command{Use: "retry [DELIVERY_ID ...]", Short: w.Retry, Long: w.RetryLong, Args: cobra.ArbitraryArgs}
	f := a.filterFlags(cmd)
	cmd.Flags().BoolVar(&dry, "dry-run", false, w.FlagDry)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := a.selection(args, f)
		if err != nil {
			return err
		}
		return a.writing(cmd.Context(), func(d *Desk) error {
			if _, err := present(cmd.Context(), d, args); err != nil {
				return err
			}
			n, err := d.Retry(cmd.Context(), s, dry)
			if err != nil {
				return err
			}
			if err := a.counted("retry", w.Retried, w.WouldRetry, model.Replayed{Count: n}, dry); err != nil {
				return err
			}
			switch {
			case n == 0 && len(args) > 0 && !dry:
				a.note("%s", w.NotRetried)
				return &Failed{model.CodeConflict}
			case n > 0 && !dry && d.Sending != nil && !d.Sending():
				a.note("%s", w.NobodySends)
			}
			return nil
		})
	}
	return cmd
}

func (a *app) deliveryCancel() *cobra.Command {
	w := a.all.Engine
	var dry bool
	cmd := &cobra.Command{Use: "cancel [DELIVERY_ID ...]", Short: w.Cancel, Args: cobra.ArbitraryArgs}
	f := a.filterFlags(cmd)
	cmd.Flags().BoolVar(&dry, "dry-run", false, w.FlagDry)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := a.selection(args, f)
		if err != nil {
			return err
		}
		return a.writing(cmd.Context(), func(d *Desk) error {
			if _, err := present(cmd.Context(), d, args); err != nil {
				return err
			}
			n, err := d.Cancel(cmd.Context(), s, dry)
			if err != nil {
				return err
			}
			return a.counted("cancel", w.Cancelled, w.WouldCancel, model.Replayed{Count: n}, dry)
		})
	}
	return cmd
}

// replayEdited opens the body in the user's editor. Changed bytes are another event,
// with an id of its own; the same bytes are not sent.
func (a *app) replayEdited(ctx context.Context, d *Desk, id string) error {
	if !a.InTTY || a.opts.NoInput {
		return usage(a.words().Bad.Stdin, "--edit")
	}
	v, err := d.Archive.Delivery(ctx, id)
	if err != nil {
		return err
	}
	body, err := a.edited(ctx, v.Event.Body)
	if err != nil {
		return err
	}
	if bytes.Equal(body, v.Event.Body) {
		a.note("%s", a.all.Engine.NotEdited)
		return nil
	}
	got, err := d.Emit(ctx, model.Event{Type: v.Event.Type, Body: body}, "")
	if err != nil {
		return err
	}
	if a.opts.JSON {
		return a.emit(acceptedJSON{got.EventID, v.Event.Type, got.Deliveries, got.Duplicate})
	}
	return a.raw([]byte("ACK " + got.EventID + "\n"))
}

// edited is what the editor leaves of a text. The file is its user's alone and gone
// afterwards: a body is personal data.
func (a *app) edited(ctx context.Context, body []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "hooktop-edit-") // 0700
	if err != nil {
		return nil, fmt.Errorf("make file to edit: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "body.json")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		return nil, fmt.Errorf("make file to edit: %w", err)
	}
	cmd, err := editor.CommandContext(ctx, "hooktop", path)
	if err != nil {
		return nil, fmt.Errorf("find editor: %w", err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, usage("%s", a.all.Shell.Editor.Blame(cmd.Args[0], err))
	}
	out, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read edited body: %w", err)
	}
	return out, nil
}
