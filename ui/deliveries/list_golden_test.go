package deliveries

import (
	"errors"
	"testing"
	"time"

	"hooktop/model"
)

func TestGoldenList(t *testing.T) {
	arrive := func(s *stage) {
		for i := range 128 {
			s.fake.add(dlv(1000+i, "crm-prod", "call.processed", model.DeliveryDelivered, 200, 50*time.Millisecond))
		}
		s.fresh()
	}
	states := map[string]func(t *testing.T, l look) *stage{
		"list-empty": func(t *testing.T, l look) *stage { return open(t, &fake{}, l) },
		"list-live":  press(),
		"list-followed": func(t *testing.T, l look) *stage {
			s := open(t, some(), l)
			arrive(s)
			return s
		},
		"list-anchored": func(t *testing.T, l look) *stage {
			s := press("down", "down", "down")(t, l)
			arrive(s)
			return s
		},
		"list-frozen": func(t *testing.T, l look) *stage {
			s := press("p")(t, l)
			arrive(s)
			return s
		},
		"list-quick":   press("f"),
		"list-actions": press("down", "down", "down", "x"),
		"list-copy":    press("down", "down", "down", "y"),
		"list-moving":  press("r"),
		"list-marked":  press("down", "space", "space", "shift+down"),
		"list-sort":    press("o"),
		"list-reasons": press("o", "r"),
		"list-hooks":   press("o", "w", "down"),
		"list-types":   press("o", "e"),
		"list-emit":    press("E", "enter"),
		"list-zoomed":  press("down", "z"),
		"list-call":    press("down", "c"),
		"list-ask": func(t *testing.T, l look) *stage {
			s := open(t, failing(120), l)
			s.Press("a", "r", "s")
			return s
		},
		"list-job": func(t *testing.T, l look) *stage { return running(t, failing(6), l, 2) },
		"list-job-hidden": func(t *testing.T, l look) *stage {
			s := running(t, failing(6), l, 2)
			s.Press("p", "esc")
			return s
		},
		"list-filtered": func(t *testing.T, l look) *stage { return filtered(some(), t, l, "hook:bi-panel !test") },
		"list-nothing":  func(t *testing.T, l look) *stage { return filtered(some(), t, l, "hook:nadie") },
		"list-wrong": func(t *testing.T, l look) *stage {
			s := press("/")(t, l)
			s.Type("estado:fallida")
			return s
		},
		"list-error": func(t *testing.T, l look) *stage {
			f := some()
			f.fail("Page", &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldDB, Err: errors.New("pid 4711")})
			s := open(t, f, l)
			s.Press("enter")
			return s
		},
		"list-stale": func(t *testing.T, l look) *stage {
			s := open(t, some(), l)
			s.fake.fail("Page", &model.Fault{Code: model.CodeStoreGone, Field: model.FieldDB})
			return s.fresh()
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) { t.Parallel(); goldens(t, name, state) })
	}
}
