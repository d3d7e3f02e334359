package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hooktop/model"
)

// Retry makes the deliveries chosen that wait for their next try due now, and says how
// many and whose; with dry it only counts. What waits for its turn already is among them.
// Left out are those that a replay holds or has not reached yet, and those of webhooks
// that do not send. Nothing but the due time changes: attempts go on being counted. A stop
// in the midst leaves the oldest as they were.
func (d *DB) Retry(ctx context.Context, s model.Selection, now time.Time, dry bool) (model.Retried, error) {
	var out model.Retried
	waits := fmt.Sprintf("(state = 2 OR state = 1 AND next_at <= %d)", micros(now))
	whose := "hook IN (SELECT num FROM hooks WHERE state = '" + string(model.HookActive) + "' AND deleted_at = 0)"
	states := []model.DeliveryState{model.DeliveryQueued, model.DeliveryRetrying, model.DeliveryHeld}
	nums := map[int64]bool{}
	err := d.choose(ctx, s, states, waits+" AND "+whose, func(rows []chosen) error {
		for _, r := range rows {
			nums[r.hook] = true
		}
		if dry {
			out.Count += len(rows)
			return nil
		}
		for part := range slices.Chunk(rows, writeSlice) {
			done := 0
			err := d.write(ctx, "retry", func(t *txn) (err error) {
				done, err = t.forEach(seqsOf(part), "UPDATE deliveries SET next_at = min(next_at, ?) WHERE seq = ? AND "+waits+" RETURNING seq", micros(now))
				return err
			})
			if out.Count += done; err != nil {
				return err
			}
		}
		return nil
	})
	if len(nums) == 0 {
		return out, err
	}
	// Even when it was stopped, whose they are must be known.
	rerr := d.read(context.WithoutCancel(ctx), "read whose deliveries are retried", func(tx querier) error {
		rows, err := tx.QueryContext(context.WithoutCancel(ctx), "SELECT text FROM words WHERE num IN ("+numbers(keys(nums))+") ORDER BY text")
		if err != nil {
			return err
		}
		out.Hooks, err = collect(rows, func(scan func(...any) error) (id string, err error) { return id, scan(&id) })
		return err
	})
	if err == nil {
		err = rerr
	}
	return out, err
}
