package model

import (
	"hash/maphash"
	"slices"
)

// tree is a JSON value with all values in it, in the order of the text. A value's
// children follow it, so skipping from one end to the next lists them.
type tree struct {
	raw   []byte
	nodes []treeNode
}

// treeNode is one value. Equal sums mean equal values: a chance of 2^-64 is taken, with
// a seed that nobody knows.
type treeNode struct {
	sum        uint64
	start, end int32 // of its text
	key, stop  int32 // of its key's text, between the quotation marks
	next       int32 // the node behind it and all in it
	kind       byte  // the first character of its text
	twice      bool  // an object that has a key twice
}

// grower reads valid JSON into a tree.
type grower struct {
	scan
	seed  maphash.Seed
	nodes []treeNode
}

// grow makes the tree of a text that is one JSON value.
func grow(seed maphash.Seed, text []byte) tree {
	g := grower{scan: scan{text: text}, seed: seed}
	g.space()
	g.node(0, 0)
	return tree{text, g.nodes}
}

// node reads the value that begins here.
func (g *grower) node(key, stop int) uint64 {
	at := len(g.nodes)
	n := treeNode{start: int32(g.at), key: int32(key), stop: int32(stop), kind: g.text[g.at]}
	g.nodes = append(g.nodes, n)
	switch n.kind {
	case '{':
		n.sum, n.twice = g.members()
	case '[':
		n.sum = g.elements()
	case '"':
		g.str()
		n.sum = mix(uint64(n.kind), g.hash(int(n.start)+1, g.at-1))
	default:
		g.value(0)
		n.sum = mix('0', maphash.Bytes(g.seed, g.text[n.start:g.at]))
	}
	n.end, n.next = int32(g.at), int32(len(g.nodes))
	if n.twice { // its order counts
		n.sum = mix('2', maphash.Bytes(g.seed, g.text[n.start:n.end]))
	}
	g.nodes[at] = n
	return n.sum
}

// members sums up an object, whose order does not count.
func (g *grower) members() (sum uint64, twice bool) {
	g.at++
	sum = '{'
	var keys []uint64
	for !g.next('}') {
		g.next(',')
		g.space()
		start := g.at + 1
		g.str()
		stop := g.at - 1
		g.next(':')
		g.space()
		key := g.hash(start, stop)
		keys = append(keys, key)
		sum += mix(key, g.node(start, stop))
	}
	slices.Sort(keys)
	return sum, len(slices.Compact(keys)) < len(keys)
}

// elements sums up an array, whose order counts.
func (g *grower) elements() uint64 {
	g.at++
	sum := uint64('[')
	for !g.next(']') {
		g.next(',')
		g.space()
		sum = mix(sum, g.node(0, 0))
	}
	return sum
}

// hash is that of what a string says.
func (g *grower) hash(start, stop int) uint64 {
	text := g.text[start:stop]
	if slices.Contains(text, '\\') {
		text = []byte(unquote(text))
	}
	return maphash.Bytes(g.seed, text)
}

// mix joins two sums; which comes first counts (splitmix64, Steele and others 2014).
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// kids are the children of a node.
func (t tree) kids(i int) []int {
	var out []int
	for k := i + 1; k < int(t.nodes[i].next); k = int(t.nodes[k].next) {
		out = append(out, k)
	}
	return out
}

func (t tree) sums(kids []int) []uint64 {
	out := make([]uint64, len(kids))
	for i, k := range kids {
		out[i] = t.nodes[k].sum
	}
	return out
}

func (t tree) text(i int) []byte { return t.raw[t.nodes[i].start:t.nodes[i].end] }
func (t tree) key(i int) string  { return unquote(t.raw[t.nodes[i].key:t.nodes[i].stop]) }

// match is a pair of elements that are equal.
type match struct{ a, b int }

// align pairs equal elements of two sequences, in order and as many as possible
// (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Where that
// would take too long it pairs only what is equal at both ends.
func (d *differ) align(x, y []uint64) []match {
	var head, tail []match
	for len(head) < min(len(x), len(y)) && x[len(head)] == y[len(head)] {
		head = append(head, match{len(head), len(head)})
	}
	from := len(head)
	for m, n := len(x), len(y); m > from && n > from && x[m-1] == y[n-1]; m, n = m-1, n-1 {
		tail = append(tail, match{m - 1, n - 1})
	}
	slices.Reverse(tail)
	middle := d.myers(x[from:len(x)-len(tail)], y[from:len(y)-len(tail)])
	for i := range middle {
		middle[i].a += from
		middle[i].b += from
	}
	return slices.Concat(head, middle, tail)
}

// myers finds the shortest way from one sequence to the other. trail[d] holds how far
// d differences lead on each diagonal -d, -d+2, ... d.
func (d *differ) myers(x, y []uint64) []match {
	if len(x) == 0 || len(y) == 0 {
		return nil
	}
	var trail [][]int32
	for steps := 0; steps <= min(maxAlign, len(x)+len(y)); steps++ {
		reach := make([]int32, steps+1)
		for i := range reach {
			at := further(trail, steps, i)
			for d.work > 0 && at < len(x) && at-diagonal(steps, i) < len(y) && at-diagonal(steps, i) >= 0 && x[at] == y[at-diagonal(steps, i)] {
				at++
				d.work--
			}
			d.work--
			reach[i] = int32(at)
			if at >= len(x) && at-diagonal(steps, i) >= len(y) {
				return back(append(trail, reach), steps, i)
			}
		}
		if d.work <= 0 {
			return nil
		}
		trail = append(trail, reach)
	}
	return nil
}

// diagonal is the number of the i-th diagonal of a step.
func diagonal(steps, i int) int { return 2*i - steps }

// further is where a step begins on its i-th diagonal: one down from the diagonal
// above it or one to the right from the one below, whichever has come further.
func further(trail [][]int32, steps, i int) int {
	switch {
	case steps == 0:
		return 0
	case i == 0 || i < steps && trail[steps-1][i] > trail[steps-1][i-1]:
		return int(trail[steps-1][i])
	}
	return int(trail[steps-1][i-1]) + 1
}

// back follows the way back and collects what is equal along it.
func back(trail [][]int32, steps, i int) []match {
	var out []match
	for ; steps >= 0; steps-- {
		begin := further(trail, steps, i)
		for at := int(trail[steps][i]); at > begin; at-- {
			out = append(out, match{at - 1, at - 1 - diagonal(steps, i)})
		}
		if steps > 0 && !(i == 0 || i < steps && trail[steps-1][i] > trail[steps-1][i-1]) {
			i--
		}
	}
	slices.Reverse(out)
	return out
}
