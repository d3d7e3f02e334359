package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/ui/compare"
)

func (a *app) deliveryCmd() *cobra.Command {
	w := a.all.Engine
	cmd := &cobra.Command{
		Use:   "delivery COMMAND",
		Short: w.Delivery,
		Args:  a.subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.deliveryList(), a.deliveryShow(), a.deliveryDiff(), a.deliveryTail(), a.deliveryReplay(), a.deliveryRetry(), a.deliveryHold(), a.deliveryResume(), a.deliveryCancel())
	return cmd
}

// filterFlags choose deliveries in the grammar of the screen.
type filterFlags struct{ expr, since, until string }

func (a *app) filterFlags(cmd *cobra.Command) *filterFlags {
	f := &filterFlags{}
	w := a.all.Engine
	cmd.Flags().StringVar(&f.expr, "filter", "", w.FlagFilter)
	cmd.Flags().StringVar(&f.since, "since", "", w.FlagSince)
	cmd.Flags().StringVar(&f.until, "until", "", w.FlagUntil)
	placeholders(cmd.Flags(), map[string]string{"filter": "EXPR", "since": "2h", "until": "2026-03-12"})
	return f
}

// filter is what the flags say.
func (a *app) filter(f *filterFlags) (model.Filter, error) {
	words := []string{f.expr}
	for _, t := range [][2]string{{"since", f.since}, {"until", f.until}} {
		if t[1] == "" {
			continue
		}
		if strings.ContainsAny(t[1], " \t\"") {
			return model.Filter{}, usage(a.words().Bad.When, t[1], "--"+t[0])
		}
		word := t[0] + ":" + t[1]
		if _, fault := model.ParseFilter(word, a.Now()); fault != nil {
			return model.Filter{}, usage(a.words().Bad.When, t[1], "--"+t[0])
		}
		words = append(words, word)
	}
	got, fault := model.ParseFilter(strings.Join(words, " "), a.Now())
	if fault != nil {
		return got, fault
	}
	return got, nil
}

func deliveryOf(d model.Delivery) deliveryJSON {
	return deliveryJSON{d.ID, d.EventID, d.HookID, d.Hook, d.Type, d.State, d.HTTPStatus, d.Attempts, stamp(d.NextAt),
		stamp(d.CreatedAt), stamp(d.DoneAt), millis(d.Duration), d.Error, d.Test, d.ReplayOf, d.Replay}
}

type deliveryRowJSON struct {
	deliveryJSON
	Next model.Cursor `json:"next_cursor,omitempty"` // on the last row, when there are more
}

func (a *app) deliveryList() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: a.all.Engine.DeliveryList, Long: a.all.Engine.FilterLong, Args: a.arguments(0)}
	f, p := a.filterFlags(cmd), a.pageFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := a.checkPage(p); err != nil {
			return err
		}
		filter, err := a.filter(f)
		if err != nil {
			return err
		}
		return a.desk(cmd.Context(), func(d *Desk) error {
			rows, next, err := pages(p, func(after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error) {
				return d.Page(cmd.Context(), filter, after, limit)
			})
			if err != nil {
				return err
			}
			return a.deliveries(rows, next)
		})
	}
	return cmd
}

func (a *app) deliveries(all []model.Delivery, next model.Cursor) error {
	w := a.words().Say
	rows := [][]string{{w.ColAt, w.ColName, w.ColEvent, w.ColState, w.ColResult, a.all.Engine.ColAttempts, a.all.Engine.ColNext, w.ColID}}
	for i, d := range all {
		if !a.opts.JSON {
			rows = append(rows, a.deliveryRow(d))
			continue
		}
		row := deliveryRowJSON{deliveryJSON: deliveryOf(d)}
		if i == len(all)-1 {
			row.Next = next
		}
		if err := a.emit(row); err != nil {
			return err
		}
	}
	if a.opts.JSON {
		return nil
	}
	if len(all) == 0 {
		a.note("%s", a.all.Engine.NoDeliveries)
		return nil
	}
	defer a.more(next)
	return a.table(rows)
}

func (a *app) deliveryRow(d model.Delivery) []string {
	return []string{a.clock(d.CreatedAt), a.line(d.Hook), a.line(d.Type), a.all.DeliveryState(d.State), a.outcomeOf(d),
		fmt.Sprint(d.Attempts), a.next(d), d.ID}
}

// outcomeOf is what the last attempt came to, in one word.
func (a *app) outcomeOf(d model.Delivery) string {
	switch {
	case d.HTTPStatus != 0:
		return fmt.Sprint(d.HTTPStatus)
	case d.Error != "":
		return string(d.Error)
	}
	return "-"
}

type deliveryShowJSON struct {
	deliveryJSON
	Event eventJSON     `json:"event"`
	Tries []attemptJSON `json:"attempt_log"`
}

func (a *app) deliveryShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show DELIVERY_ID",
		Short: a.all.Engine.DeliveryShow,
		Args:  a.arguments(1, "DELIVERY_ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.desk(cmd.Context(), func(d *Desk) error {
				v, err := compare.Shown(cmd.Context(), d, args[0])
				if err != nil {
					return err
				}
				if !a.opts.JSON {
					return a.showDelivery(v)
				}
				out := deliveryShowJSON{deliveryJSON: deliveryOf(v.Delivery), Event: eventOf(v.Event), Tries: []attemptJSON{}}
				for _, t := range v.Attempts {
					out.Tries = append(out.Tries, testOf(model.TestResult{Attempt: t}).Attempt)
				}
				return a.emit(out)
			})
		},
	}
}

func (a *app) showDelivery(v model.DeliveryView) error {
	say, w := a.words().Say, a.all.Engine
	rows := [][]string{
		{say.ColID, v.ID}, {say.ColName, a.line(v.Hook)}, {say.ColEvent, a.line(v.Type) + " " + a.line(v.EventID)},
		{say.ColState, a.all.DeliveryState(v.State)}, {w.ColNext, a.next(v.Delivery)}, {a.all.Deliveries.Created, a.clock(v.CreatedAt)},
	}
	if v.ReplayOf != "" {
		rows = append(rows, []string{w.ReplayOf, v.ReplayOf})
	}
	if v.Replay != "" {
		rows = append(rows, []string{w.ReplayID, v.Replay})
	}
	if n := len(v.Attempts); n > 0 {
		rows = append(rows, a.reached(v.Attempts[n-1])...)
	}
	for i := range rows {
		rows[i][0] = caption(rows[i][0]) + ":"
	}
	if err := a.table(rows); err != nil || len(v.Attempts) == 0 {
		return err
	}
	tries := [][]string{{"#", say.ColAt, w.ColOutcome, say.ColResult, say.Latency}}
	for _, t := range v.Attempts {
		tries = append(tries, []string{fmt.Sprint(t.N), a.clock(t.StartedAt), a.all.Outcome(t.Outcome), a.outcome(t), a.all.Duration(t.Timings.Total)})
	}
	return a.table(tries)
}

// reached are the rows on where the last attempt went and, if it failed, why and what
// to do.
func (a *app) reached(t model.Attempt) [][]string {
	w := a.all.Deliveries
	rows := [][]string{{a.words().Say.ColURL, a.line(t.URL)}}
	what := a.all.Failure(t.Failure)
	for _, r := range [][]string{{w.Reason, what.What}, {w.Cure, what.Cure}} {
		if r[1] != "" {
			rows = append(rows, r)
		}
	}
	return rows
}
