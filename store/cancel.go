package store

import (
	"context"
	"math"
	"slices"
	"time"

	"hooktop/model"
)

// Cancel and Replay read in slices of so many deliveries.
const verbSlice = 1000

// writeSlice is how many deliveries a verb makes or changes in one commit: each slice is
// on disk before the next begins. Who writes meanwhile waits for it: while a million were
// replayed events were acknowledged after 12 ms (p50; 27 at p99) for 57 s; with slices of
// 1,000 after 43 (88) for 49 s.
const writeSlice = 250

// What of the deliveries in a state that a verb is for it really takes.
const (
	cancellable = "state IN (0, 1, 2, 3, 7)"
	replayable  = "test = 0 AND hook IN (SELECT num FROM hooks WHERE deleted_at = 0)"
)

// Cancel ends the deliveries chosen that are not done, and says how many; with dry it
// only counts. An attempt that is under way is not stopped: its result is kept. A
// stop in the midst leaves the oldest as they were.
func (d *DB) Cancel(ctx context.Context, s model.Selection, dry bool) (int, error) {
	n := 0
	err := d.choose(ctx, s, unfinished(), cancellable, func(rows []chosen) error {
		if dry {
			n += len(rows)
			return nil
		}
		for part := range slices.Chunk(rows, writeSlice) {
			done := 0
			err := d.write(ctx, "cancel", func(t *txn) (err error) {
				done, err = t.cancel(seqsOf(part), d.opt.Now())
				return err
			})
			if n += done; err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func (t *txn) cancel(seqs []int64, at time.Time) (int, error) {
	n, err := t.forEach(seqs, `UPDATE deliveries SET state = 5, next_at = 0, done_at = ?
		WHERE seq = ? AND state NOT IN (4, 5, 6) RETURNING seq`, micros(at))
	t.sent.gone = append(t.sent.gone, seqs...)
	return n, err
}

// cancelHook ends what is not done of a webhook's deliveries.
func (t *txn) cancelHook(ctx context.Context, id string, at time.Time) error {
	hook, err := t.word(id)
	if err != nil {
		return err
	}
	rows, err := t.QueryContext(ctx, `SELECT seq FROM deliveries INDEXED BY deliveries_open
		WHERE hook = ?1 AND state < 6 AND state IN (0, 1, 2, 3)
		UNION ALL SELECT seq FROM deliveries NOT INDEXED WHERE seq >= ?2 AND state = 7 AND hook = ?1`, hook, t.was.low)
	if err != nil {
		return err
	}
	seqs, err := collect(rows, scanSeq)
	if err != nil {
		return err
	}
	_, err = t.cancel(seqs, at)
	return err
}

// chosen is a delivery a verb is for.
type chosen struct{ seq, hook, event, batch int64 }

func seqsOf(rows []chosen) []int64 {
	out := make([]int64, len(rows))
	for i, r := range rows {
		out[i] = r.seq
	}
	return out
}

func scanSeq(scan func(...any) error) (seq int64, err error) { return seq, scan(&seq) }

func scanChosen(scan func(...any) error) (c chosen, err error) {
	return c, scan(&c.seq, &c.hook, &c.event, &c.batch)
}

func unfinished() []model.DeliveryState {
	return []model.DeliveryState{model.DeliveryQueued, model.DeliveryRetrying, model.DeliveryHeld, model.DeliverySending}
}

// among narrows a selection to those states; ok is false when nothing is left.
func among(s model.Selection, states []model.DeliveryState) (f model.Filter, ok bool) {
	if f = s.Filter; len(s.IDs) > 0 {
		f = model.Filter{IDs: s.IDs}
	}
	if len(f.States) > 0 {
		states = slices.DeleteFunc(slices.Clone(states), func(v model.DeliveryState) bool { return !slices.Contains(f.States, v) })
	}
	f.States = states
	return f, len(states) > 0
}

// amongSeqs is a query of those of some rows that fulfil a condition. No index may lead
// to them: by that of the webhooks each slice would read all there is of them.
func amongSeqs(seqs []int64, condition string) string {
	return "SELECT seq, hook, event, batch FROM deliveries NOT INDEXED WHERE seq IN (" + numbers(seqs) + ") AND (" + condition + ") ORDER BY seq DESC"
}

// choose calls f with the deliveries of a selection that are in those states and
// fulfil a condition, newest first, in slices. What is made meanwhile is not among
// them.
func (d *DB) choose(ctx context.Context, s model.Selection, states []model.DeliveryState, condition string, f func([]chosen) error) error {
	filter, ok := among(s, states)
	if !ok {
		return nil
	}
	for before := int64(math.MaxInt64); before > 0; {
		var list []chosen
		err := d.read(ctx, "choose deliveries", func(tx querier) error {
			b, err := findBlocked(ctx, tx)
			if err != nil {
				return err
			}
			s, err := newSelection(ctx, tx, filter, b, false)
			if err != nil {
				return err
			}
			var seqs []int64
			if seqs, before, err = s.page(ctx, before, verbSlice); err != nil || len(seqs) == 0 {
				return err
			}
			rows, err := tx.QueryContext(ctx, amongSeqs(seqs, condition))
			if err != nil {
				return err
			}
			list, err = collect(rows, scanChosen)
			return err
		})
		if err != nil {
			return err
		}
		if len(list) > 0 {
			if err := f(list); err != nil {
				return err
			}
		}
	}
	return nil
}
