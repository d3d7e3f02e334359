package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"plain", "José Núñez · 14:59 ✓ 漢字", "José Núñez · 14:59 ✓ 漢字"},
		{"SGR", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"OSC 52", "\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"},
		{"OSC 8", "\x1b]8;;http://x\x1b\\a", "␛]8;;http://x␛\\a"},
		{"carriage return", "FAIL\rOK", "FAIL␍OK"},
		{"line feed", "a\nb", "a␊b"},
		{"backspace", "ab\b\b", "ab␈␈"},
		{"NUL", "a\x00b", "a␀b"},
		{"tab", "a\tb", "a    b"},
		{"DEL", "a\x7f", "a␡"},
		{"C1 as UTF-8", "\u009d52;c;x\u009c", "⟦U+009D⟧52;c;x⟦U+009C⟧"},
		{"C1 as a byte", "\x9b31m", `\x9B31m`},
		{"NEL", "a\u0085b", "a⟦U+0085⟧b"},
		{"separators", "a\u2028b\u2029", "a⟦U+2028⟧b⟦U+2029⟧"},
		{"bidi override", "abc\u202etxt.exe", "abc⟦U+202E⟧txt.exe"},
		{"bidi isolate", "\u2066a\u2069", "⟦U+2066⟧a⟦U+2069⟧"},
		{"zero width", "a\u200bb\ufeff", "a⟦U+200B⟧b⟦U+FEFF⟧"},
		{"soft hyphen", "a\u00adb", "a⟦U+00AD⟧b"},
		{"tag characters", "\U000e0041", "⟦U+E0041⟧"},
		{"filler letters", "\u3164\uffa0", "⟦U+3164⟧⟦U+FFA0⟧"},
		{"noncharacter", "\uffff", "⟦U+FFFF⟧"},
		{"invalid", "a\xff\xc3(", `a\xFF\xC3(`},
		{"surrogate bytes", "\xed\xa0\x80", `\xED\xA0\x80`},
		{"replacement character", "\ufffd", "\ufffd"},
		{"family", "👩\u200d👩\u200d👧", "👩👩👧"},
		{"with selector and tone", "🏳\ufe0f\u200d🌈 👩🏽\u200d🚒", "🏳🌈 👩🚒"},
		{"keycap", "1\ufe0f\u20e3 #\u20e3", "1 #"},
		{"many selectors", "❤\ufe0f\ufe0f\ufe0f", "❤⟦U+FE0F⟧"},
		{"many tones", "👍🏽🏽🏽", "👍⟦U+1F3FD⟧"},
		{"Thai and Lao AM", "นำ ນຳ", "นํา ນໍາ"},
		{"joiner elsewhere", "a\u200db", "a⟦U+200D⟧b"},
		{"joiner at the end", "👩\u200d", "👩⟦U+200D⟧"},
		{"two joiners", "👩\u200d\u200d👧", "👩⟦U+200D⟧⟦U+200D⟧👧"},
		{"eight marks", "a" + strings.Repeat("\u0301", 8), "a" + strings.Repeat("\u0301", 8)},
		{"many marks", "a" + strings.Repeat("\u0301", 20) + "b", "a" + strings.Repeat("\u0301", 8) + "⟦+12⟧b"},
		{"mark without base", "\u0301a", "◌\u0301a"},
	}
	for _, c := range cases {
		got := Clean(c.in)
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if again := Clean(got); again != got {
			t.Errorf("%s: cleaned twice %q", c.name, again)
		}
	}
}

func TestCleanLinesKeepsLineFeedsOnly(t *testing.T) {
	got := CleanLines("a\r\n\tb\n\n\x1bc")
	want := []string{"a␍", "    b", "", "␛c"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q", got)
	}
	if got := CleanBlock("a\n\x07\n"); got != "a\n␇\n" {
		t.Errorf("%q", got)
	}
}

func TestCleanCutsLongLines(t *testing.T) {
	whole := strings.Repeat("ñ", MaxLine)
	if Clean(whole) != whole {
		t.Error("a line of exactly the limit was cut")
	}
	for _, in := range []string{strings.Repeat("x", MaxLine+1), strings.Repeat("\x1b", 10<<20), strings.Repeat("👩\u200d", MaxLine), strings.Repeat("\u0301", MaxLine*2)} {
		got := Clean(in)
		if n := utf8.RuneCountInString(got); n > MaxLine {
			t.Errorf("%d characters", n)
		}
		if !strings.HasSuffix(got, "⟧") {
			t.Errorf("cut without a mark: %q", got[len(got)-20:])
		}
		if Clean(got) != got {
			t.Error("not stable")
		}
	}
	if got := Clean(strings.Repeat("x", MaxLine+84)); !strings.HasSuffix(got, "x⟦+100⟧") {
		t.Errorf("%q does not say how much is missing", got[len(got)-20:])
	}
}

// wantSafe is the promise of Clean, whatever came in.
func wantSafe(t *testing.T, in, got string) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Errorf("%q: not UTF-8: %q", in, got)
	}
	marks := 0
	for _, r := range got {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			t.Errorf("%q: %U in %q", in, r, got)
		case unicode.Is(unicode.Cf, r):
			t.Errorf("%q: %U in %q", in, r, got)
		}
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if marks > maxMarks {
			t.Errorf("%q: %d marks in a row", in, marks)
		}
	}
	if again := Clean(got); again != got {
		t.Errorf("%q: cleaned %q, twice %q", in, got, again)
	}
}

func TestCleanEveryCharacter(t *testing.T) {
	for r := rune(0); r < 0xe1000; r++ {
		if r == 0x32000 { // nothing is assigned from here to the tags
			r = 0xe0000
		}
		in := fmt.Sprintf("a%cb", r)
		if got := Clean(in); unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || !utf8.ValidString(got) {
			wantSafe(t, in, got)
		}
	}
	for b := range 256 {
		in := "a" + string([]byte{byte(b)}) + "b"
		wantSafe(t, in, Clean(in))
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"\x1b]52;c;x\x07", "a\u202eb", "👩\u200d👧\u200d", "\xc2", "a\u0301\u0301", "⟦+3⟧\u0301\u200d🌈", "\t\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		wantSafe(t, s, Clean(s))
		for _, line := range strings.Split(CleanBlock(s), "\n") {
			wantSafe(t, s, line)
		}
	})
}
