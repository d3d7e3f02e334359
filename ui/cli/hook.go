package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/sender/sign"
)

func (a *app) hook() *cobra.Command {
	w := a.words().Cmd
	cmd := &cobra.Command{
		Use:   "hook COMMAND",
		Short: w.Hook,
		Args:  a.subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.hookAdd(), a.hookList(), a.hookShow(), a.hookHistory(), a.hookEdit(), a.hookDelete(), a.hookRestore(),
		a.hookChange("enable", w.Enable, func(d *Desk) changer { return d.Enable }),
		a.hookChange("disable", w.Disable, func(d *Desk) changer { return d.Disable }),
		a.hookChange("pause", w.Pause, func(d *Desk) changer { return d.Pause }),
		a.hookChange("resume", w.Resume, func(d *Desk) changer { return d.Resume }),
		a.hookVerify(), a.hookRotate())
	return cmd
}

type changer func(ctx context.Context, id string) (model.Hook, error)

// hookChange is a verb that moves a webhook to another state.
func (a *app) hookChange(name, short string, verb func(*Desk) changer) *cobra.Command {
	return a.onHook(name+" HOOK", short, func(ctx context.Context, d *Desk, v model.HookView) error {
		h, err := verb(d)(ctx, v.ID)
		if err != nil {
			return err
		}
		w := a.words().Say
		sentence := map[string]string{"enable": w.Enabled, "disable": w.Disabled, "pause": w.Paused, "resume": w.Resumed}[name]
		if err := a.result(ctx, d, h.ID); err != nil {
			return err
		}
		a.say(sentence, a.line(h.Name))
		if h.State == model.HookActive && v.State != h.State && !v.VerifyState().OK() {
			a.caution(fmt.Sprintf(w.NotVerified, a.line(h.Name), "hooktop hook verify "+h.ID))
		}
		return nil
	})
}

// onHook is a writing verb on one webhook given by name or id.
func (a *app) onHook(use, short string, do func(context.Context, *Desk, model.HookView) error) *cobra.Command {
	return &cobra.Command{
		Use:               use,
		Short:             short,
		Args:              a.arguments(1, "HOOK"),
		ValidArgsFunction: a.completeHooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.writing(cmd.Context(), func(d *Desk) error {
				v, err := d.Hook(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return do(cmd.Context(), d, v)
			})
		},
	}
}

// result writes the webhook as it is now, with --json only.
func (a *app) result(ctx context.Context, d *Desk, id string) error {
	if !a.opts.JSON {
		return nil
	}
	v, err := d.Hook(ctx, id)
	if err != nil {
		return err
	}
	return a.emit(hookOf(v))
}

func (a *app) hookDelete() *cobra.Command {
	return a.onHook("delete HOOK", a.words().Cmd.Delete, func(ctx context.Context, d *Desk, v model.HookView) error {
		if err := d.Delete(ctx, v.ID); err != nil {
			return err
		}
		if a.opts.JSON {
			if err := a.emit(deletedJSON{v.ID, v.Name, stamp(a.Now()), stamp(a.Now().Add(model.UndoWindow))}); err != nil {
				return err
			}
		}
		a.say(a.words().Say.Deleted, a.line(v.Name), "hooktop hook restore "+v.ID)
		return nil
	})
}

type deletedJSON struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	DeletedAt stamp  `json:"deleted_at"`
	UndoUntil stamp  `json:"undo_until"`
}

func (a *app) hookVerify() *cobra.Command {
	var sample string
	cmd := a.onHook("verify HOOK", a.words().Cmd.Verify, func(ctx context.Context, d *Desk, v model.HookView) error {
		verify := d.Verify
		if sample != "" {
			verify = func(ctx context.Context, h model.Hook, watch func(model.Verification)) (model.Verification, error) {
				return d.VerifySample(ctx, h, sample, watch)
			}
		}
		got, err := verify(ctx, v.Hook, nil)
		if err != nil {
			return err
		}
		got = got.Redacted(v.Hook)
		if a.opts.JSON {
			if err := a.emit(verificationOf(got)); err != nil {
				return err
			}
		}
		a.verification(got)
		if got.OK && v.State == model.HookDraft {
			a.note(a.words().Say.StillDraft, a.line(v.Name), "hooktop hook enable "+v.ID)
		}
		return judged(got)
	})
	cmd.Flags().BoolVar(&a.opts.NoKeyCheck, "no-key-check", false, a.words().Flag.NoKeyCheck)
	cmd.Flags().StringVar(&sample, "sample", "", a.words().Flag.VerifySample)
	placeholders(cmd.Flags(), map[string]string{"sample": "call.processed"})
	return cmd
}

// judged is the error a verification stands for; it was reported already.
func judged(v model.Verification) error {
	if v.OK {
		return nil
	}
	if v.Failure == nil {
		return &Failed{model.CodeHTTPError}
	}
	return &Failed{v.Failure.Code}
}

// overlap is how long the old secret signs too unless told.
const overlap = 24 * time.Hour

func (a *app) hookRotate() *cobra.Command {
	var stdin bool
	var keep time.Duration
	cmd := a.onHook("rotate-secret HOOK", a.words().Cmd.Rotate, func(ctx context.Context, d *Desk, v model.HookView) error {
		if keep < 0 || keep > model.MaxOverlap {
			return usage(a.words().Bad.Duration, keep.String(), "--overlap")
		}
		secret, err := a.rotation(ctx, stdin)
		if err != nil {
			return err
		}
		h, err := d.RotateSecret(ctx, v.ID, secret, keep)
		if err != nil {
			return err
		}
		if a.opts.JSON {
			out := hookOf(model.HookView{Hook: h, Verification: v.Verification, LastAttempt: v.LastAttempt})
			if !stdin {
				out.Secret = secret.Reveal()
			}
			return a.emit(out)
		}
		a.rotated(v.Hook, stdin, keep)
		if stdin {
			return nil
		}
		return a.raw([]byte(secret.Reveal() + "\n"))
	})
	cmd.Long = a.words().Cmd.RotateLong
	cmd.Flags().BoolVar(&stdin, "secret-stdin", false, a.words().Flag.SecretStdin)
	cmd.Flags().DurationVar(&keep, "overlap", overlap, a.words().Flag.Overlap)
	placeholders(cmd.Flags(), map[string]string{"overlap": "24h"})
	return cmd
}

// rotated says what a rotation of h, as it was, came to: whether the new secret is
// shown, and how long the old one, if there was one, signs too.
func (a *app) rotated(h model.Hook, given bool, keep time.Duration) {
	w := a.words().Say
	said := fmt.Sprintf(w.Rotated, h.Name)
	if !given {
		said += " " + w.ShownOnce
	}
	if !h.Secret.IsZero() && keep > 0 {
		said += " " + fmt.Sprintf(w.OldSigns, a.all.Duration(keep))
	}
	a.note("%s", said)
}

// rotation is the secret that takes the other's place.
func (a *app) rotation(ctx context.Context, stdin bool) (model.Secret, error) {
	if !stdin {
		return sign.Generate()
	}
	v, err := a.readSecret(ctx, a.words().Say.SecretPrompt, "--secret-stdin")
	return model.NewSecret(v), err
}
