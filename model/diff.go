package model

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
)

// Bounds of a comparison. MaxDeltas is how many differences are told; maxAlign is
// how many elements of two arrays may differ for them to be aligned, and alignWork
// how many comparisons all alignments together may take. Beyond, elements are
// compared by their place.
const (
	MaxDeltas = 2000
	maxAlign  = 1000
	alignWork = 8 << 20
)

// DeltaKind is what happened to a value on the way from one body to another.
type DeltaKind string

const (
	DeltaAdded   DeltaKind = "added"
	DeltaRemoved DeltaKind = "removed"
	DeltaChanged DeltaKind = "changed"
)

// Delta is one difference. From is its place in the first body, nil if it was added;
// To the one in the second, nil if it was removed. Before and After are the exact
// bytes there: they are untrusted, and not copied.
type Delta struct {
	Kind          DeltaKind
	From, To      *Place
	Before, After []byte
}

// Place is where a value stands in a body: a key or an index below another place.
type Place struct {
	up    *Place // nil: the whole body
	key   string
	index int // -1: the key counts
}

// root is the whole body.
func root() *Place { return &Place{index: -1} }

// shownSteps are written of a path at each of its ends.
const shownSteps = 16

// String is the path as jq reads it: ".", ".call.tags[2]", `.["a b"]`. The middle of a
// very long one is left out. Keys are untrusted.
func (p *Place) String() string {
	depth := 0
	for q := p; q != nil && q.up != nil; q = q.up {
		depth++
	}
	var steps []string
	for n := depth; n > 0; n, p = n-1, p.up {
		switch {
		case n == depth-shownSteps && depth > 2*shownSteps:
			steps = append(steps, "…")
		case n > shownSteps && n < depth-shownSteps:
		default:
			steps = append(steps, p.step())
		}
	}
	slices.Reverse(steps)
	if s := strings.Join(steps, ""); strings.HasPrefix(s, ".") {
		return s
	}
	return "." + strings.Join(steps, "")
}

// step is the last step of the path.
func (p *Place) step() string {
	switch {
	case p.index >= 0:
		return "[" + strconv.Itoa(p.index) + "]"
	case isWord(p.key):
		return "." + p.key
	}
	return "[" + jsonPlain.Replace(strconv.Quote(p.key)) + "]"
}

// Line is the number of a line of text, from 1.
func (p *Place) Line() int { return p.index + 1 }

// isWord reports whether jq takes the key without quotation marks.
func isWord(key string) bool {
	for i, r := range key {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return key != ""
}

// Diff is what differs between two bodies: applied to the first, the deltas give the
// second, unless there are More of them.
type Diff struct {
	JSON   bool // by path; else both are compared line by line
	Deltas []Delta
	More   bool
}

// Compare compares two bodies in time that grows with their size only. JSON is
// compared by value: the order of members and blanks do not count, numbers are
// compared by their text, strings by what they say, and elements of arrays are
// aligned by their longest common subsequence. An object that has a key twice is
// compared as a whole. What is not JSON is compared line by line.
func Compare(a, b []byte) Diff {
	if bytes.Equal(a, b) {
		return Diff{JSON: validJSON(a)}
	}
	d := differ{seed: maphash.MakeSeed(), work: alignWork}
	if validJSON(a) && validJSON(b) {
		d.out.JSON = true
		d.a, d.b = grow(d.seed, a), grow(d.seed, b)
		d.value(0, 0, root(), root())
		return d.out
	}
	d.lines(a, b)
	return d.out
}

// differ compares two trees.
type differ struct {
	seed maphash.Seed
	a, b tree
	work int // comparisons left
	out  Diff
}

// add notes a difference until there are enough.
func (d *differ) add(t Delta) {
	if len(d.out.Deltas) == MaxDeltas {
		d.out.More = true
		return
	}
	d.out.Deltas = append(d.out.Deltas, t)
}

func (d *differ) value(i, j int, from, to *Place) {
	x, y := d.a.nodes[i], d.b.nodes[j]
	switch {
	case x.sum == y.sum || d.out.More:
	case x.kind == '{' && y.kind == '{' && !x.twice && !y.twice:
		d.object(i, j, from, to)
	case x.kind == '[' && y.kind == '[':
		d.array(i, j, from, to)
	default:
		d.add(Delta{DeltaChanged, from, to, d.a.text(i), d.b.text(j)})
	}
}

func (d *differ) object(i, j int, from, to *Place) {
	second := map[string]int{}
	for _, k := range d.b.kids(j) {
		second[d.b.key(k)] = k
	}
	for _, k := range d.a.kids(i) {
		key := d.a.key(k)
		other, both := second[key]
		delete(second, key)
		place := &Place{from, key, -1}
		if both {
			d.value(k, other, place, &Place{to, key, -1})
		} else {
			d.add(Delta{Kind: DeltaRemoved, From: place, Before: d.a.text(k)})
		}
	}
	for _, k := range d.b.kids(j) {
		if _, fresh := second[d.b.key(k)]; fresh {
			d.add(Delta{Kind: DeltaAdded, To: &Place{to, d.b.key(k), -1}, After: d.b.text(k)})
		}
	}
}

// array aligns what is equal. What lies between is compared by its place there, so
// that a change within an element is told as that.
func (d *differ) array(i, j int, from, to *Place) {
	x, y := d.a.kids(i), d.b.kids(j)
	m, n := 0, 0
	for _, p := range append(d.align(d.a.sums(x), d.b.sums(y)), match{len(x), len(y)}) {
		for ; m < p.a && n < p.b; m, n = m+1, n+1 {
			d.value(x[m], y[n], &Place{from, "", m}, &Place{to, "", n})
		}
		for ; m < p.a; m++ {
			d.add(Delta{Kind: DeltaRemoved, From: &Place{from, "", m}, Before: d.a.text(x[m])})
		}
		for ; n < p.b; n++ {
			d.add(Delta{Kind: DeltaAdded, To: &Place{to, "", n}, After: d.b.text(y[n])})
		}
		m, n = p.a+1, p.b+1
	}
}

// lines compares texts line by line.
func (d *differ) lines(a, b []byte) {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	sums := func(lines [][]byte) []uint64 {
		out := make([]uint64, len(lines))
		for i, l := range lines {
			out[i] = maphash.Bytes(d.seed, l)
		}
		return out
	}
	m, n := 0, 0
	for _, p := range append(d.align(sums(x), sums(y)), match{len(x), len(y)}) {
		for ; m < p.a; m++ {
			d.add(Delta{Kind: DeltaRemoved, From: &Place{root(), "", m}, Before: x[m]})
		}
		for ; n < p.b; n++ {
			d.add(Delta{Kind: DeltaAdded, To: &Place{root(), "", n}, After: y[n]})
		}
		m, n = p.a+1, p.b+1
	}
}

// unquote is what a JSON string between quotation marks says.
func unquote(text []byte) string {
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text)
	}
	var s string
	if json.Unmarshal(slices.Concat([]byte{'"'}, text, []byte{'"'}), &s) != nil {
		return string(text)
	}
	return s
}
