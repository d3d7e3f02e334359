package widget

import (
	"context"
	"sort"
	"unicode"
	"unicode/utf8"
)

const (
	maxHits   = 100_000  // remembered of one search
	findSlice = 64 << 10 // bytes between two looks at the context
)

// hit is the bytes of a match.
type hit struct{ start, end int32 }

// finder is a search in a sheet and what it has found.
type finder struct {
	query string
	hits  []hit
	at    int  // the match one is at
	more  bool // there are matches beyond those remembered
	job   job
}

// now is the match one is at; its end is 0 if there is none.
func (f *finder) now() hit {
	if f.at < len(f.hits) {
		return f.hits[f.at]
	}
	return hit{}
}

// first goes to the first match from the byte at off on, around the end if need be.
func (f *finder) first(off int) {
	f.at = sort.Search(len(f.hits), func(i int) bool { return int(f.hits[i].start) >= off })
	if f.at == len(f.hits) {
		f.at = 0
	}
}

// step goes n matches on, around the end.
func (f *finder) step(n int) {
	if k := len(f.hits); k > 0 {
		f.at = ((f.at+n)%k + k) % k
	}
}

// over are the matches that touch a range of bytes, and the index of the first.
func (f *finder) over(start, end int) (hits []hit, first int) {
	first = sort.Search(len(f.hits), func(i int) bool { return int(f.hits[i].end) > start })
	last := first
	for last < len(f.hits) && int(f.hits[last].start) < end {
		last++
	}
	return f.hits[first:last], first
}

// findAll looks for a text in raw, letters alike by Unicode's simple folding. It
// stops when ctx ends or after maxHits; matches do not overlap.
func findAll(ctx context.Context, raw []byte, query string) (hits []hit, more bool) {
	want := []rune(query)
	if len(want) == 0 {
		return nil, false
	}
	for i, r := range want {
		want[i] = foldRune(r)
	}
	var starts [256]bool // bytes that may begin the first letter
	for r, first := want[0], true; first || r != want[0]; r, first = unicode.SimpleFold(r), false {
		starts[utf8.AppendRune(nil, r)[0]] = true
	}
	for i, look := 0, 0; i < len(raw); i++ {
		if i >= look {
			if ctx.Err() != nil {
				return nil, false
			}
			look = i + findSlice
		}
		if !starts[raw[i]] {
			continue
		}
		n := matchAt(raw[i:], want)
		if n == 0 {
			continue
		}
		if len(hits) == maxHits {
			return hits, true
		}
		hits = append(hits, hit{int32(i), int32(i + n)})
		i += n - 1
	}
	return hits, false
}

// matchAt is how many bytes of raw, from its beginning, are the letters wanted; 0:
// they are not.
func matchAt(raw []byte, want []rune) int {
	n := 0
	for _, w := range want {
		if n >= len(raw) {
			return 0
		}
		r, size := rune(raw[n]), 1
		if r >= utf8.RuneSelf {
			if r, size = utf8.DecodeRune(raw[n:]); r == utf8.RuneError && size == 1 {
				return 0
			}
		}
		if r != w && foldRune(r) != w {
			return 0
		}
		n += size
	}
	return n
}

// foldRune is the same for letters that differ only in case: the smallest of them.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf && r != 'k' && r != 'K' && r != 's' && r != 'S' { // these have kin beyond ASCII
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
