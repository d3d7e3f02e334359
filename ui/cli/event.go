package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// Archive reads events and deliveries, newest first.
type Archive interface {
	Page(ctx context.Context, f model.Filter, after model.Cursor, limit int) ([]model.Delivery, model.Cursor, error)
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	Event(ctx context.Context, id string) (model.Event, []model.Decision, error)
	Events(ctx context.Context, after model.Cursor, limit int) ([]model.Event, model.Cursor, error)
	Series(ctx context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error)
	// Changes has a sign whenever something may have changed since the last one was taken.
	Changes(ctx context.Context) <-chan struct{}
}

// maxPage bounds --limit.
const maxPage = 10000

func (a *app) eventCmd() *cobra.Command {
	w := a.all.Engine
	cmd := &cobra.Command{
		Use:   "event COMMAND",
		Short: w.Event,
		Args:  a.subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.eventList(), a.eventShow(), a.eventWhy(), a.eventReplay())
	return cmd
}

// pageFlags are those of verbs that read a list in pages.
type pageFlags struct {
	limit  int
	cursor string
}

func (a *app) pageFlags(cmd *cobra.Command) *pageFlags {
	p := &pageFlags{}
	cmd.Flags().IntVar(&p.limit, "limit", 50, a.words().Flag.Limit)
	cmd.Flags().StringVar(&p.cursor, "cursor", "", a.all.Engine.FlagCursor)
	placeholders(cmd.Flags(), map[string]string{"limit": "N", "cursor": "CURSOR"})
	return p
}

func (a *app) checkPage(p *pageFlags) error {
	if p.limit < 1 || p.limit > maxPage {
		return usage(a.words().Bad.Value, fmt.Sprint(p.limit), "--limit")
	}
	return nil
}

// pages reads pages until there are limit rows or no more.
func pages[T any](p *pageFlags, read func(after model.Cursor, limit int) ([]T, model.Cursor, error)) ([]T, model.Cursor, error) {
	var all []T
	next := model.Cursor(p.cursor)
	for {
		rows, after, err := read(next, p.limit-len(all))
		if err != nil {
			return nil, "", err
		}
		all, next = append(all, rows...), after
		if next == "" || len(all) >= p.limit {
			return all, next, nil
		}
	}
}

// more says how to go on; scripts find the cursor in the last object too.
func (a *app) more(next model.Cursor) {
	if next != "" && !a.opts.JSON {
		a.note(a.all.Engine.More, string(next))
	}
}

type eventRowJSON struct {
	ID        string       `json:"id"`
	Type      string       `json:"type"`
	Subject   string       `json:"subject"`
	CreatedAt stamp        `json:"created_at"`
	Next      model.Cursor `json:"next_cursor,omitempty"` // on the last row, when there are more
}

func (a *app) eventList() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: a.all.Engine.EventList, Args: a.arguments(0)}
	p := a.pageFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := a.checkPage(p); err != nil {
			return err
		}
		return a.desk(cmd.Context(), func(d *Desk) error {
			events, next, err := pages(p, func(after model.Cursor, limit int) ([]model.Event, model.Cursor, error) {
				return d.Events(cmd.Context(), after, limit)
			})
			if err != nil {
				return err
			}
			return a.events(events, next)
		})
	}
	return cmd
}

func (a *app) events(events []model.Event, next model.Cursor) error {
	say, w := a.words().Say, a.all.Engine
	rows := [][]string{{say.ColAt, say.ColEvent, w.ColSubject, say.ColID}}
	for i, ev := range events {
		if !a.opts.JSON {
			rows = append(rows, []string{a.clock(ev.CreatedAt), a.line(ev.Type), a.line(ev.Subject), a.line(ev.ID)})
			continue
		}
		row := eventRowJSON{ID: ev.ID, Type: ev.Type, Subject: ev.Subject, CreatedAt: stamp(ev.CreatedAt)}
		if i == len(events)-1 {
			row.Next = next
		}
		if err := a.emit(row); err != nil {
			return err
		}
	}
	if a.opts.JSON {
		return nil
	}
	if len(events) == 0 {
		a.note("%s", w.NoEvents)
		return nil
	}
	defer a.more(next)
	return a.table(rows)
}

func eventOf(ev model.Event) eventJSON {
	return eventJSON{ev.ID, ev.Type, ev.Subject, ev.Test, stamp(ev.CreatedAt), bytesOf(ev.Body)}
}

// eventShow prints the event's body as it was accepted; what else there is about it
// goes to stderr, so that a pipe gets the exact bytes.
func (a *app) eventShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show EVENT_ID",
		Short: a.all.Engine.EventShow,
		Args:  a.arguments(1, "EVENT_ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.desk(cmd.Context(), func(d *Desk) error {
				ev, _, err := d.Archive.Event(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if a.opts.JSON {
					return a.emit(eventOf(ev))
				}
				a.note("%s · %s · %s · %s", ev.Type, ev.ID, ev.Subject, a.clock(ev.CreatedAt))
				return a.raw(ev.Body)
			})
		},
	}
}

type decisionJSON struct {
	EventID    string               `json:"event_id"`
	HookID     string               `json:"hook_id"`
	Hook       string               `json:"hook"`
	Decision   model.DecisionResult `json:"decision"`
	Clause     model.Clause         `json:"clause"`
	Value      string               `json:"value"`
	DeliveryID string               `json:"delivery_id"`
	State      model.DeliveryState  `json:"state"` // of the delivery now
	HTTPStatus int                  `json:"http_status"`
	Attempts   int                  `json:"attempts"`
	NextAt     stamp                `json:"next_at"`
}

// eventWhy answers for every webhook why it got the event, or why not.
func (a *app) eventWhy() *cobra.Command {
	return &cobra.Command{
		Use:   "why EVENT_ID",
		Short: a.all.Engine.EventWhy,
		Args:  a.arguments(1, "EVENT_ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.desk(cmd.Context(), func(d *Desk) error { return a.why(cmd.Context(), d, args[0]) })
		},
	}
}

func (a *app) why(ctx context.Context, d *Desk, id string) error {
	ev, decisions, err := d.Archive.Event(ctx, id)
	if err != nil {
		return err
	}
	now := map[string]model.Delivery{}
	sent, _, err := d.Page(ctx, model.Filter{IDs: []string{ev.ID}}, "", maxPage)
	if err != nil {
		return err
	}
	for _, s := range sent {
		now[s.ID] = s
	}
	say, w := a.words().Say, a.all.Engine
	rows := [][]string{{say.ColName, w.ColDecision, w.ColBecause, w.ColNext, say.ColID}}
	for _, c := range decisions {
		s := now[c.DeliveryID]
		if a.opts.JSON {
			if err := a.emit(decisionJSON{ev.ID, c.HookID, c.Hook, c.Result, c.Clause, c.Value, c.DeliveryID, s.State, s.HTTPStatus, s.Attempts, stamp(s.NextAt)}); err != nil {
				return err
			}
			continue
		}
		because := c.Value
		switch {
		case c.Clause != "":
			because = w.Clause[c.Clause] + ": " + c.Value
		case c.Result == model.DecisionDisabled:
			because = a.all.Disabled(model.DisableReason(c.Value))
		}
		decision := w.Decision[c.Result]
		if c.Result == model.DecisionMatched && s.State != "" {
			decision, because = a.all.DeliveryState(s.State), a.outcomeOf(s)
		}
		rows = append(rows, []string{a.line(c.Hook), decision, a.line(because), a.next(s), c.DeliveryID})
	}
	if a.opts.JSON {
		return nil
	}
	if len(decisions) == 0 {
		a.note("%s", w.NoDecisions)
		return nil
	}
	return a.table(rows)
}

// next is when a delivery is tried again; of one that is held or due, nobody knows.
func (a *app) next(d model.Delivery) string {
	if d.State.Done() || d.State == model.DeliveryHeld || !d.NextAt.After(a.Now()) {
		return "-"
	}
	return a.clock(d.NextAt)
}
