package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// told is a diff as a person reads it.
func told(d Diff) string {
	var out []string
	for _, t := range d.Deltas {
		switch t.Kind {
		case DeltaAdded:
			out = append(out, fmt.Sprintf("+ %s %s", t.To, t.After))
		case DeltaRemoved:
			out = append(out, fmt.Sprintf("- %s %s", t.From, t.Before))
		default:
			out = append(out, fmt.Sprintf("%s %s > %s", t.From, t.Before, t.After))
		}
	}
	return strings.Join(out, "; ")
}

func TestBodiesAreComparedByWhatTheySay(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{`{"a":1,"b":2}`, `{ "b" : 2, "a" : 1 }`, ""},
		{`{"a":1.0}`, `{"a":1.00}`, ".a 1.0 > 1.00"},
		{`{"a":12345678901234567890}`, `{"a":12345678901234567891}`, ".a 12345678901234567890 > 12345678901234567891"},
		{`"\u00e1\n"`, `"á\u000a"`, ""},
		{`{"\u0061":1}`, `{"a":2}`, ".a 1 > 2"},
		{`{"a":{"b":1,"c":[1,2]}}`, `{"a":{"c":[1,2,3]},"d":null}`, "- .a.b 1; + .a.c[2] 3; + .d null"},
		{`[1,2,3,4]`, `[1,3,4,5]`, "- .[1] 2; + .[3] 5"},
		{`[{"id":1,"x":1},{"id":2}]`, `[{"id":1,"x":2},{"id":2}]`, ".[0].x 1 > 2"},
		{`{"a":[]}`, `{"a":{}}`, ".a [] > {}"},
		{`1`, `"1"`, `. 1 > "1"`},
		{`{"a b":1,"2":1,"":1}`, `{}`, `- .["a b"] 1; - .["2"] 1; - .[""] 1`},
		{`{"a":1,"a":2}`, `{"a":2,"a":1}`, `. {"a":1,"a":2} > {"a":2,"a":1}`},
		{"one\ntwo\nthree", "one\n2\nthree\n", "- .[1] two; + .[1] 2; + .[3] "},
		{`{"a":1}`, `{"a":1`, `- .[0] {"a":1}; + .[0] {"a":1`},
		{"", "x", "- .[0] ; + .[0] x"},
	} {
		if got := told(Compare([]byte(c.a), []byte(c.b))); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
	if !Compare([]byte(`{}`), []byte(`{"a":1}`)).JSON || Compare([]byte(`{}`), []byte(`x`)).JSON {
		t.Error("only two JSON bodies are compared by path")
	}
}

// Applying the differences to the first body gives the second.
func TestDifferencesLeadFromOneBodyToTheOther(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := randomValue(r, 4)
		b := edited(r, a, 4)
		rawA, rawB := encode(a), encode(b)
		d := Compare(rawA, rawB)
		if d.More || !d.JSON {
			t.Fatalf("%s and %s: more %v, JSON %v", rawA, rawB, d.More, d.JSON)
		}
		if got := apply(decode(rawA), d); !reflect.DeepEqual(got, decode(rawB)) {
			t.Fatalf("seed %d: %s with %s is %s, not %s", seed, rawA, told(d), encode(got), rawB)
		}
		if reflect.DeepEqual(decode(rawA), decode(rawB)) != (len(d.Deltas) == 0) {
			t.Fatalf("%s and %s: %s", rawA, rawB, told(d))
		}
	}
}

func TestDifferencesOfTextLeadFromOneToTheOther(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := func() []byte {
			lines := make([]string, r.IntN(12))
			for i := range lines {
				lines[i] = string(rune('a' + r.IntN(4)))
			}
			return []byte(strings.Join(lines, "\n") + "!")
		}
		a, b := text(), text()
		var lines []any
		for _, l := range bytes.Split(a, []byte("\n")) {
			lines = append(lines, string(l))
		}
		var got []string
		for _, l := range applyTo(lines, Compare(a, b), func(raw []byte) any { return string(raw) }).([]any) {
			got = append(got, l.(string))
		}
		if s := strings.Join(got, "\n"); s != string(b) {
			t.Fatalf("%q with %s is %q, not %q", a, told(Compare(a, b)), s, b)
		}
	}
}

func TestElementsAreAlignedAsFewAsPossible(t *testing.T) {
	if got := told(Compare([]byte(`[9,1,2,3,4,5,6,7]`), []byte(`[1,2,3,8,4,5,6,7]`))); got != "- .[0] 9; + .[3] 8" {
		t.Error(got)
	}
}

// Whatever a receiver sends, comparing it ends soon and says so when it is cut.
func TestComparingHostileBodiesEnds(t *testing.T) {
	list := func(n int, of func(int) string) []byte {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = of(i)
		}
		return []byte("[" + strings.Join(parts, ",") + "]")
	}
	nested := func(in string) []byte {
		return []byte(strings.Repeat(`{"a":`, MaxDepth-1) + in + strings.Repeat("}", MaxDepth-1))
	}
	for name, c := range map[string][2][]byte{
		"reversed":  {list(150_000, func(i int) string { return fmt.Sprint(i) }), list(150_000, func(i int) string { return fmt.Sprint(150_000 - i) })},
		"two words": {list(500_000, func(i int) string { return fmt.Sprint(i % 2) }), list(500_000, func(i int) string { return fmt.Sprint(i / 3 % 2) })},
		"deep":      {nested("1"), nested("2")},
		"deep wide": {nested(string(list(300_000, func(int) string { return "1" }))), nested(string(list(300_000, func(int) string { return "2" })))},
		"too deep":  {bytes.Repeat([]byte("["), MaxBody), bytes.Repeat([]byte("{"), MaxBody)},
		"lines":     {bytes.Repeat([]byte("a\n"), MaxBody/2), bytes.Repeat([]byte("b\n"), MaxBody/2)},
		"keys": {[]byte("{" + strings.Trim(string(list(100_000, func(i int) string { return fmt.Sprintf(`"%d":1`, i) })), "[]") + "}"),
			[]byte("{" + strings.Trim(string(list(100_000, func(i int) string { return fmt.Sprintf(`"%d":2`, i) })), "[]") + "}")},
	} {
		began := time.Now()
		d := Compare(c[0], c[1])
		took := time.Since(began)
		t.Logf("%s: %d differences, more %v, %v", name, len(d.Deltas), d.More, took)
		if took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if len(d.Deltas) == 0 || len(d.Deltas) > MaxDeltas || len(d.Deltas) == MaxDeltas != d.More {
			t.Errorf("%s: %d differences, more %v", name, len(d.Deltas), d.More)
		}
		for _, x := range d.Deltas[:min(len(d.Deltas), 100)] {
			if n := len(x.From.String()) + len(x.To.String()); n > 1000 {
				t.Fatalf("%s: a path of %d bytes", name, n)
			}
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte(`{"a":[1,2,{"b":null}]}`), []byte(`{"a":[2,{"b":true}],"c":"\u00e1"}`))
	f.Add([]byte("a\nb"), []byte("b\nc"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		d := Compare(a, b)
		if bytes.Equal(a, b) && len(d.Deltas) > 0 {
			t.Errorf("%q differs from itself: %s", a, told(d))
		}
		for _, x := range d.Deltas {
			_ = x.From.String() + x.To.String()
		}
	})
}

// encode, decode: JSON with numbers as their text.
func encode(v any) []byte {
	b, _ := json.Marshal(v)
	return b
}

func decode(b []byte) any {
	var v any
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		panic(err)
	}
	return v
}

func randomValue(r *rand.Rand, depth int) any {
	n := r.IntN(8)
	if depth == 0 {
		n = r.IntN(4)
	}
	switch n {
	case 0:
		return json.Number(fmt.Sprint(r.IntN(3)))
	case 1:
		return []any{nil, true, false}[r.IntN(3)]
	case 2, 3:
		return []string{"", "a", "á\n", `"`}[r.IntN(4)]
	case 4, 5:
		list := make([]any, r.IntN(6))
		for i := range list {
			list[i] = randomValue(r, depth-1)
		}
		return list
	}
	object := map[string]any{}
	for range r.IntN(5) {
		object[[]string{"a", "b", "c d", "é", `"`}[r.IntN(5)]] = randomValue(r, depth-1)
	}
	return object
}

// edited is v with some things changed in it.
func edited(r *rand.Rand, v any, depth int) any {
	if r.IntN(8) == 0 {
		return randomValue(r, depth)
	}
	switch v := v.(type) {
	case []any:
		var out []any
		for _, x := range v {
			switch r.IntN(8) {
			case 0:
			case 1:
				out = append(out, randomValue(r, depth-1), x)
			default:
				out = append(out, edited(r, x, max(depth-1, 0)))
			}
		}
		return slices.Concat([]any{}, out)
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if r.IntN(6) > 0 {
				out[k] = edited(r, x, max(depth-1, 0))
			}
		}
		if r.IntN(4) == 0 {
			out["new"] = randomValue(r, max(depth-1, 0))
		}
		return out
	}
	return v
}

func apply(v any, d Diff) any { return applyTo(v, d, decode) }

// gone marks a value that was removed.
type gone struct{}

// applyTo changes and removes by the places in the first body, then adds by those in
// the second.
func applyTo(v any, d Diff, read func([]byte) any) any {
	for _, x := range d.Deltas {
		switch x.Kind {
		case DeltaChanged:
			v = put(v, steps(x.From), func(any) any { return read(x.After) })
		case DeltaRemoved:
			v = put(v, steps(x.From), func(any) any { return gone{} })
		}
	}
	v = compact(v)
	for _, x := range d.Deltas {
		if x.Kind != DeltaAdded {
			continue
		}
		path := steps(x.To)
		last := path[len(path)-1]
		v = put(v, path[:len(path)-1], func(in any) any {
			switch in := in.(type) {
			case []any:
				return slices.Insert(slices.Clone(in), last.index, read(x.After))
			case map[string]any:
				in[last.key] = read(x.After)
				return in
			}
			return nil
		})
	}
	return v
}

func steps(p *Place) []*Place {
	var out []*Place
	for ; p.up != nil; p = p.up {
		out = append(out, p)
	}
	slices.Reverse(out)
	return out
}

func put(v any, path []*Place, by func(any) any) any {
	if len(path) == 0 {
		return by(v)
	}
	switch v := v.(type) {
	case []any:
		v[path[0].index] = put(v[path[0].index], path[1:], by)
		return v
	case map[string]any:
		v[path[0].key] = put(v[path[0].key], path[1:], by)
		return v
	}
	return v
}

func compact(v any) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, x := range v {
			if x != (any)(gone{}) {
				out = append(out, compact(x))
			}
		}
		return out
	case map[string]any:
		for k, x := range v {
			if x == (any)(gone{}) {
				delete(v, k)
			} else {
				v[k] = compact(x)
			}
		}
	}
	return v
}
