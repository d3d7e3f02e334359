package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hooktop/model"
)

// path is the way to the rows that a filter may match: a query of their numbers,
// ranges of an index, or neither: the table itself.
type path struct {
	source string
	args   []any
	index  *index
	ranges [][]int64 // values of the index's columns
	sent   bool      // and what is being sent since it came, which is in no index
}

// index is one that a search goes through, newest first within each range of values.
type index struct {
	name    string
	columns []string
	partial string // which rows it has; "": all
}

var (
	openIndex   = &index{"deliveries_open", []string{"hook", "state"}, "x.state < 6"}
	failedIndex = &index{"deliveries_failed", []string{"hook", "http_status", "error", "state"}, "(x.http_status >= 300 OR x.error <> 0 OR x.state IN (2, 4))"}
	testIndex   = &index{"deliveries_tests", []string{"hook"}, "x.test = 1"}
	hookIndex   = &index{"deliveries_hook", []string{"hook", "type"}, ""}
	batchIndex  = &index{"deliveries_batch", []string{"batch"}, "x.batch <> 0"}
)

// choose finds the narrowest path; to count, the one that has what is counted.
func (s *selection) choose(ctx context.Context, f model.Filter, b blocked, count bool) error {
	hooks := s.hookNumbers(f.Hooks)
	ofHook := func(v []int64) bool { return len(f.Hooks) == 0 || slices.Contains(hooks, v[0]) }
	states := openStates(f)
	switch {
	case len(f.IDs) > 0:
		s.path.source, s.path.args = deliveriesOf("SELECT seq, fanout FROM events WHERE id IN ("+marks(f.IDs)+")")+
			" UNION SELECT seq FROM deliveries WHERE id IN ("+marks(f.IDs)+")", append(values(f.IDs), values(f.IDs)...)
		if len(f.Subjects) > 0 {
			s.add("EXISTS (SELECT 1 FROM events e WHERE e.seq = x.event AND e.subject IN ("+marks(f.Subjects)+"))", values(f.Subjects)...)
		}
	case len(f.Subjects) > 0:
		digests := make([]int64, len(f.Subjects))
		for i, v := range f.Subjects {
			digests[i] = subjectID(v)
		}
		s.path.source = deliveriesOf(subjectEvents + numbers(digests) + ") AND e.subject IN (" + marks(f.Subjects) + ")")
		s.path.args = values(f.Subjects)
	case len(f.Replays) > 0:
		s.path.index = batchIndex
		for _, num := range s.batchNumbers(f.Replays) {
			s.path.ranges = append(s.path.ranges, []int64{num})
		}
	case failed(f) || (count && ended(f.States)):
		codes := s.errorNumbers(f.Errors)
		return s.findRanges(ctx, failedIndex, func(v []int64) bool {
			return ofHook(v) && (len(f.Statuses) == 0 || slices.ContainsFunc(f.Statuses, func(want string) bool { return isStatus(v[1], want) })) &&
				(len(f.Errors) == 0 || slices.Contains(codes, v[2])) &&
				(len(f.States) == 0 || slices.ContainsFunc(f.States, func(want model.DeliveryState) bool { return isState(v[0], v[3], want, b) }))
		})
	case states != nil:
		s.path.sent = slices.Contains(states, stateSent)
		return s.findRanges(ctx, openIndex, func(v []int64) bool {
			return ofHook(v) && slices.ContainsFunc(f.States, func(want model.DeliveryState) bool { return isState(v[0], v[1], want, b) })
		})
	case f.Test != nil && *f.Test:
		return s.findRanges(ctx, testIndex, ofHook)
	case len(f.Hooks)+len(f.Types) > 0:
		types := s.typeNumbers(f.Types)
		return s.findRanges(ctx, hookIndex, func(v []int64) bool { return ofHook(v) && (len(f.Types) == 0 || slices.Contains(types, v[1])) })
	}
	return nil
}

// deliveriesOf is a query of the deliveries of events: those they came with, and
// those that replays made.
func deliveriesOf(events string) string {
	return "WITH v(seq, fanout) AS MATERIALIZED (" + events + `)
		SELECT d.seq FROM v CROSS JOIN deliveries d ON d.seq BETWEEN v.seq AND v.seq + v.fanout - 1 AND d.event = v.seq
		UNION SELECT d.seq FROM v CROSS JOIN deliveries d INDEXED BY deliveries_again ON d.event = v.seq AND d.batch <> 0`
}

// subjectEvents looks for digests, which follow, in every bucket of the index.
const subjectEvents = `WITH RECURSIVE bucket(n) AS (SELECT max(seq) >> 14 FROM events UNION ALL
		SELECT n - 1 FROM bucket WHERE n > (SELECT min(seq) >> 14 FROM events))
	SELECT e.seq, e.fanout FROM bucket CROSS JOIN events e INDEXED BY events_subject
	WHERE e.seq >> 14 = bucket.n AND e.subject_id <> 0 AND e.subject_id IN (`

// failed reports whether all that a filter matches is in deliveries_failed.
func failed(f model.Filter) bool {
	return len(f.Errors) > 0 || (len(f.Statuses) > 0 && !slices.ContainsFunc(f.Statuses, func(v string) bool { return v[0] < '3' }))
}

// ended reports whether only deliveries whose last attempt failed are in those states.
func ended(states []model.DeliveryState) bool {
	return len(states) > 0 && !slices.ContainsFunc(states, func(v model.DeliveryState) bool {
		return v != model.DeliveryRetrying && v != model.DeliveryDead
	})
}

// openStates are the codes of the states a filter asks for, if deliveries_open has
// them; nil otherwise.
func openStates(f model.Filter) []int64 {
	var out []int64
	for _, v := range f.States {
		switch v {
		case model.DeliveryDelivered:
			return nil
		case model.DeliveryHeld:
			out = append(out, stateKept, stateQueued, stateRetrying)
		case model.DeliverySending:
			out = append(out, stateClaimed, stateSent)
		default:
			out = append(out, stateCode(v))
		}
	}
	return out
}

// isState reports whether a row with that code is in a state, as stateCondition asks.
func isState(hook, code int64, want model.DeliveryState, b blocked) bool {
	if code < stateClaimed && b.nums[hook] {
		return want == model.DeliveryHeld
	}
	return want == nameOf(stateNames[:], code)
}

// findRanges lists the ranges of an index that there are and that match: it hops from
// one to the next.
func (s *selection) findRanges(ctx context.Context, i *index, match func([]int64) bool) error {
	s.path.index = i
	var read, first, hops []string
	where := ""
	if i.partial != "" {
		where = " AND " + i.partial
	}
	for n, c := range i.columns {
		read, first = append(read, "x."+c), append(first, "-1")
		same := ""
		for _, before := range i.columns[:n] {
			same += fmt.Sprintf("x.%[1]s = p.%[1]s AND ", before)
		}
		order := "x." + strings.Join(i.columns[n:], ", x.")
		hops = append(hops, fmt.Sprintf("(SELECT x.seq FROM deliveries x INDEXED BY %s WHERE %sx.%[3]s > p.%[3]s%s ORDER BY %s LIMIT 1)",
			i.name, same, c, where, order))
	}
	slices.Reverse(hops)
	rows, err := s.tx.QueryContext(ctx, fmt.Sprintf(`WITH RECURSIVE p(%[1]s) AS (SELECT %[2]s UNION ALL
		SELECT %[3]s FROM p CROSS JOIN deliveries x ON x.seq = coalesce(%[4]s, NULL)) SELECT * FROM p WHERE hook >= 0`,
		strings.Join(i.columns, ", "), strings.Join(first, ", "), strings.Join(read, ", "), strings.Join(hops, ", ")))
	if err != nil {
		return err
	}
	all, err := collect(rows, func(scan func(...any) error) ([]int64, error) {
		values := make([]int64, len(i.columns))
		to := make([]any, len(values))
		for n := range values {
			to[n] = &values[n]
		}
		return values, scan(to...)
	})
	s.path.ranges = slices.DeleteFunc(all, func(v []int64) bool { return !match(v) })
	return err
}
