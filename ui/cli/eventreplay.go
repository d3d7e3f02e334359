package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// isRate bounds --rate: deliveries per second, 0 for no limit.
func isRate(rate float64) bool { return rate >= 0 && rate <= 1e6 }

// eventReplay delivers events to a webhook whatever was decided when they came.
func (a *app) eventReplay() *cobra.Command {
	w := a.all.Engine
	var hook string
	var dry bool
	var rate float64
	cmd := &cobra.Command{Use: "replay EVENT_ID ...", Short: w.EventReplay, Long: w.EventReplayLong, Args: cobra.ArbitraryArgs}
	cmd.Flags().StringVar(&hook, "hook", "", w.FlagToHook)
	cmd.Flags().BoolVar(&dry, "dry-run", false, w.FlagDry)
	cmd.Flags().Float64Var(&rate, "rate", 0, w.FlagRate)
	placeholders(cmd.Flags(), map[string]string{"hook": "NAME", "rate": "R"})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return usage(a.words().Bad.Required, "EVENT_ID")
		case hook == "":
			return usage(a.words().Bad.Required, "--hook")
		case !isRate(rate):
			return usage(a.words().Bad.Value, fmt.Sprint(rate), "--rate")
		}
		return a.writing(cmd.Context(), func(d *Desk) error {
			to, err := d.Hook(cmd.Context(), hook)
			if err != nil {
				return err
			}
			if err := presentEvents(cmd.Context(), d, args); err != nil {
				return err
			}
			made, err := d.Replay(cmd.Context(), model.Selection{Events: args, Hook: to.ID}, rate, dry)
			if err != nil {
				return err
			}
			if err := a.replayed(d, made, dry); err != nil {
				return err
			}
			a.holdsBack(to.Hook)
			return nil
		})
	}
	return cmd
}

// holdsBack says which command lets the deliveries of a webhook go that is not active.
func (a *app) holdsBack(h model.Hook) {
	verb := "enable"
	switch h.State {
	case model.HookActive:
		return
	case model.HookPaused:
		verb = "resume"
	}
	a.note(a.all.Engine.HoldsBack, h.Name, a.all.HookState(h.State), "hooktop hook "+verb+" "+h.ID)
}

// presentEvents checks that the events named exist, as present does for deliveries.
func presentEvents(ctx context.Context, d *Desk, ids []string) error {
	return lookAll(ids, func(id string) error {
		_, _, err := d.Archive.Event(ctx, id)
		return err
	})
}

// lookAll calls look for each id; the fault names those that do not exist.
func lookAll(ids []string, look func(id string) error) error {
	var missing []string
	for _, id := range ids {
		err := look(id)
		var f *model.Fault
		switch {
		case errors.As(err, &f) && f.Code == model.CodeNotFound:
			missing = append(missing, id)
		case err != nil:
			return err
		}
	}
	if len(missing) > 0 {
		return &model.Fault{Code: model.CodeNotFound, Field: model.FieldID, Value: strings.Join(missing, ", ")}
	}
	return nil
}
