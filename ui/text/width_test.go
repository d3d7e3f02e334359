package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestWidthIsThatOfTheTerminal(t *testing.T) {
	runes := rapid.OneOf(rapid.RuneFrom([]rune("aZ09 ~áñüÀɏ·«»¿¡…✓✗↻●○■‖▌▲▸▾█─│")), rapid.RuneFrom([]rune("日本🙂\u200d\u0301\ufe0f\x1b[m\u202e한")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(runes, 0, 40, -1).Draw(t, "s")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q takes %d columns, not %d", s, want, got)
		}
	})
	pieces := rapid.SampledFrom([]string{"\x1b[m", "\x1b[1;31m", "\x1b[38;5;4m", "\x1b[38:2::1:2:3m", "\x1b[2K", "\x1b[[", "\x1b", "[", "1", "m", ";", "abc", "ñ", "日", "\x1b]8;;u\x07", "\x1b[?1m"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(pieces, 0, 8).Draw(t, "pieces"), "")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q takes %d columns, not %d", s, want, got)
		}
	})
	for r := rune(0); r < 0x3000; r++ {
		if single(r) && ansi.StringWidth(string(r)) != 1 {
			t.Errorf("%U takes %d columns", r, ansi.StringWidth(string(r)))
		}
	}
}

func BenchmarkWidth(b *testing.B) {
	for _, s := range []string{"  14:59:56 datalake   score.changed", "✓ entregada · 51 ms", "\x1b[1;32m✓ entregada\x1b[m \x1b[2m· 51 ms\x1b[m", "日本語のテキスト"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				Width(s)
			}
		})
		b.Run("graphemes", func(b *testing.B) {
			for b.Loop() {
				ansi.StringWidth(s)
			}
		})
	}
}
