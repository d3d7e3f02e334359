package compare

import (
	"context"
	"slices"
	"time"

	"hooktop/model"
)

// Shower is where a delivery that is shown comes from.
type Shower interface {
	Delivery(ctx context.Context, id string) (model.DeliveryView, error)
	Hook(ctx context.Context, nameOrID string) (model.HookView, error)
}

// Shown is a delivery as it may be shown. Its attempts are stored without the keys they
// were sent with; here the keys of today are hidden too, and what older versions stored
// as it came (model.Attempt.Redacted).
func Shown(ctx context.Context, r Shower, id string) (model.DeliveryView, error) {
	d, err := r.Delivery(ctx, id)
	if err != nil {
		return d, err
	}
	hook, err := r.Hook(ctx, d.HookID)
	if err != nil && !is(err, model.CodeNotFound) {
		return model.DeliveryView{}, err
	}
	d.Attempts = slices.Clone(d.Attempts) // what was read may be someone else's memory
	for i, a := range d.Attempts {
		d.Attempts[i] = a.Redacted(hook.Hook) // zero: it was deleted
	}
	return d, nil
}

// maxSearch bounds how many stretches of the file are looked through for a success.
const maxSearch = 50

// LastSuccess finds what a delivery is compared with: the last one of its webhook that
// went well, made before it if there is one and else after it, of the same event type
// if there is one and else of any. Tests do not count. Without one the id of the view
// is empty.
func LastSuccess(ctx context.Context, r Reader, d model.Delivery) (view model.DeliveryView, later bool, err error) {
	no := false
	for _, typ := range [][]string{{d.Type}, nil} {
		for _, until := range []time.Time{d.CreatedAt, {}} {
			f := model.Filter{Hooks: []string{d.HookID}, States: []model.DeliveryState{model.DeliveryDelivered}, Types: typ, Until: until, Test: &no}
			found, err := newest(ctx, r, f, d.ID)
			if err != nil {
				return view, false, err
			}
			if found != "" {
				view, err = Shown(ctx, r, found)
				return view, until.IsZero(), err
			}
		}
	}
	return view, false, nil
}

// newest is the id of the first delivery a filter matches, but for one; empty: none.
func newest(ctx context.Context, r Reader, f model.Filter, but string) (string, error) {
	var from model.Cursor
	for range maxSearch {
		rows, next, err := r.Page(ctx, f, from, 2)
		if err != nil {
			return "", err
		}
		for _, d := range rows {
			if d.ID != but {
				return d.ID, nil
			}
		}
		if next == "" {
			return "", nil
		}
		from = next
	}
	return "", nil
}
