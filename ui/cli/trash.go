package cli

import (
	"context"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// Trash has the webhooks that were deleted and can be restored, the newest first.
type Trash interface {
	DeletedHooks(ctx context.Context) ([]model.Hook, error)
}

// hookRestore takes a name too: the newest deleted webhook of that name.
func (a *app) hookRestore() *cobra.Command {
	return &cobra.Command{
		Use:               "restore HOOK",
		Short:             a.words().Cmd.Restore,
		Args:              a.arguments(1, "HOOK"),
		ValidArgsFunction: a.completeDeleted,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.writing(cmd.Context(), func(d *Desk) error {
				id, err := deletedID(cmd.Context(), d, args[0])
				if err != nil {
					return err
				}
				h, err := d.Restore(cmd.Context(), id)
				if err != nil {
					if there, no := d.Hook(cmd.Context(), args[0]); no == nil {
						return &model.Fault{Code: model.CodeNotFound, Field: "deleted", Value: there.Name}
					}
					return err
				}
				a.say(a.words().Say.Restored, a.line(h.Name))
				return a.result(cmd.Context(), d, h.ID)
			})
		},
	}
}

// deletedID is the id of the deleted webhook with that id or name; the word itself if
// there is none. An id wins over a name that looks like one.
func deletedID(ctx context.Context, d *Desk, word string) (string, error) {
	deleted, err := d.DeletedHooks(ctx)
	if err != nil {
		return "", err
	}
	id := ""
	for _, h := range deleted {
		if h.ID == word {
			return word, nil
		}
		if id == "" && h.Name == word {
			id = h.ID
		}
	}
	if id == "" {
		id = word
	}
	return id, nil
}

func (a *app) listDeleted(ctx context.Context, d *Desk) error {
	deleted, err := d.DeletedHooks(ctx)
	if err != nil {
		return err
	}
	w := a.words().Say
	rows := [][]string{{w.ColName, w.ColDeleted, w.ColUndo, w.ColURL, w.ColID}}
	for _, h := range deleted {
		until := h.DeletedAt.Add(model.UndoWindow)
		if a.opts.JSON {
			if err := a.emit(deletedJSON{h.ID, h.Name, stamp(h.DeletedAt), stamp(until)}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{a.line(h.Name), a.clock(h.DeletedAt), a.clock(until), a.line(h.URL), h.ID})
	}
	if len(deleted) == 0 {
		a.note("%s", w.NoDeleted)
	}
	return a.rows(rows)
}

// none says what to do where there are no webhooks.
func (a *app) none(ctx context.Context, d *Desk) error {
	deleted, err := d.DeletedHooks(ctx)
	if err != nil {
		return err
	}
	if len(deleted) > 0 {
		a.note(a.words().Say.OnlyDeleted(len(deleted)), "hooktop hook list --deleted", "hooktop hook restore")
		return nil
	}
	a.note("%s", a.words().Say.NoHooks)
	return nil
}
