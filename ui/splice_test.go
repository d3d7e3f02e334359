package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSpliceKeepsColumns(t *testing.T) {
	for _, under := range []string{"", "abc", "0123456789abcdef", strings.Repeat("漢字", 4), "\x1b[31m" + strings.Repeat("漢", 8) + "\x1b[m", "a" + strings.Repeat("漢", 7) + "b"} {
		for x := range 12 {
			got := splice(under, "[\x1b[1mé\x1b[m]", x)
			if w, want := ansi.StringWidth(got), max(ansi.StringWidth(under), x+3); w != want {
				t.Errorf("%q at %d: %q is %d wide, want %d", under, x, got, w, want)
			}
			if part := ansi.Strip(ansi.Cut(got, x, x+3)); part != "[é]" {
				t.Errorf("%q at %d: %q has %q in place", under, x, got, part)
			}
		}
	}
}
