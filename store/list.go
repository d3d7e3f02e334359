package store

import (
	"context"

	"hooktop/model"
)

// Hooks lists the webhooks that are not deleted, oldest first, each with its newest
// verification and attempt. To keep a list of large bodies out of memory, the
// attempts carry neither Event.Body nor Response.Body; Hook and Tests have them.
func (d *DB) Hooks(ctx context.Context) ([]model.HookView, error) {
	var views []model.HookView
	err := d.read(ctx, "list webhooks", func(tx querier) (err error) {
		if views, err = d.seal.hookViews(ctx, tx); err != nil {
			return err
		}
		at := make(map[string]*model.HookView, len(views))
		for i := range views {
			at[views[i].ID] = &views[i]
		}
		return d.seal.fillViews(ctx, tx, at)
	})
	return views, err
}

func (s *sealer) hookViews(ctx context.Context, tx querier) ([]model.HookView, error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+hookColumns+" FROM hooks WHERE deleted_at = 0 ORDER BY created_at, id")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (model.HookView, error) {
		h, err := s.scanHook(scan)
		return model.HookView{Hook: h}, err
	})
}

// fillViews adds what stands beside the webhooks: one query for all of them each.
func (s *sealer) fillViews(ctx context.Context, tx querier, at map[string]*model.HookView) error {
	rows, err := tx.QueryContext(ctx, `SELECT v.hook_id, v.at, v.data FROM hooks h
		JOIN verifications v ON v.id = (SELECT max(id) FROM verifications WHERE hook_id = h.id)
		WHERE h.deleted_at = 0`)
	if err != nil {
		return err
	}
	checks, err := collect(rows, s.scanVerification)
	if err != nil {
		return err
	}
	for i := range checks {
		at[checks[i].HookID].Verification = &checks[i]
	}
	results, err := s.results(ctx, tx, false, " JOIN hook_status s ON s.last = d.seq AND s.hook = h.num WHERE h.deleted_at = 0")
	if err != nil {
		return err
	}
	for i := range results {
		at[results[i].Delivery.HookID].LastAttempt = &results[i]
	}
	streaks, err := failing(ctx, tx)
	for id, s := range streaks {
		if v := at[id]; v != nil {
			v.Failing = s
		}
	}
	return err
}
