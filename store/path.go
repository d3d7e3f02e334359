package store

import (
	"context"
	"fmt"
	"slices"

	"hooktop/model"
)

// path is the way to the rows that a filter may match: a query of their numbers,
// ranges of an index, or neither: the table itself.
type path struct {
	source string
	args   []any
	index  string
	second string     // column of the index behind hook; "": there is none
	pairs  [][2]int64 // hook and value of the second column
	sent   bool       // and what is being sent since it came, which is in no index
}

// choose finds the narrowest path.
func (s *selection) choose(ctx context.Context, f model.Filter, b blocked) error {
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
	case states != nil:
		s.path.index, s.path.second = "deliveries_open", "state"
		s.path.sent = slices.Contains(states, stateSent)
		return s.findPairs(ctx, f, func(pair [2]int64) bool {
			return slices.Contains(states, pair[1]) && (len(f.States) == 0 || slices.ContainsFunc(f.States, func(v model.DeliveryState) bool {
				held := pair[1] < stateClaimed && b.nums[pair[0]]
				return (v == model.DeliveryHeld && held) || (v == nameOf(stateNames[:], pair[1]) && !held)
			}))
		})
	case f.Test != nil && *f.Test:
		s.path.index = "deliveries_tests"
		return s.findPairs(ctx, f, func([2]int64) bool { return true })
	case len(f.Hooks)+len(f.Types) > 0:
		s.path.index, s.path.second = "deliveries_hook", "type"
		types := s.typeNumbers(f.Types)
		return s.findPairs(ctx, f, func(pair [2]int64) bool { return len(f.Types) == 0 || slices.Contains(types, pair[1]) })
	}
	return nil
}

// deliveriesOf is a query of the deliveries of events: those they came with, and
// replays.
func deliveriesOf(events string) string {
	return "WITH v(seq, fanout) AS MATERIALIZED (" + events + `)
		SELECT d.seq FROM v CROSS JOIN deliveries d ON d.seq BETWEEN v.seq AND v.seq + v.fanout - 1 AND d.event = v.seq
		UNION SELECT d.seq FROM v CROSS JOIN deliveries d INDEXED BY deliveries_replay ON d.event = v.seq AND d.replay_of <> ''`
}

// subjectEvents looks for digests, which follow, in every bucket of the index.
const subjectEvents = `WITH RECURSIVE bucket(n) AS (SELECT max(seq) >> 14 FROM events UNION ALL
		SELECT n - 1 FROM bucket WHERE n > (SELECT min(seq) >> 14 FROM events))
	SELECT e.seq, e.fanout FROM bucket CROSS JOIN events e INDEXED BY events_subject
	WHERE e.seq >> 14 = bucket.n AND e.subject_id <> 0 AND e.subject_id IN (`

// openStates are the codes of the states a filter asks for, if deliveries_open has
// them; nil otherwise. A status other than 2xx implies a state.
func openStates(f model.Filter) []int64 {
	var out []int64
	for _, v := range f.States {
		switch v {
		case model.DeliveryDelivered:
			return nil
		case model.DeliveryHeld:
			out = append(out, stateQueued, stateRetrying)
		case model.DeliverySending:
			out = append(out, stateClaimed, stateSent)
		default:
			out = append(out, stateCode(v))
		}
	}
	if len(out) == 0 && len(f.Statuses) > 0 && !slices.ContainsFunc(f.Statuses, func(v string) bool { return v[0] == '2' }) {
		return []int64{stateQueued, stateRetrying, stateClaimed, stateDead, stateCancelled}
	}
	return out
}

// findPairs lists the ranges of the index that there are and that match: it hops
// from one to the next.
func (s *selection) findPairs(ctx context.Context, f model.Filter, match func([2]int64) bool) error {
	second, partial := s.path.second, ""
	switch s.path.index {
	case "deliveries_open":
		partial = "state < 6 AND"
	case "deliveries_tests":
		partial = "test = 1 AND"
	}
	first := fmt.Sprintf("SELECT seq FROM deliveries INDEXED BY %s WHERE %s ", s.path.index, partial)
	next := first + "hook > p.a ORDER BY hook LIMIT 1"
	if second == "" {
		second = "hook"
	} else {
		next = fmt.Sprintf("coalesce((%[1]s hook = p.a AND %[2]s > p.b ORDER BY %[2]s LIMIT 1), (%[1]s hook > p.a ORDER BY hook, %[2]s LIMIT 1))", first, second)
	}
	rows, err := s.tx.QueryContext(ctx, fmt.Sprintf(`WITH RECURSIVE p(a, b) AS (SELECT -1, -1 UNION ALL
		SELECT n.hook, n.%s FROM p CROSS JOIN deliveries n ON n.seq = (%s)) SELECT a, b FROM p WHERE a >= 0`, second, next))
	if err != nil {
		return err
	}
	all, err := collect(rows, func(scan func(...any) error) (pair [2]int64, err error) { return pair, scan(&pair[0], &pair[1]) })
	hooks := s.hookNumbers(f.Hooks)
	for _, pair := range all {
		if (len(f.Hooks) == 0 || slices.Contains(hooks, pair[0])) && match(pair) {
			s.path.pairs = append(s.path.pairs, pair)
		}
	}
	return err
}
