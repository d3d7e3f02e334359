package widget

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

// link is a step on the way from the root to a value: the object or array passed
// through, how deep it is, and which of its members the way goes on with.
type link struct {
	node  int
	depth int
	key   []byte // with its quotation marks; nil in an array
	index int    // in an array
	from  int    // where the member begins: at its key, if it has one
}

// way leads to the innermost value that holds the byte at off; a key belongs to its
// value. A document of several values has several roots.
func (o *outline) way(off int) (node int, links []link) {
	node = o.along(off, func(l link) { links = append(links, l) })
	return node, links
}

// parent is the object or array that the value at node is in.
func (o *outline) parent(node int) (parent int, ok bool) {
	o.along(node, func(l link) { parent, ok = l.node, true })
	return parent, ok
}

// along goes the way to the byte at off step by step.
func (o *outline) along(off int, visit func(link)) (node int) {
	node = o.root
	for node < len(o.raw) && off >= o.end(node) {
		next := blank(o.raw, o.end(node))
		if next >= len(o.raw) || off < next {
			break
		}
		node = next
	}
	for depth, k := 0, 0; off > node && node < len(o.raw) && o.box(node); depth++ {
		l, val, ok := o.child(node, off, &k)
		if !ok {
			break
		}
		l.depth = depth
		visit(l)
		node = val
	}
	return node
}

// child is the member or element of the value at node that holds the byte at off.
// k goes along with the extents on the way down.
func (o *outline) child(node, off int, k *int) (l link, val int, ok bool) {
	i, some := o.inside(node)
	if !some {
		return l, 0, false
	}
	index := 0
	if at, n, ok := o.near(node, off); ok {
		i, index = at, n
	}
	for ; ; index++ {
		m := o.member(i)
		end := o.endAlong(m.val, k)
		if off < end {
			l = link{node: node, index: index, from: m.key}
			if m.val > m.key {
				l.key = o.raw[m.key:m.keyEnd]
			}
			return l, m.val, true
		}
		if i = blank(o.raw, end); o.raw[i] != ',' {
			return l, 0, false
		}
		i = blank(o.raw, i+1)
	}
}

// endAlong is end for values asked for from left to right: k is the first extent
// that may be theirs.
func (o *outline) endAlong(i int, k *int) int {
	if *k < len(o.wide) && int(o.wide[*k].start) < i {
		if *k++; *k < len(o.wide) && int(o.wide[*k].start) < i {
			*k += sort.Search(len(o.wide)-*k, func(n int) bool { return int(o.wide[*k+n].start) >= i })
		}
	}
	if *k < len(o.wide) && int(o.wide[*k].start) == i {
		return int(o.wide[*k].end)
	}
	return o.end(i)
}

// path is the way to a value as a jq expression: ".call_details.tags[2].name". jq
// takes the last of several members of one name.
func (o *outline) path(node int) string {
	_, links := o.way(node)
	var b strings.Builder
	for i, l := range links {
		if l.key == nil {
			if i == 0 {
				b.WriteByte('.')
			}
			b.WriteString("[" + strconv.Itoa(l.index) + "]")
			continue
		}
		name := unquote(l.key)
		switch {
		case identifier(name):
			b.WriteString("." + name)
			continue
		case i == 0:
			b.WriteByte('.')
		}
		b.WriteString("[" + quote(name) + "]")
	}
	if b.Len() == 0 {
		return "."
	}
	return b.String()
}

// unquote is the text of a valid JSON string.
func unquote(raw []byte) string {
	var s string
	_ = json.Unmarshal(raw, &s) // checked when the outline was made
	return s
}

func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always has a JSON form
	return strings.TrimSuffix(b.String(), "\n")
}

// identifier reports a name that jq takes behind a dot as it is.
func identifier[T string | []byte](s T) bool {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return len(s) > 0
}
