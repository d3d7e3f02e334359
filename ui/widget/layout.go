package widget

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/tidwall/gjson"
	"github.com/tidwall/pretty"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Bounds of what is indented; beyond them the exact bytes are shown.
const (
	PrettyBytes = 1 << 20
	PrettyDepth = 100
	// colourDepth bounds the nesting that is checked for being JSON at all.
	colourDepth = 10_000
)

// PlainReason is why a body is not shown as indented JSON.
type PlainReason int

const (
	PlainNo PlainReason = iota
	PlainNotJSON
	PlainTooLarge
	PlainTooDeep
)

// class is what a row begins inside of.
type class uint8

const (
	classNone class = iota
	classKey
	classString
)

// bodyRow is one line of the screen: where its text begins in doc.text.
type bodyRow struct {
	off   int
	class class
	more  bool // it goes on with the line above
}

// indent is what stands before a row that goes on with the line above, where rows
// are wide enough for it.
const indent, indentFrom = "  ", 12

// doc is a body laid out for one width: clean text and the rows it wraps into.
type doc struct {
	text    string
	rows    []bodyRow
	json    bool
	partial bool
	why     PlainReason
}

// layout is pure: it may run anywhere.
func layout(raw []byte, mode BodyMode, width int) doc {
	var d doc
	deep := depth(raw)
	d.json = deep > 0 && deep <= colourDepth && gjson.ValidBytes(raw)
	switch {
	case !d.json && deep <= colourDepth:
		d.why = PlainNotJSON
	case len(raw) > PrettyBytes:
		d.why = PlainTooLarge
	case deep > PrettyDepth:
		d.why = PlainTooDeep
	case mode == BodyPretty:
		raw = pretty.PrettyOptions(raw, &pretty.Options{Width: 60, Indent: "  "})
	}
	d.text = CleanBody(raw)
	d.rows = wrap(d.text, width, d.json)
	return d
}

// chunk bounds what is cleaned at a time: even if every byte becomes a mark, the
// result stays within text.MaxLine, so that nothing of a long line is cut away.
const chunk = text.MaxLine / 8

// CleanBody makes every line of a body safe, however long it is, without the line feed
// at its end.
func CleanBody(raw []byte) string {
	raw = bytes.TrimSuffix(raw, []byte("\n"))
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for len(raw) > 0 {
		n := bytes.IndexByte(raw, '\n')
		switch {
		case n == 0:
			b.WriteByte('\n')
			raw = raw[1:]
			continue
		case n < 0:
			n = len(raw)
		}
		if n > chunk {
			n = cutAt(raw, chunk)
		}
		b.WriteString(text.Clean(string(raw[:n])))
		raw = raw[n:]
	}
	return b.String()
}

// cutAt is the last place before limit between two ASCII characters, so that no
// character is parted from its marks; without one near, where a character begins.
func cutAt(raw []byte, limit int) int {
	for n := limit; n > limit-256; n-- {
		if raw[n-1] < utf8.RuneSelf && raw[n] < utf8.RuneSelf {
			return n
		}
	}
	for n := limit; n > limit-utf8.UTFMax; n-- {
		if utf8.RuneStart(raw[n]) {
			return n
		}
	}
	return limit
}

// depth is the deepest nesting of brackets outside strings; 0: none.
func depth(raw []byte) int {
	deepest, n, inString := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			n++
			deepest = max(deepest, n)
		case c == '}' || c == ']':
			n--
		}
	}
	return deepest
}

// wrap cuts clean text into rows of at most width cells: at line breaks, behind a
// blank or a sign in the last third of a row, else at its edge. A row remembers the
// JSON string it begins inside of, so that it can be coloured without reading what
// comes before.
func wrap(s string, width int, json bool) []bodyRow {
	rows := make([]bodyRow, 1, 1+strings.Count(s, "\n")+len(s)/width)
	hang := 0
	if width >= indentFrom {
		hang = len(indent)
	}
	var end int // of the JSON string that i is in
	var in class
	var good bodyRow // the row that would begin behind the newest sign, and
	rest := 0        // where in this row that is; 0: there is none
	cells := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c == '\n' {
			i++
			rows = append(rows, bodyRow{off: i})
			cells, rest = 0, 0
			continue
		}
		n, w := 1, 1
		if c >= 0x80 {
			var g string
			g, w = ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
			n = max(len(g), 1)
		}
		if cells+w > width && cells > 0 {
			if rest*3 < width*2 {
				good, rest = rowAt(i, end, in), cells
			}
			rows = append(rows, good)
			cells, rest = hang+cells-rest, 0
		}
		if json && c == '"' && i >= end {
			end, in = scanString(s, i)
		}
		cells += w
		i += n
		if strings.IndexByte(" ,;/?&|)]}", c) >= 0 {
			good, rest = rowAt(i, end, in), cells
		}
	}
	return rows
}

// rowAt is a row that goes on at off, within the JSON string up to end.
func rowAt(off, end int, in class) bodyRow {
	r := bodyRow{off: off, more: true}
	if off < end {
		r.class = in
	}
	return r
}

// scanString finds the end of the JSON string that begins at i, and whether it is a key.
func scanString(s string, i int) (end int, c class) {
	for end = i + 1; end < len(s) && s[end] != '"' && s[end] != '\n'; end++ {
		if s[end] == '\\' {
			end++
		}
	}
	end = min(end+1, len(s))
	for j := end; j < len(s); j++ {
		switch s[j] {
		case ' ', '\n', '\t':
			continue
		case ':':
			return end, classKey
		}
		break
	}
	return end, classString
}

// slice is the text of row i.
func (d *doc) slice(i int) string {
	end := len(d.text)
	if i+1 < len(d.rows) {
		end = d.rows[i+1].off
	}
	return strings.TrimSuffix(d.text[d.rows[i].off:end], "\n")
}

// draw is row i in the colours of the theme.
func (d *doc) draw(th *theme.Theme, i int) string {
	s := d.slice(i)
	if !d.json {
		return th.Text.Render(s)
	}
	var b strings.Builder
	next := classString
	if i+1 < len(d.rows) && d.rows[i+1].class != classNone {
		next = d.rows[i+1].class
	}
	pos := 0
	if c := d.rows[i].class; c != classNone {
		pos = stringEnd(s, 0)
		b.WriteString(styleOf(th, c).Render(s[:pos]))
	}
	for pos < len(s) {
		pos = drawToken(&b, th, s, pos, next)
	}
	return b.String()
}
