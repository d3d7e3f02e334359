package text

import "github.com/charmbracelet/x/ansi"

// Width is the number of columns that a text takes on a terminal, as ansi.StringWidth
// tells it: graphemes, of which some take two, and sequences that take none. Nearly
// all that is drawn are runes of one column that join with nothing, and colours: those
// need only be counted and left out.
func Width(s string) int {
	n, colour := 0, false
	for i, r := range s {
		switch {
		case colour && r == 'm':
			colour = false
		case colour && (r >= '0' && r <= ';' || r == '[' && s[i-1] == '\x1b'):
		case colour:
			return ansi.StringWidth(s) // another sequence
		case r == '\x1b' && i+1 < len(s) && s[i+1] == '[':
			colour = true
		case !single(r):
			return ansi.StringWidth(s)
		default:
			n++
		}
	}
	if colour {
		return ansi.StringWidth(s)
	}
	return n
}

// single reports that a rune takes one column whatever stands beside it: ASCII, the
// accented letters of Latin, box drawings and blocks, and our own symbols.
func single(r rune) bool {
	switch {
	case r >= ' ' && r <= '~', r >= 0xC0 && r <= 0x24F, r >= 0x2500 && r <= 0x259F:
		return true
	}
	switch r {
	case '·', '«', '»', '¿', '¡', '…', '✓', '✗', '●', '○', '■', '‖', '▲', '▸', '▾':
		return true
	}
	return false
}

// Cut cuts a line, colours and all, to a width; most lines need no cutting.
func Cut(line string, width int) string {
	if Width(line) <= width {
		return line
	}
	return ansi.Truncate(line, width, "")
}
