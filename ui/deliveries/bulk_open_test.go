package deliveries

import (
	"testing"
	"time"

	"hooktop/model"
)

// standing is a webhook with so many deliveries given up and so many held.
func standing(dead, held int) *fake {
	f := failing(dead)
	f.strict = true
	for i := range held {
		f.rows = append(f.rows, dlv(500+i, "zapier-es", "call.tag.added", model.DeliveryHeld, 0, time.Millisecond))
	}
	return f
}

// What has not ended goes on by itself: a replay that leaves it out says so, and what
// can be done instead.
func TestAReplaySaysWhatItLeavesOutAndWhy(t *testing.T) {
	s := open(t, standing(3, 4), es80)
	s.Press("a", "r").Has("¿Reenviar 3 entregas?", "4 más no han terminado: siguen solas.")
	s.Press("c").Has("¿Reenviar 3") // there is something to replay

	s = open(t, standing(0, 4), es80)
	s.Press("a", "r").Has("4 entregas no han terminado", "saldrán", "verifique su webhook", "c  cancelar las entregas")
	s.Press("c").Has("¿Cancelar 4 entregas?")
	s.Press("s").Has("4 entregas canceladas")

	s = open(t, standing(0, 1), es80)
	s.Press("r", "s").Has("No ha terminado")
}
