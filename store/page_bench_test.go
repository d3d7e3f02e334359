package store_test

import (
	"fmt"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store/storetest"
)

// BenchmarkPage reads the first page of a filter at several sizes of the file.
func BenchmarkPage(b *testing.B) {
	for _, rows := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint("rows=", rows), func(b *testing.B) {
			d := benchStore(b, rows)
			all, _, err := d.Page(b.Context(), model.Filter{}, "", 1)
			fatal(b, err)
			v, err := d.Delivery(b.Context(), all[0].ID)
			fatal(b, err)
			now := all[0].CreatedAt
			for _, c := range []struct {
				name string
				f    model.Filter
			}{
				{"all", model.Filter{}},
				{"hook", model.Filter{Hooks: []string{storetest.Hook(1).Name}}},
				{"no-such-hook", model.Filter{Hooks: []string{"nobody"}}},
				{"state=dead", model.Filter{States: []model.DeliveryState{model.DeliveryDead}}},
				{"state=queued", model.Filter{States: []model.DeliveryState{model.DeliveryQueued}}},
				{"state=sending", model.Filter{States: []model.DeliveryState{model.DeliverySending}}},
				{"state=delivered", model.Filter{States: []model.DeliveryState{model.DeliveryDelivered}}},
				{"event=rare", model.Filter{Types: []string{"call.note"}}},
				{"hook+state", model.Filter{Hooks: []string{storetest.Hook(1).ID}, States: []model.DeliveryState{model.DeliveryDead}}},
				{"error", model.Filter{Errors: []string{string(model.CodeServerError)}}},
				{"status=404", model.Filter{Statuses: []string{"404"}}},
				{"status=5xx", model.Filter{Statuses: []string{"5xx"}}},
				{"until=middle", model.Filter{Until: now.Add(-time.Duration(rows/2) * time.Millisecond)}},
				{"since=last-second", model.Filter{Since: now.Add(-time.Second)}},
				{"id", model.Filter{IDs: []string{v.ID}}},
				{"event-id", model.Filter{IDs: []string{v.EventID}}},
				{"call", model.Filter{Subjects: []string{v.Event.Subject}}},
				{"no-such-call", model.Filter{Subjects: []string{"nothing"}}},
				{"test", model.Filter{Test: yes()}},
				{"words=found", model.Filter{Words: []string{`"n": `}}},
				{"words=missed", model.Filter{Words: []string{"not there"}}},
			} {
				b.Run(c.name, func(b *testing.B) {
					for b.Loop() {
						_, _, err := d.Page(b.Context(), c.f, "", 50)
						fatal(b, err)
					}
				})
			}
			for _, c := range []struct {
				name string
				f    model.Filter
			}{
				{"all", model.Filter{}},
				{"hook", model.Filter{Hooks: []string{storetest.Hook(1).Name}}},
				{"state=dead", model.Filter{States: []model.DeliveryState{model.DeliveryDead}}},
				{"status=5xx", model.Filter{Statuses: []string{"5xx"}}},
				{"words", model.Filter{Words: []string{"not there"}}},
			} {
				b.Run("tally/"+c.name, func(b *testing.B) {
					for b.Loop() {
						_, _, err := d.Tally(b.Context(), c.f, "")
						fatal(b, err)
					}
				})
			}
			b.Run("stats", func(b *testing.B) {
				for b.Loop() {
					_, err := d.Stats(b.Context(), "", now.Add(-time.Hour))
					fatal(b, err)
				}
			})
		})
	}
}

func yes() *bool { v := true; return &v }
