package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
)

func (a *app) test() *cobra.Command {
	w := a.words()
	var data, lang string
	cmd := &cobra.Command{
		Use:   "test HOOK EVENT",
		Short: w.Cmd.Test,
		Long:  w.Cmd.TestLong,
		Args:  a.arguments(2, "HOOK", "EVENT"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, part string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return a.completeHooks(cmd, args, part)
			}
			return a.completeEvents(cmd, args[1:], part)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ev, err := a.event(cmd.Context(), args[1], data, lang)
			if err != nil {
				return err
			}
			return a.writing(cmd.Context(), func(d *Desk) error {
				v, err := d.Hook(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return a.send(cmd.Context(), d, v.Hook, ev)
			})
		},
	}
	cmd.Flags().StringVar(&data, "data", "", w.Flag.Data)
	a.sampleLang(cmd, &lang)
	placeholders(cmd.Flags(), map[string]string{"data": "FILE|-"})
	return cmd
}

// event is the test event: the sample with a fresh id and time, or a body of
// one's own, byte for byte.
func (a *app) event(ctx context.Context, typ, data, lang string) (model.Event, error) {
	s, err := a.Samples(a.opts, a.left)
	if err != nil {
		return model.Event{}, err
	}
	if typ, err = a.oneEvent(s.Catalogue(), typ); err != nil {
		return model.Event{}, err
	}
	if lang, err = a.bodyLang(lang); err != nil {
		return model.Event{}, err
	}
	if data == "" {
		return s.Mint(typ, lang)
	}
	body, err := a.body(ctx, data)
	if err != nil {
		return model.Event{}, err
	}
	if fault := model.CheckBody(body); fault != nil {
		return model.Event{}, fault
	}
	return s.Own(typ, body)
}

func (a *app) body(ctx context.Context, path string) ([]byte, error) {
	if path != "-" {
		return a.readFile(path, model.FieldBody, model.MaxBody)
	}
	if a.InTTY && a.opts.NoInput {
		return nil, usage(a.words().Bad.Stdin, "--data -")
	}
	b, err := a.readIn(ctx, model.MaxBody+1)
	if err == nil && len(b) > model.MaxBody {
		return nil, &model.Fault{Code: model.CodeBodyTooLarge, Field: model.FieldBody, Limit: model.MaxBody}
	}
	return b, err
}

// send fires the test and shows what came back.
func (a *app) send(ctx context.Context, d *Desk, h model.Hook, ev model.Event) error {
	got, err := d.Test(ctx, h, ev)
	if err != nil {
		return err
	}
	got = got.Redacted(h)
	if a.opts.JSON {
		err = a.emit(testOf(got))
	} else {
		err = a.showTest(got)
	}
	if err != nil {
		return err
	}
	a.kept(got)
	if f := got.Attempt.Failure; f != nil {
		if r := got.Attempt.Response; r != nil && len(r.Body) > 0 && r.Body[len(r.Body)-1] != '\n' && !a.opts.JSON && !a.OutTTY {
			fmt.Fprintln(a.Err) // both may go to one place, and the body's bytes are its own
		}
		a.failure(f)
		return &Failed{f.Code}
	}
	return nil
}

// kept says when a test left nothing behind, even to those who want few words.
func (a *app) kept(t model.TestResult) {
	if t.Unkept == "" {
		return
	}
	what := a.all.Fault(&model.Fault{Code: t.Unkept, Field: model.FieldDB})
	fmt.Fprintf(a.Err, "%s: %s\n  %s\n", a.words().Bad.Warning, a.words().Say.Unkept, what.What)
}

func (a *app) showTest(t model.TestResult) error {
	w := a.words().Say
	r := t.Attempt.Response
	if !a.opts.Quiet {
		fmt.Fprintf(a.Out, w.TestSent+"\n", a.line(t.Event.Type), t.Event.ID, w.Bytes(len(t.Event.Body)), a.line(t.Attempt.URL))
	}
	if r == nil {
		_, err := fmt.Fprintf(a.Out, "%s · %s\n", w.NoAnswer, a.all.Duration(t.Attempt.Timings.Total))
		return err
	}
	fmt.Fprintf(a.Out, "%s %d · %s\n", a.line(r.Proto), r.Status, a.all.Duration(t.Attempt.Timings.Total))
	for _, h := range r.Headers {
		fmt.Fprintf(a.Out, "%s: %s\n", a.line(h.Name), a.line(h.Value))
	}
	fmt.Fprintln(a.Out)
	if len(r.Body) == 0 {
		return nil
	}
	if err := a.raw(r.Body); err != nil {
		return err
	}
	if r.Truncated {
		a.note(w.Truncated, w.Bytes(len(r.Body)))
	}
	return nil
}

// failure says why the receiver's side failed and what to try.
func (a *app) failure(f *model.Failure) {
	what := a.all.Failure(f)
	for i, line := range []string{what.What, what.Why, what.Cure} {
		if line != "" {
			fmt.Fprintln(a.Err, strings.Repeat("  ", min(i, 1))+line)
		}
	}
}

// verification says in a few lines what Verify found, on stderr.
func (a *app) verification(v model.Verification) {
	if !v.OK {
		if v.Failure != nil {
			a.failure(v.Failure)
		}
	} else {
		state := model.Verified
		if v.Echo != model.EchoNone {
			state = model.VerifiedEcho
		}
		a.note("%s · %d · %s", a.all.VerifyState(state), v.HTTPStatus, a.all.Duration(v.Latency))
	}
	if v.Location != "" {
		a.note(a.words().Say.Location, v.Location)
		if u, err := url.Parse(v.Location); err == nil && u.IsAbs() && model.CheckURL(v.Location) == nil {
			a.note(a.words().Say.UseLocation, "hooktop hook edit "+v.HookID+" --url URL")
		}
	}
	for _, w := range v.Warnings {
		if w == model.WarnKeyOpen && v.AuthFingerprint == "" { // the signature is all there was to check
			a.caution(a.words().Say.SignatureOpen)
			continue
		}
		a.caution(a.all.Warning(w))
	}
}
