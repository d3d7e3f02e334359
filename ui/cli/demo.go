package cli

import (
	"context"
	"errors"
	"io"
	"syscall"

	"github.com/spf13/cobra"

	"hooktop/model"
)

func (a *app) demo() *cobra.Command {
	w := a.words()
	var d DemoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: w.Cmd.Demo,
		Long:  w.Cmd.DemoLong,
		Args:  a.arguments(0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if cmd.Flags().Changed("to") {
				if fault := model.CheckURL(d.To); fault != nil {
					return fault
				}
			}
			if d.Rate < 0 || d.Rate > maxDemoRate || d.Rate != d.Rate {
				return &model.Fault{Code: model.CodeLimit, Field: model.FieldRate, Value: cmd.Flag("rate").Value.String(), Limit: maxDemoRate}
			}
			demo, err := a.Demo(cmd.Context(), a.opts, d)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, demo.Close()) }()
			if a.opts.Interactive {
				demo.Start(cmd.Context())
				return demo.Screen(cmd.Context())
			}
			if err := a.demoLines(cmd.Context(), demo); !errors.Is(err, syscall.EPIPE) {
				return err
			}
			return nil // nobody reads any more: that is the end
		},
	}
	cmd.Flags().StringVar(&d.To, "to", "", w.Flag.To)
	cmd.Flags().Float64Var(&d.Rate, "rate", 5, a.all.Deliveries.FlagRate)
	cmd.Flags().Uint64Var(&d.Seed, "seed", 1, a.all.Deliveries.FlagSeed)
	placeholders(cmd.Flags(), map[string]string{"to": "URL", "rate": "N", "seed": "N"})
	return cmd
}

// maxDemoRate is as many events a second as the demonstration makes.
const maxDemoRate = 1000

// demoLines is the demonstration where there is no terminal to draw on: what is
// there, one test for each webhook, and then it stays for other terminals until a
// signal comes or stdin, if it is not a terminal, ends.
func (a *app) demoLines(ctx context.Context, d *Demo) error {
	w := a.words().Say
	a.say(w.DemoReceiver, d.URL)
	a.say(w.DemoDB, d.DB)
	a.note(w.DemoTry, "HOOKTOP_DB="+d.DB+" HOOKTOP_KEY_FILE="+d.Key+" hooktop hook list")
	if err := a.list(ctx, d.Desk); err != nil {
		return err
	}
	var failed error
	for _, saved := range d.Hooks {
		if a.opts.ReadOnly {
			break // prepared it is all the same; the rest only looks at it
		}
		if err := a.demoTest(ctx, d, saved.Hook); err != nil {
			failed = err
		}
	}
	if failed != nil {
		return failed
	}
	a.note("%s", w.DemoStop)
	d.Start(ctx)
	a.linger(ctx)
	return nil
}

// demoTest fires the webhook's first trigger and says in one line what came back.
func (a *app) demoTest(ctx context.Context, d *Demo, h model.Hook) error {
	s, err := a.Samples(a.opts, nil)
	if err != nil || len(h.Events) == 0 {
		return err
	}
	ev, err := s.Mint(h.Events[0], a.opts.Lang)
	if err != nil {
		return err
	}
	got, err := d.Test(ctx, h, ev)
	if err != nil {
		return err
	}
	got = got.Redacted(h)
	if a.opts.JSON {
		if err := a.emit(testOf(got)); err != nil {
			return err
		}
	}
	a.say(a.words().Say.TestSent+" · %s · %s", a.line(ev.Type), ev.ID, a.words().Say.Bytes(len(ev.Body)), a.line(h.URL), a.outcome(got.Attempt), a.all.Duration(got.Attempt.Timings.Total))
	a.kept(got)
	if f := got.Attempt.Failure; f != nil {
		a.failure(f)
		return &Failed{f.Code}
	}
	return nil
}

// linger waits for a signal, or for the end of a stdin that is no terminal.
func (a *app) linger(ctx context.Context) {
	ended := make(chan struct{})
	if !a.InTTY {
		go func() { // ends with stdin, at the latest with the program
			defer close(ended)
			_, _ = io.Copy(io.Discard, a.In)
		}()
	}
	select {
	case <-ctx.Done():
	case <-ended:
	}
}
