package widget

import (
	"strings"

	"hooktop/ui/theme"
)

// drawToken writes the JSON token of s at pos and returns where the next begins.
// open is what a string is that does not end within s.
func drawToken(b *strings.Builder, th *theme.Theme, s string, pos int, open class) int {
	switch c := s[pos]; {
	case c == '"':
		end := stringEnd(s, pos+1)
		_, kind := scanString(s, pos)
		if end == len(s) && (end == pos+1 || s[end-1] != '"') {
			kind = open
		}
		b.WriteString(styleOf(th, kind).Render(s[pos:end]))
		return end
	case c == '-' || c >= '0' && c <= '9':
		end := pos + 1
		for end < len(s) && strings.IndexByte("0123456789.eE+-", s[end]) >= 0 {
			end++
		}
		b.WriteString(th.JSONNumber.Render(s[pos:end]))
		return end
	case c >= 'a' && c <= 'z':
		end := pos + 1
		for end < len(s) && s[end] >= 'a' && s[end] <= 'z' {
			end++
		}
		b.WriteString(th.JSONNumber.Render(s[pos:end]))
		return end
	}
	end := pos + 1
	for end < len(s) && strings.IndexByte("\"-0123456789", s[end]) < 0 && (s[end] < 'a' || s[end] > 'z') {
		end++
	}
	b.WriteString(th.Text.Render(s[pos:end]))
	return end
}

// stringEnd is the end of a JSON string whose inside is at i: behind its closing
// quote, or the end of s.
func stringEnd(s string, i int) int {
	for ; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func styleOf(th *theme.Theme, c class) theme.Style {
	if c == classKey {
		return th.JSONKey
	}
	return th.JSONString
}
