package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hooktop/model"
)

func (a *app) hookAdd() *cobra.Command {
	w := a.words()
	cmd := &cobra.Command{Use: "add --name N --url U", Short: w.Cmd.Add, Long: w.Cmd.AddLong, Args: a.arguments(0)}
	f := a.formFlags(cmd.Flags(), false)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		for _, name := range []string{"name", "url"} {
			if !cmd.Flags().Changed(name) {
				return usage(w.Bad.Required, "--"+name)
			}
		}
		mode := model.SaveActivate
		if f.draft {
			mode = model.SaveDraft
		} else if f.noVerify {
			mode = model.SaveUnverified
		}
		return a.writing(cmd.Context(), func(d *Desk) error {
			h := d.New()
			if err := a.fill(cmd.Context(), f, &h); err != nil {
				return err
			}
			return a.save(cmd.Context(), d, h, mode, f.secret == "generate")
		})
	}
	return cmd
}

func (a *app) hookEdit() *cobra.Command {
	w := a.words()
	var f *form
	var cmd *cobra.Command
	cmd = a.onHook("edit HOOK", w.Cmd.Edit, func(ctx context.Context, d *Desk, v model.HookView) error {
		if !given(cmd) {
			return usage("%s", w.Bad.NoChange)
		}
		h := v.Hook.Clone()
		if err := a.fill(ctx, f, &h); err != nil {
			return err
		}
		return a.save(ctx, d, h, editMode(h.State, f.noVerify), false)
	})
	f = a.formFlags(cmd.Flags(), true)
	return cmd
}

// given reports whether any flag of the command's own was given.
func given(cmd *cobra.Command) bool {
	any := false
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { any = any || f.Changed })
	return any
}

// editMode keeps the state, but that a draft is activated on demand. A running
// webhook is verified again if need be.
func editMode(s model.HookState, noVerify bool) model.SaveMode {
	running := s == model.HookActive || s == model.HookPaused
	switch {
	case noVerify && (running || s == model.HookDraft):
		return model.SaveUnverified
	case running:
		return model.SaveActivate
	}
	return model.SaveDraft
}

// save stores a webhook, prints its id and says what came of it. made tells that
// its signing secret is new, so that this is the moment to show it.
func (a *app) save(ctx context.Context, d *Desk, h model.Hook, mode model.SaveMode, made bool) error {
	saved, err := d.Save(ctx, h, mode, nil)
	if err != nil {
		return err
	}
	w := a.words().Say
	if a.opts.JSON {
		v, err := d.Hook(ctx, saved.Hook.ID)
		if err != nil {
			return err
		}
		out := hookOf(v)
		if made {
			out.Secret = h.Secret.Reveal()
		}
		if err := a.emit(out); err != nil {
			return err
		}
	} else if err := a.raw([]byte(saved.Hook.ID + "\n")); err != nil {
		return err
	}
	if made && !a.opts.JSON {
		fmt.Fprintf(a.Err, w.SecretOnce+"\n", h.Secret.Reveal()) // with --quiet too: it comes once
	}
	if saved.Verification != nil {
		a.verification(saved.Verification.Redacted(saved.Hook))
	}
	name := a.line(saved.Hook.Name)
	failing := saved.Verification != nil && !saved.Verification.OK
	switch {
	case failing && saved.Hook.State != model.HookDraft: // an edit never stops a webhook
		a.note(w.Kept, name, a.all.HookState(saved.Hook.State))
		return judged(*saved.Verification)
	case saved.Activated && mode == model.SaveUnverified:
		a.note(w.Unverified, name)
	case saved.Activated:
		a.note(w.Activated, name)
	case failing:
		a.note(w.Draft, name, "hooktop hook verify "+saved.Hook.ID, "hooktop hook enable "+saved.Hook.ID)
		return judged(*saved.Verification)
	default:
		a.note(w.Saved, name, a.all.HookState(saved.Hook.State))
	}
	return nil
}
