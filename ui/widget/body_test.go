package widget

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/theme"
)

var plainTheme = theme.New(theme.Mono, true, false)

func shown(raw []byte, mode BodyMode, width, height int) string {
	b := NewBody(mode)
	b.SetSize(width, height)
	if cmd := b.SetBytes(raw); cmd != nil {
		b.Update(cmd())
	}
	return ansi.Strip(b.View(plainTheme))
}

func TestBodyShowsExactBytesUnlessAskedToIndent(t *testing.T) {
	raw := []byte("{\"b\": 10126872918086418832,  \"a\":[1,2],\"b\":1.0e400}\n")
	if got := shown(raw, BodyExact, 80, 10); got != strings.TrimSuffix(string(raw), "\n") {
		t.Errorf("exact: %q", got)
	}
	want := "{\n  \"b\": 10126872918086418832,\n  \"a\": [1, 2],\n  \"b\": 1.0e400\n}"
	if got := shown(raw, BodyPretty, 80, 10); got != want {
		t.Errorf("pretty:\n%s\nwant\n%s", got, want)
	}
}

func TestBodySaysWhyItDoesNotIndent(t *testing.T) {
	for name, c := range map[string]struct {
		raw  []byte
		want PlainReason
	}{
		"json":      {[]byte(`{"a":1}`), PlainNo},
		"text":      {[]byte("ok"), PlainNotJSON},
		"cut short": {[]byte(`{"a":`), PlainNotJSON},
		"deep":      {nested(PrettyDepth + 1), PlainTooDeep},
		"very deep": {nested(100_000), PlainTooDeep},
		"large":     {[]byte(`["` + strings.Repeat("x", PrettyBytes) + `"]`), PlainTooLarge},
	} {
		b := NewBody(BodyPretty)
		b.SetSize(80, 10)
		if cmd := b.SetBytes(c.raw); cmd != nil {
			b.Update(cmd())
		}
		if b.Why() != c.want {
			t.Errorf("%s: why is %v, want %v", name, b.Why(), c.want)
		}
	}
}

func TestBodyWrapsWithoutLosingAnything(t *testing.T) {
	for name, raw := range map[string]string{
		"one line":  strings.Repeat("0123456789", 5000),
		"wide":      strings.Repeat("日本語テキスト", 4000),
		"combining": strings.Repeat("e\u0301a", 9000),
		"json":      `{"k":"` + strings.Repeat("añ🙂", 7000) + `"}`,
	} {
		for _, width := range []int{1, 7, 40, 80} {
			d := layout([]byte(raw), BodyExact, width)
			var b strings.Builder
			for i := range d.rows {
				s := d.slice(i)
				if w := ansi.StringWidth(s); w > max(width, 2) {
					t.Fatalf("%s: row %d is %d wide, want %d", name, i, w, width)
				}
				b.WriteString(s)
			}
			if b.String() != raw {
				t.Errorf("%s at width %d: text changed (%d bytes, want %d)", name, width, b.Len(), len(raw))
			}
		}
	}
}

func TestBodyGoesOnIndentedAndBreaksWhereItReadsWell(t *testing.T) {
	raw := []byte(`{"summary": "The customer asks for an invoice, and gets it today"}`)
	want := "{\"summary\": \"The customer \n  asks for an invoice, and \n  gets it today\"}"
	if got := shown(raw, BodyExact, 28, 10); got != want {
		t.Errorf("drawn\n%s\nwant\n%s", got, want)
	}
	if got, want := shown([]byte("abcdefghijklmnopqrstuvwxyz"), BodyExact, 12, 9), "abcdefghijkl\n  mnopqrstuv\n  wxyz"; got != want {
		t.Errorf("a word alone: %q, want %q", got, want)
	}
	if got, want := shown([]byte("a bcdefghijklmnop"), BodyExact, 12, 9), "a bcdefghijk\n  lmnop"; got != want {
		t.Errorf("a blank far from the edge: %q, want %q", got, want)
	}
	th := theme.New(theme.Dark, true, false)
	d := layout([]byte(`{"k":"one two three four five six"}`), BodyExact, 16)
	for i := 1; i < len(d.rows)-1; i++ {
		if s := d.slice(i); d.draw(th, i) != th.JSONString.Render(s) {
			t.Errorf("row %d %q is not drawn as a string", i, s)
		}
	}
}

func TestBodyMarksWhatCouldDraw(t *testing.T) {
	raw := []byte("\x1b[31mred\x1b]52;c;aGk=\x07\r\nnext\u202eevil\u0085\x9b2J\xff\x00\t|")
	for _, mode := range []BodyMode{BodyExact, BodyPretty} {
		b := NewBody(mode)
		b.Frame = true
		b.SetSize(200, 10)
		b.SetBytes(raw)
		got := b.View(theme.New(theme.Mono, true, false))
		plain := ansi.Strip(got)
		for _, bad := range []string{"\x1b[31m", "\x1b]", "\a", "\r", "\u202e", "\u0085", "\u009b", "\x00", "\t"} {
			if strings.Contains(got, bad) {
				t.Errorf("mode %v lets %q through", mode, bad)
			}
		}
		for _, mark := range []string{"␛[31mred", "␍", "⟦U+202E⟧", "⟦U+0085⟧", `\x9B2J\xFF␀`} {
			if !strings.Contains(plain, mark) {
				t.Errorf("mode %v lacks the mark %q:\n%s", mode, mark, plain)
			}
		}
		for _, l := range strings.Split(plain, "\n") {
			if !strings.HasPrefix(l, "│ ") {
				t.Errorf("line outside the frame: %q", l)
			}
		}
	}
}

func TestBodyColoursKeysAndStringsAcrossRows(t *testing.T) {
	th := theme.New(theme.Dark, true, false)
	key := strings.Repeat("k", 30)
	d := layout([]byte(`{"`+key+`":"`+strings.Repeat("v", 30)+`"}`), BodyExact, 10)
	for i := range d.rows {
		s := d.slice(i)
		got := d.draw(th, i)
		switch {
		case strings.Trim(s, "k") == "":
			if got != th.JSONKey.Render(s) {
				t.Errorf("row %d %q is not drawn as a key", i, s)
			}
		case strings.Trim(s, "v") == "":
			if got != th.JSONString.Render(s) {
				t.Errorf("row %d %q is not drawn as a string", i, s)
			}
		}
		if ansi.Strip(got) != s {
			t.Errorf("row %d: colours changed the text %q", i, s)
		}
	}
}

func TestBodyLaysBigOnesOutInACommand(t *testing.T) {
	b := NewBody(BodyExact)
	b.SetSize(40, 5)
	cmd := b.SetBytes(hugeLine())
	if cmd == nil {
		t.Fatal("10 MB were laid out within Update")
	}
	if first := ansi.Strip(b.View(plainTheme)); !strings.HasPrefix(first, "[") {
		t.Errorf("nothing is shown meanwhile: %q", first)
	}
	stale := cmd()
	next := b.SetBytes([]byte("new"))
	b.Update(stale)
	if got := ansi.Strip(b.View(plainTheme)); got != "new" || next != nil {
		t.Errorf("a stale layout was taken: %q", got)
	}
}

func TestBodyStaysWithinItsBounds(t *testing.T) {
	b := NewBody(BodyExact)
	b.SetBytes([]byte(strings.Repeat("line\n", 50)))
	for _, size := range [][2]int{{1, 1}, {0, 0}, {80, 10}, {3, 100}} {
		b.SetSize(size[0], size[1])
		for _, move := range []func(){b.Home, b.End, func() { b.Page(3) }, func() { b.ScrollBy(-1000) }, func() { b.ScrollBy(1000) }} {
			move()
			first, last, total := b.Span()
			if first < 0 || last > total || (size[1] > 0 && first > last) {
				t.Fatalf("at %v: rows %d-%d of %d", size, first, last, total)
			}
			_ = b.View(plainTheme)
		}
	}
}

func TestBodyKeepsItsPromiseOfSpeed(t *testing.T) {
	for name, raw := range map[string][]byte{
		"10 MB line": hugeLine(), "100k deep": nested(100_000), "500k lines": bytes.Repeat([]byte("{\"a\": 1}\n"), 500_000),
	} {
		b := NewBody(BodyPretty)
		b.SetSize(120, 40)
		start := time.Now()
		cmd := b.SetBytes(raw)
		_ = b.View(plainTheme)
		if took := time.Since(start); took > 200*time.Millisecond {
			t.Errorf("%s: the first frame took %v", name, took)
		}
		start = time.Now()
		b.Update(cmd())
		laid := time.Since(start)
		start = time.Now()
		for range 20 {
			b.Page(1)
			_ = b.View(plainTheme)
		}
		b.End()
		_ = b.View(plainTheme)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: 21 frames took %v", name, took)
		}
		_, _, total := b.Span()
		t.Logf("%s: laid out in %v, %d rows", name, laid, total)
	}
}

func nested(n int) []byte {
	return []byte(strings.Repeat("[", n) + strings.Repeat("]", n))
}

func hugeLine() []byte {
	var b bytes.Buffer
	b.WriteByte('[')
	for i := 0; b.Len() < 10<<20; i++ {
		fmt.Fprintf(&b, `{"id":"%020d","name":"José Núñez","score":%d},`, i, i)
	}
	b.WriteString("0]")
	return b.Bytes()
}

func BenchmarkBody(b *testing.B) {
	for name, raw := range map[string][]byte{
		"10MBLine": hugeLine(), "100kDeep": nested(100_000), "500kLines": bytes.Repeat([]byte("{\"a\": 1}\n"), 500_000),
	} {
		b.Run(name+"/layout", func(b *testing.B) {
			for b.Loop() {
				layout(raw, BodyPretty, 120)
			}
		})
		b.Run(name+"/frame", func(b *testing.B) {
			w := NewBody(BodyPretty)
			w.SetSize(120, 40)
			w.Update(w.SetBytes(raw)())
			for b.Loop() {
				w.ScrollBy(1)
				_ = w.View(plainTheme)
			}
		})
	}
}

func FuzzBodyLayout(f *testing.F) {
	f.Add([]byte(`{"a":"b\"c","d":[1,2]}`), 7)
	f.Add([]byte("\x1b[2J\u202e\xff\"\\"), 1)
	f.Fuzz(func(t *testing.T, raw []byte, width int) {
		width = 1 + (width&0x7f)%100
		for _, mode := range []BodyMode{BodyExact, BodyPretty} {
			d := layout(raw, mode, width)
			for i := range d.rows {
				s := d.draw(plainTheme, i)
				if strings.ContainsAny(ansi.Strip(s), "\x00\x07\r\x7f\u202e\u0085") {
					t.Errorf("row %d holds a control: %q", i, s)
				}
			}
		}
	})
}
