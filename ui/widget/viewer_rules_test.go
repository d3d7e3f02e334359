package widget

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/itchyny/gojq"
	"pgregory.net/rapid"

	"hooktop/ui/text"
)

// jsonText generates a JSON text of any shape, with blanks and without two members
// of one name.
func jsonText(depth int) *rapid.Generator[string] {
	gap := rapid.SampledFrom([]string{"", "", " ", "\n", "\t \r\n", strings.Repeat(" ", 300)})
	str := rapid.OneOf(
		rapid.SampledFrom([]string{`""`, `"a"`, `"and"`, `"a b"`, `"\""`, `"\\"`, `"é\u00e9"`, `"日本"`, "\"\u0600\"", `"\u202e"`, "\"e\u0301\"", `"{[,:]}"`}),
		rapid.Map(rapid.StringN(0, 40, 400), quote),
		rapid.Map(rapid.IntRange(200, 700), func(n int) string { return quote(strings.Repeat("x", n)) }),
	)
	scalar := rapid.OneOf(str, rapid.SampledFrom([]string{"0", "-1.5e+10", "10126872918086418832", "true", "false", "null", strings.Repeat("9", 300)}))
	if depth == 0 {
		return scalar
	}
	return rapid.Custom(func(t *rapid.T) string {
		kind := rapid.IntRange(0, 2).Draw(t, "kind")
		if kind == 0 {
			return scalar.Draw(t, "scalar")
		}
		var b strings.Builder
		g := func() { b.WriteString(gap.Draw(t, "gap")) }
		n := rapid.IntRange(0, 4).Draw(t, "n")
		keys := map[string]bool{}
		b.WriteByte("[{"[kind-1])
		g()
		for i, first := 0, true; i < n; i++ {
			key := ""
			if kind == 2 {
				key = str.Draw(t, "key")
				if keys[unquote([]byte(key))] {
					continue
				}
				keys[unquote([]byte(key))] = true
			}
			if !first {
				b.WriteByte(',')
				g()
			}
			first = false
			if kind == 2 {
				b.WriteString(key)
				g()
				b.WriteByte(':')
				g()
			}
			b.WriteString(jsonText(depth-1).Draw(t, "value"))
			g()
		}
		b.WriteByte("]}"[kind-1])
		return b.String()
	})
}

func outlined(t interface{ Fatalf(string, ...any) }, raw string) *outline {
	o, why := outlineOf([]byte(raw), false)
	if why != PlainNo {
		t.Fatalf("not taken as JSON (%v): %q", why, raw)
	}
	return o
}

// rowsOf are all rows of a tree.
func rowsOf(o *outline, f folds) []spot {
	m := marks{flow: treeFlow{o, f}, raw: o.raw, sym: &plainTheme.Sym, width: 60, next: spot{off: o.root}}
	m.countAll(context.Background())
	out := make([]spot, m.rows)
	for i := range out {
		out[i] = m.spot(i)
	}
	return out
}

// TestOutlineRebuildsTheText walks over every value: bytes of keys and values, put
// together by depth alone, are the text without blanks.
func TestOutlineRebuildsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := jsonText(4).Draw(t, "json")
		o := outlined(t, raw)
		var b strings.Builder
		var open []byte
		first := true
		down := func(depth int) {
			for len(open) > depth {
				b.WriteByte(open[len(open)-1])
				open = open[:len(open)-1]
				first = false
			}
		}
		for _, s := range rowsOf(o, folds{open: allOpen - 1}) {
			down(s.depth)
			if !first {
				b.WriteByte(',')
			}
			m := o.member(s.off)
			if m.key != m.val {
				b.WriteString(raw[m.key:m.keyEnd] + ":")
			}
			part := raw[m.val:o.end(m.val)]
			if !json.Valid([]byte(part)) {
				t.Fatalf("the value at %d is %q", m.val, part)
			}
			var v any
			_ = json.Unmarshal([]byte(part), &v)
			if _, n := o.measure(m.val); o.box(m.val) && n != reflect.ValueOf(v).Len() {
				t.Fatalf("%q has %d values, not %d", part, reflect.ValueOf(v).Len(), n)
			}
			if o.box(m.val) && reflect.ValueOf(v).Len() > 0 {
				b.WriteByte(raw[m.val])
				open = append(open, raw[m.val]+2)
				first = true
				continue
			}
			var short bytes.Buffer
			_ = json.Compact(&short, []byte(part))
			b.WriteString(short.String())
			first = false
		}
		down(0)
		var want bytes.Buffer
		_ = json.Compact(&want, []byte(raw))
		if b.String() != want.String() {
			t.Fatalf("rebuilt\n%q\nwant\n%q", b.String(), want.String())
		}
	})
}

func TestPathYieldsTheValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := jsonText(4).Draw(t, "json")
		o := outlined(t, raw)
		for _, s := range rowsOf(o, folds{open: allOpen - 1}) {
			m := o.member(s.off)
			for _, off := range []int{m.key, m.val} {
				if node, links := o.way(off); node != m.val || len(links) != s.depth {
					t.Fatalf("the way to %d leads to %d, %d deep, want %d, %d deep", off, node, len(links), m.val, s.depth)
				}
			}
			path := o.path(m.val)
			query, err := gojq.Parse(path)
			if err != nil {
				t.Fatalf("jq does not take %q: %v", path, err)
			}
			d := json.NewDecoder(strings.NewReader(raw))
			d.UseNumber()
			var input, want any
			_ = d.Decode(&input)
			d = json.NewDecoder(strings.NewReader(raw[m.val:o.end(m.val)]))
			d.UseNumber()
			_ = d.Decode(&want)
			if got, _ := query.Run(input).Next(); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q yields %v, want %v", path, got, want)
			}
		}
	})
}

// TestViewerFits draws anything in any way at any size.
func TestViewerFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.Map(jsonText(3), func(s string) []byte { return []byte(s) }),
			rapid.SliceOf(rapid.Byte()), rapid.Map(rapid.String(), func(s string) []byte { return []byte("[" + s) })).Draw(t, "raw")
		v := NewViewer(viewerEnv(text.ES, rapid.Bool().Draw(t, "ascii")))
		all(v, v.Set("k", raw))
		keys := rapid.SampledFrom([]string{"v", "down", "pgdown", "G", "g", "enter", "left", "right", "-", "+", "up", "n", "find", "size"})
		for range rapid.IntRange(1, 12).Draw(t, "keys") {
			switch k := keys.Draw(t, "key"); k {
			case "find":
				all(v, v.search(rapid.SampledFrom([]string{"a", "x", "\"", "", "é"}).Draw(t, "query")))
			case "size":
				v.SetSize(rapid.IntRange(1, 90).Draw(t, "w"), rapid.IntRange(0, 20).Draw(t, "h"))
				all(v, v.Update(nil))
			default:
				pressTimed(v, k)
			}
			fits(t, v)
		}
	})
}

func fits(t *rapid.T, v *Viewer) {
	lines := strings.Split(v.View(), "\n")
	if len(lines) > max(v.height, 1) {
		t.Fatalf("%d lines in %d", len(lines), v.height)
	}
	for _, l := range lines {
		if w := ansi.StringWidth(l); w > v.width {
			t.Fatalf("%d columns in %d: %q", w, v.width, l)
		}
		plain := ansi.Strip(l)
		if text.Clean(plain) != plain && !strings.Contains(plain, "\u200d") {
			t.Fatalf("not clean: %q", plain)
		}
	}
	_, _ = v.Cursor(), v.Mode()
}

// TestFoldingKeepsTheCursor folds and unfolds at random: the cursor stays on its
// value or goes to one around it.
func TestFoldingKeepsTheCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := jsonText(4).Draw(t, "json")
		v := NewViewer(viewerEnv(text.EN, false))
		v.SetSize(rapid.IntRange(10, 60).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h"))
		all(v, v.Set("k", []byte(raw)))
		s := v.front()
		for range rapid.IntRange(1, 20).Draw(t, "keys") {
			before, _ := s.node()
			k := rapid.SampledFrom([]string{"enter", "left", "-", "+", "down", "pgdown", "up", "G", "cycle"}).Draw(t, "key")
			if k == "cycle" {
				for range viewModes {
					all(v, v.Cycle())
				}
			} else {
				pressTimed(v, k)
			}
			after, ok := s.node()
			same := after == before
			around := after <= before && s.outline.end(after) >= s.outline.end(before)
			switch k {
			case "enter", "+":
				if !same {
					t.Fatalf("%s went from %d to %d", k, before, after)
				}
			case "left", "-":
				if !around {
					t.Fatalf("%s went from %d to %d", k, before, after)
				}
			}
			if !ok || s.at < s.top || s.height > 0 && s.at >= s.top+s.height {
				t.Fatalf("%s: the cursor is on row %d, the screen begins at %d", k, s.at, s.top)
			}
		}
	})
}

// TestRowsHoldEveryByte: no view but the tree leaves out a byte that is not blank.
func TestRowsHoldEveryByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.Map(jsonText(3), func(s string) []byte { return []byte(s) })).Draw(t, "raw")
		width := rapid.IntRange(minFlow, 60).Draw(t, "width")
		for _, f := range []flow{rawFlow{raw}, prettyFlow{raw}, hexFlow{raw}} {
			seen := make([]bool, len(raw))
			for s, ok := (spot{}), true; ok; {
				p := pencil{raw: raw, sym: &plainTheme.Sym, width: width, draw: true}
				before := s
				if s, ok = f.row(s, &p); ok && s == before {
					t.Fatalf("%T stands still at %+v", f, s)
				}
				q := pencil{raw: raw, sym: &plainTheme.Sym, width: width}
				if walked, _ := f.row(before, &q); ok && walked != s {
					t.Fatalf("%T draws to %+v and counts to %+v", f, s, walked)
				}
				for _, k := range p.inks {
					for i := k.off; i >= 0 && i < k.end; i++ {
						seen[i] = true
					}
				}
			}
			for i, ok := range seen {
				if !ok && blank(raw, i) == i {
					t.Fatalf("%T leaves out byte %d, %q", f, i, raw[i])
				}
			}
		}
	})
}

func TestFindFindsWhatFoldsAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := []rune("aAbkK\u212asSſñÑéσςΣ1")
		raw := string(rapid.SliceOf(rapid.SampledFrom(letters)).Draw(t, "raw"))
		query := string(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 3).Draw(t, "query"))
		hits, more := findAll(context.Background(), []byte(raw), query)
		n := utf8.RuneCountInString(query)
		rest, offset, i := []rune(raw), 0, 0
		for len(rest) >= n {
			if part := string(rest[:n]); strings.EqualFold(part, query) {
				if i >= len(hits) || int(hits[i].start) != offset || int(hits[i].end) != offset+len(part) {
					t.Fatalf("match %d of %q in %q at %d: %v", i, query, raw, offset, hits)
				}
				i, offset, rest = i+1, offset+len(part), rest[n:]
				continue
			}
			offset += utf8.RuneLen(rest[0])
			rest = rest[1:]
		}
		if i != len(hits) || more {
			t.Fatalf("%d matches of %q in %q, want %d", len(hits), query, raw, i)
		}
	})
}

// TestLoneLettersAreWhatTheTerminalDraws holds the short cut for common letters
// against the rules it cuts short.
func TestLoneLettersAreWhatTheTerminalDraws(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		w := lone(r)
		if w == 0 {
			continue
		}
		s := string(r)
		if ansi.StringWidth(s) != w || text.Clean(s) != s || unicode.Is(unicode.M, r) {
			t.Fatalf("%U: %d columns, clean %q, want %d columns", r, ansi.StringWidth(s), text.Clean(s), w)
		}
		for _, before := range []string{"a", "é", "日", "한"} {
			if g, _ := ansi.FirstGraphemeCluster(before+s, ansi.GraphemeWidth); g != before {
				t.Fatalf("%U joins %q", r, before)
			}
		}
	}
}

func FuzzOutline(f *testing.F) {
	for _, s := range []string{call, "[]", "[1,]", `{"a":}`, "1 2", "\"\\u12\"", "[[[", `{"a":1,}`, "-", "tru"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, why := outlineOf(raw, false)
		if got, want := why == PlainNo, json.Valid(raw); got != want && depth(raw) < 10_000 {
			t.Fatalf("taken as JSON: %v, want %v: %q", got, want, raw)
		}
		if o != nil {
			rowsOf(o, folds{open: allOpen})
		}
	})
}
