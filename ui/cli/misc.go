package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
)

func (a *app) paths() *cobra.Command {
	return &cobra.Command{
		Use:   "paths",
		Short: a.words().Cmd.Paths,
		Args:  a.arguments(0),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.Paths(a.opts)
			if err != nil {
				return err
			}
			if a.opts.JSON {
				return a.emit(p)
			}
			w := a.words().Say
			return a.table([][]string{
				{w.Config + ":", p.Config}, {w.Key + ":", p.Key}, {w.Samples + ":", p.Samples}, {w.Data + ":", p.DB},
				{w.State + ":", p.State}, {w.Log + ":", p.Log}, {w.Crash + ":", p.Crash}, {a.all.Engine.Token + ":", p.Token},
			})
		},
	}
}

func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func (a *app) completion() *cobra.Command {
	w := a.words()
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     w.Cmd.Completion,
		Args:      a.arguments(1, "SHELL"),
		ValidArgs: shells(),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.Out, true)
			case "zsh":
				return root.GenZshCompletion(a.Out)
			case "fish":
				return root.GenFishCompletion(a.Out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.Out)
			}
			return usage(w.Bad.Choice, args[0], "SHELL", strings.Join(shells(), ", "))
		},
	}
}

// completeHooks offers the names of webhooks, completeDeleted of deleted ones.
func (a *app) completeHooks(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.completeNames(cmd.Context(), args, func(d *Desk) (out []string) {
		views, _ := d.Hooks(cmd.Context())
		for _, v := range views {
			out = append(out, v.Name+"\t"+v.URL)
		}
		return out
	})
}

func (a *app) completeDeleted(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.completeNames(cmd.Context(), args, func(d *Desk) (out []string) {
		hooks, _ := d.DeletedHooks(cmd.Context())
		for _, h := range hooks {
			out = append(out, h.Name+"\t"+h.URL)
		}
		return out
	})
}

// completeNames opens an existing database for reading; anything wrong means no
// offers.
func (a *app) completeNames(ctx context.Context, args []string, names func(*Desk) []string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	o := a.opts
	if o.DB == "" {
		o.DB = a.Env("HOOKTOP_DB")
	}
	o.ReadOnly = true
	p, err := a.Paths(o)
	if err != nil || !exists(p.DB) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	d, err := a.Open(ctx, o)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer func() { _ = d.Close() }()
	return names(d), cobra.ShellCompDirectiveNoFileComp
}

// resetSequence undoes what a program that died may have left: mouse and paste
// modes, key protocols, the alternate screen, hidden cursor, colours.
const resetSequence = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l\x1b[?2027l" +
	"\x1b[>4;0m\x1b[<u\x1b[?1l\x1b>\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[r\x1b(B\x1b[0m\r"

func (a *app) reset() *cobra.Command {
	return &cobra.Command{
		Use:   "reset-terminal",
		Short: a.words().Cmd.Reset,
		Args:  a.arguments(0),
		RunE: func(*cobra.Command, []string) error {
			if _, err := fmt.Fprint(a.Out, resetSequence); err != nil {
				return err
			}
			if a.ResetTerminal != nil && a.InTTY {
				return a.ResetTerminal()
			}
			return nil
		},
	}
}

// summary is hooktop where there is no terminal to draw on: plain lines.
func (a *app) summary(ctx context.Context) error {
	return a.desk(ctx, func(d *Desk) error {
		views, err := d.Hooks(ctx)
		if err != nil {
			return err
		}
		byState := map[model.HookState]int{}
		for _, v := range views {
			byState[v.State]++
		}
		if a.opts.JSON {
			return a.emit(summaryJSON{len(views), byState[model.HookActive], byState[model.HookPaused], byState[model.HookDisabled], byState[model.HookDraft]})
		}
		a.say(a.words().Say.Summary, len(views), byState[model.HookActive], byState[model.HookPaused], byState[model.HookDisabled], byState[model.HookDraft])
		if len(views) == 0 {
			return a.none(ctx, d)
		}
		return a.list(ctx, d)
	})
}

type summaryJSON struct {
	Hooks    int `json:"hooks"`
	Active   int `json:"active"`
	Paused   int `json:"paused"`
	Disabled int `json:"disabled"`
	Draft    int `json:"draft"`
}
