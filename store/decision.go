package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hooktop/model"
)

// encodeDecisions writes the decision trace of an event. Webhooks are the numbers of
// words; deliveries are their places among those the event came with, from 1.
func (t *txn) encodeDecisions(in *model.Ingest) ([]byte, error) {
	if len(in.Decisions) == 0 {
		return nil, nil
	}
	e := encoder{b: make([]byte, 0, 32*len(in.Decisions))}
	e.int(int64(len(in.Decisions)))
	place := 0
	for i := range in.Decisions {
		c := &in.Decisions[i]
		hook, err := t.word(c.HookID)
		if err != nil {
			return nil, err
		}
		e.int(hook)
		e.text(c.Hook)
		e.int(codeOfName(results[:], c.Result))
		e.text(string(c.Clause))
		e.text(c.Value)
		if c.DeliveryID == "" {
			e.int(0)
			continue
		}
		for n := 0; n < len(in.Deliveries) && in.Deliveries[place%len(in.Deliveries)].ID != c.DeliveryID; n++ {
			place++
		}
		e.int(int64(place%max(len(in.Deliveries), 1) + 1))
		place++
	}
	return e.b, nil
}

// decisions reads the trace of the event with that number.
func decisions(ctx context.Context, tx querier, seq int64, blob []byte) ([]model.Decision, error) {
	d := decoder{b: blob}
	type numbers struct{ hook, delivery int64 }
	var nums []numbers
	out := decodeList(&d, func() model.Decision {
		hook := d.int()
		c := model.Decision{Hook: d.text(), Result: nameOf(results[:], d.int()), Clause: model.Clause(d.text()), Value: d.text()}
		nums = append(nums, numbers{hook, d.int()})
		return c
	})
	if d.err != nil {
		return nil, damaged("decisions of event", fmt.Sprint(seq), d.err)
	}
	for i, n := range nums {
		if err := text(tx.QueryRowContext(ctx, "SELECT text FROM words WHERE num = ?", n.hook), &out[i].HookID); err != nil {
			return nil, err
		}
		if n.delivery == 0 {
			continue
		}
		if err := text(tx.QueryRowContext(ctx, "SELECT id FROM deliveries WHERE seq = ?", seq+n.delivery-1), &out[i].DeliveryID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// text reads one text; none is "".
func text(row *sql.Row, to *string) error {
	if err := row.Scan(to); !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return nil
}
