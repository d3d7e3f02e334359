package widget

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/uitest"
)

func typed(f *Field, s string) {
	f.Focus()
	for _, r := range s {
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func draw(f *Field, width int) string { return ansi.Strip(f.View(plainTheme, width)) }

func TestFieldCursorStandsWhereTheNextCharacterGoes(t *testing.T) {
	for _, s := range []string{"", "abc", "日本語", "e\u0301e\u0301", strings.Repeat("x", 100), strings.Repeat("語", 50)} {
		f := NewField()
		typed(f, s)
		for _, width := range []int{3, 10, 40} {
			got := draw(f, width)
			if w := ansi.StringWidth(got); w != width {
				t.Errorf("%q in %d cells is %d wide: %q", s, width, w, got)
			}
			x := f.CursorX(width)
			if x < 1 || x > width-1 {
				t.Errorf("%q in %d cells: cursor at %d", s, width, x)
			}
			if before := strings.TrimPrefix(ansi.Cut(got, 0, x), "["); !strings.HasSuffix(s, strings.TrimLeft(before, " ")) {
				t.Errorf("%q in %d cells: %q before the cursor", s, width, before)
			}
		}
	}
}

func TestFieldMasksUntilRevealed(t *testing.T) {
	f := NewField()
	f.Masked, f.Veil = true, "Bearer ********3f9a"
	typed(f, "Bearer secret-3f9a")
	if got := draw(f, 40); strings.Contains(got, "secret") || !strings.Contains(got, "[******************") {
		t.Errorf("while typing: %q", got)
	}
	f.Reveal(true)
	if got := draw(f, 40); !strings.Contains(got, "Bearer secret-3f9a") {
		t.Errorf("revealed: %q", got)
	}
	f.Blur()
	if got := draw(f, 40); !strings.Contains(got, f.Veil) || strings.Contains(got, "secret") {
		t.Errorf("without the focus: %q", got)
	}
}

func TestFieldPaste(t *testing.T) {
	for _, c := range []struct {
		paste, want   string
		trim, refused bool
	}{
		{"  https://a.test/x\n", "https://a.test/x", true, false},
		{"token\r\n", "token", false, false},
		{" token ", " token ", false, false},
		{"a\nb", "", false, true},
		{"a\x00b", "", false, true},
		{"a\x1b[2Jb", "", false, true},
		{"a\tb", "", false, true},
	} {
		f := NewField()
		f.Trim = c.trim
		f.Focus()
		_, refused := f.Update(tea.PasteMsg{Content: c.paste})
		if f.Value() != c.want || refused != c.refused {
			t.Errorf("paste %q: value %q refused %v, want %q %v", c.paste, f.Value(), refused, c.want, c.refused)
		}
	}
}

func TestFieldShowsDeceptiveCharacters(t *testing.T) {
	f := NewField()
	f.SetValue("https://a\u202egro.test/")
	if got := draw(f, 60); strings.ContainsRune(got, '\u202e') || !strings.Contains(got, "⟦U+202E⟧") {
		t.Errorf("%q", got)
	}
}

func TestFieldKeysThatWouldBlockAreOff(t *testing.T) {
	f := NewField()
	typed(f, "a")
	if changed, _ := f.Update(uitest.Key("ctrl+v")); changed || f.Value() != "a" {
		t.Errorf("ctrl+v changed the text to %q", f.Value())
	}
}
