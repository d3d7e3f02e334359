package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/itchyny/gojq"
	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/ui/text"
)

// app is one run of the command line.
type app struct {
	Deps
	opts        Options
	file        file
	all         *text.Words
	warnings    []string
	langWarning string
	jq          *gojq.Code
}

func (a *app) words() text.CLIWords { return a.all.CLI }

// Run executes one command line, args without the program's name, and returns
// the exit code. It prints every error itself.
func Run(ctx context.Context, d Deps, args []string) int {
	a := &app{Deps: d}
	if len(args) == 1 && args[0] == "--version" { // nothing is read for it
		fmt.Fprintln(a.Out, "hooktop "+a.Version)
		return ExitOK
	}
	a.prelude(args)
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ExitInterrupt
		}
		a.complain(cmd, err)
	}
	return ExitCode(err)
}

func (a *app) root() *cobra.Command {
	w := a.words()
	root := &cobra.Command{
		Use:           "hooktop",
		Short:         w.Cmd.Root,
		Long:          w.Cmd.RootLong,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          a.subcommand,
		RunE:          a.start,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			err := a.settle(cmd.Flags())
			a.printWarnings()
			return err
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(a.flagFault)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(a.Out, a.help(cmd)) })
	root.SetUsageFunc(func(cmd *cobra.Command) error { fmt.Fprint(a.Err, a.help(cmd)); return nil })
	root.PersistentFlags().BoolP("help", "h", false, w.Help.Help)
	root.Flags().Bool("version", false, w.Help.Version)
	root.Flags().BoolVar(&a.opts.Fresh, "fresh", false, w.Flag.FreshScreens)
	a.globals(root.PersistentFlags())
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(a.demo(), a.hook(), a.test(), a.sample(), a.emitCmd(), a.serveCmd(), a.listenCmd(), a.signatureCmd(), a.eventCmd(), a.deliveryCmd(), a.statsCmd(), a.exportCmd(), a.importCmd(), a.backup(), a.doctor(), a.paths(), a.completion(), a.reset())
	return root
}

// start is hooktop without a verb: the screens, or a summary where there is no
// terminal to draw on.
func (a *app) start(cmd *cobra.Command, _ []string) error {
	if v, _ := cmd.Flags().GetBool("version"); v {
		_, err := fmt.Fprintln(a.Out, "hooktop "+a.Version)
		return err
	}
	if a.opts.Interactive {
		err := a.Screen(cmd.Context(), a.opts)
		if a.unwritable(err) {
			err = a.Screen(cmd.Context(), a.opts)
		}
		return err
	}
	if a.opts.Open != "" {
		a.caution(a.words().Bad.NotOpened)
	}
	return a.summary(cmd.Context())
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: a.words().Cmd.HelpCmd,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || target == nil || len(rest) > 0 {
				return a.subcommand(cmd.Root(), args)
			}
			_, err = fmt.Fprint(a.Out, a.help(target))
			return err
		},
	}
}

// printWarnings says what was wrong with settings that were replaced by defaults.
func (a *app) printWarnings() {
	if a.langWarning != "" {
		a.warnings = append(a.warnings, a.langWarning)
	}
	if a.opts.Quiet {
		return
	}
	for _, line := range a.warnings {
		fmt.Fprintf(a.Err, "%s: %s\n", a.words().Bad.Warning, line)
	}
}

func (a *app) warn(format string, args ...any) {
	a.warnings = append(a.warnings, fmt.Sprintf(format, args...))
}

// desk opens the database for a verb that reads and closes it after. A file that
// cannot be written is enough to read.
func (a *app) desk(ctx context.Context, do func(*Desk) error) error {
	d, err := a.Open(ctx, a.opts)
	if a.unwritable(err) {
		d, err = a.Open(ctx, a.opts)
	}
	if err != nil {
		return err
	}
	return with(d, do)
}

// unwritable reports whether err says that the file cannot be written and the options
// did not expect it. It says so, and from now on they do.
func (a *app) unwritable(err error) bool {
	var f *model.Fault
	if a.opts.ReadOnly || !errors.As(err, &f) || f.Code != model.CodeStoreReadOnly || !exists(f.Value) {
		return false
	}
	a.caution(fmt.Sprintf(a.words().Say.OpenedReadOnly, a.all.Fault(err).What))
	a.opts.ReadOnly = true
	return true
}

// with uses a desk and closes it.
func with(d *Desk, do func(*Desk) error) error {
	err := do(d)
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// writing is desk for verbs that change something: --readonly refuses them
// before the file is touched.
func (a *app) writing(ctx context.Context, do func(*Desk) error) error {
	if a.opts.ReadOnly {
		return &model.Fault{Code: model.CodeReadOnly}
	}
	d, err := a.Open(ctx, a.opts)
	if err != nil {
		return err
	}
	return with(d, do)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
