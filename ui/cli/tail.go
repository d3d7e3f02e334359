package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// How far tail looks, and how often at most.
const (
	tailEvery  = 250 * time.Millisecond
	tailPage   = 50     // rows read at once
	tailBurst  = 10_000 // new rows found by one look
	tailWindow = 500    // rows looked at where old ones may come to match
	tailAgain  = 200    // unfinished rows read again by one look
	tailOpen   = 10_000 // unfinished rows that are followed
)

// deliveryTail prints deliveries as they change, until it is stopped.
func (a *app) deliveryTail() *cobra.Command {
	cmd := &cobra.Command{Use: "tail", Short: a.all.Engine.DeliveryTail, Long: a.all.Engine.FilterLong, Args: a.arguments(0)}
	f := a.filterFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		filter, err := a.filter(f)
		if err != nil {
			return err
		}
		return a.desk(cmd.Context(), func(d *Desk) error {
			t := tail{archive: d.Archive, filter: filter, print: a.tailRow}
			return t.follow(cmd.Context())
		})
	}
	return cmd
}

func (a *app) tailRow(d model.Delivery) error {
	if a.opts.JSON {
		return a.emit(deliveryOf(d))
	}
	return a.raw([]byte(strings.Join(a.deliveryRow(d), "  ") + "\n"))
}

// tail follows deliveries: what is new comes from the top of the list, down to the
// first row that is known; what was found and is not done is read again by its id.
type tail struct {
	archive Archive
	filter  model.Filter
	print   func(model.Delivery) error

	top  map[string]bool           // ids that the last look found
	open map[string]model.Delivery // not done, as last seen
	line []string                  // their ids; the first was not read for longest
}

// follow looks whenever there is a change, and until all that is open was read again,
// until ctx ends.
func (t *tail) follow(ctx context.Context) error {
	changes := t.archive.Changes(ctx)
	tick := time.NewTicker(tailEvery)
	defer tick.Stop()
	found, err := t.newest(ctx, tailPage)
	if err != nil {
		return err
	}
	t.know(found)
	for left := 0; ; left -= tailAgain {
		if left <= 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-changes:
				left = len(t.line)
			}
		}
		if err := t.look(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// look prints what has changed, the oldest first.
func (t *tail) look(ctx context.Context) error {
	rows, err := t.again(ctx)
	if err != nil {
		return err
	}
	for _, d := range slices.Backward(rows) {
		if err := t.changed(d); err != nil {
			return err
		}
	}
	limit := tailBurst
	if moving(t.filter) {
		limit = tailWindow
	}
	found, err := t.newest(ctx, limit)
	if err != nil {
		return err
	}
	fresh := slices.IndexFunc(found, t.known)
	if fresh < 0 || moving(t.filter) {
		fresh = len(found)
	}
	for i, d := range slices.Backward(found) {
		switch {
		case t.known(d):
			err = t.changed(d)
		case i < fresh:
			err = t.print(d)
		}
		if err != nil {
			return err
		}
	}
	t.know(found)
	return nil
}

// moving reports whether a delivery may come to match as its state changes.
func moving(f model.Filter) bool {
	return len(f.States)+len(f.Statuses) > 0 || f.Not != nil && len(f.Not.States)+len(f.Not.Statuses) > 0
}

// newest are the rows from the top, the newest first, until one is known or there are
// so many.
func (t *tail) newest(ctx context.Context, limit int) ([]model.Delivery, error) {
	var out []model.Delivery
	for next := model.Cursor(""); ; {
		rows, after, err := t.archive.Page(ctx, t.filter, next, tailPage)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		met := !moving(t.filter) && slices.ContainsFunc(rows, t.known)
		if next = after; next == "" || met || len(out) >= limit {
			return out, nil
		}
	}
}

// again reads what is open and was not read for longest. What is no longer there is
// forgotten.
func (t *tail) again(ctx context.Context) ([]model.Delivery, error) {
	ids := slices.Clone(t.line[:min(tailAgain, len(t.line))])
	if len(ids) == 0 {
		return nil, nil
	}
	var out []model.Delivery
	for next := model.Cursor(""); ; {
		rows, after, err := t.archive.Page(ctx, model.Filter{IDs: ids}, next, tailAgain)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		if next = after; next == "" {
			break
		}
	}
	t.line = t.line[len(ids):]
	there := map[string]bool{}
	for _, d := range out {
		there[d.ID] = true
	}
	for _, id := range ids {
		if there[id] {
			t.line = append(t.line, id)
		} else {
			delete(t.open, id)
		}
	}
	return out, nil
}

func (t *tail) known(d model.Delivery) bool {
	_, ok := t.open[d.ID]
	return ok || t.top[d.ID]
}

// changed prints a delivery that was open, if it is not as it was.
func (t *tail) changed(d model.Delivery) error {
	was, open := t.open[d.ID]
	if !open || was.State == d.State && was.Attempts == d.Attempts {
		return nil
	}
	t.open[d.ID] = d
	return t.print(d)
}

// know remembers the rows of a look, and follows those that are not done; the others
// are no longer followed.
func (t *tail) know(found []model.Delivery) {
	t.top = make(map[string]bool, len(found))
	if t.open == nil {
		t.open = map[string]model.Delivery{}
	}
	for _, d := range slices.Backward(found) {
		t.top[d.ID] = true
		if _, open := t.open[d.ID]; !open && !d.State.Done() {
			t.open[d.ID] = d
			t.line = append(t.line, d.ID)
		}
	}
	drop := len(t.line) - tailOpen
	t.line = slices.DeleteFunc(t.line, func(id string) bool {
		if drop <= 0 && !t.open[id].State.Done() {
			return false
		}
		drop--
		delete(t.open, id)
		return true
	})
}
