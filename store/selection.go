package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"

	"hooktop/model"
)

// selection is a filter on its way through the file: the conditions on a row x, and
// the index that leads to what matches.
type selection struct {
	tx          querier
	names       map[int64]string // of webhooks
	words       map[int64]string
	batches     map[string]int64 // replays the filter names, those that there are
	low         int64            // state.low
	first, last int64            // no row outside matches
	where       []string
	args        []any
	reading     bool // the conditions read events
	path        path
}

func newSelection(ctx context.Context, tx querier, f model.Filter, b blocked, count bool) (*selection, error) {
	s := &selection{tx: tx, last: math.MaxInt64}
	if err := s.load(ctx, count || named(f) || f.Not != nil && named(*f.Not)); err != nil {
		return nil, err
	}
	if err := s.loadBatches(ctx, f); err != nil {
		return nil, err
	}
	if err := s.bound(ctx, f); err != nil {
		return nil, err
	}
	s.conditions(f, b, false)
	if f.Not != nil {
		s.conditions(*f.Not, b, true)
	}
	if f.Test != nil {
		s.add("x.test = ?", *f.Test)
	}
	err := s.choose(ctx, f, b, count)
	if s.path.index != nil && len(s.path.ranges) == 0 && !s.path.sent {
		s.first = math.MaxInt64
	}
	return s, err
}

// named reports that a filter has words that rows have numbers for.
func named(f model.Filter) bool { return len(f.Hooks)+len(f.Types)+len(f.Errors) > 0 }

// load reads what the conditions need, with the words or without.
func (s *selection) load(ctx context.Context, words bool) error {
	s.names, s.words = map[int64]string{}, map[int64]string{}
	if err := s.tx.QueryRowContext(ctx, "SELECT low FROM state").Scan(&s.low); err != nil || !words {
		return err
	}
	rows, err := s.tx.QueryContext(ctx, "SELECT w.num, w.text, coalesce(h.name, '') FROM words w LEFT JOIN hooks h ON h.num = w.num")
	if err != nil {
		return err
	}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var num int64
		var word, name string
		err = scan(&num, &word, &name)
		s.words[num] = word
		if name != "" {
			s.names[num] = name
		}
		return none, err
	})
	return err
}

func (s *selection) loadBatches(ctx context.Context, f model.Filter) error {
	ids := slices.Clone(f.Replays)
	if f.Not != nil {
		ids = append(ids, f.Not.Replays...)
	}
	s.batches = map[string]int64{}
	for _, id := range ids {
		var num int64
		err := s.tx.QueryRowContext(ctx, "SELECT num FROM batches WHERE id = ?", id).Scan(&num)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		s.batches[id] = num
	}
	return nil
}

func (s *selection) batchNumbers(ids []string) []int64 {
	var out []int64
	for _, id := range ids {
		if num, ok := s.batches[id]; ok {
			out = append(out, num)
		}
	}
	return out
}

func (s *selection) add(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

// bound finds the numbers of a stretch of time.
func (s *selection) bound(ctx context.Context, f model.Filter) error {
	if !f.Since.IsZero() {
		s.add("x.created_at >= ?", micros(f.Since))
		if err := s.tx.QueryRowContext(ctx, "SELECT coalesce(min(stretch) << ?, ?) FROM times WHERE newest >= ?",
			stretchBits, int64(math.MaxInt64), micros(f.Since)).Scan(&s.first); err != nil {
			return err
		}
	}
	if !f.Until.IsZero() {
		s.add("x.created_at <= ?", micros(f.Until))
		if err := s.tx.QueryRowContext(ctx, "SELECT coalesce((max(stretch) + 1) << ?, 0) - 1 FROM times WHERE oldest <= ?",
			stretchBits, micros(f.Until)).Scan(&s.last); err != nil {
			return err
		}
	}
	return nil
}

// conditions adds what a filter asks of a row; not: what it forbids.
func (s *selection) conditions(f model.Filter, b blocked, not bool) {
	var any []string // of which one must hold; with not, none may
	put := func(condition string) {
		if not {
			s.add("NOT (" + condition + ")")
			return
		}
		any = append(any, condition)
	}
	end := func() {
		if len(any) > 0 {
			s.add("(" + strings.Join(any, " OR ") + ")")
		}
		any = nil
	}
	for _, v := range f.States {
		put(stateCondition(v, b))
	}
	end()
	in := func(column string, asked int, list []int64) {
		switch {
		case asked == 0:
		case len(list) > 0:
			put(column + " IN (" + numbers(list) + ")")
		case !not:
			s.first = math.MaxInt64
		}
		end()
	}
	in("x.hook", len(f.Hooks), s.hookNumbers(f.Hooks))
	in("x.type", len(f.Types), s.typeNumbers(f.Types))
	for _, v := range f.Statuses {
		put(statusCondition(v))
	}
	end()
	in("x.error", len(f.Errors), s.errorNumbers(f.Errors))
	in("x.batch", len(f.Replays), s.batchNumbers(f.Replays))
	s.byText(f, not)
}

// byText adds ids, calls and words. With not they are looked up for every row.
func (s *selection) byText(f model.Filter, not bool) {
	no := ""
	if not {
		no = "NOT "
		if len(f.IDs) > 0 {
			s.add("NOT (x.id IN ("+marks(f.IDs)+") OR x.event IN (SELECT seq FROM events WHERE id IN ("+marks(f.IDs)+")))",
				append(values(f.IDs), values(f.IDs)...)...)
		}
		if len(f.Subjects) > 0 {
			s.reading = true
			s.add("NOT EXISTS (SELECT 1 FROM events e WHERE e.seq = x.event AND e.subject IN ("+marks(f.Subjects)+"))", values(f.Subjects)...)
		}
	}
	for _, w := range f.Words {
		s.reading = true
		p := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(w) + "%"
		s.add(no+`(x.id LIKE ? ESCAPE '\' OR x.hook IN (SELECT num FROM hooks WHERE name LIKE ? ESCAPE '\')
			OR x.type IN (SELECT num FROM words WHERE text LIKE ? ESCAPE '\') OR x.error IN (SELECT num FROM words WHERE text LIKE ? ESCAPE '\')
			OR EXISTS (SELECT 1 FROM events e WHERE e.seq = x.event AND (e.id LIKE ? ESCAPE '\' OR e.subject LIKE ? ESCAPE '\'
			OR CAST(e.body AS TEXT) LIKE ? ESCAPE '\')))`, p, p, p, p, p, p, p)
	}
}

func (s *selection) hookNumbers(hooks []string) []int64 {
	return s.numbersOf(func(num int64, text string) bool {
		name, known := s.names[num]
		return slices.Contains(hooks, text) || (known && slices.Contains(hooks, name))
	})
}

// typeNumbers takes event types and the toggles they belong to.
func (s *selection) typeNumbers(types []string) []int64 {
	return s.numbersOf(func(_ int64, text string) bool {
		return slices.Contains(types, text) || slices.Contains(types, model.TriggerKey(text))
	})
}

func (s *selection) errorNumbers(codes []string) []int64 {
	return s.numbersOf(func(_ int64, text string) bool { return slices.Contains(codes, text) })
}

func (s *selection) numbersOf(match func(int64, string) bool) []int64 {
	var out []int64
	for num, text := range s.words {
		if match(num, text) {
			out = append(out, num)
		}
	}
	slices.Sort(out)
	return out
}
