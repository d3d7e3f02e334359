package text

import (
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Number groups as CLDR does, without the printer that would be made for each.
func TestNumberIsThatOfCLDR(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	list := []int{0, 1, -1, 9, 10, 99, 100, 999, 1000, -999, -1000, 999_999, 1_000_000, -1_000_000, math.MaxInt, math.MinInt}
	for range 2000 {
		list = append(list, int(r.Uint64())>>r.IntN(64))
	}
	for _, lang := range []Lang{ES, EN} {
		p := message.NewPrinter(lang.tag())
		for _, n := range list {
			if got, want := lang.Number(n), p.Sprint(number.Decimal(n)); got != want {
				t.Fatalf("%s: %d is %q, want %q", lang, n, got, want)
			}
		}
	}
}
