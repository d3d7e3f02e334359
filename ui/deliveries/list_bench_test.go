package deliveries

import (
	"fmt"
	"testing"
	"time"

	"hooktop/model"
)

// One drawing with a hundred new rows: ten of them a second are what a thousand new
// deliveries a second cost the screen, reading aside.
func BenchmarkDrawing(b *testing.B) {
	for _, follow := range []bool{true, false} {
		b.Run(fmt.Sprintf("follow=%v", follow), func(b *testing.B) {
			f := many(2000)
			l := newList(b.Context(), envOf(look{W: 120, H: 40, Lang: "es"}), f.verbs())
			l.SetSize(120, 38)
			l.read()
			l.Update(l.fetch(b.Context(), l.asks.get()))
			if !follow {
				l.move(func() { l.rows.Move(3) })
			}
			var answers []freshMsg
			for n := range 50 {
				var fresh []model.Delivery
				for i := range 100 {
					fresh = append(fresh, dlv(3100+100*n-i, "crm-prod", "call.processed", model.DeliveryDelivered, 200, 50*time.Millisecond))
				}
				f.rows = append(fresh, f.rows[:1000]...)
				m := l.fetch(b.Context(), l.asks.get())
				m.watched = true
				answers = append(answers, m)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.Update(answers[i%len(answers)])
				_ = l.View()
			}
		})
	}
}
