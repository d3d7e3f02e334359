package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what untrusted text may ask of a terminal.
const (
	MaxLine  = 16384 // characters of one cleaned line, its mark included
	maxMarks = 8     // combining characters on one base
)

// Clean makes untrusted text safe to print on one line: no control, no escape
// sequence, no change of direction, nothing invisible. What it takes away leaves a
// visible mark, so that nothing is forged and nothing is hidden:
//
//	C0 controls and DEL  control pictures, ␛ ␊ ␍ ␡; a tab is four spaces
//	C1, format characters (bidi, zero width), line and paragraph separators  ⟦U+202E⟧
//	invalid UTF-8        \xNN
//	combining characters from the ninth on one base, and what a line has beyond MaxLine  ⟦+12⟧
//
// Emoji of several characters fall into their parts, without joiners, selectors and
// tones, and the vowel AM of Thai and Lao into its two: terminals and libraries measure
// those differently, and what follows on the row would be shifted. The result is valid
// UTF-8, and cleaning it again changes nothing.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	c := cleaner{}
	c.out.Grow(min(len(s), MaxLine) + 16)
	c.line(s)
	return c.out.String()
}

// CleanLines cleans every line of s. There is one more line than line feeds.
func CleanLines(s string) []string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Clean(l)
	}
	return lines
}

// CleanBlock is Clean for text of several lines: line feeds stay.
func CleanBlock(s string) string { return strings.Join(CleanLines(s), "\n") }

// plain reports short printable ASCII, which most text is.
func plain(s string) bool {
	if len(s) > MaxLine {
		return false
	}
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// cleaner builds one clean line.
type cleaner struct {
	out     strings.Builder
	n       int  // characters written
	base    rune // the last character written that is neither joiner nor mark; 0: none
	marks   int  // combining characters on base
	dress   int  // characters left out that dress base
	dropped int  // combining characters left out on base
	cut     int  // bytes of out that leave room for the mark of a cut; 0: not reached
	after   int  // characters written beyond cut
}

// cutRoom is what the mark of a cut line may take: brackets, plus and 12 digits.
const cutRoom = 16

func (c *cleaner) line(s string) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		switch {
		case r == utf8.RuneError && size == 1:
			c.visible(fmt.Sprintf(`\x%02X`, s[i]))
		case r == '\t':
			c.visible("    ")
		case r < 0x20:
			c.visible(string(0x2400 + r))
		case r == 0x7f:
			c.visible("␡")
		case c.dresses(r, next): // left out
		case c.dress > 0 && (r == textSelector || r == emojSelector || r >= lightest && r <= darkest):
			c.visible(fmt.Sprintf("⟦U+%04X⟧", r))
		case unicode.Is(unicode.M, r):
			c.mark(r)
		case r == thaiAM || r == laoAM:
			c.mark(r + 0x1a) // NIKHAHIT, NIGGAHITA
			c.visible(string(r - 1))
		case !printable(r):
			c.visible(fmt.Sprintf("⟦U+%04X⟧", r))
		default:
			c.endMarks()
			c.put(string(r))
			c.base, c.marks, c.dress = r, 0, 0
		}
		i += size
	}
	c.endMarks()
	c.end()
}

// visible writes a mark of ours as an ordinary base.
func (c *cleaner) visible(s string) {
	c.endMarks()
	c.put(s)
	c.base, c.marks, c.dress = ' ', 0, 0
}

// mark writes a combining character; one without a base gets a dotted circle, so
// that it cannot sit on what we draw before it.
func (c *cleaner) mark(r rune) {
	switch {
	case c.base == 0:
		c.put("◌")
		c.base = '◌'
		fallthrough
	case c.marks < maxMarks:
		c.put(string(r))
		c.marks++
	default:
		c.dropped++
	}
}

func (c *cleaner) endMarks() {
	if c.dropped == 0 {
		return
	}
	s := fmt.Sprintf("⟦+%d⟧", c.dropped)
	c.dropped = 0
	c.put(s)
	c.base, c.marks, c.dress = ' ', 0, 0
}

func (c *cleaner) put(s string) {
	n := utf8.RuneCountInString(s)
	if c.cut == 0 && c.n+n > MaxLine-cutRoom {
		c.cut = c.out.Len()
	}
	if c.cut > 0 {
		c.after += n
	}
	c.n += n
	if c.n <= MaxLine { // beyond, only the count goes on
		c.out.WriteString(s)
	}
}

// end cuts a line that is too long.
func (c *cleaner) end() {
	if c.n <= MaxLine {
		return
	}
	kept := c.out.String()[:c.cut]
	c.out.Reset()
	fmt.Fprintf(&c.out, "%s⟦+%d⟧", kept, c.after)
}

// What emoji of several characters are made of beside their parts, and the vowels.
const (
	joiner       = '\u200d'
	textSelector = '\ufe0e'
	emojSelector = '\ufe0f'
	keycap       = '\u20e3'
	lightest     = '\U0001f3fb'
	darkest      = '\U0001f3ff'
	thaiAM       = '\u0e33'
	laoAM        = '\u0eb3'
)

// dresses reports a character that only changes how the emoji before it looks. More
// than two of them on one are no emoji.
func (c *cleaner) dresses(r, next rune) bool {
	digit := c.base == '#' || c.base == '*' || c.base >= '0' && c.base <= '9'
	if !digit && !emoji(c.base) || c.marks > 0 || c.dropped > 0 || c.dress == 2 {
		return false
	}
	switch {
	case r == joiner && emoji(c.base) && emoji(next), r == textSelector, r == emojSelector, r == keycap && digit,
		r >= lightest && r <= darkest && !digit:
		c.dress++
		return true
	}
	return false
}

// printable reports what Unicode calls graphic, but for the letters that show
// nothing; private use (icon fonts); and pictographs newer than our tables.
func printable(r rune) bool {
	switch r {
	case 0x115f, 0x1160, 0x3164, 0xffa0: // Hangul fillers
		return false
	}
	return unicode.IsGraphic(r) || unicode.Is(unicode.Co, r) || (r >= 0x1f000 && r <= 0x1faff)
}

// emoji reports the blocks that emoji sequences are made of.
func emoji(r rune) bool {
	switch {
	case r >= 0x1f000 && r <= 0x1faff, r >= 0x2600 && r <= 0x27bf, r >= 0x2190 && r <= 0x21ff, r >= 0x2b00 && r <= 0x2bff:
		return true
	}
	return false
}
