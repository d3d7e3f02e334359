package deliveries

import (
	"fmt"
	"testing"
	"time"

	"hooktop/model"
)

// inGroups is a list by reason of so many webhooks whose receivers do not answer.
func inGroups(tb testing.TB, n int) *list {
	tb.Helper()
	l := newList(tb.Context(), envOf(es120), some().verbs())
	l.SetSize(es120.W, es120.H)
	l.ready, l.groups.by = true, byReason
	l.found.has = true
	for i := range n {
		l.found.old.Groups = append(l.found.old.Groups, model.Group{
			HookID: fmt.Sprintf("wh_%d", i), Hook: fmt.Sprintf("hook-%d", i), State: model.DeliveryDead,
			Error: model.CodeTimeout, Count: 1, NewestAt: time.Unix(1_700_000_000, 0),
		})
	}
	l.regroup()
	if got := l.groups.rows.Len(); got != n {
		tb.Fatalf("%d groups of %d", got, n)
	}
	return l
}

// A movement among groups and a drawing of them cost what is visible, not what there is.
func TestManyGroupsCostWhatIsVisible(t *testing.T) {
	costs := func(n int) (move, end, view float64) {
		l := inGroups(t, n)
		rows := &l.groups.rows
		move = testing.AllocsPerRun(10, func() { rows.Move(1); rows.Move(-1) })
		end = testing.AllocsPerRun(10, func() { rows.End(); rows.Home() })
		view = testing.AllocsPerRun(10, func() { _ = l.View() })
		return move, end, view
	}
	move, end, view := costs(50)
	manyMove, manyEnd, manyView := costs(500)
	if manyMove > move+5 || manyEnd > end+5 {
		t.Errorf("moving allocates %v and %v of 50 groups, %v and %v of 500", move, end, manyMove, manyEnd)
	}
	if manyView > 1.1*view {
		t.Errorf("a drawing allocates %v of 50 groups, %v of 500", view, manyView)
	}
}

func BenchmarkGroups(b *testing.B) {
	for _, n := range []int{100, 1000} {
		l := inGroups(b, n)
		rows := &l.groups.rows
		b.Run(fmt.Sprintf("move/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				rows.Move(1 - 2*(i%2))
			}
		})
		b.Run(fmt.Sprintf("view/%d", n), func(b *testing.B) {
			for b.Loop() {
				_ = l.View()
			}
		})
		b.Run(fmt.Sprintf("regroup/%d", n), func(b *testing.B) {
			for b.Loop() {
				l.regroup()
			}
		})
	}
}
