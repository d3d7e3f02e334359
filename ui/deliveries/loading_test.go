package deliveries

import (
	"context"
	"testing"

	"hooktop/model"
)

// slow answers about one delivery only when it is let go.
type slow struct {
	*fake
	gate chan struct{}
}

func (s *slow) Delivery(ctx context.Context, id string) (model.DeliveryView, error) {
	<-s.gate
	return s.fake.Delivery(ctx, id)
}

// TestKeysAndSizesWhileADeliveryLoads: what is typed while it is read is neither lost
// to the list below nor done to another delivery, and every size is survived.
func TestKeysAndSizesWhileADeliveryLoads(t *testing.T) {
	f := some()
	s := open(t, f, es80)
	s.Press("down", "down", "down")
	selected := s.list.rows.Selected()
	held := &slow{f, make(chan struct{})}
	s.list.v.Archive = held
	s.Press("enter")
	for _, size := range [][2]int{{40, 12}, {1, 1}, {39, 11}, {200, 60}, {120, 40}, {79, 23}, {80, 24}} {
		s.Resize(size[0], size[1]).Fits()
	}
	calls := len(f.called("Replay"))
	s.Press("r", "down", "d", "x", "/", "space", "a")
	s.Paste("rrr")
	if n := len(f.called("Replay")) + len(f.called("Cancel")) + len(f.called("Emit")); n != calls {
		t.Errorf("something was sent: %v", f.calls)
	}
	if got := s.list.rows.Selected(); got != selected || !s.list.marks.none() || s.list.field.Focused() {
		t.Errorf("the list below took the keys: %s selected, was %s", got, selected)
	}
	close(held.gate)
	s.WaitFor("datalake · call.score.changed").Fits()
	s.Press("esc").Has("webhook", "datalake")
	if got := s.list.rows.Selected(); got != selected {
		t.Errorf("selected %s, was %s", got, selected)
	}
}
