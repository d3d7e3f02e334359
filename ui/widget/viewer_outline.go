package widget

import (
	"math"
	"slices"

	"hooktop/model"
)

// Bounds of what is shown as a tree; beyond them the body is shown raw.
const (
	// wideBytes is the size from which the extent of a value is remembered: what is
	// shorter is measured again each time, so that memory does not grow with the
	// number of values.
	wideBytes   = 256
	maxExtents  = 2 << 20
	maxTreeSize = math.MaxInt32
	postBytes   = 4 << 10 // from one post to the next, at least
)

// extent is a value of at least wideBytes: its first byte, the one behind it, and
// how many members or elements it has.
type extent struct{ start, end, count int32 }

// post is a member or element on the way, so that those before it need not be counted
// again: where it begins, the value it is in, and how many are before it.
type post struct{ off, owner, index int32 }

// outline is what is known of a JSON text without decoding it. It refers to the
// bytes by offset, never recurses, and is read only once built.
type outline struct {
	raw  []byte
	root int
	wide []extent // by start
	post []post   // by off
}

// member is a value with its key; without one key equals val.
type member struct{ key, keyEnd, val int }

// outlineOf reads a JSON text of any depth. Several values one behind the other are
// taken only with many. Why is PlainNo if raw is JSON and within the bounds.
func outlineOf(raw []byte, many bool) (*outline, PlainReason) {
	if len(raw) > maxTreeSize {
		return nil, PlainTooLarge
	}
	b := builder{outline: outline{raw: raw, root: blank(raw, 0)}}
	if why := b.read(many); why != PlainNo {
		return nil, why
	}
	return &b.outline, PlainNo
}

// expect is what may stand at the next byte that is not blank.
type expect uint8

const (
	expectValue expect = iota
	expectFirst        // a value or the end of an array
	expectKey
	expectFirstKey // a key or the end of an object
	expectMore     // a comma or the end of what is open
	expectNothing
)

// builder reads the text from left to right. Every open object or array has an
// extent, given back at its end if it turns out short.
type builder struct {
	outline
	open []int32 // indices of extents
	last int     // where the last post is
}

func (b *builder) read(many bool) PlainReason {
	want, i := expectValue, b.root
	for ; i < len(b.raw); i = blank(b.raw, i) {
		c := b.raw[i]
		if len(b.wide) > maxExtents {
			return PlainTooLarge
		}
		switch {
		case want == expectFirst && c == ']', want == expectFirstKey && c == '}', want == expectMore && c == b.closer():
			i++
			want = b.close(i)
		case want == expectMore:
			if c != ',' {
				return PlainNotJSON
			}
			i++
			want = expectValue
			if b.closer() == '}' {
				want = expectKey
			}
		case want == expectKey || want == expectFirstKey:
			if c != '"' {
				return PlainNotJSON
			}
			b.mark(i)
			if i = b.token(i); i < 0 {
				return PlainNotJSON
			}
			if i = blank(b.raw, i); i == len(b.raw) || b.raw[i] != ':' {
				return PlainNotJSON
			}
			i++
			want = expectValue
		case want == expectNothing && !many:
			return PlainNotJSON
		default:
			if b.closer() == ']' {
				b.mark(i)
			}
			b.counted()
			if want = b.value(&i); i < 0 {
				return PlainNotJSON
			}
		}
	}
	if want != expectNothing {
		return PlainNotJSON
	}
	return PlainNo
}

// value reads a scalar, or opens an object or array.
func (b *builder) value(i *int) expect {
	c := b.raw[*i]
	if c != '{' && c != '[' {
		*i = b.token(*i)
		return b.then()
	}
	b.open = append(b.open, int32(len(b.wide)))
	b.wide = append(b.wide, extent{start: int32(*i)})
	*i++
	if c == '{' {
		return expectFirstKey
	}
	return expectFirst
}

// token reads a scalar or key at i.
func (b *builder) token(i int) int {
	end := model.JSONToken(b.raw, i)
	if end-i >= wideBytes {
		b.wide = append(b.wide, extent{start: int32(i), end: int32(end)})
	}
	return end
}

// mark leaves a post at the member or element at i if there is none near.
func (b *builder) mark(i int) {
	if i-b.last >= postBytes {
		e := b.wide[b.open[len(b.open)-1]]
		b.post = append(b.post, post{int32(i), e.start, e.count})
		b.last = i
	}
}

func (b *builder) then() expect {
	if len(b.open) == 0 {
		return expectNothing
	}
	return expectMore
}

func (b *builder) counted() {
	if n := len(b.open); n > 0 {
		b.wide[b.open[n-1]].count++
	}
}

// closer is the bracket that ends what is open; 0: nothing is.
func (b *builder) closer() byte {
	if n := len(b.open); n > 0 {
		return b.raw[b.wide[b.open[n-1]].start] + 2 // "{}" and "[]" are both two apart
	}
	return 0
}

func (b *builder) close(end int) expect {
	n := len(b.open) - 1
	e := b.open[n]
	b.open = b.open[:n]
	if b.wide[e].end = int32(end); end-int(b.wide[e].start) < wideBytes {
		b.wide = b.wide[:e] // whatever is inside is short too, so it is the last
	}
	return b.then()
}

// blank is the first byte from i on that is not JSON's white space.
func blank(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// extent is what is remembered of the value at i.
func (o *outline) extent(i int) (extent, bool) {
	k, ok := slices.BinarySearchFunc(o.wide, i, func(e extent, i int) int { return int(e.start) - i })
	if !ok {
		return extent{}, false
	}
	return o.wide[k], true
}

// measure goes over the value at i: its end, and the members or elements it has.
func (o *outline) measure(i int) (end, count int) {
	depth, comma, some := 0, 0, 0
	for j := i; j < len(o.raw); {
		if j-i >= wideBytes {
			e, _ := o.extent(i)
			return int(e.end), int(e.count)
		}
		switch c := o.raw[j]; c {
		case '"':
			j = o.str(j, i+wideBytes)
			some = 1
		case '{', '[':
			if depth > 0 {
				some = 1
			}
			depth++
			j++
		case '}', ']':
			depth--
			j++
		case ',':
			if depth == 1 {
				comma++
			}
			j++
		case ' ', '\n', '\t', '\r', ':':
			j++
		default:
			some = 1
			for j < len(o.raw) && j-i < wideBytes && scalarByte(o.raw[j]) {
				j++
			}
			if j-i >= wideBytes {
				continue
			}
		}
		if depth == 0 && j-i < wideBytes {
			return j, comma + some
		}
	}
	return len(o.raw), comma + some
}

// str is the end of the string at i, or limit if it does not end before.
func (o *outline) str(i, limit int) int {
	for i++; i < len(o.raw) && i < limit; i++ {
		switch o.raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return limit
}

func scalarByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '-' || c == '+' || c == '.' || c == 'E'
}

// end is the byte behind the value at i.
func (o *outline) end(i int) int {
	end, _ := o.measure(i)
	return end
}

// member is the value, with its key, that begins at i.
func (o *outline) member(i int) member {
	if o.raw[i] == '"' {
		end := o.end(i)
		if j := blank(o.raw, end); j < len(o.raw) && o.raw[j] == ':' {
			return member{i, end, blank(o.raw, j+1)}
		}
	}
	return member{i, i, i}
}

// box reports that the value at i is an object or array.
func (o *outline) box(i int) bool { return o.raw[i] == '{' || o.raw[i] == '[' }

// near is a member or element of the value at node from which those up to off are few.
func (o *outline) near(node, off int) (i, index int, ok bool) {
	k, found := slices.BinarySearchFunc(o.post, off, func(p post, off int) int { return int(p.off) - off })
	if found {
		k++
	}
	for n := k - 1; n >= max(k-8, 0) && int(o.post[n].off) > node; n-- {
		if p := o.post[n]; int(p.owner) == node {
			return int(p.off), int(p.index), true
		}
	}
	return 0, 0, false
}

// inside is the first byte within the object or array at i, and whether there is
// anything.
func (o *outline) inside(i int) (first int, some bool) {
	first = blank(o.raw, i+1)
	return first, o.raw[first] != o.raw[i]+2
}
