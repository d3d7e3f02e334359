package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

func (a *app) hookList() *cobra.Command {
	var deleted bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: a.words().Cmd.List,
		Args:  a.arguments(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.desk(cmd.Context(), func(d *Desk) error {
				if deleted {
					return a.listDeleted(cmd.Context(), d)
				}
				return a.list(cmd.Context(), d)
			})
		},
	}
	cmd.Flags().BoolVar(&deleted, "deleted", false, a.words().Flag.Deleted)
	return cmd
}

func (a *app) list(ctx context.Context, d *Desk) error {
	views, err := d.Hooks(ctx)
	if err != nil {
		return err
	}
	if a.opts.JSON {
		for _, v := range views {
			if err := a.emit(hookOf(v)); err != nil {
				return err
			}
		}
		return nil
	}
	w := a.words().Say
	if len(views) == 0 {
		return a.none(ctx, d)
	}
	rows := [][]string{{w.ColName, w.ColState, w.ColVerify, w.ColTriggers, w.ColLast, w.ColURL, w.ColID}}
	for _, v := range views {
		rows = append(rows, []string{a.line(v.Name), a.all.HookState(v.State), a.verified(v),
			strings.Join(triggers(v.Events), ","), a.last(v), a.line(v.URL), v.ID})
	}
	return a.table(rows)
}

// verified is the word beside a URL. That its certificate is not checked is never
// left out (RELIABILITY.md S8).
func (a *app) verified(v model.HookView) string {
	word := a.all.VerifyState(v.VerifyState())
	if v.TLS.SkipVerify {
		word += " · " + a.words().Say.NotChecked
	}
	return word
}

// triggers are the toggle keys of event types, in order, each once.
func triggers(events []string) []string {
	var out []string
	for _, e := range events {
		if k := model.TriggerKey(e); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// last is the result of the newest attempt in one word.
func (a *app) last(v model.HookView) string {
	if v.LastAttempt == nil {
		return "-"
	}
	return a.outcome(v.LastAttempt.Attempt)
}

// lastWords is last where there is room for a sentence.
func (a *app) lastWords(v model.HookView) string {
	if v.LastAttempt != nil && v.LastAttempt.Attempt.Failure != nil {
		return a.all.Failure(v.LastAttempt.Attempt.Failure).What
	}
	return a.last(v)
}

func (a *app) outcome(t model.Attempt) string {
	if t.Response != nil && t.Response.Status != 0 {
		return fmt.Sprint(t.Response.Status)
	}
	if t.Failure != nil {
		return string(t.Failure.Code)
	}
	return string(t.Outcome)
}

func (a *app) hookShow() *cobra.Command {
	return &cobra.Command{
		Use:               "show HOOK",
		Short:             a.words().Cmd.Show,
		Args:              a.arguments(1, "HOOK"),
		ValidArgsFunction: a.completeHooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.desk(cmd.Context(), func(d *Desk) error {
				v, err := d.Hook(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if a.opts.JSON {
					return a.emit(hookOf(v))
				}
				return a.show(v)
			})
		},
	}
}

func (a *app) show(v model.HookView) error {
	w := a.words().Say
	l := v.Limits.OrDefaults()
	orNone := func(s string) string {
		if s == "" {
			return w.None
		}
		return s
	}
	state := a.all.HookState(v.State)
	if v.Reason != "" {
		state += " (" + a.all.Disabled(v.Reason) + ")"
	}
	rows := [][]string{
		{w.ColID, v.ID}, {w.ColName, a.line(v.Name)}, {w.ColState, state}, {w.ColURL, a.line(v.URL)},
		{w.ColVerify, a.verified(v)},
		{"Authorization", orNone(a.line(v.Authorization.Masked()))},
		{w.Secret, a.yes(!v.Hook.Secret.IsZero())},
		{w.Triggers, orNone(strings.Join(v.Events, ", "))},
	}
	for _, h := range v.MaskedHeaders() {
		rows = append(rows, []string{w.Headers, a.line(h.Name + ": " + h.Value)})
	}
	if v.Condition != "" {
		rows = append(rows, []string{a.all.Condition.Label, a.line(v.Condition)})
	}
	if v.TLS.CA != "" {
		rows = append(rows, []string{w.CA, w.Trusted})
	}
	if v.AllowPrivate {
		rows = append(rows, []string{w.Private, w.Yes})
	}
	rows = append(rows,
		[]string{w.Retry, v.Retry.OrDefault().String()},
		[]string{w.Limits, fmt.Sprintf(w.Phases, a.all.Duration(l.Connect), a.all.Duration(l.TLS), a.all.Duration(l.Headers), a.all.Duration(l.Total))},
		[]string{w.CreatedAt, a.clock(v.CreatedAt)}, []string{w.UpdatedAt, a.clock(v.UpdatedAt)},
		[]string{w.LastAttempt, a.lastWords(v)})
	for i := range rows {
		rows[i][0] = caption(rows[i][0]) + ":"
	}
	return a.table(rows)
}

// caption makes the head of a column the name of a field: "NAME" becomes "Name".
// Short ones such as ID and URL stay.
func caption(head string) string {
	r := []rune(head)
	if len(r) <= 3 || strings.ToUpper(head) != head {
		return head
	}
	return string(r[:1]) + strings.ToLower(string(r[1:]))
}

func (a *app) yes(b bool) string {
	if b {
		return a.words().Say.Yes
	}
	return a.words().Say.No
}

// clock is a time as people read it in lists: local, ISO day, 24 hours.
func (a *app) clock(t time.Time) string {
	if t.IsZero() {
		return a.words().Say.Never
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

func (a *app) hookHistory() *cobra.Command {
	var verifications, tests bool
	var limit int
	w := a.words()
	cmd := &cobra.Command{
		Use:               "history HOOK",
		Short:             w.Cmd.History,
		Args:              a.arguments(1, "HOOK"),
		ValidArgsFunction: a.completeHooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if verifications && tests {
				return usage(w.Bad.Together, "--verifications, --tests")
			}
			if limit < 1 {
				return usage(w.Bad.Value, fmt.Sprint(limit), "--limit")
			}
			return a.desk(cmd.Context(), func(d *Desk) error {
				v, err := d.Hook(cmd.Context(), args[0])
				switch {
				case err != nil:
					return err
				case verifications:
					return a.verifications(cmd.Context(), d, v.Hook, limit)
				case tests:
					return a.tests(cmd.Context(), d, v.Hook, limit)
				}
				return a.changes(cmd.Context(), d, v.ID, limit)
			})
		},
	}
	cmd.Flags().BoolVar(&verifications, "verifications", false, w.Flag.Verifications)
	cmd.Flags().BoolVar(&tests, "tests", false, w.Flag.Tests)
	cmd.Flags().IntVar(&limit, "limit", 50, w.Flag.Limit)
	placeholders(cmd.Flags(), map[string]string{"limit": "N"})
	return cmd
}

func (a *app) changes(ctx context.Context, d *Desk, id string, limit int) error {
	all, err := d.History(ctx, id)
	if err != nil {
		return err
	}
	w := a.words().Say
	rows := [][]string{{w.ColAt, w.ColRev, w.ColChange, w.ColWhat}}
	for _, c := range first(all, limit) {
		if a.opts.JSON {
			if err := a.emit(changeOf(c)); err != nil {
				return err
			}
			continue
		}
		what := []string{}
		if why := a.all.ChangeReason(c); why != "" {
			what = append(what, why)
		}
		for _, f := range c.Fields {
			what = append(what, fmt.Sprintf("%s: %s → %s", a.all.Field(f.Field), cmp.Or(f.Before, "-"), cmp.Or(f.After, "-")))
		}
		rows = append(rows, []string{a.clock(c.At), fmt.Sprint(c.Revision), a.all.ChangeKind(c.Kind), a.line(strings.Join(what, "; "))})
	}
	return a.rows(rows)
}

func (a *app) verifications(ctx context.Context, d *Desk, h model.Hook, limit int) error {
	all, err := d.Verifications(ctx, h.ID)
	if err != nil {
		return err
	}
	w := a.words().Say
	rows := [][]string{{w.ColAt, w.ColResult, w.Latency, w.ColWhat}}
	for _, v := range first(all, limit) {
		if a.opts.JSON {
			if err := a.emit(verificationOf(v.Redacted(h))); err != nil {
				return err
			}
			continue
		}
		what := a.all.Echo(v.Echo)
		if v.Failure != nil {
			what = a.all.Failure(v.Failure).What
		}
		rows = append(rows, []string{a.clock(v.At), fmt.Sprint(v.HTTPStatus), a.all.Duration(v.Latency), what})
	}
	return a.rows(rows)
}

func (a *app) tests(ctx context.Context, d *Desk, h model.Hook, limit int) error {
	all, err := d.Tests(ctx, h.ID, limit)
	if err != nil {
		return err
	}
	w := a.words().Say
	rows := [][]string{{w.ColAt, w.ColResult, w.Latency, w.ColEvent, w.ColID}}
	for _, t := range first(all, limit) {
		if a.opts.JSON {
			if err := a.emit(testOf(t.Redacted(h))); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{a.clock(t.Attempt.StartedAt), a.outcome(t.Attempt), a.all.Duration(t.Attempt.Timings.Total), a.line(t.Event.Type), t.Event.ID})
	}
	return a.rows(rows)
}

// rows prints a table unless there is only its heading or stdout is JSON's.
func (a *app) rows(rows [][]string) error {
	if len(rows) < 2 {
		return nil
	}
	return a.table(rows)
}

func first[T any](s []T, n int) []T { return s[:min(n, len(s))] }
