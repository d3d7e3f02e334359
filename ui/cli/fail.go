package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hooktop/model"
	"hooktop/ui/text"
)

// usage is a fault of the command line whose sentence is already in the user's
// language; format is one of UsageWords. Its arguments are cleaned.
func usage(format string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = text.Clean(s)
		}
	}
	return &model.Fault{Code: model.CodeUsage, Value: fmt.Sprintf(format, args...)}
}

// flagFault puts an error of the flag parser in the user's words.
func (a *app) flagFault(cmd *cobra.Command, err error) error {
	w := a.words().Bad
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		if unknown.GetSpecifiedShortnames() != "" {
			return usage(w.Flag, "-"+unknown.GetSpecifiedShortnames())
		}
		name := unknown.GetSpecifiedName()
		if like := flagsLike(cmd, name); len(like) > 0 {
			return usage(w.FlagLike, "--"+name, strings.Join(like, ", "))
		}
		return usage(w.Flag, "--"+name)
	case errors.As(err, &bare):
		return usage(w.NeedsValue, "--"+bare.GetFlag().Name)
	case errors.As(err, &value):
		return usage(w.Value, value.GetValue(), "--"+value.GetFlag().Name)
	case errors.As(err, &syntax):
		return usage(w.Syntax, syntax.GetSpecifiedFlag())
	}
	return usage(w.Syntax, err.Error())
}

// flagsLike are the flags of cmd whose names go on from name: --auth-stdin for auth.
func flagsLike(cmd *cobra.Command, name string) []string {
	var like []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if strings.HasPrefix(f.Name, name) && !f.Hidden {
			like = append(like, "--"+f.Name)
		}
	})
	return like
}

// arguments checks how many there are; names are shown when one is missing.
func (a *app) arguments(least int, names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		w := a.words().Bad
		if len(args) < least {
			return usage(w.MissingArg, names[len(args)], cmd.CommandPath())
		}
		if len(args) > len(names) {
			return usage(w.TooMany, args[len(names)], cmd.CommandPath())
		}
		return nil
	}
}

// subcommand refuses what is no subcommand, with the nearest ones.
func (a *app) subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	w := a.words().Bad
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usage(w.Suggest, args[0], cmd.CommandPath(), strings.Join(near, ", "))
	}
	return usage(w.Command, args[0], cmd.CommandPath())
}

// complain tells a person what went wrong, why, and what to do, on stderr.
func (a *app) complain(cmd *cobra.Command, err error) {
	var failed *Failed
	if errors.As(err, &failed) {
		return
	}
	var crash *Crash
	if errors.As(err, &crash) {
		fmt.Fprintf(a.Err, a.words().Say.Crashed+"\n", crash.Report)
		return
	}
	what := a.all.Fault(err)
	var fault *model.Fault
	if errors.As(err, &fault) {
		if name := flagOf(cmd, fault.Field); name != "" {
			what.What = "--" + name + ": " + what.What
		}
	}
	fmt.Fprintln(a.Err, "hooktop: "+what.What)
	for _, line := range []string{what.Why, what.Cure} {
		if line != "" {
			fmt.Fprintln(a.Err, "  "+line)
		}
	}
	if fault != nil && fault.Code == model.CodeUsage && cmd != nil {
		fmt.Fprintf(a.Err, "  "+a.words().Bad.Hint+"\n", cmd.CommandPath()+" --help")
	}
}

// flagOf is the flag of cmd that gave the field at fault; empty when none did.
func flagOf(cmd *cobra.Command, f model.Field) string {
	if cmd == nil || f == "" {
		return ""
	}
	names := map[model.Field][]string{
		model.FieldURL:        {"url", "to"},
		model.FieldAuth:       {"auth-stdin", "auth-env", "auth-file"},
		model.FieldTriggers:   {"trigger"},
		model.FieldSecret:     {"secret", "secret-stdin"},
		model.FieldBody:       {"data"},
		model.FieldSkipVerify: {"skip-verify"},
		model.FieldPrivate:    {"allow-private"},
	}[f]
	if names == nil {
		names = []string{string(f)}
	}
	for _, n := range names {
		if fl := cmd.Flags().Lookup(n); fl != nil && fl.Changed {
			return n
		}
	}
	return ""
}
