package compare

import (
	"strings"

	"hooktop/model"
)

// Header is one header on both sides; nil where it is not. What it says is untrusted.
type Header struct {
	Name          string
	Before, After *string
}

// Headers pairs headers by their names, whatever their order; of one that comes several
// times each with its like. What was there before comes first.
func Headers(a, b []model.Header) []Header {
	var out []Header
	for i, h := range a {
		pair := Header{Name: h.Name, Before: &h.Value}
		if j := like(b, h.Name, nth(a, i)); j >= 0 {
			pair.After = &b[j].Value
		}
		out = append(out, pair)
	}
	for i, h := range b {
		if like(a, h.Name, nth(b, i)) < 0 {
			out = append(out, Header{Name: h.Name, After: &h.Value})
		}
	}
	return out
}

// nth is how many headers of the same name come before the one at i.
func nth(list []model.Header, i int) int {
	n := 0
	for _, h := range list[:i] {
		if strings.EqualFold(h.Name, list[i].Name) {
			n++
		}
	}
	return n
}

// like is where the header of that name is with so many of its name before it; -1:
// nowhere.
func like(list []model.Header, name string, before int) int {
	for i, h := range list {
		if strings.EqualFold(h.Name, name) {
			if before == 0 {
				return i
			}
			before--
		}
	}
	return -1
}
