package model

// JSONToken is the end of the string, number or word of JSON (RFC 8259) that begins
// at text[at]; -1 when none does. It looks at nothing behind it.
func JSONToken(text []byte, at int) int {
	if at >= len(text) {
		return -1
	}
	s := scan{text: text, at: at}
	if c := text[at]; c == '{' || c == '[' || !s.value(0) {
		return -1
	}
	return s.at
}
