package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// BenchmarkReads is what a console reads, side by side at three sizes of the file: the
// median in ms of the first page of each filter, of one step of a count, of a page,
// and of a search that finds nothing until it has seen all. The marks: 5 ms, a step of
// a search 100 ms.
//
//	go test ./store -run '^$' -bench Reads -benchtime 1x
func BenchmarkReads(b *testing.B) {
	sizes := []struct {
		name string
		rows int
	}{{"0.01M-ms", 10_000}, {"0.1M-ms", 100_000}, {"1M-ms", 1_000_000}}
	files := make([]*benchFile, len(sizes))
	for i, s := range sizes {
		files[i] = newBenchFile(b, s.rows)
	}
	for _, c := range readCases() {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				for i, s := range sizes {
					b.ReportMetric(medianOf(c.times, func() { fatal(b, c.read(b, files[i])) }), s.name)
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// benchFile is a store with what is looked for in it.
type benchFile struct {
	*store.DB
	rows int
	one  model.DeliveryView
	now  time.Time
}

func newBenchFile(b *testing.B, rows int) *benchFile {
	b.Helper()
	f := &benchFile{DB: benchStore(b, rows), rows: rows}
	all, _, err := f.Page(b.Context(), model.Filter{}, "", 1)
	fatal(b, err)
	f.one, err = f.Delivery(b.Context(), all[0].ID)
	fatal(b, err)
	f.now = all[0].CreatedAt
	return f
}

type readCase struct {
	name  string
	times int
	read  func(b *testing.B, f *benchFile) error
}

func readCases() []readCase {
	var out []readCase
	for _, c := range filterCases() {
		out = append(out, readCase{c.name, 21, func(b *testing.B, f *benchFile) error {
			_, _, err := f.Page(b.Context(), c.of(f), "", 50)
			return err
		}})
	}
	for _, c := range filterCases() {
		if slices.Contains([]string{"all", "hook", "state=dead", "status=5xx", "words=missed"}, c.name) {
			out = append(out, readCase{"count/" + c.name, 21, func(b *testing.B, f *benchFile) error {
				_, _, err := f.Tally(b.Context(), c.of(f), "")
				return err
			}})
		}
	}
	return append(out,
		readCase{"stats", 21, func(b *testing.B, f *benchFile) error {
			_, err := f.Stats(b.Context(), "", f.now.Add(-24*time.Hour))
			return err
		}},
		readCase{"delivery", 21, func(b *testing.B, f *benchFile) error {
			_, err := f.Delivery(b.Context(), f.one.ID)
			return err
		}},
		readCase{"count-all", 1, func(b *testing.B, f *benchFile) error {
			return through(func(after model.Cursor) (model.Cursor, error) {
				_, next, err := f.Tally(b.Context(), model.Filter{}, after)
				return next, err
			})
		}},
		readCase{"miss-all", 1, func(b *testing.B, f *benchFile) error {
			return through(func(after model.Cursor) (model.Cursor, error) {
				_, next, err := f.Page(b.Context(), model.Filter{Words: []string{"not there"}}, after, 50)
				return next, err
			})
		}})
}

// through goes on until there is no more.
func through(step func(model.Cursor) (model.Cursor, error)) error {
	for after := model.Cursor(""); ; {
		next, err := step(after)
		if err != nil || next == "" {
			return err
		}
		after = next
	}
}

func medianOf(n int, f func()) float64 {
	var all []float64
	for range n {
		began := time.Now()
		f()
		all = append(all, float64(time.Since(began).Microseconds())/1000)
	}
	slices.Sort(all)
	return all[n/2]
}

type filterCase struct {
	name string
	of   func(*benchFile) model.Filter
}

func filterCases() []filterCase {
	just := func(f model.Filter) func(*benchFile) model.Filter { return func(*benchFile) model.Filter { return f } }
	hook := storetest.Hook(1)
	states := func(s ...model.DeliveryState) []model.DeliveryState { return s }
	yes := true
	return []filterCase{
		{"all", just(model.Filter{})},
		{"hook", just(model.Filter{Hooks: []string{hook.Name}})},
		{"no-such-hook", just(model.Filter{Hooks: []string{"nobody"}})},
		{"state=dead", just(model.Filter{States: states(model.DeliveryDead)})},
		{"state=queued", just(model.Filter{States: states(model.DeliveryQueued)})},
		{"state=sending", just(model.Filter{States: states(model.DeliverySending)})},
		{"state=delivered", just(model.Filter{States: states(model.DeliveryDelivered)})},
		{"event=rare", just(model.Filter{Types: []string{"call.note"}})},
		{"hook+state", just(model.Filter{Hooks: []string{hook.ID}, States: states(model.DeliveryDead)})},
		{"error", just(model.Filter{Errors: []string{string(model.CodeServerError)}})},
		{"status=404", just(model.Filter{Statuses: []string{"404"}})},
		{"status=5xx", just(model.Filter{Statuses: []string{"5xx"}})},
		{"until=middle", func(f *benchFile) model.Filter {
			return model.Filter{Until: f.now.Add(-time.Duration(f.rows/2) * time.Millisecond)}
		}},
		{"since=last-second", func(f *benchFile) model.Filter { return model.Filter{Since: f.now.Add(-time.Second)} }},
		{"id", func(f *benchFile) model.Filter { return model.Filter{IDs: []string{f.one.ID}} }},
		{"event-id", func(f *benchFile) model.Filter { return model.Filter{IDs: []string{f.one.EventID}} }},
		{"call", func(f *benchFile) model.Filter { return model.Filter{Subjects: []string{f.one.Event.Subject}} }},
		{"no-such-call", just(model.Filter{Subjects: []string{"nothing"}})},
		{"test", just(model.Filter{Test: &yes})},
		{"words=found", just(model.Filter{Words: []string{`"n": `}})},
		{"words=missed", just(model.Filter{Words: []string{"not there"}})},
	}
}

// BenchmarkSeries reads 1 h, 24 h, 7 d and 30 d of a hundred webhooks that were busy
// all the time; stats is what a console asks each second. The mark for 30 d: 20 ms.
func BenchmarkSeries(b *testing.B) {
	d := benchStore(b, 0)
	until := time.Now().Truncate(time.Hour)
	fatal(b, store.FillRollups(b.Context(), d, until, 100, 8, 30))
	for _, c := range []struct {
		name       string
		long, step time.Duration
	}{
		{"1h", time.Hour, time.Minute}, {"24h", 24 * time.Hour, 15 * time.Minute},
		{"7d", 7 * 24 * time.Hour, time.Hour}, {"30d", 30 * 24 * time.Hour, 6 * time.Hour},
	} {
		for _, hook := range []string{"", storetest.Hook(1).ID} {
			b.Run(fmt.Sprintf("%s/one=%t", c.name, hook != ""), func(b *testing.B) {
				for b.Loop() {
					s, err := d.Series(b.Context(), hook, until.Add(-c.long), until, c.step)
					if err != nil || s.Total.Delivered == 0 || len(s.Causes) == 0 {
						b.Fatal(s.Total, err)
					}
				}
			})
		}
	}
	b.Run("stats", func(b *testing.B) {
		for b.Loop() {
			_, err := d.Stats(b.Context(), "", until.Add(-24*time.Hour))
			fatal(b, err)
		}
	})
}
